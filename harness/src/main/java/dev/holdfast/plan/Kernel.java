// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/** Whose routines a guest's driver calls. */
public enum Kernel {
    NT(Codes.Space.NTSTATUS),
    LINUX(Codes.Space.ERRNO);

    private final Codes.Space statuses;

    Kernel(Codes.Space statuses) {
        this.statuses = statuses;
    }

    /** What its routines' statuses are numbers of. */
    public Codes.Space statuses() {
        return statuses;
    }
}
