// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.machine.ForgedSnapshot;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of a snapshot between two runs, the second judges no cell by it. */
@Tag("boot")
@Timeout(120)
class SnapshotFaultBootTest {

    private static final String[] TWO_CELLS = {"run", "--filter", "*EfiReserved*/MmMapIoSpace.cached/*"};

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeTheSnapshot() throws Exception {
        Cli first = run();
        assertThat(first.status()).as(first.out() + first.err()).isZero();
        assertThat(first.err()).isEmpty();
    }

    @Test
    void oneWhoseMemoryWasCutIsMadeAnew() throws Exception {
        change("ram", file -> file.setLength(file.length() / 2));
        assertMadeAnew("its file ram is not as it was written");
    }

    @Test
    void oneWhoseStateWasCutIsMadeAnew() throws Exception {
        change("state", file -> file.setLength(file.length() - 1));
        assertMadeAnew("its file state is not as it was written");
    }

    @Test
    void oneInWhichAByteChangedIsMadeAnew() throws Exception {
        change("ram", file -> {
            file.seek(file.length() / 3);
            int was = file.read();
            file.seek(file.length() / 3);
            file.write(was ^ 1);
        });
        assertMadeAnew("its file ram is not as it was written");
    }

    @Test
    void oneWithoutADiskIsMadeAnew() throws Exception {
        Files.delete(snapshot().resolve("disk.img"));
        assertMadeAnew("it cannot be read");
    }

    @Test
    void oneOfAnotherQemuIsSaidToBeOfNoUseAndMadeAnewTheNextTime() throws Exception {
        ForgedSnapshot.ofAnotherQemu(snapshot());

        Cli refused = run();

        assertThat(refused.status()).as(refused.out() + refused.err()).isEqualTo(3);
        assertThat(refused.err()).contains("broken off after 0 of 2 cells").contains("the snapshot " + snapshot() + " cannot be restored: ")
                .contains("pc-q35-X").contains("run again with --resume, or boot with --cold").doesNotContain("\tat ").hasLineCount(2);
        assertThat(refused.out()).doesNotContain("FAIL");
        assertThat(run("--resume").status()).isZero();
        assertThat(run().err()).isEmpty();
    }

    private static void assertMadeAnew(String why) throws Exception {
        Cli second = run();

        assertThat(second.status()).as(second.out() + second.err()).isZero();
        assertThat(second.out()).contains("2 cells: 2 as promised");
        assertThat(second.err()).startsWith("holdfast: the snapshot " + snapshot() + " is made anew, because " + why).hasLineCount(1);
    }

    private static Cli run(String... options) throws Exception {
        List<String> line = new ArrayList<>(List.of(TWO_CELLS));
        line.addAll(List.of("--out", folder.resolve("out").toString()));
        line.addAll(List.of(options));
        Path tmp = Files.createDirectories(folder.resolve("tmp"));
        Cli cli = Cli.runWith(Map.of("XDG_CACHE_HOME", folder.toString(), "TMPDIR", tmp.toString()), line.toArray(String[]::new));
        assertThat(tmp).isEmptyDirectory();
        assertThat(ProcessHandle.allProcesses().filter(process -> process.info().commandLine().orElse("").contains(folder + "/"))
                .filter(process -> process.info().command().orElse("").contains("qemu"))).isEmpty();
        return cli;
    }

    private static Path snapshot() throws IOException {
        try (Stream<Path> entries = Files.list(folder.resolve("holdfast/snapshots"))) {
            List<Path> snapshots = entries.filter(Files::isDirectory).toList();
            assertThat(snapshots).hasSize(1);
            return snapshots.get(0);
        }
    }

    /** What is done to a file. */
    @FunctionalInterface
    private interface Change {
        void to(RandomAccessFile file) throws IOException;
    }

    private static void change(String name, Change change) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(snapshot().resolve(name).toFile(), "rw")) {
            change.to(file);
        }
    }
}
