// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/** Where the UEFI application asks for the block. Addresses and steps are in bytes and multiples of a page (4096). */
public sealed interface Placement {

    /** The part of a cell's id that tells this placement from the others. */
    String label();

    /** Whether a block of {@code bytes} bytes at {@code address} is what was asked for. */
    boolean allows(long address, long bytes);

    /** Exactly there: AllocatePages(AllocateAddress). */
    record At(long address) implements Placement {
        public At {
            requirePageAligned("address", address);
        }

        @Override
        public String label() {
            return Hex.of(address);
        }

        @Override
        public boolean allows(long at, long bytes) {
            return at == address;
        }
    }

    /** AllocateAddress at {@code from}, {@code from + step} … below {@code to}, until one succeeds. */
    record FirstFree(long from, long to, long step) implements Placement {

        /** The forum thread's loader tries each megabyte from 1 to 15. */
        public static final FirstFree THREAD = new FirstFree(0x100000, 0x1000000, 0x100000);

        public FirstFree {
            requirePageAligned("from", from);
            requirePageAligned("to", to);
            requirePageAligned("step", step);
            requireRange(from, to, step);
        }

        @Override
        public String label() {
            return equals(THREAD) ? "first-free" : "first-free-" + Hex.of(from) + "-" + Hex.of(to) + "-" + Hex.of(step);
        }

        @Override
        public boolean allows(long at, long bytes) {
            return Long.compareUnsigned(at, from) >= 0 && Long.compareUnsigned(at, to) < 0
                    && Long.remainderUnsigned(at - from, step) == 0;
        }
    }

    /** Anywhere as long as all of it lies below {@code limit}: AllocatePages(AllocateMaxAddress). */
    record Below(long limit) implements Placement {
        public Below {
            if (Long.compareUnsigned(limit, Reservation.PAGE_BYTES) < 0) {
                throw new IllegalArgumentException("there is no page below " + Hex.of(limit));
            }
        }

        @Override
        public String label() {
            return "below-" + Hex.of(limit);
        }

        @Override
        public boolean allows(long at, long bytes) {
            return Long.compareUnsigned(bytes, limit) <= 0 && Long.compareUnsigned(at, limit - bytes) <= 0;
        }
    }

    /** Anywhere: AllocatePages(AllocateAnyPages). */
    record Any() implements Placement {
        @Override
        public String label() {
            return "any";
        }

        @Override
        public boolean allows(long at, long bytes) {
            return true;
        }
    }

    private static void requirePageAligned(String what, long value) {
        if ((value & (Reservation.PAGE_BYTES - 1)) != 0) {
            throw new IllegalArgumentException(what + " " + Hex.of(value) + " is not a multiple of a page (4096 bytes)");
        }
    }

    private static void requireRange(long from, long to, long step) {
        if (Long.compareUnsigned(from, to) >= 0 || step == 0) {
            throw new IllegalArgumentException("the range " + Hex.of(from) + ".." + Hex.of(to) + " step " + Hex.of(step) + " is empty");
        }
    }
}
