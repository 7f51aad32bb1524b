// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.guest.Artefacts;
import dev.holdfast.guest.ContractGuest;
import dev.holdfast.guest.Sabotage;
import dev.holdfast.guest.Home;
import dev.holdfast.machine.Machine;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.PromiseTable;
import dev.holdfast.plan.Scenarios;
import dev.holdfast.run.Boot;
import dev.holdfast.run.BootEnd;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Lab;
import dev.holdfast.run.Verdict.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a boot can go wrong, gone wrong on purpose: each is reported for what it is, in bounded time. */
@Tag("boot")
@Timeout(90)
class SabotageBootTest {

    private static final Cell KEPT = Scenarios.OSR_THREAD.cells().toList().get(0);

    @TempDir
    private Path folder;

    @Test
    void aFlippedByteIsFoundByBothOraclesAndItsPageIsNamed() throws IOException {
        String reason = sabotaged("flip-byte");

        assertThat(reason).contains("the driver sees 15 of 16 pages intact, expected 16")
                .contains("the host sees 15 of 16 pages intact, expected 16")
                .containsPattern("page 1 of 16 at 0x101000 differs at offset 4095: expected 0x[0-9A-F]+, seen 0x[0-9A-F]+")
                .doesNotContain("disagree");
        assertThat(folder.resolve("cells").resolve("contract_EfiReservedMemoryType@first-free_scan_MmMapIoSpace.cached_no-verifier")
                .resolve("block.bin")).hasSize(16 * 4096);
    }

    @Test
    void aDriverThatLiesIsContradictedByTheHost() throws IOException {
        assertThat(sabotaged("lying-driver"))
                .contains("the oracles disagree: the driver says 16 of 16 pages are intact, the host sees 15 of 16");
    }

    @Test
    void anUnsignedDriverIsRefused() throws IOException {
        assertThat(sabotaged("unsigned-driver"))
                .isEqualTo("the guest refused the driver's signature: 0xC0000428 (STATUS_INVALID_IMAGE_HASH)");
    }

    @Test
    void aTamperedDriverIsRefused() throws IOException {
        assertThat(sabotaged("tampered-driver"))
                .isEqualTo("the guest refused the driver's signature: 0xC0000428 (STATUS_INVALID_IMAGE_HASH)");
    }

    @Test
    void aGuestThatHangsIsGivenUp() throws IOException {
        long start = System.nanoTime();

        assertThat(sabotaged("hang", "--timeout", "12")).startsWith("no ").contains("12 s").contains("the last frame was ");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void aFrameCutShortIsShown() throws IOException {
        assertThat(sabotaged("cut-frame")).contains("before the guest's last frame").contains("a frame came damaged or cut short: HF1 ")
                .contains("guest.end");
    }

    @Test
    void aRepeatedFrameIsNamed() throws IOException {
        assertThat(sabotaged("repeat-frame")).containsPattern("frame \\d+ of source guest was repeated \\(guest\\.driver\\)");
    }

    @Test
    void aQemuThatDiesInMidBootIsSaidAtOnce() {
        AtomicLong killed = new AtomicLong();
        // A guest that hangs is not over before somebody can kill it.
        try (Lab lab = lab(new ContractGuest(new Artefacts(Home.find()), Optional.of(Sabotage.HANG), Optional.empty()), false)) {
            Boot boot = killedInMidBoot(lab.boot(KEPT.machine()), killed);
            CellResult result = lab.runner(machine -> boot, new OutFolder(folder).cells()).run(KEPT, PromiseTable.of(KEPT));

            assertThat(Duration.ofNanos(System.nanoTime() - killed.get())).isLessThan(Duration.ofSeconds(10));
            assertThat(result.observed().end().kind()).isEqualTo(BootEnd.Kind.MACHINE_GONE);
            assertThat(result.verdict().reason()).startsWith("QEMU ended with status 137 before the guest's last frame");
        }
    }

    @Test
    void aPlanWithALineThatIsTooLongIsRefusedByTheGuestAndSaid() {
        CellResult result = runWith(boot -> withPlan(boot, plan -> plan.replace("guest.loader=", "guest.loader=\\" + "x".repeat(300))));

        assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.verdict().reason()).contains("the UEFI application failed: bad-plan").contains("line-too-long");
        assertThat(result.observed().end().kind()).isEqualTo(BootEnd.Kind.PROVEN);
    }

    @Test
    void aPlanWithAKeyThatNobodyKnowsIsRefusedByTheGuestAndSaid() {
        CellResult result = runWith(boot -> withPlan(boot, plan -> resealed(plan.replace("map.cache=", "map.cash="))));

        assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.verdict().reason()).contains("the UEFI application failed: bad-plan").contains("unknown-key");
        assertThat(result.observed().end().kind()).isEqualTo(BootEnd.Kind.PROVEN);
    }

    @Test
    void aDriverThatIsNoImageIsRefusedByTheGuestAndSaid() throws IOException {
        Path text = Files.writeString(folder.resolve("driver.sys"), "not a driver at all");
        try (Lab lab = lab(Optional.of(text), false)) {
            CellResult result = lab.runner(new OutFolder(folder).cells()).run(KEPT, PromiseTable.of(KEPT));

            assertThat(result.verdict().reason()).contains("the guest could not go on: driver-not-pe");
        }
    }

    @Test
    void aLoaderThatIsNotThereIsSaid() {
        CellResult lost = runWith(SabotageBootTest::withAnotherLoader, true);
        assertThat(lost.verdict().reason()).contains("the UEFI application failed: loader-missing");
    }

    @Test
    void aPlanForAnotherLoaderThanTheSnapshotsIsRefused() {
        CellResult other = runWith(SabotageBootTest::withAnotherLoader);
        assertThat(other.verdict().reason()).contains("the UEFI application failed: bad-plan").contains("another loader has been prepared");
    }

    private static Boot withAnotherLoader(Boot boot) {
        return withPlan(boot, plan -> resealed(plan.replace("contract\\loader.efi", "contract\\gone.efi")));
    }

    /** The reason of the one cell's verdict, which must be a failure. */
    private String sabotaged(String sabotage, String... more) throws IOException {
        String[] line = new String[7 + more.length];
        System.arraycopy(new String[] {"run", "--sabotage", sabotage, "--filter", KEPT.id(), "--out", folder.toString()}, 0, line, 0, 7);
        System.arraycopy(more, 0, line, 7, more.length);
        Cli cli = Cli.run(line);
        assertThat(cli.status()).as(cli.out() + cli.err()).isEqualTo(1);
        JsonNode cells = new ObjectMapper().readTree(folder.resolve("results.json").toFile()).path("cells");
        assertThat(cells).hasSize(1);
        assertThat(cells.get(0).path("verdict").asText()).isEqualTo("fail");
        assertThat(cli.out()).contains("again: ./holdfast replay --sabotage " + sabotage + " " + KEPT.id());
        return cells.get(0).path("reason").asText();
    }

    private CellResult runWith(UnaryOperator<Boot> change) {
        return runWith(change, false);
    }

    private CellResult runWith(UnaryOperator<Boot> change, boolean cold) {
        try (Lab lab = lab(Optional.empty(), cold)) {
            Boot boot = change.apply(lab.boot(KEPT.machine()));
            return lab.runner(machine -> boot, new OutFolder(folder).cells()).run(KEPT, PromiseTable.of(KEPT));
        }
    }

    private static Lab lab(Optional<Path> driver, boolean cold) {
        return lab(new ContractGuest(new Artefacts(Home.find()), Optional.empty(), driver), cold);
    }

    private static Lab lab(ContractGuest guest, boolean cold) {
        return new Lab(guest, Optional.empty(), false, cold, notice -> { });
    }

    /** @param when is set to the moment, as {@link System#nanoTime} has it */
    private static Boot killedInMidBoot(Boot boot, AtomicLong when) {
        return new Changed(boot) {
            @Override
            public Machine start(Path plan, Path console, Path channel) {
                Machine machine = super.start(plan, console, channel);
                new Thread(() -> {
                    await().ignoreExceptions().until(() -> Files.readString(channel, ISO_8859_1).contains("guest.start"));
                    when.set(System.nanoTime());
                    ProcessHandle.current().descendants()
                            .filter(child -> child.info().commandLine().orElse("").contains(console.toString()))
                            .forEach(ProcessHandle::destroyForcibly);
                }).start();
                return machine;
            }
        };
    }

    private static Boot withPlan(Boot boot, UnaryOperator<String> change) {
        return new Changed(boot) {
            @Override
            public Machine start(Path plan, Path console, Path channel) {
                try {
                    Files.writeString(plan, change.apply(Files.readString(plan)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return super.start(plan, console, channel);
            }
        };
    }

    /** A plan with its checksum made right again. */
    private static String resealed(String plan) {
        String body = plan.substring(0, plan.lastIndexOf("crc32c="));
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(US_ASCII));
        return body + String.format("crc32c=%08X%n", crc.getValue());
    }

    private abstract static class Changed implements Boot {
        private final Boot boot;

        Changed(Boot boot) {
            this.boot = boot;
        }

        @Override
        public String kind() {
            return boot.kind();
        }

        @Override
        public Machine start(Path plan, Path console, Path channel) {
            return boot.start(plan, console, channel);
        }

        @Override
        public Boot restarting() {
            return boot.restarting();
        }

        @Override
        public boolean isRam(long address, long bytes) {
            return boot.isRam(address, bytes);
        }
    }
}
