// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Home;
import dev.holdfast.machine.LocalHost;
import dev.holdfast.machine.MachineHost;
import dev.holdfast.machine.Workspace;
import dev.holdfast.machine.container.Containers;
import dev.holdfast.run.Computer;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where machines may run. */
enum MachinePlace {
    LOCAL(LocalHost.KIND),
    CONTAINER(Containers.KIND);

    private static final Path PROCMUX = Path.of("vm-images/target/runner/procmux");

    private final String word;

    MachinePlace(String word) {
        this.word = word;
    }

    /**
     * @param image   for those that run in a container
     * @param notices is told, in a sentence, what a person may want to know
     */
    Function<Workspace, MachineHost> hosts(String image, Consumer<String> notices) {
        return switch (this) {
            case LOCAL -> Computer.local(notices);
            case CONTAINER -> workspace -> Containers.open(image, procmux(), System.getenv(), workspace);
        };
    }

    /** The program that runs others in a container. */
    static Path procmux() {
        return Home.find().resolve(PROCMUX);
    }

    static final class OfWord implements ITypeConverter<MachinePlace> {
        @Override
        public MachinePlace convert(String word) {
            return Stream.of(values()).filter(place -> place.word.equals(word)).findFirst().orElseThrow(
                    () -> new TypeConversionException("'" + word + "' is no place for machines: local or container"));
        }
    }
}
