// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.plan.Locating;
import dev.holdfast.plan.MapApi;
import dev.holdfast.plan.Mapping;
import dev.holdfast.plan.MemoryType;
import dev.holdfast.plan.ModelSwitch;
import dev.holdfast.plan.ModelVersion;
import dev.holdfast.plan.Placement;
import dev.holdfast.plan.Pressure;
import dev.holdfast.plan.Reboot;
import dev.holdfast.plan.Reservation;
import dev.holdfast.plan.Scenarios;
import dev.holdfast.plan.VerifierFlags;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.PumpStreamHandler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What C and Java say of the same things, compared by compiling the C and running it. */
class CommonConstantsTest {

    private static final Nonce NONCE = Nonce.of("00112233445566778899aabbccddeeff");
    private static final GuestProgram GUEST = new GuestProgram("\\l", GuestProgram.Start.LAST, "\\d");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void compile() throws IOException {
        Path home = Path.of(System.getProperty("holdfast.home"));
        compile(probe(), "src/test/c/common_probe.c", home, List.of(),
                "hf_block.c", "hf_crc32c.c", "hf_frame.c", "hf_place.c", "hf_plan.c", "hf_plan_keys.c", "hf_slice.c");
        compile(folder.resolve("model_probe"), "src/test/c/model_probe.c", home,
                List.of("-I" + home.resolve("vm-images/contract/kernel/inc")),
                "hf_crc32c.c", "hf_frame.c", "hf_plan.c", "hf_plan_keys.c", "hf_slice.c");
    }

    private static void compile(Path program, String source, Path home, List<String> includes, String... common) throws IOException {
        Path folder = home.resolve("guest-driver/common");
        CommandLine gcc = new CommandLine("gcc");
        Stream.of("-std=gnu11", "-Wall", "-Wextra", "-Werror", "-O1").forEach(gcc::addArgument);
        includes.forEach(gcc::addArgument);
        List.of("-I" + folder, "-o", program.toString(), source).forEach(gcc::addArgument);
        Stream.of(common).forEach(file -> gcc.addArgument(folder.resolve(file).toString()));
        DefaultExecutor.builder().get().execute(gcc);
    }

    @Test
    void theModelsSwitchesAndTheirValuesAreTheSame() throws IOException {
        assertThat(new String(runProgram(folder.resolve("model_probe"), new byte[0]), US_ASCII).lines()).containsExactlyElementsOf(
                Stream.of(ModelSwitch.values()).filter(ModelSwitch::open)
                        .map(one -> one.label() + " " + String.join(" ", one.readings())).toList());
    }

    @Test
    void theConstantsAreTheSame() throws IOException {
        Map<String, String> c = text("constants").lines().collect(Collectors.toMap(
                line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1)));

        assertThat(c).containsOnly(
                Map.entry("page", "" + Block.PAGE_BYTES), Map.entry("nonce", "" + Nonce.BYTES),
                Map.entry("block.version", "" + Block.VERSION), Map.entry("block.header", "" + Block.HEADER_BYTES),
                Map.entry("block.pages.max", "" + Reservation.MAX_PAGES),
                Map.entry("block.unreserved", "" + MemoryType.UNRESERVED.number()),
                Map.entry("block.at.version", "" + Block.VERSION_OFFSET), Map.entry("block.at.header", "" + Block.HEADER_BYTES_OFFSET),
                Map.entry("block.at.nonce", "" + Block.NONCE_OFFSET), Map.entry("block.at.pages", "" + Block.PAGES_OFFSET),
                Map.entry("block.at.address", "" + Block.ADDRESS_OFFSET), Map.entry("block.at.type", "" + Block.MEMORY_TYPE_OFFSET),
                Map.entry("block.at.payloadcrc", "" + Block.PAYLOAD_CRC_OFFSET),
                Map.entry("block.at.headercrc", "" + Block.HEADER_CRC_OFFSET),
                Map.entry("frame.max", "" + Frame.MAX_BYTES), Map.entry("plan.file", PlanText.FW_CFG_NAME),
                Map.entry("plan.version", "" + PlanText.VERSION), Map.entry("plan.max", "" + PlanText.MAX_BYTES),
                Map.entry("plan.line.max", "" + PlanText.MAX_LINE_BYTES), Map.entry("plan.text.max", "" + PlanText.MAX_TEXT_BYTES),
                Map.entry("uart.go", "" + PlanText.GO), Map.entry("uart.ack", "" + (int) 'A'));
    }

    @ParameterizedTest
    @CsvSource({"123456789,E3069283", "'',00000000", "a,C1D04330", "The quick brown fox jumps over the lazy dog,22620404"})
    void bothComputeThePublishedChecksums(String input, String crc) throws IOException {
        assertThat(text("crc", input).strip()).isEqualTo(crc);
        assertThat(Crc32c.digits(Crc32c.of(input.getBytes(US_ASCII)))).isEqualTo(crc);
    }

    @ParameterizedTest
    @CsvSource({"1,0x100000,0", "2,0x200000,4", "16,0x100000,0", "64,0x123456000,4294967295", "3,0xFFFFF000,2147483648"})
    void aBlockThatCFillsIsTheBlockThatJavaExpects(long pages, String address, long type) throws IOException {
        for (Nonce nonce : List.of(NONCE, Nonce.fresh(), Nonce.of("ff".repeat(16)), Nonce.of("00".repeat(16)))) {
            byte[] filled = run(new byte[0], "fill", nonce.toString(), Long.toString(pages), address, Long.toString(type));

            BlockCheck check = new Block(nonce, pages, Long.decode(address), type).check(new ByteArrayInputStream(filled));

            assertThat(filled).hasSize((int) pages * Block.PAGE_BYTES);
            assertThat(check.damages()).isEmpty();
            assertThat(check.whole()).isTrue();
        }
    }

    @Test
    void framesThatCWritesAreReadByJava() throws IOException {
        List<Frame> frames = new ArrayList<>();
        byte[] bytes = run(new byte[0], "frames");
        FrameDecoder decoder = new FrameDecoder(frames::add);
        decoder.feed(bytes, 0, bytes.length);
        decoder.finish();

        assertThat(decoder.noiseBytes()).isZero();
        assertThat(frames).containsExactly(
                new Frame(0, "driver.mapped", Map.of("status", "0x0", "va", "0xFFFF800000001000", "pages", "16",
                        "nonce", "000102030405060708090a0b0c0d0e0f", "crc", "0000ABCD")),
                new Frame(1, "guest.bugcheck", Map.of("text", "a b=c#d%e\n\u001B[31m\u00FF", "empty", "")),
                new Frame(2, "guest.fatal", Map.of("reason", "short", "truncated", "1")));
        assertThat(frames.get(0).number("va")).contains(0xFFFF800000001000L);
    }

    @Test
    void theTableThatNamesTheBlockIsAnAcpiTableAndAnyChangedByteUndoesIt() throws IOException {
        byte[] said = run(new byte[0], "table", NONCE.toString(), "0x123456000", "0x10000");
        ByteBuffer table = ByteBuffer.wrap(said, 0, 68).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(new String(said, 0, 4, US_ASCII)).isEqualTo("HFPL");
        assertThat(table.getInt(4)).isEqualTo(68);
        assertThat(IntStream.range(0, 68).map(i -> said[i]).sum() & 0xFF).isZero();
        assertThat(table.getLong(36)).isEqualTo(0x123456000L);
        assertThat(table.getLong(44)).isEqualTo(0x10000);
        assertThat(Arrays.copyOfRange(said, 52, 68)).isEqualTo(NONCE.bytes());
        assertThat(new String(said, 68, said.length - 68, US_ASCII)).isEqualTo("SU" + "U".repeat(68));
    }

    @Test
    void plansThatJavaWritesAreReadByC() throws IOException {
        Plan plan = new Plan(Scenarios.OSR_THREAD.cells().toList().get(1), NONCE,
                new GuestProgram("\\holdfast\\loader.efi", GuestProgram.Start.FIRST, "\\holdfast\\driver.sys"));
        byte[] encoded = PlanText.encode(plan);

        assertThat(new String(run(encoded, "plan"), US_ASCII).lines()).containsExactly("sound", NONCE.toString(), plan.cell().id(), "0 16",
                "1 100000 1000000 100000", "\\holdfast\\loader.efi", "\\holdfast\\driver.sys", "100000 1000000 100000",
                "MmMapIoSpace.cached plain 209bb", "[] [none] [none] no-initrd no-key", "pressure 0 reboot 0", "none strict 11", PlanText.crcOf(encoded));
    }

    @Test
    void whatIsWantedOfTheGuestIsReadByC() throws IOException {
        Cell cell = Scenarios.OSR_THREAD.cells().toList().get(0);
        for (ModelVersion version : ModelVersion.values()) {
            GuestOptions options = GuestOptions.USUAL.withTask("leak").withSwitch("pfn", "ram").withSwitch("mdl-ram", "described")
                    .withVersion(version);
            byte[] encoded = PlanText.encode(new Plan(cell, NONCE, GUEST, options));

            assertThat(new String(run(encoded, "plan"), US_ASCII).lines())
                    .startsWith("sound").contains("leak mdl-ram:described,pfn:ram " + version.word());
        }
    }

    @Test
    void whatAKernelIsGivenAndWhatIsDoneBeforeTheLookIsReadByC() throws IOException {
        GuestProgram kernel = new GuestProgram("\\vmlinuz", GuestProgram.Start.LAST, "quiet a=b", "\\initrd", "\\nonesuch.cer", "none");
        List<Mapping> batch = List.of(Mapping.cached(MapApi.MM_MAP_IO_SPACE), Mapping.cached(MapApi.MDL_FOR_IO_SPACE));
        Cell cell = Scenarios.OSR_THREAD.cells().toList().get(0);
        for (Reboot reboot : Reboot.values()) {
            GuestOptions options = GuestOptions.USUAL.withBatch(batch).withPressure(Pressure.FULL).withReboot(reboot);

            assertThat(new String(run(PlanText.encode(new Plan(cell, NONCE, kernel, options)), "plan"), US_ASCII).lines())
                    .startsWith("sound").contains("[quiet a=b] [\\initrd] [\\nonesuch.cer]",
                            "MmMapIoSpace.cached MmAllocateMdlForIoSpace.cached pressure 1 reboot " + reboot.ordinal());
        }
    }

    @Test
    void theMappingsOfLinuxAreReadByC() throws IOException {
        String body = body(PlanText.encode(new Plan(Scenarios.OSR_THREAD.cells().toList().get(0), NONCE, GUEST)));
        List<String> mappings = List.of("memremap.cached", "memremap.writethrough", "memremap.writecombined", "ioremap.noncached",
                "ioremap_wc.writecombined", "ioremap_cache.cached", "direct-map.cached", "request_mem_region.cached",
                "devmem-read.cached", "devmem-mmap.cached");
        for (String mapping : mappings) {
            int dot = mapping.indexOf('.');
            assertThat(sealed(body.replace("map.api=MmMapIoSpace\n", "map.api=" + mapping.substring(0, dot) + "\n")
                    .replace("map.cache=cached", "map.cache=" + mapping.substring(dot + 1)))).as(mapping).isEqualTo("sound");
        }
    }

    @Test
    void everyPlacementMappingAndTypeThatJavaWritesIsReadByC() throws IOException {
        for (Locating locating : List.of(Locating.Published.VARIABLE, Locating.Published.ACPI_TABLE)) {
            Cell cell = new Cell(GuestKind.CONTRACT, new Reservation(MemoryType.RESERVED, new Placement.Any(), 1), locating,
                    Mapping.cached(MapApi.MDL_FOR_IO_SPACE), VerifierFlags.OFF);
            assertThat(plan(PlanText.encode(new Plan(cell, NONCE, GUEST)))).as(cell.id()).isEqualTo("sound");
        }
        for (Placement placement : List.of(new Placement.At(0x100000), new Placement.Below(0xFFFFFFFFL), new Placement.Any())) {
            for (Mapping mapping : Mapping.TABLE) {
                Cell cell = new Cell(GuestKind.CONTRACT, new Reservation(MemoryType.UNRESERVED, placement, 1), Locating.THREAD,
                        mapping, VerifierFlags.OFF);
                assertThat(plan(PlanText.encode(new Plan(cell, NONCE, GUEST)))).as(cell.id()).isEqualTo("sound");
            }
        }
    }

    @Test
    void everyWayToSpoilAPlanIsNoticedByC() throws IOException {
        String sound = new String(PlanText.encode(new Plan(Scenarios.OSR_THREAD.cells().toList().get(0), NONCE, GUEST)), US_ASCII);
        String body = body(sound.getBytes(US_ASCII));

        String waiting = new String(PlanText.waiting(GUEST), US_ASCII);
        assertThat(plan(waiting.getBytes(US_ASCII))).isEqualTo("wait");
        assertThat(plan(waiting.replace("last", "first").getBytes(US_ASCII))).isEqualTo("bad-checksum");
        assertThat(sealed("holdfast-plan wait\nguest.loader=\\l\n")).isEqualTo("missing-key");
        assertThat(sealed(waiting.substring(0, waiting.lastIndexOf("crc32c=")) + "cell=x\n")).isEqualTo("missing-key");
        assertThat(plan(sound.replace("pages=16", "pages=17").getBytes(US_ASCII))).isEqualTo("bad-checksum");
        assertThat(plan(body.getBytes(US_ASCII))).isEqualTo("bad-checksum");
        assertThat(plan((sound + "x=1\n").getBytes(US_ASCII))).isEqualTo("bad-checksum");
        assertThat(plan("nonsense\n".getBytes(US_ASCII))).isEqualTo("not-a-plan");
        assertThat(plan(new byte[0])).isEqualTo("not-a-plan");
        assertThat(sealed(body + "unknown.key=1\n")).isEqualTo("unknown-key");
        assertThat(sealed(body + "map.cache=cached\n")).isEqualTo("repeated-key");
        assertThat(sealed(body.replace("map.cache=cached\n", ""))).isEqualTo("missing-key");
        assertThat(sealed(body.replace("map.cache=cached", "map.cache=warm"))).isEqualTo("bad-value");
        assertThat(sealed(body.replace("model.version=11", "model.version=12"))).isEqualTo("bad-value");
        assertThat(sealed(body.replace("driver.task=none", "driver.task="))).isEqualTo("bad-value");
        assertThat(sealed(body.replace("locate.step=0x100000", "locate.step=0x0"))).isEqualTo("bad-value");
        assertThat(sealed(body.replace("map.variant=plain", "map.variant=odd"))).isEqualTo("bad-value");
        assertThat(sealed(body.replace("pages=16", "pages=0"))).isEqualTo("bad-value");
        assertThat(sealed(body.replace("guest.initrd=none", "guest.initrd="))).isEqualTo("bad-value");
        assertThat(sealed(body.replace("guest.options=\n", "guest.options=" + "x".repeat(201) + "\n"))).isEqualTo("bad-value");
        assertThat(sealed(body.replace("guest.options=\n", ""))).isEqualTo("missing-key");
        assertThat(sealed(body.replace("pressure=none", "pressure=high"))).isEqualTo("bad-value");
        assertThat(sealed(body.replace("reboot=none", "reboot=never"))).isEqualTo("bad-value");
        for (String batch : List.of("", "MmMapIoSpace", "MmMapIoSpace.", ".cached", "MmMapIoSpace.cached,", ",MmMapIoSpace.cached",
                "MmMapIoSpace.cached,,MmMapIoSpace.cached", "MmMapIoSpace.cached,none", "MmMapIoSpace.cached.cached",
                "MmMapIoSpaceEx.cached", "MmMapIoSpace.noncached")) {
            assertThat(sealed(body.replace("map.batch=none", "map.batch=" + batch))).as(batch).isEqualTo("bad-value");
        }
        assertThat(sealed(body.replace("map.batch=none", "map.batch=MmMapIoSpace.cached,ioremap.noncached"))).isEqualTo("sound");
        assertThat(sealed(body.replace("map.batch=none", "map.batch=MmMapIoSpace.cached" + ",ioremap.cached".repeat(14)))).isEqualTo("sound");
        assertThat(sealed(body.replace("map.batch=none", "map.batch=MmMapIoSpace.cached" + ",ioremap.cached".repeat(17))))
                .isEqualTo("line-too-long");
        assertThat(sealed(body.replace("verifier.flags=0x0", "verifier.flags=0x1FFFFFFFF"))).isEqualTo("bad-value");
        assertThat(sealed(body.replace("map.cache=cached", "map.cache"))).isEqualTo("malformed-line");
        assertThat(sealed(body + "guest.loader=" + "x".repeat(256) + "\n")).isEqualTo("line-too-long");
        assertThat(sealed(body + "x=1\n".repeat(1100))).isEqualTo("too-long");
    }

    private static String body(byte[] plan) {
        String text = new String(plan, US_ASCII);
        return text.substring(0, text.lastIndexOf("crc32c="));
    }

    private static String sealed(String body) throws IOException {
        return plan((body + "crc32c=" + Crc32c.digits(Crc32c.of(body.getBytes(US_ASCII))) + "\n").getBytes(US_ASCII));
    }

    private static String plan(byte[] text) throws IOException {
        return new String(run(text, "plan"), US_ASCII).lines().findFirst().orElseThrow();
    }

    private static String text(String... arguments) throws IOException {
        return new String(run(new byte[0], arguments), US_ASCII);
    }

    private static byte[] run(byte[] input, String... arguments) throws IOException {
        return runProgram(probe(), input, arguments);
    }

    private static byte[] runProgram(Path program, byte[] input, String... arguments) throws IOException {
        CommandLine command = new CommandLine(program);
        Stream.of(arguments).forEach(argument -> command.addArgument(argument, false));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        DefaultExecutor executor = DefaultExecutor.builder()
                .setExecuteStreamHandler(new PumpStreamHandler(output, output, new ByteArrayInputStream(input))).get();
        executor.execute(command);
        return output.toByteArray();
    }

    private static Path probe() {
        return folder.resolve("common_probe");
    }
}
