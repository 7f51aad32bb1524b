// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Artefacts;
import dev.holdfast.guest.Home;
import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.Firmware;
import dev.holdfast.machine.FirmwareDescriptors;
import dev.holdfast.machine.ProbeCache;
import dev.holdfast.machine.Qemu;
import dev.holdfast.machine.Tools;
import dev.holdfast.machine.Workspace;
import dev.holdfast.machine.container.Containers;
import dev.holdfast.machine.container.RunnerImage;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "doctor", mixinStandardHelpOptions = true,
        description = "Say what is here, what is missing, and the one command that mends it.")
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    private final Set<String> packages = new TreeSet<>();
    private boolean unbuilt;

    @Override
    public Integer call() {
        Optional<Qemu> qemu = check("QEMU", "qemu-system-x86", Qemu::find, found -> found.version() + " (" + found.binary() + ")");
        Optional<Firmware> firmware = check("firmware", "ovmf", () -> FirmwareDescriptors.of(System.getenv()).select(false),
                found -> found.code() + " (" + found.descriptor() + ")");
        checkTool("mformat", "mtools");
        checkTool("mcopy", "mtools");
        checkTool("setpriv", "util-linux");
        if (qemu.isPresent() && firmware.isPresent()) {
            checkAccelerator(qemu.get(), firmware.get());
        }
        new Artefacts(Home.find()).needed().forEach(this::checkBuilt);
        checkBuilt(Home.forkServer());
        checkBuilt(MachinePlace.procmux());
        lookForContainers();
        return advise();
    }

    private int advise() {
        if (packages.isEmpty() && !unbuilt) {
            line("Nothing is missing.");
            return ExitStatus.AS_PROMISED;
        }
        String install = packages.isEmpty() ? "" : "apt-get install " + String.join(" ", packages);
        String build = unbuilt ? "mvn -f " + Home.find().resolve("pom.xml") + " package -DskipTests" : "";
        line("To mend it: " + install + (install.isEmpty() || build.isEmpty() ? "" : " && ") + build);
        return ExitStatus.ENVIRONMENT;
    }

    private void checkTool(String tool, String debianPackage) {
        check(tool, debianPackage, () -> Tools.require(tool, debianPackage), Path::toString);
    }

    private void checkAccelerator(Qemu qemu, Firmware firmware) {
        try (Workspace workspace = Workspace.open()) {
            line("ok       accelerator: " + ProbeCache.of(System.getenv()).find(qemu, firmware, workspace).acceleration().why());
        }
    }

    /** Whoever does not want machines in containers misses nothing. */
    private void lookForContainers() {
        try {
            line("ok       containers: " + Containers.describe(RunnerImage.DEFAULT_NAME, System.getenv()));
        } catch (EnvironmentFault e) {
            line("none     containers, for --machine container alone: " + e.getMessage());
        }
    }

    private void checkBuilt(Path file) {
        boolean built = Files.isReadable(file);
        unbuilt |= !built;
        line((built ? "ok       " : "MISSING  ") + file);
    }

    private <T> Optional<T> check(String what, String debianPackage, Supplier<T> finder, Function<T, String> words) {
        try {
            T found = finder.get();
            line("ok       " + what + ": " + words.apply(found));
            return Optional.of(found);
        } catch (EnvironmentFault e) {
            packages.add(debianPackage);
            line("MISSING  " + what + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private void line(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
