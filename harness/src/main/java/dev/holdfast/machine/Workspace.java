// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A private folder (mode 0700) for what a run needs and nobody wants to keep: sockets, variable stores, dumps of memory. It goes when
 * the workspace is closed or the JVM ends; what a harness killed with SIGKILL left behind goes when the next workspace is opened.
 */
public final class Workspace implements AutoCloseable {

    private static final String PREFIX = "holdfast-";
    private static final String LOCK = "lock";
    /** Those of this JVM. To look whether one is locked would unlock it (fcntl(2), advisory record locking). */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();
    /** sun_path in sockaddr_un, less its NUL. */
    private static final int MAX_SOCKET_PATH = 107;
    /** Room below the workspace for the longest name of a socket in a machine's folder. */
    private static final int SOCKET_NAME_ROOM = 24;

    private final Path folder;
    private final FileChannel lock;
    private final Thread atExit = new Thread(this::delete, "workspace-cleanup");
    private final AtomicInteger machines = new AtomicInteger();
    private final FifoPool fifos;

    private Workspace(Path folder) throws IOException {
        this.folder = folder;
        OWN.add(folder);
        this.fifos = new FifoPool(folder);
        this.lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        this.lock.lock();
    }

    /** @throws EnvironmentFault if no such folder can be made under TMPDIR (or /tmp) */
    public static Workspace open() {
        Path parent = Path.of(System.getenv().getOrDefault("TMPDIR", "/tmp")).toAbsolutePath();
        sweep(parent);
        try {
            Path folder = Files.createTempDirectory(parent, PREFIX);
            if (folder.toString().length() + SOCKET_NAME_ROOM > MAX_SOCKET_PATH) {
                Files.delete(folder);
                throw new EnvironmentFault("the path " + parent + " is too long to hold a socket; set TMPDIR to a shorter one");
            }
            Workspace workspace = new Workspace(folder);
            Runtime.getRuntime().addShutdownHook(workspace.atExit);
            return workspace;
        } catch (IOException e) {
            throw new EnvironmentFault("no private folder can be made in " + parent + " (" + e.getMessage()
                    + "); make room there or set TMPDIR to another folder", e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** A new folder for one machine, with the pipe to its serial port; its name is short enough to put sockets into it. */
    public Path machineFolder() {
        try {
            Path machine = Files.createDirectory(folder.resolve("m" + machines.getAndIncrement()));
            Files.move(fifos.take(), Endpoints.in(machine).speak());
            return machine;
        } catch (IOException e) {
            throw new EnvironmentFault("no folder can be made in " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is on its way out and the hook runs anyway.
            return;
        }
    }

    private synchronized void delete() {
        deleteTree(folder);
        OWN.remove(folder);
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes workspaces whose harness no longer holds their lock. */
    private static void sweep(Path parent) {
        try (Stream<Path> folders = Files.list(parent)) {
            folders.filter(folder -> folder.getFileName().toString().startsWith(PREFIX) && !OWN.contains(folder)).forEach(Workspace::deleteIfAbandoned);
        } catch (IOException e) {
            // Whether this folder can be used at all shows when a workspace is made in it.
            return;
        }
    }

    private static void deleteIfAbandoned(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
             FileLock free = channel.tryLock()) {
            if (free != null) {
                deleteTree(folder);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // Not a workspace, not ours, or one that this very JVM is opening.
            return;
        }
    }

    /** Deletes a folder and all that is in it, as far as that is possible. */
    public static void deleteTree(Path root) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // Nothing depends on it: the next workspace sweeps again.
            return;
        }
    }
}
