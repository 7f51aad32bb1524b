// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.PumpStreamHandler;

/** Programs of the host that are run to their end. */
public final class Tools {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Tools() {
    }

    /** The program of that name on the PATH. */
    public static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * @param debianPackage what to install where it is missing
     * @throws EnvironmentFault if no such program is on the PATH
     */
    public static Path require(String name, String debianPackage) {
        return find(name).orElseThrow(() -> new EnvironmentFault(
                name + " is not on the PATH; install it (Debian: apt-get install " + debianPackage + ")"));
    }

    /**
     * Runs a program and waits for it, a minute at most.
     *
     * @return what it printed
     * @throws EnvironmentFault if it cannot be started, fails, or does not end
     */
    public static String run(Path program, List<String> arguments) {
        CommandLine command = new CommandLine(program);
        arguments.forEach(argument -> command.addArgument(argument, false));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        DefaultExecutor executor = DefaultExecutor.builder().setExecuteStreamHandler(new PumpStreamHandler(output)).get();
        executor.setProcessDestroyer(new TimeLimit(LIMIT));
        try {
            executor.execute(command);
            return output.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            String said = output.toString(StandardCharsets.UTF_8).strip().replace('\n', ' ');
            throw new EnvironmentFault(program + " failed: " + (said.isEmpty() ? e.getMessage() : said), e);
        }
    }
}
