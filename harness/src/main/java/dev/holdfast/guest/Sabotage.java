// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import dev.holdfast.plan.GuestKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ways to break a boot on purpose. An oracle that has never been seen to fail proves nothing, so each of these must end in a failing
 * verdict that names what was broken.
 */
public enum Sabotage {
    FLIP_BYTE("flip-byte", "the guest flips one byte of the block before the driver runs, or the driver does and says \"intact\"",
            new Contract("contract-flip-byte", ContractGuest.DRIVER, false), "flip-byte"),
    LYING_DRIVER("lying-driver", "the driver says \"intact\" without looking; the contract guest flips one byte of the block",
            new Contract("contract-flip-byte", "nt-lying/holdfast.sys", false), "lie"),
    UNSIGNED_DRIVER("unsigned-driver", "the driver bears no signature",
            new Contract(ContractGuest.VARIANT, "nt/holdfast-unsigned.sys", false), null),
    TAMPERED_DRIVER("tampered-driver", "one byte of the driver's code was changed after it was signed",
            new Contract(ContractGuest.VARIANT, ContractGuest.DRIVER, true), null),
    HANG("hang", "the guest never comes to an end",
            new Contract("contract-hang", ContractGuest.DRIVER, false), "hang"),
    CUT_FRAME("cut-frame", "the guest leaves in the middle of its last frame",
            new Contract("contract-cut-frame", ContractGuest.DRIVER, false), null),
    REPEAT_FRAME("repeat-frame", "the guest sends a frame twice",
            new Contract("contract-repeat-frame", ContractGuest.DRIVER, false), null),
    WARN("warn", "the driver warns in the kernel's log", null, "warn"),
    OOPS("oops", "the driver touches an address where nothing is", null, "oops"),
    PANIC("panic", "the driver has the kernel panic", null, "panic");

    /** How the contract guest is broken. */
    private record Contract(String variant, String driver, boolean tampered) {
    }

    private final String label;
    private final String breaks;
    private final Optional<Contract> contract;
    private final Optional<String> linuxTask;

    Sabotage(String label, String breaks, Contract contract, String linuxTask) {
        this.label = label;
        this.breaks = breaks;
        this.contract = Optional.ofNullable(contract);
        this.linuxTask = Optional.ofNullable(linuxTask);
    }

    public String label() {
        return label;
    }

    /** What is broken, as a clause. */
    public String breaks() {
        return breaks;
    }

    /** The guests that can be broken in this way. */
    public List<GuestKind> guests() {
        return Stream.concat(contract.map(how -> GuestKind.CONTRACT).stream(), linuxTask.map(task -> GuestKind.LINUX).stream()).toList();
    }

    String contractVariant() {
        return contract.map(Contract::variant).orElse(ContractGuest.VARIANT);
    }

    String driver() {
        return contract.map(Contract::driver).orElse(ContractGuest.DRIVER);
    }

    boolean tampered() {
        return contract.filter(Contract::tampered).isPresent();
    }

    /** What the Linux module that misbehaves is told to do (guest-driver/linux/sabotage/check.c); anything else has it lie alone. */
    Optional<String> linuxTask() {
        return linuxTask;
    }

    public static Optional<Sabotage> named(String label) {
        return Stream.of(values()).filter(sabotage -> sabotage.label.equals(label)).findFirst();
    }
}
