// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import dev.holdfast.wire.Printable;
import java.io.File;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps snapshots from one run to the next, each under a key that names all that went into it. Several harnesses may use one store at
 * the same time: who holds a snapshot's lock, shared, keeps others from replacing or deleting it. The store is bounded: making a
 * snapshot deletes those that have gone unused longest.
 */
public final class SnapshotStore {

    /** The most that all snapshots together may take, in MiB. */
    public static final String LIMIT_VARIABLE = "HOLDFAST_SNAPSHOTS_MIB";
    /** Room for a score of small machines, or for one of each shape and their predecessors after a build. */
    private static final int DEFAULT_LIMIT_MIB = 4096;
    private static final long MIB = 1024 * 1024;
    private static final String DRAFT = "draft-";

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

    /**
     * The store in its usual place.
     *
     * @throws EnvironmentFault if {@link #LIMIT_VARIABLE} is no number
     */
    public static SnapshotStore of(Map<String, String> environment, Consumer<String> notices) {
        String limit = environment.getOrDefault(LIMIT_VARIABLE, Integer.toString(DEFAULT_LIMIT_MIB));
        if (!limit.matches("[0-9]{1,9}")) {
            throw new EnvironmentFault(LIMIT_VARIABLE + " is '" + Printable.excerpt(limit, 20) + "', which is no number of MiB; set it to "
                    + DEFAULT_LIMIT_MIB + ", or not at all");
        }
        return new SnapshotStore(CacheFolder.of(environment).resolve("snapshots"), Long.parseLong(limit) * MIB, notices);
    }

    /**
     * Where the snapshots are.
     *
     * @throws EnvironmentFault if there can be no such folder
     */
    public Path folder() {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private EnvironmentFault unusable(IOException cause) {
        return new EnvironmentFault("the snapshots' folder " + folder + " cannot be used (" + cause.getMessage()
                + "); make room there, set XDG_CACHE_HOME to another, or boot with --cold", cause);
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
            throw unusable(e);
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
        lock.touch();
        return Optional.of(new Lease(snapshot, lock));
    }

    /** Fills a folder beside the final one and renames it, so that a harness that is killed leaves no half of a snapshot. */
    private void make(Snapshot snapshot, Consumer<Snapshot> maker) throws IOException {
        sweep(snapshot);
        Snapshot draft = new Snapshot(Files.createDirectory(folder.resolve(DRAFT + snapshot.folder().getFileName())));
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

    /** Deletes what killed harnesses were making: a draft is somebody's only while he has its snapshot's lock alone. */
    private void sweep(Snapshot ours) throws IOException {
        for (Path draft : entries(SnapshotStore::isDraft)) {
            Snapshot snapshot = new Snapshot(folder.resolve(draft.getFileName().toString().substring(DRAFT.length())));
            if (snapshot.equals(ours)) {
                Workspace.deleteTree(draft);
                continue;
            }
            Optional<SharedLock> alone = SharedLock.tryExclusive(lockOf(snapshot));
            if (alone.isPresent()) {
                Workspace.deleteTree(draft);
                alone.get().close();
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
        return entries(entry -> !entry.equals(kept.folder()) && !isDraft(entry)).stream()
                .map(entry -> Map.entry(lastUse(new Snapshot(entry)), entry)).sorted(Map.Entry.comparingByKey()).map(Map.Entry::getValue)
                .toList();
    }

    private List<Path> entries(Predicate<Path> wanted) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).filter(wanted).toList();
        }
    }

    private static boolean isDraft(Path entry) {
        return entry.getFileName().toString().startsWith(DRAFT);
    }

    private FileTime lastUse(Snapshot snapshot) {
        try {
            return Files.getLastModifiedTime(lockOf(snapshot));
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** What its files have; another harness may be deleting them. */
    private static long bytes(Path entry) {
        File[] files = entry.toFile().listFiles();
        return files == null ? 0 : Stream.of(files).mapToLong(File::length).sum();
    }

    private Path lockOf(Snapshot snapshot) {
        return folder.resolve(snapshot.folder().getFileName() + ".lock");
    }
}
