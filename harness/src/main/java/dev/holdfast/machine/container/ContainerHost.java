// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import com.github.dockerjava.api.exception.DockerException;
import dev.holdfast.machine.Acceleration;
import dev.holdfast.machine.CacheFolder;
import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.Firmware;
import dev.holdfast.machine.MachineHost;
import dev.holdfast.machine.MachineSpec;
import dev.holdfast.machine.Qemu;
import dev.holdfast.machine.RecordableMachine;
import dev.holdfast.machine.Remembered;
import dev.holdfast.machine.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.testcontainers.containers.ContainerLaunchException;

/** A container, in which all machines of a run are. */
final class ContainerHost implements MachineHost {

    private final RunnerImage image;
    private final Path procmux;
    private final String run = UUID.randomUUID().toString();
    private final RunnerContainer container;
    private final ContainerMachines machines;
    private final ContainerFacts facts;

    /** As {@link Containers#open} says. */
    static ContainerHost open(String imageName, Path procmux, Map<String, String> environment, Workspace workspace) {
        DockerDaemon daemon = DockerDaemon.find(environment);
        RunnerImage image = daemon.image(imageName);
        daemon.chooseReaper(environment);
        daemon.sweep();
        Remembered remembered = new Remembered(CacheFolder.of(environment).resolve("container.properties"));
        return new ContainerHost(image, procmux, remembered, daemon.id() + " " + image.id(), workspace.folder());
    }

    private ContainerHost(RunnerImage image, Path procmux, Remembered remembered, String key, Path scratch) {
        this.image = image;
        this.procmux = procmux;
        Optional<ContainerFacts> known = remembered.recall(key).flatMap(ContainerFacts::of);
        RunnerContainer started = start(known.map(ContainerFacts::kvm).orElse(true), known.flatMap(ContainerFacts::kvmGroup));
        try {
            FactFinder finder = finder(started);
            if (known.isEmpty() || !known.get().boot().equals(finder.boot())) {
                Optional<Integer> group = finder.wantedGroup();
                if (known.isPresent() || group.isPresent()) {
                    started.close();
                    started = start(true, group);
                    finder = finder(started);
                }
                known = Optional.of(finder.find(group, scratch));
                remembered.keep(key, known.get().properties());
            }
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
        this.container = started;
        this.machines = new ContainerMachines(started.mux(), image);
        this.facts = known.get();
    }

    private FactFinder finder(RunnerContainer started) {
        return new FactFinder(new ContainerMachines(started.mux(), image), image);
    }

    /** @param kvm whether it is to have /dev/kvm, if the Docker host has such a device */
    private RunnerContainer start(boolean kvm, Optional<Integer> group) {
        RunnerContainer starting = new RunnerContainer(image, procmux, run, kvm, group);
        try {
            starting.start();
            return starting;
        } catch (ContainerLaunchException | DockerException e) {
            starting.close();
            String words = DockerDaemon.words(e);
            if (kvm && words.contains("/dev/kvm")) {
                return start(false, Optional.empty());
            }
            String complaint = starting.lastWords();
            throw new EnvironmentFault("the container of the image " + image.name() + " does not start: " + words
                    + (complaint.isEmpty() ? "" : " (" + complaint + ")"), e);
        }
    }

    @Override
    public String kind() {
        return Containers.KIND;
    }

    @Override
    public Qemu qemu() {
        return new Qemu(image.qemu());
    }

    @Override
    public String qemuVersion() {
        return facts.qemuVersion();
    }

    @Override
    public Firmware firmware() {
        return image.firmware();
    }

    @Override
    public Acceleration acceleration() {
        return facts.acceleration();
    }

    @Override
    public Optional<String> image() {
        return Optional.of(image.id());
    }

    @Override
    public String describe() {
        return "in a container of " + image.name() + " (" + image.packages() + "): " + MachineHost.super.describe();
    }

    @Override
    public RecordableMachine start(MachineSpec spec, Duration lifetime) {
        return machines.start(spec, lifetime);
    }

    @Override
    public void glance() {
        container.mux().end().ifPresent(why -> {
            throw new EnvironmentFault(why);
        });
    }

    @Override
    public void close() {
        container.close();
    }
}
