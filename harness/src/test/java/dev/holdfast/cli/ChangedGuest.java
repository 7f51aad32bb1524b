// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Ending;
import dev.holdfast.guest.Guest;
import dev.holdfast.machine.Device;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.wire.GuestProgram;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A guest that is another one but for what a test changes. */
abstract class ChangedGuest implements Guest {

    private final Guest guest;

    ChangedGuest(Guest guest) {
        this.guest = guest;
    }

    @Override
    public GuestKind kind() {
        return guest.kind();
    }

    @Override
    public Map<String, Path> media(Path scratch) {
        return guest.media(scratch);
    }

    @Override
    public Optional<String> release() {
        return guest.release();
    }

    @Override
    public GuestProgram program() {
        return guest.program();
    }

    @Override
    public Optional<String> task() {
        return guest.task();
    }

    @Override
    public Map<String, Path> fwCfg() {
        return guest.fwCfg();
    }

    @Override
    public Ending ending(int exitStatus) {
        return guest.ending(exitStatus);
    }

    @Override
    public Set<Device> devices() {
        return guest.devices();
    }

    @Override
    public Set<String> complaints() {
        return guest.complaints();
    }

    @Override
    public boolean logs() {
        return guest.logs();
    }

    @Override
    public Optional<String> fatal(String reason) {
        return guest.fatal(reason);
    }
}
