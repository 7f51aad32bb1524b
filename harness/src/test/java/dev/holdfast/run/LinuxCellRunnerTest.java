// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.guest.Artefacts;
import dev.holdfast.guest.LinuxGuest;
import dev.holdfast.machine.Machine;
import dev.holdfast.machine.MachineSpec;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.PromiseTable;
import dev.holdfast.run.Verdict.Outcome;
import dev.holdfast.wire.Block;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.Nonce;
import dev.holdfast.wire.PlanText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Boots of the Linux guest that serve several cells, with a machine that follows a script in the place of QEMU. */
@Timeout(20)
class LinuxCellRunnerTest {

    private static final Deadlines SHORT = new Deadlines(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofMillis(300), Duration.ofMillis(500));
    private static final Batch RESERVED = batch("EfiReservedMemoryType", "memremap.cached", "ioremap.noncached", "devmem-read.cached");
    private static final Batch LOADER_DATA = batch("EfiLoaderData", "memremap.cached", "ioremap.noncached", "devmem-read.cached");

    @TempDir
    private Path folder;
    private byte[] plan;
    private Path console;
    /** What the virtio port makes of what the serial port says. */
    private UnaryOperator<List<Frame>> port = frames -> frames;

    @BeforeEach
    void theGuestIsBuilt() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("vm-images/target/linux")).resolve("options.txt"), "console=ttyS0\n");
    }

    @Test
    void eachCellOfABootHasAVerdictAndAFolderOfItsOwn() {
        List<CellResult> results = run(RESERVED, (script, nonce) -> {
            start(script, nonce, "0x0");
            mapped(script, "driver", "memremap", "cached", nonce);
            mapped(script, "driver", "ioremap", "noncached", nonce);
            script.close("driver.end", nonce, "status", "0x0");
            script.say("agent.start", "nonce", nonce.toString(), "crc", PlanText.crcOf(plan));
            mapped(script, "agent", "devmem-read", "cached", nonce);
            script.close("agent.end", nonce, "status", "0x0");
            script.close("guest.end", nonce, "outcome", "done").leavingWith(33);
        });

        assertThat(results).extracting(CellResult::cell).containsExactlyElementsOf(RESERVED.cells());
        assertThat(results).extracting(result -> result.verdict().reason())
                .containsOnly("16 of 16 pages intact at 0x100000, mapped, quiet, iomem: Reserved, memmap: Reserved");
        assertThat(results).allMatch(result -> result.verdict().outcome() == Outcome.PASS);
        assertThat(results).extracting(CellResult::folder).doesNotHaveDuplicates()
                .allSatisfy(cell -> assertThat(cell.resolve("frames.txt")).content().contains("devmem-read"))
                .allSatisfy(cell -> assertThat(cell.resolve("port.txt")).exists());
        assertThat(new String(plan, StandardCharsets.US_ASCII)).contains("map.batch=memremap.cached,ioremap.noncached,devmem-read.cached\n",
                "pressure=full\n", "guest.options=console=ttyS0\n");
    }

    @Test
    void aComplaintIsThatMappingsAndIsToldInTheKernelsOwnWords() {
        List<CellResult> results = run(LOADER_DATA, (script, nonce) -> {
            start(script, nonce, "0x2");
            mapped(script, "driver", "memremap", "cached", nonce);
            refused(script, "driver", "ioremap", "noncached", "0xC");
            script.say("guest.complaint", "kind", "ioremap-ram", "text", "ioremap on RAM at 0x100000 \u001B[31m", "during", "ioremap.noncached");
            script.close("driver.end", nonce, "status", "0x0");
            script.say("agent.start", "nonce", nonce.toString(), "crc", PlanText.crcOf(plan));
            refused(script, "agent", "devmem-read", "cached", "0x1");
            script.close("agent.end", nonce, "status", "0x1");
            script.close("guest.end", nonce, "outcome", "done").leavingWith(33);
        });

        assertThat(results).allMatch(result -> result.verdict().outcome() == Outcome.OBSERVED);
        assertThat(results).extracting(result -> result.verdict().reason()).satisfiesExactly(
                reason -> assertThat(reason).contains(", mapped, quiet, "),
                reason -> assertThat(reason).contains("ioremap returned 0xC (ENOMEM), the kernel complained during ioremap.noncached: "
                        + "\"ioremap on RAM at 0x100000 \\x1B[31m\""),
                reason -> assertThat(reason).contains("devmem-read returned 0x1 (EPERM), quiet"));
    }

    @Test
    void aComplaintBreaksAPromiseOfQuiet() {
        List<CellResult> results = run(RESERVED, (script, nonce) -> {
            start(script, nonce, "0x0");
            script.say("guest.complaint", "kind", "warn", "text", "WARNING: CPU: 0", "during", "memremap.cached");
            script.say("guest.complaint", "kind", "oops", "text", "Oops: 0000", "during", "pressure");
            mapped(script, "driver", "memremap", "cached", nonce);
            mapped(script, "driver", "ioremap", "noncached", nonce);
            script.close("driver.end", nonce, "status", "0x0");
            script.say("agent.start", "nonce", nonce.toString(), "crc", PlanText.crcOf(plan));
            mapped(script, "agent", "devmem-read", "cached", nonce);
            script.close("agent.end", nonce, "status", "0x0");
            script.close("guest.end", nonce, "outcome", "done").leavingWith(33);
        });

        assertThat(results).allMatch(CellResult::failed);
        assertThat(results.get(0).verdict().reason()).isEqualTo("the kernel complained during memremap.cached: \"WARNING: CPU: 0\", expected none; "
                + "the kernel complained during pressure: \"Oops: 0000\", expected none");
        assertThat(results.get(1).verdict().reason()).isEqualTo("the kernel complained during pressure: \"Oops: 0000\", expected none");
    }

    @Test
    void channelsThatDisagreeAreSeen() {
        port = frames -> frames.stream().map(frame -> frame.event().equals("driver.located")
                ? new Frame(frame.sequence(), frame.event(), Map.of("at", "0x200000")) : frame).toList();

        CellResult result = memremapped().get(0);

        assertThat(result.failed()).isTrue();
        assertThat(result.verdict().reason()).contains("the two channels disagree: COM2 has \"driver.located at=0x100000")
                .contains("the virtio port has \"driver.located at=0x200000\"");
    }

    @Test
    void aBlockThatTheKernelHasInNoMapIsSaidToBeInNone() {
        port = frames -> List.of();
        CellResult result = run(batch("0x70000000", "memremap.cached"), (script, nonce) -> {
            script.say("uefi.reserved", "status", "0x0", "at", "0x100000", "pages", "16", "type", "0x70000000", "tried", "1");
            script.say("driver.located", "at", "0x100000", "visited", "1");
            mapped(script, "driver", "memremap", "cached", nonce);
            script.close("driver.end", nonce, "status", "0x0");
            script.close("uefi.handover", nonce, "status", "0x0");
            script.close("guest.end", nonce, "outcome", "done").leavingWith(33);
        }).get(0);

        assertThat(result.verdict().reason()).contains("mapped, quiet, in no map of the kernel's");
    }

    @Test
    void aResetEndsWithTheUefiApplicationsLookAtTheBlock() {
        List<CellResult> results = run(batch("EfiReservedMemoryType", "memremap.cached/reset"), (script, nonce) -> {
            start(script, nonce, "0x0");
            script.say("guest.reset", "status", "0x0");
            script.say("again.ready");
            script.say("again.earlier", "at", "0x100000", "pages", "16", "intact", "15", "crc", "01234567");
            script.close("again.end", nonce, "status", "0x0").leavingWith(0);
        });

        assertThat(results.get(0).verdict().reason()).isEqualTo("the oracles disagree: the UEFI application says 15 of 16 pages are intact, "
                + "the host sees 16 of 16");
        assertThat(new String(plan, StandardCharsets.US_ASCII)).contains("reboot=reset\n");
    }

    @Test
    void aPortThatSaysNothingIsNotedAndNoFault() {
        port = frames -> List.of();

        CellResult result = memremapped().get(0);

        assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASS);
        assertThat(result.verdict().reason()).endsWith(", every frame of the guest came through COM2, none through the virtio port");
    }

    @Test
    void aPanicIsThatMappingsAndTheLogIsKept() {
        List<CellResult> results = run(RESERVED, (script, nonce) -> {
            start(script, nonce, "0x0");
            mapped(script, "driver", "memremap", "cached", nonce);
            script.say("driver.mapping", "api", "ioremap", "cache", "noncached", "at", "0x100000", "bytes", "0x10000");
            log("line\r\n".repeat(60) + "[    1.0] Kernel panic - not syncing: panic_on_warn set ...\r\n[    1.1] ---[ end ]---\n");
            script.panicking();
        });

        assertThat(results).allMatch(result -> result.observed().end().kind() == BootEnd.Kind.PANICKED);
        assertThat(results).extracting(result -> result.observed().kernel().attempt()).containsExactly(KernelSeen.Attempt.DONE,
                KernelSeen.Attempt.UNDER_WAY, KernelSeen.Attempt.NOT_BEGUN);
        assertThat(results.get(1).verdict().reason()).startsWith("the kernel panicked: [    1.0] Kernel panic - not syncing: panic_on_warn set ...;"
                + " the last frame was driver.mapping");
        assertThat(results.get(1).observed().kernel().log()).hasSize(50).contains("line").last().isEqualTo("[    1.1] ---[ end ]---");
    }

    @Test
    void aPanicThatNoDeviceToldOfIsReadInTheLog() {
        CellResult result = run(RESERVED, (script, nonce) -> {
            script.say("guest.start", "kind", "linux");
            log("Kernel panic - not syncing: no init\n");
        }).get(0);

        assertThat(result.verdict().reason()).isEqualTo("the kernel panicked: Kernel panic - not syncing: no init; the last frame was guest.start");
    }

    @Test
    void aGuestThatCannotGoOnSaysSoInASentence() {
        CellResult result = run(RESERVED, (script, nonce) -> {
            script.say("guest.start", "kind", "linux");
            script.say("guest.complaint", "kind", "taint", "text", "tainted: E", "during", "module");
            script.say("guest.fatal", "reason", "module-refused", "detail", "Key was rejected", "status", "0x81");
            script.close("guest.end", nonce, "outcome", "fatal").leavingWith(37);
        }).get(0);

        assertThat(result.verdict().reason()).isEqualTo("the kernel refused to load the project's module, 0x81 (EKEYREJECTED), Key was rejected; "
                + "the kernel complained during module: \"tainted: E\"");
    }

    private List<CellResult> memremapped() {
        return run(batch("EfiReservedMemoryType", "memremap.cached"), (script, nonce) -> {
            start(script, nonce, "0x0");
            mapped(script, "driver", "memremap", "cached", nonce);
            script.close("driver.end", nonce, "status", "0x0");
            script.close("guest.end", nonce, "outcome", "done").leavingWith(33);
        });
    }

    private List<CellResult> run(Batch batch, BiConsumer<ScriptedMachine, Nonce> script) {
        Boot boot = new Boot() {
            @Override
            public String kind() {
                return "scripted";
            }

            @Override
            public Machine start(Path planFile, Path consoleLog, Path channel) {
                console = consoleLog;
                plan = read(planFile);
                ScriptedMachine machine = new ScriptedMachine(channel).alsoThrough(MachineSpec.portLog(channel), port);
                script.accept(machine, nonceOf(plan));
                return machine;
            }

            @Override
            public Boot restarting() {
                return this;
            }

            @Override
            public boolean isRam(long address, long bytes) {
                return address >= 0x100000 && address < 0x10000000;
            }
        };
        return new CellRunner(new LinuxGuest(new Artefacts(folder), Optional.empty()), machine -> boot, SHORT, folder.resolve("cells"), false)
                .run(batch, PromiseTable::of);
    }

    private void start(ScriptedMachine script, Nonce nonce, String type) {
        script.say("uefi.plan", "nonce", nonce.toString(), "crc", PlanText.crcOf(plan));
        script.say("uefi.reserved", "status", "0x0", "at", "0x100000", "pages", "16", "type", type, "tried", "1");
        script.say("uefi.filled", "at", "0x100000", "pages", "16", "crc", "0");
        script.close("uefi.handover", nonce, "status", "0x0");
        script.holding(block(nonce, Long.decode(type)));
        script.say("guest.start", "kind", "linux", "model", "0", "version", "6.1");
        script.say("guest.pressure", "stage", "free-pages", "bytes", "4096", "outcome", "done");
        script.say("driver.start", "nonce", nonce.toString(), "crc", PlanText.crcOf(plan));
        script.say("driver.located", "at", "0x100000", "visited", "1");
        script.say("guest.region", "source", "iomem", "at", "0x100000", "end", "0x10FFFF", "name", "Reserved");
        script.say("guest.region", "source", "memmap", "at", "0x100000", "end", "0x10FFFF", "name", "Reserved");
    }

    private static void mapped(ScriptedMachine script, String source, String api, String cache, Nonce nonce) {
        script.say(source + ".mapping", "api", api, "cache", cache, "at", "0x100000", "bytes", "0x10000");
        script.say(source + ".mapped", "status", "0x0", "step", api, "va", "0xFF00000000000000");
        CRC32C crc = new CRC32C();
        crc.update(block(nonce, 0));
        script.say(source + ".checked", "pages", "16", "intact", "16", "crc", String.format("%08X", crc.getValue()));
        script.say(source + ".unmapped", "status", "0x0", "step", "x");
    }

    private static void refused(ScriptedMachine script, String source, String api, String cache, String status) {
        script.say(source + ".mapping", "api", api, "cache", cache, "at", "0x100000", "bytes", "0x10000");
        script.say(source + ".mapped", "status", status, "step", api);
    }

    private static byte[] block(Nonce nonce, long type) {
        Block block = new Block(nonce, 16, 0x100000, type);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int page = 0; page < 16; page++) {
            bytes.writeBytes(block.page(page));
        }
        return bytes.toByteArray();
    }

    private void log(String text) {
        try {
            Files.writeString(console, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Batch batch(String type, String... mappings) {
        return new Batch(List.of(mappings).stream()
                .map(mapping -> Cell.named("linux/" + type + "@first-free/scan/" + mapping.replace("/reset", "")
                        + "/no-verifier" + (mapping.endsWith("/reset") ? "/reboot-reset" : "")).orElseThrow()).toList());
    }

    private static Nonce nonceOf(byte[] plan) {
        String line = new String(plan, StandardCharsets.US_ASCII).lines().filter(text -> text.startsWith("nonce=")).findFirst().orElseThrow();
        return Nonce.of(line.substring("nonce=".length()));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
