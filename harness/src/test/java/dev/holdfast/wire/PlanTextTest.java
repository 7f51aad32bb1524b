// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.plan.Locating;
import dev.holdfast.plan.MapApi;
import dev.holdfast.plan.Mapping;
import dev.holdfast.plan.MemoryType;
import dev.holdfast.plan.Placement;
import dev.holdfast.plan.Reservation;
import dev.holdfast.plan.Scenarios;
import dev.holdfast.plan.VerifierFlags;
import org.junit.jupiter.api.Test;

class PlanTextTest {

    private static final Nonce NONCE = Nonce.of("000102030405060708090a0b0c0d0e0f");

    @Test
    void aPlanIsTheVersionThenTheKeysThenTheChecksumOfAllBefore() {
        byte[] plan = PlanText.encode(new Plan(Scenarios.OSR_THREAD.cells().toList().get(1), NONCE, guest("\\a\\loader.efi", "\\a\\driver.sys")));
        String text = new String(plan, US_ASCII);

        assertThat(text.lines()).startsWith("holdfast-plan 1").contains(
                "nonce=000102030405060708090a0b0c0d0e0f",
                "cell=contract/EfiReservedMemoryType@first-free/scan/MmMapIoSpace.cached/verifier",
                "reservation.type=0x0", "reservation.placement=first-free", "reservation.from=0x100000", "reservation.to=0x1000000",
                "reservation.step=0x100000", "reservation.pages=16", "guest.loader=\\a\\loader.efi", "guest.start=first",
                "guest.options=", "guest.initrd=none", "guest.key=none", "map.batch=none", "pressure=none", "reboot=none",
                "driver.path=\\a\\driver.sys",
                "locate.method=scan", "locate.from=0x100000", "locate.to=0x1000000", "locate.step=0x100000",
                "map.api=MmMapIoSpace", "map.cache=cached", "map.variant=plain", "verifier.flags=0x209BB",
                "driver.task=none", "model=strict", "model.version=11");
        int last = text.lastIndexOf("crc32c=");
        assertThat(text.substring(last)).isEqualTo("crc32c=" + Crc32c.digits(Crc32c.of(text.substring(0, last).getBytes(US_ASCII))) + "\n");
        assertThat(PlanText.crcOf(plan)).isEqualTo(text.substring(last + 7, last + 15));
    }

    @Test
    void everyKeyIsThereWhateverThePlacementUses() {
        for (Placement placement : new Placement[] {
                new Placement.At(0x100000), new Placement.Below(0xFFFFFFFFL), new Placement.Any(), Placement.FirstFree.THREAD}) {
            Cell cell = new Cell(GuestKind.CONTRACT, new Reservation(MemoryType.UNRESERVED, placement, 1), Locating.THREAD,
                    Mapping.cached(MapApi.MDL_FOR_IO_SPACE), VerifierFlags.OFF);

            String text = new String(PlanText.encode(new Plan(cell, NONCE, guest("\\l", "\\d"))), US_ASCII);

            assertThat(text.lines().filter(line -> line.startsWith("reservation."))).hasSize(6);
            assertThat(text).contains("reservation.type=unreserved\n").contains("verifier.flags=0x0\n");
        }
    }

    @Test
    void aValueThatIsTooLongOrNotPrintableIsRefusedByName() {
        Cell cell = Scenarios.OSR_THREAD.cells().toList().get(0);

        assertThatThrownBy(() -> PlanText.encode(new Plan(cell, NONCE, guest("\\" + "x".repeat(200), "\\d"))))
                .hasMessage("the plan's value of guest.loader has 201 bytes; it must have 1..200");
        assertThatThrownBy(() -> PlanText.encode(new Plan(cell, NONCE, guest("\\l", ""))))
                .hasMessage("the plan's value of driver.path has 0 bytes; it must have 1..200");
        assertThatThrownBy(() -> PlanText.encode(new Plan(cell, NONCE, guest("\\l\nnonce=", "\\d"))))
                .hasMessageContaining("guest.loader has a character that is not printable ASCII");
    }

    @Test
    void nothingThatFitsTheValuesExceedsTheWholePlansLimits() {
        Cell cell = Scenarios.OSR_THREAD.cells().toList().get(0);
        String path = "\\" + "x".repeat(199);
        GuestProgram guest = new GuestProgram(path, GuestProgram.Start.FIRST, "o".repeat(200), path, path, path);
        byte[] longest = PlanText.encode(new Plan(cell, NONCE, guest, GuestOptions.USUAL.withTask("t".repeat(200))));

        assertThat(longest).hasSizeLessThan(PlanText.MAX_BYTES);
        assertThat(new String(longest, US_ASCII).lines()).allMatch(line -> line.length() <= PlanText.MAX_LINE_BYTES);
    }

    @Test
    void aNonceIsFreshAndReadsBackFromItsText() {
        assertThat(Nonce.fresh()).isNotEqualTo(Nonce.fresh());
        assertThat(Nonce.of(NONCE.toString())).isEqualTo(NONCE);
        assertThatThrownBy(() -> Nonce.of("00")).hasMessageContaining("32 hex digits, not 2");
    }

    private static GuestProgram guest(String loader, String driver) {
        return new GuestProgram(loader, GuestProgram.Start.FIRST, driver);
    }
}
