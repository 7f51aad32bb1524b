// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.MachineSpec;
import dev.holdfast.machine.Qemu;
import dev.holdfast.machine.RecordableMachine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts machines, and other programs, in a container that runs. */
final class ContainerMachines {

    private static final Duration PROGRAM_LIMIT = Duration.ofSeconds(30);

    private final Mux mux;
    private final RunnerImage image;
    private final Lodging lodging;
    private final AtomicInteger next = new AtomicInteger();

    ContainerMachines(Mux mux, RunnerImage image) {
        this.mux = mux;
        this.image = image;
        this.lodging = new Lodging(new Transfer(mux), RunnerContainer.FOLDER);
    }

    RecordableMachine start(MachineSpec spec, Duration lifetime) {
        Path template = spec.firmware().varsTemplate();
        // A snapshot's is here, the image's own is there.
        Path vars = template.equals(image.firmware().varsTemplate()) ? template : lodging.of(template);
        return new ContainerMachine(mux, lodging, image.qemu(), spec, vars, RunnerContainer.FOLDER.resolve("m" + next.getAndIncrement()),
                lifetime);
    }

    String qemuVersion() {
        return Qemu.versionIn(run(List.of(image.qemu().toString(), "--version")));
    }

    /**
     * What a program prints, which is little.
     *
     * @throws EnvironmentFault if it fails, or does not end in time
     */
    String run(List<String> words) {
        try (RemoteProcess process = new RemoteProcess(mux, words, PROGRAM_LIMIT)) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            process.output().transferTo(said);
            if (!process.await(PROGRAM_LIMIT) || process.exitStatus().orElse(1) != 0) {
                throw new EnvironmentFault(mux.end().orElseGet(() -> words.get(0) + " failed in the container of the image " + image.name()
                        + ": " + process.lastWords()));
            }
            return said.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EnvironmentFault(words.get(0) + " says nothing in the container: " + e.getMessage(), e);
        }
    }
}
