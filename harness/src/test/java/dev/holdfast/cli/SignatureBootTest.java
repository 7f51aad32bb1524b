// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.FakeClock;
import dev.holdfast.guest.Artefacts;
import dev.holdfast.guest.Guest;
import dev.holdfast.guest.Home;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.GuestOptions;
import dev.holdfast.wire.Transcript;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the contract guest makes of a driver's signature: each way in which one can be no good is refused, and named. */
@Tag("boot")
@Timeout(60)
class SignatureBootTest {

    private static final String INVALID_IMAGE_HASH = "0xC0000428";
    private static final String CERT_EXPIRED = "0xC0000605";
    private static final String UNSIGNED = "nt/holdfast-unsigned.sys";
    private static final String SIGNED = "nt/holdfast.sys";

    private static final Artefacts ARTEFACTS = new Artefacts(Home.find());

    @TempDir
    private Path folder;

    @Test
    void aDriverWithoutASignatureIsRefused() {
        assertRefused(boot(GuestRuns.contract(ARTEFACTS.driver(UNSIGNED)), GuestOptions.USUAL), INVALID_IMAGE_HASH, "unsigned");
    }

    @Test
    void aDriverThatWasChangedAfterItWasSignedIsRefused() throws IOException {
        byte[] image = Files.readAllBytes(ARTEFACTS.driver(SIGNED));
        image[image.length / 2] ^= 1;

        assertRefused(boot(driver(image), GuestOptions.USUAL), INVALID_IMAGE_HASH, "hash-mismatch");
    }

    @Test
    void aSignatureThatIsNoneIsRefused() throws IOException {
        byte[] image = Files.readAllBytes(ARTEFACTS.driver(SIGNED));
        // The certificate table is the last thing in a signed file; behind its eight bytes of header the message begins.
        image[certificateTable(image) + 8] ^= 1;

        assertRefused(boot(driver(image), GuestOptions.USUAL), INVALID_IMAGE_HASH, "malformed-signature");
    }

    @Test
    void aDriverThatSomebodyElseSignedIsRefusedAndNotWhereThatIsWhoIsTrusted() throws Exception {
        TestSigning other = new TestSigning(Files.createDirectory(folder.resolve("other")), Map.of());
        Guest signed = GuestRuns.contract(other.sign(ARTEFACTS.driver(UNSIGNED)));

        assertRefused(boot(signed, GuestOptions.USUAL), INVALID_IMAGE_HASH, "untrusted");
        assertTrusted(boot(new Trusting(signed, other.certificate()), GuestOptions.USUAL));
    }

    /** The certificate is a build's, for ten years. */
    @Test
    void aSignatureHoldsAsLongAsItsCertificate() {
        try (GuestRuns runs = new GuestRuns(folder, GuestRuns.contract(ARTEFACTS.driver(SIGNED)))) {
            Transcript late = runs.of(on("2199-12-31"), 0);

            assertRefused(late, CERT_EXPIRED, "expired");
            assertThat(late.all("guest.model").map(frame -> frame.text("name").orElse("") + ":" + frame.text("value").orElse("")))
                    .contains("date:2199-12-31");
            assertTrusted(runs.of(on("any"), 0));
            assertTrusted(runs.of(on("clock"), 0));
            assertTrusted(runs.of(on("2000-02-29"), 0));
        }
    }

    @Test
    void aCertificateThatHasExpiredByTheMachinesClockIsRefusedUnlessThePlanSaysOtherwise() throws Exception {
        FakeClock lastMonth = new FakeClock(folder);
        lastMonth.set(-24 * 30);
        TestSigning old = new TestSigning(Files.createDirectory(folder.resolve("old")), lastMonth.environment());
        Guest signed = new Trusting(GuestRuns.contract(old.sign(ARTEFACTS.driver(UNSIGNED))), old.certificate());

        try (GuestRuns runs = new GuestRuns(folder, signed)) {
            assertRefused(runs.of(GuestOptions.USUAL, 0), CERT_EXPIRED, "expired");
            assertTrusted(runs.of(on("any"), 0));
        }
    }

    @Test
    void aDateThatIsNoneEndsTheBoot() {
        try (GuestRuns runs = new GuestRuns(folder, SIGNED)) {
            for (String date : new String[] {"tomorrow", "2026-13-01", "2026-02-30", "2026/02/03", "20260203"}) {
                Frame fatal = runs.of(on(date), 0).first("guest.fatal").orElseThrow();
                assertThat(fatal.fields()).as(date).containsEntry("reason", "no-such-model-switch").containsEntry("detail", "date");
            }
        }
    }

    private static GuestOptions on(String date) {
        return GuestOptions.USUAL.withSwitch("date", date);
    }

    private Guest driver(byte[] image) throws IOException {
        return GuestRuns.contract(Files.write(folder.resolve("driver.sys"), image));
    }

    private Transcript boot(Guest guest, GuestOptions options) {
        try (GuestRuns runs = new GuestRuns(folder, guest)) {
            return runs.of(options, 0);
        }
    }

    /** The optional header's fifth data directory holds a file offset (PE Format, Optional Header Data Directories). */
    private static int certificateTable(byte[] image) {
        ByteBuffer headers = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        return headers.getInt(headers.getInt(0x3C) + 24 + 112 + 4 * 8);
    }

    private static void assertRefused(Transcript seen, String status, String reason) {
        String all = seen.frames().toString();
        assertThat(seen.first("guest.signature").orElseThrow().fields()).as(all)
                .containsEntry("status", status).containsEntry("reason", reason);
        assertThat(seen.first("guest.fatal").orElseThrow().fields()).as(all)
                .containsEntry("reason", "driver-refused").containsEntry("status", status);
        assertThat(seen.first("guest.driver")).as(all).isEmpty();
        assertThat(seen.lastWords().orElseThrow().text("outcome")).contains("fatal");
    }

    private static void assertTrusted(Transcript seen) {
        String all = seen.frames().toString();
        assertThat(seen.first("guest.signature").orElseThrow().fields()).as(all)
                .containsEntry("status", "0x0").containsEntry("reason", "trusted");
        assertThat(seen.first("driver.checked")).as(all).isPresent();
    }

    /** A guest that trusts another certificate than the build's. */
    private static final class Trusting extends ChangedGuest {
        private final Path certificate;

        Trusting(Guest guest, Path certificate) {
            super(guest);
            this.certificate = certificate;
        }

        @Override
        public Map<String, Path> media(Path scratch) {
            Map<String, Path> media = new HashMap<>(super.media(scratch));
            media.put("/holdfast/contract/trusted.cer", certificate);
            return media;
        }
    }
}
