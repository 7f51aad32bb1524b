// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts machines by a {@link ForkServer}, itself started with the first of them, and directly where there can be none. */
public final class PreparedQemu implements Launcher, AutoCloseable {

    private final Qemu qemu;
    private final Path library;
    private final Workspace workspace;
    private final Consumer<String> notices;
    private Optional<ForkServer> server = Optional.empty();
    private boolean possible = true;

    /**
     * @param library where the build has put the fork server's library
     * @param notices is told, in a sentence, why there can be none
     */
    public PreparedQemu(Qemu qemu, Path library, Workspace workspace, Consumer<String> notices) {
        this.qemu = qemu;
        this.library = library;
        this.workspace = workspace;
        this.notices = notices;
    }

    @Override
    public HostProcess launch(List<String> commandLine, MachineSpec.Origin.Forked from, Duration lifetime) {
        Optional<ForkServer> prepared = server();
        return prepared.isPresent() ? prepared.get().start(commandLine, from.state(), lifetime)
                : DIRECT.launch(commandLine, from, lifetime);
    }

    private synchronized Optional<ForkServer> server() {
        if (possible && server.isEmpty()) {
            try {
                server = Optional.of(new ForkServer(qemu.binary(), library, workspace.folder()));
            } catch (EnvironmentFault e) {
                giveUp(e.getMessage());
            }
        } else if (possible && !server.get().alive()) {
            server.get().close();
            giveUp("it has gone");
        }
        return server;
    }

    private void giveUp(String why) {
        possible = false;
        server = Optional.empty();
        notices.accept("every fork starts a QEMU of its own, which takes longer, because none can be kept prepared: " + why);
    }

    @Override
    public synchronized void close() {
        server.ifPresent(ForkServer::close);
        server = Optional.empty();
        possible = false;
    }
}
