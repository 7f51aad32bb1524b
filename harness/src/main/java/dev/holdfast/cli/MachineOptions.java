// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Artefacts;
import dev.holdfast.guest.ContractGuest;
import dev.holdfast.guest.Guest;
import dev.holdfast.guest.GuestFile;
import dev.holdfast.guest.Home;
import dev.holdfast.guest.LinuxGuest;
import dev.holdfast.guest.Sabotage;
import dev.holdfast.machine.LocalHost;
import dev.holdfast.machine.ShellWords;
import dev.holdfast.machine.container.Containers;
import dev.holdfast.machine.container.RunnerImage;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.run.Lab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that boots. */
final class MachineOptions {

    private static final String SABOTAGE = "--sabotage";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--guest", paramLabel = "GUEST", converter = Names.OfGuest.class,
            description = "Only cells of this guest (see: holdfast list guests).")
    private GuestKind guest;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = OutFolder.DEFAULT,
            description = "Where results go (default: ${DEFAULT-VALUE}). An earlier run's are replaced.")
    private Path out;

    @Option(names = "--timeout", paramLabel = "SECONDS",
            description = "The longest that a boot may take (default: 30 under KVM, 90 under TCG).")
    private Integer timeout;

    @Option(names = SABOTAGE, paramLabel = "NAME", converter = Names.OfSabotage.class,
            description = "Break the boot on purpose, to prove that the oracles can fail (see: holdfast list sabotages).")
    private Sabotage sabotage;

    @Option(names = "--driver", paramLabel = "FILE", description = "Load another driver (.sys) in the place of the project's own.")
    private Path driver;

    @Option(names = "--certificate", paramLabel = "FILE",
            description = "Trust drivers signed with this certificate (DER) in the place of the project's own.")
    private Path certificate;

    @Option(names = "--display", description = "Give the machine a display, and keep a picture of it at the end.")
    private boolean display;

    @Option(names = "--cold", description = "Boot every cell from reset, instead of forking a snapshot taken when the UEFI application "
            + "runs.")
    private boolean cold;

    @Option(names = "--machine", paramLabel = "local|container", defaultValue = LocalHost.KIND, converter = MachinePlace.OfWord.class,
            description = "Where machines run: on this computer, or in a container on a Docker host (default: ${DEFAULT-VALUE}).")
    private MachinePlace place;

    @Option(names = "--image", paramLabel = "IMAGE", defaultValue = RunnerImage.DEFAULT_NAME,
            description = "With --machine container: the image with QEMU and firmware (default: ${DEFAULT-VALUE}).")
    private String image;

    /** Begins with what takes its time, to be called before anything else is done. */
    void lookAhead() {
        if (place == MachinePlace.CONTAINER) {
            Containers.lookAhead(System.getenv());
        }
    }

    /** Those of a choice's cells whose guest these options ask for: one that can be broken so, one that loads such a driver. */
    Choice narrow(Choice choice) {
        Choice narrowed = guest == null ? choice : choice.of(guest);
        if (sabotage != null) {
            narrowed = narrowed.within(id -> sabotage.guests().stream().anyMatch(kind -> kind.owns(id)));
        }
        return driver == null && certificate == null ? narrowed : narrowed.within(GuestKind.CONTRACT::owns);
    }

    OutFolder out() {
        return new OutFolder(out);
    }

    Optional<Duration> timeout() {
        if (timeout != null && timeout <= 0) {
            throw usage("--timeout wants a number of seconds above 0, not " + timeout);
        }
        return Optional.ofNullable(timeout).map(Duration::ofSeconds);
    }

    Optional<Sabotage> sabotage() {
        return Optional.ofNullable(sabotage);
    }

    boolean display() {
        return display;
    }

    /** Everything that boots of a guest need, where the machines are to run. */
    Lab lab(Guest booted, Consumer<String> notices) {
        return new Lab(booted, new Lab.Manner(timeout(), display, cold, false), place.hosts(image, notices), notices);
    }

    /** The command that boots one cell again with the same things in it, to which the cell's id is added. */
    String replay() {
        List<String> words = new ArrayList<>(List.of("./holdfast", "replay"));
        sabotage().ifPresent(broken -> words.addAll(List.of(SABOTAGE, broken.label())));
        if (driver != null) {
            words.addAll(List.of("--driver", driver.toString()));
        }
        if (certificate != null) {
            words.addAll(List.of("--certificate", certificate.toString()));
        }
        if (cold) {
            words.add("--cold");
        }
        if (place == MachinePlace.CONTAINER) {
            words.addAll(List.of("--machine", Containers.KIND));
        }
        if (!image.equals(RunnerImage.DEFAULT_NAME)) {
            words.addAll(List.of("--image", image));
        }
        return ShellWords.join(words);
    }

    /** Whether what such a command boots is broken on purpose. */
    static boolean sabotages(String replay) {
        return replay.contains(" " + SABOTAGE + " ");
    }

    boolean cold() {
        return cold;
    }

    /** Those guests with all that was asked of them; nothing is looked for on this computer but what somebody brings. */
    List<Guest> bootedGuests(Set<GuestKind> kinds) {
        if (sabotage != null && !sabotage.guests().containsAll(kinds)) {
            throw usage(SABOTAGE + " " + sabotage.label() + " is nothing for the guest " + labels(kinds) + " (see: holdfast list sabotages)");
        }
        if ((driver != null || certificate != null) && !kinds.equals(Set.of(GuestKind.CONTRACT))) {
            throw usage("--driver and --certificate are nothing for the guest " + labels(kinds) + ", which loads no .sys file");
        }
        Artefacts artefacts = new Artefacts(Home.find());
        return kinds.stream().sorted().map(kind -> switch (kind) {
            case CONTRACT -> brought(() -> new ContractGuest(artefacts, sabotage(),
                    Optional.ofNullable(driver).map(file -> GuestFile.image("driver", file, ".sys")),
                    Optional.ofNullable(certificate).map(file -> GuestFile.any("certificate", file))));
            case LINUX -> new LinuxGuest(artefacts, sabotage());
        }).toList();
    }

    private static String labels(Set<GuestKind> kinds) {
        return kinds.stream().sorted().map(GuestKind::label).collect(Collectors.joining(" and "));
    }

    /** What is brought could be what it is meant for: anything else is refused before a machine is started. */
    private <T> T brought(Supplier<T> files) {
        try {
            return files.get();
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    ParameterException usage(String message) {
        return new CommandLine.ParameterException(command.commandLine(), message);
    }
}
