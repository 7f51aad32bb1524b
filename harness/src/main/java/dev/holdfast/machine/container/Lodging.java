// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Copies of files that stay in the container as long as it does, because many machines read them: snapshots and disks. Each is copied
 * once, wherever it is moved to here. Safe for use by several threads.
 */
final class Lodging {

    private record Identity(Object key, long bytes, long modified) {

        static Identity of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Identity(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime().toMillis());
            } catch (IOException e) {
                throw new EnvironmentFault("the file " + file + " cannot be read: " + e.getMessage(), e);
            }
        }
    }

    private final Transfer transfer;
    private final Path folder;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<Identity, CompletableFuture<Path>> copies = new HashMap<>();

    /** @param folder in the container */
    Lodging(Transfer transfer, Path folder) {
        this.transfer = transfer;
        this.folder = folder;
    }

    /** A place for a file that is to stay. */
    Path reserve() {
        return folder.resolve("f" + next.getAndIncrement());
    }

    /** Copies out a file that stands at a place that was reserved, and remembers that it is there. */
    void bringHome(Path there, Path here) {
        transfer.get(there.toString(), here);
        synchronized (copies) {
            copies.put(Identity.of(here), CompletableFuture.completedFuture(there));
        }
    }

    /** Where a file's copy is, which is made now if there is none. */
    Path of(Path here) {
        Identity identity = Identity.of(here);
        CompletableFuture<Path> copy = new CompletableFuture<>();
        CompletableFuture<Path> earlier;
        synchronized (copies) {
            earlier = copies.putIfAbsent(identity, copy);
        }
        if (earlier == null) {
            try {
                Path there = reserve();
                transfer.put(here, there.toString());
                copy.complete(there);
            } catch (RuntimeException e) {
                synchronized (copies) {
                    copies.remove(identity);
                }
                copy.completeExceptionally(e);
            }
        }
        try {
            return (earlier == null ? copy : earlier).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
