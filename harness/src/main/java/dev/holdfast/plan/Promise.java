// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;
import java.util.Locale;

/** What the UEFI specification and the documentation of the guest's kernel say of a cell. */
public sealed interface Promise {

    /** Where it is said, or argued: the documentation page and what follows from it. */
    String source();

    /** Whether every byte of the block must still be there, whatever becomes of the mapping. */
    boolean blockSurvives();

    /** The one word for this kind of promise in results and tables. */
    default String kind() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The data survive, the mapping works, Driver Verifier stays quiet. */
    record Kept(String source) implements Promise {
        @Override
        public boolean blockSurvives() {
            return true;
        }
    }

    /**
     * A routine must return {@code status}: AllocatePages an EFI_STATUS, which then is a 64-bit number, or a mapping routine an NTSTATUS,
     * which never exceeds 32 bits, or an errno of Linux.
     */
    record Refused(long status, boolean blockSurvives, String source) implements Promise {
        /** Whether it is AllocatePages that refuses, so that there is no block. */
        public boolean ofReservation() {
            return status >>> 32 != 0;
        }

        public Codes.Space space() {
            return Codes.spaceOf(status);
        }
    }

    /** The system must stop with {@code code}; {@code parameters} are the four of KeBugCheckEx. */
    record BugCheck(long code, List<BugCheckParameter> parameters, boolean blockSurvives, String source) implements Promise {
        public BugCheck {
            parameters = List.copyOf(parameters);
            if (parameters.size() != 4) {
                throw new IllegalArgumentException("a bug check has four parameters, not " + parameters.size());
            }
        }
    }

    /** Nothing is promised: what happens is observed, and never a failure. */
    record Open(String source) implements Promise {
        @Override
        public boolean blockSurvives() {
            return false;
        }
    }
}
