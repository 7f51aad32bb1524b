// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import dev.holdfast.machine.Device;
import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.wire.GuestProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The NT contract guest. It leaves through isa-debug-exit, where QEMU makes of a value V the exit status 2V + 1. */
public final class ContractGuest implements Guest {

    static final String VARIANT = "contract";
    static final String DRIVER = "nt/holdfast.sys";
    static final String LOADER = "loader.efi";
    static final String KERNEL = "kernel.exe";
    static final String OVERWRITE = "overwrite.bin";
    /** What the guest has fw_cfg write over all memory that it may reclaim. */
    static final String OVERWRITE_FW_CFG = "opt/dev.holdfast/overwrite";

    private static final Map<Integer, Ending> ENDINGS = Map.of(
            0, Ending.POWERED_OFF,
            2 * 0x10 + 1, Ending.DONE,
            2 * 0x11 + 1, Ending.BUGCHECK,
            2 * 0x12 + 1, Ending.FATAL);

    private final Artefacts artefacts;
    private final Optional<Sabotage> sabotage;
    private final Optional<Path> driver;
    private final Optional<Path> certificate;

    /**
     * @param sabotage what to break
     * @param driver   a driver to load in the place of the project's own
     */
    public ContractGuest(Artefacts artefacts, Optional<Sabotage> sabotage, Optional<Path> driver) {
        this(artefacts, sabotage, driver, Optional.empty());
    }

    /**
     * @param sabotage    what to break
     * @param driver      a driver to load in the place of the project's own
     * @param certificate the one that drivers must be signed with, DER, in the place of the project's own
     */
    public ContractGuest(Artefacts artefacts, Optional<Sabotage> sabotage, Optional<Path> driver, Optional<Path> certificate) {
        this.artefacts = artefacts;
        this.sabotage = sabotage;
        this.driver = driver;
        this.certificate = certificate;
    }

    @Override
    public GuestKind kind() {
        return GuestKind.CONTRACT;
    }

    @Override
    public Map<String, Path> media(Path scratch) {
        String variant = sabotage.map(Sabotage::contractVariant).orElse(VARIANT);
        Map<String, Path> files = Map.of(
                "/EFI/BOOT/BOOTX64.EFI", artefacts.uefiApplication(),
                "/holdfast/contract/loader.efi", artefacts.contract(variant, LOADER),
                "/holdfast/contract/kernel.exe", artefacts.contract(variant, KERNEL),
                "/holdfast/contract/trusted.cer", certificate.orElseGet(artefacts::certificate),
                "/holdfast/drivers/holdfast.sys", driverImage(scratch));
        Artefacts.requireAll(files.values().stream().sorted());
        return files;
    }

    private Path driverImage(Path scratch) {
        Path image = driver.orElseGet(() -> artefacts.driver(sabotage.map(Sabotage::driver).orElse(DRIVER)));
        if (sabotage.isEmpty() || !sabotage.get().tampered()) {
            return image;
        }
        try {
            return Files.write(scratch.resolve("tampered.sys"), PeImage.withCodeChanged(Files.readAllBytes(image)));
        } catch (IOException e) {
            throw new EnvironmentFault("the driver " + image + " cannot be copied: " + e.getMessage()
                    + "; run mvn package in the project's folder", e);
        }
    }

    @Override
    public Optional<String> release() {
        return Optional.empty();
    }

    @Override
    public GuestProgram program() {
        return new GuestProgram("\\holdfast\\contract\\loader.efi", GuestProgram.Start.FIRST, "\\holdfast\\drivers\\holdfast.sys");
    }

    @Override
    public Optional<String> task() {
        return Optional.empty();
    }

    @Override
    public Map<String, Path> fwCfg() {
        Path pattern = artefacts.contract(VARIANT, OVERWRITE);
        Artefacts.requireAll(Stream.of(pattern));
        return Map.of(OVERWRITE_FW_CFG, pattern);
    }

    @Override
    public Ending ending(int exitStatus) {
        return ENDINGS.getOrDefault(exitStatus, Ending.UNKNOWN);
    }

    @Override
    public Set<Device> devices() {
        return Set.of();
    }

    @Override
    public Set<String> complaints() {
        return Set.of("guest.violation");
    }

    @Override
    public boolean logs() {
        return false;
    }

    @Override
    public Optional<String> fatal(String reason) {
        return Optional.empty();
    }
}
