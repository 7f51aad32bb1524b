// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/** How the driver finds the block. */
public sealed interface Locating {

    /** The forum thread's driver walks the addresses that its loader tried. */
    Scan THREAD =
            new Scan(Placement.FirstFree.THREAD.from(), Placement.FirstFree.THREAD.to(), Placement.FirstFree.THREAD.step());

    /** Its name in a plan. */
    String method();

    /** The part of a cell's id that tells it from the others. */
    String label();

    /**
     * The driver walks physical addresses looking for the magic.
     *
     * @param from first address, in bytes; a multiple of a page
     * @param to   end of the walk, exclusive
     * @param step bytes from one address to the next; a multiple of a page
     */
    record Scan(long from, long to, long step) implements Locating {

        static final String METHOD = "scan";

        public Scan {
            if (Long.compareUnsigned(from, to) >= 0 || step <= 0) {
                throw new IllegalArgumentException("the scan " + Hex.of(from) + ".." + Hex.of(to) + " step " + Hex.of(step) + " is empty");
            }
            if (((from | step) & (Reservation.PAGE_BYTES - 1)) != 0) {
                throw new IllegalArgumentException("the scan's start " + Hex.of(from) + " and step " + Hex.of(step)
                        + " are not multiples of a page (4096 bytes)");
            }
        }

        @Override
        public String method() {
            return METHOD;
        }

        @Override
        public String label() {
            return METHOD + "-" + Hex.of(from) + "-" + Hex.of(to) + "-" + Hex.of(step);
        }
    }

    /** The UEFI application publishes where the block is, and the driver asks for it. */
    enum Published implements Locating {
        /** A UEFI variable of this project's own vendor, which lasts until the machine is reset. */
        VARIABLE("variable"),
        /** An ACPI table of this project's own signature. */
        ACPI_TABLE("acpi-table");

        private final String method;

        Published(String method) {
            this.method = method;
        }

        @Override
        public String method() {
            return method;
        }

        @Override
        public String label() {
            return method;
        }
    }
}
