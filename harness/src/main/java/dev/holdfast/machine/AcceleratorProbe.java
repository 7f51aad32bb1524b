// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import dev.holdfast.plan.MachineShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Finds out by a real boot whether KVM runs the firmware. That /dev/kvm opens proves little: a nested or restricted KVM starts a
 * machine and then stops it with an internal error at the firmware's first odd instruction.
 */
public final class AcceleratorProbe {

    private static final Path KVM_DEVICE = Path.of("/dev/kvm");
    /** Firmware under a working KVM writes to its console within a second or two. */
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(10);

    /** Starts a machine, for as long as it may take. */
    @FunctionalInterface
    public interface Starter {
        RecordableMachine start(MachineSpec spec, Duration lifetime);
    }

    private final Firmware firmware;
    private final Starter starter;

    public AcceleratorProbe(Firmware firmware, Starter starter) {
        this.firmware = firmware;
        this.starter = starter;
    }

    /** Boots on this computer, or does without where KVM is out of the question. Takes {@code 10 s} at most. */
    static Acceleration ofThisComputer(Qemu qemu, Firmware firmware, Workspace workspace) {
        if (!Files.isReadable(KVM_DEVICE) || !Files.isWritable(KVM_DEVICE)) {
            return new Acceleration(Accelerator.TCG, "TCG: " + KVM_DEVICE + (Files.exists(KVM_DEVICE)
                    ? " may not be opened by this user" : " does not exist"));
        }
        return new AcceleratorProbe(firmware, (spec, lifetime) -> new LocalMachine(qemu, spec, workspace.machineFolder(), lifetime))
                .probe(workspace.folder());
    }

    /**
     * Boots. Takes {@code 10 s} at most.
     *
     * @param scratch a folder for what the firmware says
     */
    public Acceleration probe(Path scratch) {
        Path console = scratch.resolve("probe-console");
        MachineSpec spec = new MachineSpec(MachineShape.SMALL, 1, firmware, Accelerator.KVM, List.of(), Map.of(), false, false, console,
                scratch.resolve("probe-channel"));
        try (RecordableMachine machine = starter.start(spec, LIMIT.multipliedBy(2))) {
            return watch(machine, console)
                    .map(failure -> new Acceleration(Accelerator.TCG, "TCG: KVM does not run the firmware here (" + failure + ")"))
                    .orElseGet(() -> new Acceleration(Accelerator.KVM, "KVM: a probe boot ran the firmware"));
        }
    }

    /** What went wrong; empty once the firmware has written to its console. */
    private static Optional<String> watch(RecordableMachine machine, Path console) {
        try {
            Awaitility.await().pollInterval(POLL).pollDelay(POLL).atMost(LIMIT)
                    .until(() -> wrote(console) || !running(machine));
            return wrote(console) ? Optional.empty() : Optional.of(why(machine));
        } catch (ConditionTimeoutException e) {
            return Optional.of("the firmware said nothing within " + LIMIT.toSeconds() + " s");
        }
    }

    private static boolean wrote(Path console) {
        try {
            return Files.size(console) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean running(RecordableMachine machine) {
        try {
            return machine.alive() && machine.status().equals("running");
        } catch (MachineFault e) {
            return false;
        }
    }

    private static String why(RecordableMachine machine) {
        String words = machine.lastWords();
        for (String known : List.of("emulation failure", "failed to set MSR")) {
            if (words.contains(known)) {
                return "\"" + known + "\"";
            }
        }
        return words.isEmpty() ? "it stops with an internal error" : "\"" + words.substring(0, Math.min(80, words.length())) + "\"";
    }
}
