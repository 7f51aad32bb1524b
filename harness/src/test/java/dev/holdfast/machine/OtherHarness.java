// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that opens snapshots of a store, again and again, and sees that none goes while it holds it. */
final class OtherHarness {

    static final int FILE_BYTES = 1000;

    private OtherHarness() {
    }

    /** Arguments: the store's folder, its limit in bytes, how often, and the keys. Prints how many snapshots it made. */
    public static void main(String[] arguments) throws InterruptedException {
        List<String> made = new ArrayList<>();
        SnapshotStore store = new SnapshotStore(Path.of(arguments[0]), Long.parseLong(arguments[1]), notice -> {
            throw new AssertionError(notice);
        });
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            String key = arguments[3 + i % (arguments.length - 3)];
            try (SnapshotStore.Lease lease = store.open(key, snapshot -> {
                made.add(key);
                fill(snapshot);
            })) {
                Thread.sleep(1);
                if (SnapshotManifest.flaw(lease.snapshot()).isPresent()) {
                    throw new AssertionError("the snapshot " + key + " went while it was held");
                }
            }
        }
        System.out.println(made.size());
    }

    static Process start(Path folder, long limitBytes, int times, String... keys) throws IOException {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto", "-cp",
                System.getProperty("java.class.path"), OtherHarness.class.getName(), folder.toString(), Long.toString(limitBytes),
                Integer.toString(times)));
        line.addAll(List.of(keys));
        return new ProcessBuilder(line).redirectErrorStream(true).start();
    }

    static void fill(Snapshot snapshot) {
        try {
            for (Path file : List.of(snapshot.ram(), snapshot.state(), snapshot.vars(), snapshot.disk(), snapshot.said(),
                    snapshot.console())) {
                Files.write(file, new byte[FILE_BYTES]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
