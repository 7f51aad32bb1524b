// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.nio.file.Path;

/**
 * A machine that stands still on disk, in a folder of its own.
 *
 * @param folder where its files are
 */
public record Snapshot(Path folder) {

    /** Has it made anew the next time that it is wanted, whatever is wrong with it. Those who have it open keep it. */
    public void distrust() {
        SnapshotManifest.discard(this);
    }

    /** Its physical memory, byte for byte; forks map it privately. */
    public Path ram() {
        return folder.resolve("ram");
    }

    /** The state of its devices, as QEMU's migration stream. */
    public Path state() {
        return folder.resolve("state");
    }

    /** Its variable store. */
    public Path vars() {
        return folder.resolve("vars.fd");
    }

    /** The disk it booted from, which its firmware may have read into its memory already. */
    public Path disk() {
        return folder.resolve("disk.img");
    }

    /** What its second serial port had said. */
    public Path said() {
        return folder.resolve("said.txt");
    }

    /** What its first serial port had said. */
    public Path console() {
        return folder.resolve("console.log");
    }
}
