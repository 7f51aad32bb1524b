// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keeps snapshots from one run to the next, each under a key that names all that went into it. Several harnesses may use one store at
 * the same time: who holds a snapshot's lock, shared, keeps others from replacing or deleting it. The store is bounded: making a
 * snapshot deletes those that have gone unused longest.
 */
public final class SnapshotStore {

    private final Path folder;
    private final long limitBytes;
    private final Consumer<String> notices;

    /**
     * @param limitBytes the most that all snapshots together may take, holes in files counted; the one in use is kept even above it
     * @param notices    is told, in a sentence, when a snapshot is given up
     */
    public SnapshotStore(Path folder, long limitBytes, Consumer<String> notices) {
        this.folder = folder;
        this.limitBytes = limitBytes;
        this.notices = notices;
    }

    /** A snapshot that nobody deletes before this is closed. */
    public record Lease(Snapshot snapshot, SharedLock lock) implements AutoCloseable {
        @Override
        public void close() {
            lock.close();
        }
    }

    /**
     * The snapshot of that key, made now if there is none that is sound.
     *
     * @param key   letters and digits
     * @param maker fills an empty folder with a snapshot's files
     * @throws EnvironmentFault if the store's folder cannot be used
     */
    public Lease open(String key, Consumer<Snapshot> maker) {
        Snapshot snapshot = new Snapshot(folder.resolve(key));
        try {
            Files.createDirectories(folder);
            Optional<Lease> found = find(snapshot);
            while (found.isEmpty()) {
                SharedLock alone = SharedLock.exclusive(lockOf(snapshot));
                try {
                    if (!Files.exists(snapshot.folder()) || SnapshotManifest.flaw(snapshot).isPresent()) {
                        make(snapshot, maker);
                    }
                } finally {
                    alone.close();
                }
                found = find(snapshot);
            }
            return found.get();
        } catch (IOException e) {
            throw new EnvironmentFault("the snapshots' folder " + folder + " cannot be used (" + e.getMessage()
                    + "); make room there, set XDG_CACHE_HOME to another, or boot with --cold", e);
        }
    }

    /** A lease on a sound snapshot; empty if there is none. */
    private Optional<Lease> find(Snapshot snapshot) throws IOException {
        SharedLock lock = SharedLock.shared(lockOf(snapshot));
        if (!Files.exists(snapshot.folder())) {
            lock.close();
            return Optional.empty();
        }
        Optional<String> flaw = SnapshotManifest.flaw(snapshot);
        if (flaw.isPresent()) {
            lock.close();
            notices.accept("the snapshot " + snapshot.folder() + " is made anew, because " + flaw.get());
            return Optional.empty();
        }
        Files.setLastModifiedTime(lockOf(snapshot), FileTime.from(Instant.now()));
        return Optional.of(new Lease(snapshot, lock));
    }

    /** Fills a folder beside the final one and renames it, so that a harness that is killed leaves no half of a snapshot. */
    private void make(Snapshot snapshot, Consumer<Snapshot> maker) throws IOException {
        sweep();
        Snapshot draft = new Snapshot(Files.createDirectory(folder.resolve("draft-" + UUID.randomUUID())));
        try {
            maker.accept(draft);
            SnapshotManifest.write(draft);
            Workspace.deleteTree(snapshot.folder());
            Files.move(draft.folder(), snapshot.folder(), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("folders cannot be renamed there", e);
        } finally {
            Workspace.deleteTree(draft.folder());
        }
        evict(snapshot);
    }

    /** Deletes what a killed harness was making; drafts of an hour ago belong to nobody. */
    private void sweep() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            Instant hourAgo = Instant.now().minusSeconds(3600);
            for (Path entry : entries.filter(path -> path.getFileName().toString().startsWith("draft-")).toList()) {
                if (Files.getLastModifiedTime(entry).toInstant().isBefore(hourAgo)) {
                    Workspace.deleteTree(entry);
                }
            }
        }
    }

    private void evict(Snapshot kept) throws IOException {
        List<Path> others = others(kept);
        long bytes = bytes(kept.folder());
        for (Path other : others) {
            bytes += bytes(other);
        }
        for (Path other : others) {
            if (bytes <= limitBytes) {
                return;
            }
            Optional<SharedLock> alone = SharedLock.tryExclusive(lockOf(new Snapshot(other)));
            if (alone.isPresent()) {
                bytes -= bytes(other);
                Workspace.deleteTree(other);
                alone.get().close();
            }
        }
    }

    /** All snapshots but one, the longest unused first. */
    private List<Path> others(Snapshot kept) throws IOException {
        List<Path> others = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(Files::isDirectory).filter(entry -> !entry.equals(kept.folder()))
                    .filter(entry -> !entry.getFileName().toString().startsWith("draft-")).forEach(others::add);
        }
        others.sort(Comparator.comparing(entry -> lastUse(new Snapshot(entry))));
        return others;
    }

    private FileTime lastUse(Snapshot snapshot) {
        try {
            return Files.getLastModifiedTime(lockOf(snapshot));
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static long bytes(Path entry) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(entry)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private Path lockOf(Snapshot snapshot) {
        return folder.resolve(snapshot.folder().getFileName() + ".lock");
    }
}
