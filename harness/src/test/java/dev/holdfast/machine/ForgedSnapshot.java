// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A snapshot that is sound by its checksums and says that another QEMU made it. */
public final class ForgedSnapshot {

    private ForgedSnapshot() {
    }

    /** @param folder a sound snapshot's, whose stream names the machine's type with its version (migration/savevm.c, vmstate_configuration) */
    public static void ofAnotherQemu(Path folder) throws IOException {
        Snapshot snapshot = new Snapshot(folder);
        String state = Files.readString(snapshot.state(), StandardCharsets.ISO_8859_1);
        if (!state.contains("pc-q35-")) {
            throw new IOException("the stream does not name its machine");
        }
        Files.writeString(snapshot.state(), state.replaceFirst("pc-q35-[0-9]", "pc-q35-X"), StandardCharsets.ISO_8859_1);
        SnapshotManifest.write(snapshot);
    }
}
