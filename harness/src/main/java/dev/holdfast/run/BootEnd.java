// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

/**
 * How a boot came to its end.
 *
 * @param words what was seen, as a sentence without a full stop
 */
public record BootEnd(Kind kind, String words) {

    /** The ways a boot can end. Only {@link #PROVEN} proves that nothing was missed. */
    public enum Kind {
        /** The last frame came with this run's nonce, and the machine then left as the guest said it would. */
        PROVEN,
        /** The guest's kernel panicked before the last frame. */
        PANICKED,
        /** QEMU's process ended before the last frame. */
        MACHINE_GONE,
        /** No frame came for too long. */
        SILENT,
        /** Time ran out while frames still came. */
        OUT_OF_TIME,
        /** More came than a boot may say. */
        FLOODED,
        /** The last frame came, but the machine stayed, or left in another way than the guest said. */
        WRONG_EXIT
    }

    public boolean proven() {
        return kind == Kind.PROVEN;
    }
}
