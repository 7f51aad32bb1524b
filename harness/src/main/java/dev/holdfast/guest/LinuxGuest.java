// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import dev.holdfast.machine.Device;
import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.wire.GuestProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Debian's stock kernel, started through its EFI stub, with an initrd and a module of this project's. It leaves through isa-debug-exit. */
public final class LinuxGuest implements Guest {

    static final String VARIANT = "linux";
    /** The same with a module that misbehaves. */
    static final String SABOTAGED = "linux-sabotage";
    static final String KERNEL = "vmlinuz";
    static final String INITRD = "initrd";
    /** The certificate of the key that the module is signed with. */
    static final String KEY = "module.cer";
    static final String MANIFEST = "manifest.txt";

    /** The kernel's command line, in one line. */
    static final String OPTIONS = "options.txt";

    private static final Map<Integer, Ending> ENDINGS = Map.of(
            0, Ending.POWERED_OFF,
            2 * 0x10 + 1, Ending.DONE,
            2 * 0x12 + 1, Ending.FATAL);

    private static final Map<String, String> FATAL = Map.of(
            "no-plan", "the guest could not read its plan from the kernel's fw_cfg files",
            "bad-plan", "the guest was given a plan that is not sound",
            "no-fw-cfg", "the kernel shows no fw_cfg, so that the guest does not know what to do",
            "no-module", "the initrd lacks the project's kernel module; build it anew with mvn package",
            "module-refused", "the kernel refused to load the project's module",
            "no-device", "the project's module was loaded and made no device to talk to",
            "driver-died", "the kernel ended what the module was doing",
            "no-second-boot", "the kernel did not boot again as it was asked to");

    private final Artefacts artefacts;
    private final Optional<Sabotage> sabotage;

    /** @param sabotage what to break */
    public LinuxGuest(Artefacts artefacts, Optional<Sabotage> sabotage) {
        this.artefacts = artefacts;
        this.sabotage = sabotage;
    }

    private Path file(String name) {
        return artefacts.linux(sabotage.isPresent() ? SABOTAGED : VARIANT, name);
    }

    @Override
    public GuestKind kind() {
        return GuestKind.LINUX;
    }

    @Override
    public Map<String, Path> media(Path scratch) {
        Map<String, Path> files = Map.of(
                "/EFI/BOOT/BOOTX64.EFI", artefacts.uefiApplication(),
                "/holdfast/linux/vmlinuz", file(KERNEL),
                "/holdfast/linux/initrd", file(INITRD),
                "/holdfast/linux/module.cer", file(KEY));
        artefacts.whyNoLinux().filter(why -> !Files.isReadable(file(KERNEL))).ifPresent(why -> {
            throw new EnvironmentFault("the Linux guest was not built: " + why
                    + "; mend that and run mvn package in the project's folder, or leave it out with --guest contract");
        });
        Artefacts.requireAll(Stream.concat(files.values().stream().sorted(), Stream.of(file(OPTIONS))));
        return files;
    }

    @Override
    public Optional<String> release() {
        return artefacts.linuxKernel();
    }

    @Override
    public GuestProgram program() {
        return new GuestProgram("\\holdfast\\linux\\vmlinuz", GuestProgram.Start.LAST, options(), "\\holdfast\\linux\\initrd",
                "\\holdfast\\linux\\module.cer", GuestProgram.NONE);
    }

    private String options() {
        Path file = file(OPTIONS);
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new EnvironmentFault("the Linux guest's " + file + " cannot be read (" + e.getMessage()
                    + "); run mvn package in the project's folder", e);
        }
    }

    @Override
    public Optional<String> task() {
        return sabotage.flatMap(Sabotage::linuxTask);
    }

    @Override
    public Map<String, Path> fwCfg() {
        return Map.of();
    }

    @Override
    public Ending ending(int exitStatus) {
        return ENDINGS.getOrDefault(exitStatus, Ending.UNKNOWN);
    }

    @Override
    public Set<Device> devices() {
        return Set.of(Device.VIRTIO_PORT, Device.PVPANIC);
    }

    /** What the kernel's log holds beyond the usual: warnings, oopses, taints. */
    @Override
    public Set<String> complaints() {
        return Set.of("guest.complaint");
    }

    @Override
    public boolean logs() {
        return true;
    }

    @Override
    public Optional<String> fatal(String reason) {
        return Optional.ofNullable(FATAL.get(reason));
    }
}
