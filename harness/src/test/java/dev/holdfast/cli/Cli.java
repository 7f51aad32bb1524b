// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * What a command printed and ended with.
 *
 * @param out its standard output
 * @param err its standard error
 */
public record Cli(int status, String out, String err) {

    /** Runs the program in this process. */
    public static Cli run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine program = Holdfast.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Cli(program.execute(arguments), out.toString(), err.toString());
    }

    /** Runs the program in a process of its own, with changes to its environment. */
    public static Cli runWith(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Process process = start(environment, arguments).redirectErrorStream(false).start();
        process.getOutputStream().close();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Thread reader = new Thread(() -> copy(process, err));
        reader.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        reader.join();
        return new Cli(status, out, err.toString(StandardCharsets.UTF_8));
    }

    /** The process, not yet started. */
    static ProcessBuilder start(Map<String, String> environment, String... arguments) {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dholdfast.home=" + System.getProperty("holdfast.home"), "-cp", System.getProperty("java.class.path"),
                Holdfast.class.getName()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().putAll(environment);
        return builder;
    }

    private static void copy(Process process, ByteArrayOutputStream to) {
        try {
            process.getErrorStream().transferTo(to);
        } catch (IOException e) {
            to.writeBytes(e.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
