// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.wire.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the build puts the programs that run in a guest. */
public final class Artefacts {

    private static final int MAX_WHY = 200;

    private final Path home;

    /** @param home the project's folder */
    public Artefacts(Path home) {
        this.home = home;
    }

    public Path uefiApplication() {
        return home.resolve("uefi-app/target/Holdfast.efi");
    }

    /** A driver for NT: {@code nt/holdfast.sys} is the one that reports are about. */
    public Path driver(String variant) {
        return home.resolve("guest-driver/target").resolve(variant);
    }

    /** The certificate that the drivers are signed with. */
    public Path certificate() {
        return home.resolve("guest-driver/target/nt/test-signing.cer");
    }

    /** A file of the contract guest: {@code contract} is the one that reports are about. */
    public Path contract(String variant, String file) {
        return home.resolve("vm-images/target").resolve(variant).resolve(file);
    }

    /** A file of the Linux guest: {@code linux} is the one that reports are about. */
    public Path linux(String variant, String file) {
        return home.resolve("vm-images/target").resolve(variant).resolve(file);
    }

    /** Why the build went on without a Linux guest, as it wrote it down; empty where it did not. */
    Optional<String> whyNoLinux() {
        try {
            return Optional.of(Printable.excerpt(Files.readString(home.resolve("guest-driver/target/linux/missing.txt")).strip(), MAX_WHY));
        } catch (IOException e) {
            // It had no reason to.
            return Optional.empty();
        }
    }

    /** The Linux guest's kernel, in words; empty where it was not built. */
    public Optional<String> linuxKernel() {
        return Manifest.kernel(linux(LinuxGuest.VARIANT, LinuxGuest.MANIFEST));
    }

    /** What a run on every guest needs. */
    public List<Path> needed() {
        return Stream.concat(neededByContract().stream(), Stream.of(LinuxGuest.KERNEL, LinuxGuest.INITRD, LinuxGuest.KEY, LinuxGuest.OPTIONS)
                .map(file -> linux(LinuxGuest.VARIANT, file))).toList();
    }

    /** What a run on the contract guest needs. */
    List<Path> neededByContract() {
        return List.of(uefiApplication(), driver(ContractGuest.DRIVER), certificate(),
                contract(ContractGuest.VARIANT, ContractGuest.LOADER), contract(ContractGuest.VARIANT, ContractGuest.KERNEL),
                contract(ContractGuest.VARIANT, ContractGuest.OVERWRITE));
    }

    /** @throws EnvironmentFault naming the files that are not there */
    public static void requireAll(Stream<Path> files) {
        List<String> missing = files.filter(file -> !Files.isReadable(file)).map(Path::toString).toList();
        if (!missing.isEmpty()) {
            throw new EnvironmentFault("not built: " + String.join(", ", missing) + "; run mvn package in the project's folder");
        }
    }
}
