// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ways to break a boot on purpose. An oracle that has never been seen to fail proves nothing, so each of these must end in a failing
 * verdict that names what was broken.
 */
public enum Sabotage {
    FLIP_BYTE("flip-byte", "the guest flips one byte of the block before the driver runs",
            "contract-flip-byte", ContractGuest.DRIVER, false),
    LYING_DRIVER("lying-driver", "the guest flips one byte of the block, and the driver says \"intact\" without looking",
            "contract-flip-byte", "nt-lying/holdfast.sys", false),
    UNSIGNED_DRIVER("unsigned-driver", "the driver bears no signature",
            ContractGuest.VARIANT, "nt/holdfast-unsigned.sys", false),
    TAMPERED_DRIVER("tampered-driver", "one byte of the driver's code was changed after it was signed",
            ContractGuest.VARIANT, ContractGuest.DRIVER, true),
    HANG("hang", "the guest never comes to an end",
            "contract-hang", ContractGuest.DRIVER, false),
    CUT_FRAME("cut-frame", "the guest leaves in the middle of its last frame",
            "contract-cut-frame", ContractGuest.DRIVER, false),
    REPEAT_FRAME("repeat-frame", "the guest sends a frame twice",
            "contract-repeat-frame", ContractGuest.DRIVER, false);

    private final String label;
    private final String breaks;
    private final String contractVariant;
    private final String driver;
    private final boolean tampered;

    Sabotage(String label, String breaks, String contractVariant, String driver, boolean tampered) {
        this.label = label;
        this.breaks = breaks;
        this.contractVariant = contractVariant;
        this.driver = driver;
        this.tampered = tampered;
    }

    public String label() {
        return label;
    }

    /** What is broken, as a clause. */
    public String breaks() {
        return breaks;
    }

    String contractVariant() {
        return contractVariant;
    }

    String driver() {
        return driver;
    }

    boolean tampered() {
        return tampered;
    }

    public static Optional<Sabotage> named(String label) {
        return Stream.of(values()).filter(sabotage -> sabotage.label.equals(label)).findFirst();
    }
}
