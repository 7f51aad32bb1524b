// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DaemonExecutor;
import org.apache.commons.exec.DefaultExecuteResultHandler;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.PumpStreamHandler;

/** A process of QEMU's that was started from scratch. */
final class QemuProcess implements HostProcess {

    static final int INPUT_DESCRIPTOR = Monitor.STATE_DESCRIPTOR;

    private static final Set<Process> LIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> LIVE.forEach(Process::destroyForcibly), "qemu-cleanup"));
    }

    private final Tail complaints = new Tail();
    private final CompletableFuture<Process> launched = new CompletableFuture<>();
    private final DefaultExecuteResultHandler result = new DefaultExecuteResultHandler();

    /**
     * Starts a program under {@code setpriv --pdeathsig KILL}: the kernel ends it when the thread that started it ends, hence also when
     * the JVM is killed with SIGKILL. Commons Exec starts it on a thread that then waits for it, so that thread lives as long as it.
     * {@code setsid} keeps a terminal's Ctrl-C from it, which would end it before the harness knows that it is being interrupted.
     *
     * @param input    a file that it has open for reading as {@link #INPUT_DESCRIPTOR}, which only a shell can arrange
     * @param lifetime after which it is ended
     * @throws EnvironmentFault if it cannot be started
     */
    QemuProcess(List<String> commandLine, Optional<Path> input, Duration lifetime) {
        List<String> words = new ArrayList<>();
        input.ifPresent(file -> words.addAll(List.of("/bin/sh", "-c", "exec \"$@\" " + INPUT_DESCRIPTOR + "<\"$0\"", file.toString())));
        words.addAll(List.of(Tools.require("setsid", "util-linux").toString(), Tools.require("setpriv", "util-linux").toString(),
                "--pdeathsig", "KILL", "--"));
        words.addAll(commandLine);
        CommandLine command = new CommandLine(words.get(0));
        words.stream().skip(1).forEach(word -> command.addArgument(word, false));
        DaemonExecutor executor = (DaemonExecutor) DaemonExecutor.builder()
                .setExecuteStreamHandler(new PumpStreamHandler(complaints))
                .get();
        executor.setProcessDestroyer(new Register(lifetime));
        try {
            executor.execute(command, new DefaultExecuteResultHandler() {
                @Override
                public void onProcessComplete(int exitValue) {
                    result.onProcessComplete(exitValue);
                }

                @Override
                public void onProcessFailed(ExecuteException failure) {
                    launched.completeExceptionally(failure);
                    result.onProcessFailed(failure);
                }
            });
        } catch (IOException e) {
            throw new EnvironmentFault("QEMU cannot be started: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean alive() {
        return !result.hasResult();
    }

    @Override
    public OptionalInt exitStatus() {
        return result.hasResult() ? OptionalInt.of(result.getExitValue()) : OptionalInt.empty();
    }

    @Override
    public String lastWords() {
        return complaints.text();
    }

    @Override
    public void close() {
        try {
            Process process = launched.get(5, TimeUnit.SECONDS);
            process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // It never started; there is nothing to end.
            return;
        }
    }

    private final class Register extends TimeLimit {

        Register(Duration lifetime) {
            super(lifetime);
        }

        @Override
        public boolean add(Process process) {
            launched.complete(process);
            return LIVE.add(process) && super.add(process);
        }

        @Override
        public boolean remove(Process process) {
            return LIVE.remove(process);
        }
    }
}
