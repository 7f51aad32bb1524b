// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import dev.holdfast.machine.Workspace;
import dev.holdfast.run.CellFolder;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.OwnBoot;
import dev.holdfast.wire.Block;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.Transcript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The boot of what a user brought, which knows nothing of cells and frames. */
final class OwnSession extends BootSession {

    private final OwnBoot boots;
    private final OwnBoot.Started started;
    private final Duration patience;
    private final Sessions sessions;
    private final List<Path> saved = new ArrayList<>();

    OwnSession(OwnBoot boots, OwnBoot.Started started, CellFolder folder, String saidBefore, Duration patience, Sessions sessions) {
        super(started.machine(), folder, saidBefore, patience);
        this.boots = boots;
        this.started = started;
        this.patience = patience;
        this.sessions = sessions;
    }

    @Override
    public BootSnapshot snapshot() {
        Path scratch = boots.scratch();
        saved.add(scratch);
        String said = console().text();
        OwnBoot.Standing standing = boots.save(started, scratch);
        return () -> sessions.keep(folder -> new OwnSession(boots, boots.resume(standing, folder.console(), folder.channelLog()), folder,
                said, patience, sessions));
    }

    @Override
    public CellResult result() {
        throw noCell("verdict");
    }

    @Override
    public Transcript transcript() {
        throw noCell("transcript");
    }

    @Override
    public Optional<Frame> await(String event) {
        throw noCell("event");
    }

    @Override
    public Block block() {
        throw noCell("block");
    }

    private static UnsupportedOperationException noCell(String what) {
        return new UnsupportedOperationException("there is no " + what + " where your own application boots: it knows nothing of this "
                + "project's frames; ask its console, or its memory");
    }

    @Override
    public void close() {
        super.close();
        saved.forEach(Workspace::deleteTree);
    }

    @Override
    public String again() {
        return sessions.testCommand();
    }
}
