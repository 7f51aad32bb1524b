// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/** One boot and one verdict: a reservation × a way to locate it × a mapping × a guest, with Driver Verifier on or off. */
public record Cell(GuestKind guest, Reservation reservation, Locating locating, Mapping mapping, VerifierFlags verifier) {

    /**
     * The cell's name: stable from release to release, readable, and different for different cells. What stands at its default
     * (16 pages, the thread's range) is not spelt out.
     */
    public String id() {
        return String.join("/", guest.label(), reservation.label(), locating.label(), mapping.label(), verifier.label());
    }
}
