// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.run.KeptDisks;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Brings what was kept of cells from one run's folder to another's, as hard links where the file system has them. */
final class KeptFolders {

    private final Path to;
    private final KeptDisks disks;
    private int absent;

    KeptFolders(Path to) {
        this.to = to;
        this.disks = new KeptDisks(to);
    }

    /** How many folders were to be brought and were not there. */
    int absent() {
        return absent;
    }

    /** Brings what was kept of a cell and of its earlier tries. */
    void bring(Path from, CellSummary cell) {
        Stream.concat(Stream.of(cell.folder()), cell.earlier().stream().map(Attempt::folder)).filter(HtmlPage::isKept)
                .forEach(folder -> bring(from.resolve(folder), to.resolve(folder)));
    }

    private void bring(Path from, Path target) {
        if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            absent++;
            return;
        }
        try {
            Files.createDirectories(target);
            for (Path stale : files(target, "*")) {
                Files.delete(stale);
            }
            for (Path file : files(from, "*")) {
                linkOrCopy(file, target.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw unwritable(from, e);
        }
    }

    /** Brings the disks that cells' scripts boot from. */
    void bringDisks(Path from) {
        try {
            files(from, KeptDisks.PATTERN).forEach(disks::keep);
        } catch (IOException e) {
            throw unwritable(from, e);
        }
    }

    /** The regular files right in a folder; a link leads nobody out of it. */
    private static List<Path> files(Path folder, String glob) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            List<Path> files = new ArrayList<>();
            entries.forEach(files::add);
            files.removeIf(file -> !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
            return files;
        }
    }

    private static void linkOrCopy(Path file, Path copy) throws IOException {
        try {
            Files.createLink(copy, file);
        } catch (FileSystemException | UnsupportedOperationException e) {
            // Another file system, or one without links.
            Files.copy(file, copy);
        }
    }

    private EnvironmentFault unwritable(Path from, IOException cause) {
        return new EnvironmentFault("what was kept in " + from + " cannot be brought to " + to + " (" + cause
                + "); make room there or choose another folder with --out", cause);
    }
}
