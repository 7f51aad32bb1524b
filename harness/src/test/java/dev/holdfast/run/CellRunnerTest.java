// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.guest.Artefacts;
import dev.holdfast.guest.ContractGuest;
import dev.holdfast.machine.Machine;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.PromiseTable;
import dev.holdfast.plan.Scenarios;
import dev.holdfast.run.Verdict.Outcome;
import dev.holdfast.wire.Block;
import dev.holdfast.wire.Nonce;
import dev.holdfast.wire.PlanText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One cell from plan to verdict, with a machine that follows a script in the place of QEMU. */
@Timeout(20)
class CellRunnerTest {

    private static final Cell KEPT = Scenarios.OSR_THREAD.cells().toList().get(0);
    private static final Deadlines SHORT = new Deadlines(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofMillis(300), Duration.ofMillis(500));

    @TempDir
    private Path folder;
    private ScriptedMachine machine;
    private byte[] plan;

    @Test
    void aBootInWhichAllGoesWellPassesAndLeavesNoDump() {
        CellResult result = run((script, nonce) -> {
            reserve(script, nonce, "0x100000");
            drive(script, nonce, "16");
            script.close("guest.end", nonce, "outcome", "done").leavingWith(33);
        });

        assertThat(result.verdict().reason()).isEqualTo("16 of 16 pages intact at 0x100000, mapped, quiet");
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASS);
        assertThat(machine.savedFrom()).isEqualTo(0x100000);
        assertThat(machine.closed()).isTrue();
        assertThat(result.folder().resolve("block.bin")).doesNotExist();
    }

    @Test
    void everyRunHasANonceOfItsOwn() {
        BiConsumer<ScriptedMachine, Nonce> nothing = (script, nonce) -> script.goneWith(1, "");

        assertThat(run(nothing).nonce()).isNotEqualTo(run(nothing).nonce());
    }

    @Test
    void aDamagedBlockIsKeptForLookingAt() {
        CellResult result = run((script, nonce) -> {
            reserve(script, nonce, "0x100000");
            drive(script, nonce, "16");
            script.holding(new byte[16 * Block.PAGE_BYTES]);
            script.close("guest.end", nonce, "outcome", "done").leavingWith(33);
        });

        assertThat(result.verdict().reason()).contains("the oracles disagree", "the host sees 0 of 16 pages intact");
        assertThat(result.folder().resolve("block.bin")).hasSize(16L * Block.PAGE_BYTES);
    }

    @Test
    void anAddressOutsideTheMachinesRamIsNeverRead() {
        CellResult result = run((script, nonce) -> {
            reserve(script, nonce, "0xFFFFFFFFFFFFF000");
            script.close("guest.end", nonce, "outcome", "done").leavingWith(33);
        });

        assertThat(machine.savedFrom()).isEqualTo(-1);
        assertThat(result.verdict().reason())
                .contains("the host oracle could not look: the block's address 0xFFFFFFFFFFFFF000 is not in this machine's RAM");
    }

    @Test
    void anAddressThatIsNoPagesIsNeverRead() {
        CellResult result = run((script, nonce) -> {
            reserve(script, nonce, "0x100001");
            script.close("guest.end", nonce, "outcome", "done").leavingWith(33);
        });

        assertThat(machine.savedFrom()).isEqualTo(-1);
        assertThat(result.verdict().reason()).contains("is not a page's");
    }

    @Test
    void aMachineThatGoesInMidBootIsSaidAtOnceWithItsLastWords() {
        long start = System.nanoTime();
        CellResult result = run((script, nonce) -> {
            script.say("uefi.ready");
            script.goneWith(139, "qemu: \u001B[31mboom");
        });

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.silence().plusSeconds(1));
        assertThat(result.observed().end().kind()).isEqualTo(BootEnd.Kind.MACHINE_GONE);
        assertThat(result.verdict().reason()).isEqualTo("QEMU ended with status 139 before the guest's last frame (qemu: \\x1B[31mboom); "
                + "the last frame was uefi.ready");
    }

    @Test
    void aFrameCutShortIsShownAsFarAsItCame() {
        CellResult result = run((script, nonce) -> {
            script.say("guest.start");
            script.raw("\nHF1 1 guest.end nonce=00".getBytes(US_ASCII)).goneWith(33, "");
        });

        assertThat(result.verdict().reason()).contains("a frame came damaged or cut short: HF1 1 guest.end nonce=00");
    }

    @Test
    void aGuestThatFallsSilentIsGivenUpAfterTheSilence() {
        CellResult result = run((script, nonce) -> script.say("guest.start"));

        assertThat(result.observed().end().kind()).isEqualTo(BootEnd.Kind.SILENT);
        assertThat(result.verdict().reason()).isEqualTo("no frame for 0 s; the last frame was guest.start");
        assertThat(machine.closed()).isTrue();
    }

    @Test
    void aGuestThatLeavesInAnotherWayThanItSaidFails() {
        CellResult result = run((script, nonce) -> {
            reserve(script, nonce, "0x100000");
            drive(script, nonce, "16");
            script.close("guest.end", nonce, "outcome", "done").leavingWith(35);
        });

        assertThat(result.observed().end().kind()).isEqualTo(BootEnd.Kind.WRONG_EXIT);
        assertThat(result.verdict().reason()).contains("QEMU ended with status 35 (bugcheck)");
    }

    @Test
    void aGuestThatStaysAfterItsLastFrameFails() {
        CellResult result = run((script, nonce) -> script.close("guest.end", nonce, "outcome", "done"));

        assertThat(result.observed().end().words()).contains("was still there");
    }

    @Test
    void aFloodEndsTheBoot() {
        CellResult result = run((script, nonce) -> script.raw(new byte[9 * 1024 * 1024]));

        assertThat(result.observed().end().kind()).isEqualTo(BootEnd.Kind.FLOODED);
    }

    @Test
    void aPlanThatAnotherRunMadeIsNoticed() {
        CellResult result = run((script, nonce) -> {
            script.say("uefi.plan", "nonce", nonce.toString(), "crc", "00000000");
            script.close("uefi.end", nonce).leavingWith(0);
        });

        assertThat(result.verdict().reason()).contains("uefi.plan names a plan with the checksum \"00000000\", not this run's");
    }

    @Test
    void aFolderIsNamedAfterItsCellAndCannotLeaveItsParent() {
        assertThat(CellFolder.nameOf(KEPT.id()))
                .isEqualTo("contract_EfiReservedMemoryType@first-free_scan_MmMapIoSpace.cached_no-verifier");
        assertThat(CellFolder.nameOf("../../etc/passwd")).doesNotContain("/").doesNotStartWith(".");
        assertThat(CellFolder.nameOf("a b")).isNotEqualTo(CellFolder.nameOf("a_b")).isNotEqualTo(CellFolder.nameOf("a;b"));
        assertThat(CellFolder.nameOf("x".repeat(5000))).hasSizeLessThan(255);
    }

    private CellResult run(BiConsumer<ScriptedMachine, Nonce> script) {
        Boot boot = new Boot() {
            @Override
            public String kind() {
                return "scripted";
            }

            @Override
            public Machine start(Path planFile, Path console, Path channel) {
                plan = read(planFile);
                machine = new ScriptedMachine(channel);
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
        return new CellRunner(new ContractGuest(new Artefacts(folder), Optional.empty(), Optional.empty()), machine -> boot, SHORT,
                folder.resolve("cells"), false).run(Batch.alone(KEPT), PromiseTable::of).get(0);
    }

    private void reserve(ScriptedMachine script, Nonce nonce, String at) {
        script.say("uefi.ready", "version", "1");
        script.say("uefi.plan", "nonce", nonce.toString(), "crc", PlanText.crcOf(plan));
        script.say("uefi.reserved", "status", "0x0", "at", at, "pages", "16", "type", "0x0", "tried", "1");
        script.say("uefi.filled", "at", at, "pages", "16", "crc", "0");
        script.close("uefi.handover", nonce, "status", "0x0");
        Block block = new Block(nonce, 16, 0x100000, 0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int page = 0; page < 16; page++) {
            bytes.writeBytes(block.page(page));
        }
        script.holding(bytes.toByteArray());
    }

    private void drive(ScriptedMachine script, Nonce nonce, String intact) {
        String crc = crcOf(nonce);
        script.say("guest.start", "kind", "contract", "model", "1");
        script.say("guest.signature", "status", "0x0");
        script.say("driver.start", "nonce", nonce.toString(), "crc", PlanText.crcOf(plan));
        script.say("driver.located", "at", "0x100000", "visited", "1");
        script.say("driver.mapped", "status", "0x0", "step", "MmMapIoSpace", "va", "0xFFFF800000000000");
        script.say("driver.checked", "pages", "16", "intact", intact, "crc", crc);
        script.close("driver.end", nonce, "status", "0x0");
        script.say("guest.entry", "status", "0x0");
        script.say("guest.unloaded");
    }

    private static String crcOf(Nonce nonce) {
        Block block = new Block(nonce, 16, 0x100000, 0);
        CRC32C crc = new CRC32C();
        for (int page = 0; page < 16; page++) {
            crc.update(block.page(page));
        }
        return String.format("%08X", crc.getValue());
    }

    private static Nonce nonceOf(byte[] plan) {
        String line = new String(plan, US_ASCII).lines().filter(text -> text.startsWith("nonce=")).findFirst().orElseThrow();
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
