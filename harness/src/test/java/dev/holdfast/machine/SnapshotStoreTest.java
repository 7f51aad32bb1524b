// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SnapshotStoreTest {

    private static final int FILE_BYTES = OtherHarness.FILE_BYTES;
    private static final int SNAPSHOT_BYTES = 6 * FILE_BYTES;

    @TempDir
    private Path folder;

    private final List<String> notices = new ArrayList<>();
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void makesASnapshotOnceAndFindsItAgain() {
        SnapshotStore store = store(Long.MAX_VALUE);

        store.open("one", this::make).close();
        store.open("one", this::make).close();

        assertThat(made).hasValue(1);
        assertThat(notices).isEmpty();
    }

    @Test
    void makesAnotherForAnotherKey() {
        SnapshotStore store = store(Long.MAX_VALUE);

        store.open("one", this::make).close();
        store.open("two", this::make).close();

        assertThat(made).hasValue(2);
    }

    @Test
    void makesASnapshotAnewWhoseFileWasCutAndSaysSo() throws IOException {
        SnapshotStore store = store(Long.MAX_VALUE);
        SnapshotStore.Lease first = store.open("one", this::make);
        first.close();
        Files.write(first.snapshot().state(), new byte[FILE_BYTES - 1]);

        store.open("one", this::make).close();

        assertThat(made).hasValue(2);
        assertThat(notices).singleElement().asString().contains("made anew").contains("state is not as it was written");
    }

    @Test
    void seesASingleByteThatChanged() throws IOException {
        SnapshotStore store = store(Long.MAX_VALUE);
        SnapshotStore.Lease first = store.open("one", this::make);
        first.close();
        byte[] ram = Files.readAllBytes(first.snapshot().ram());
        ram[FILE_BYTES / 2] ^= 1;
        Files.write(first.snapshot().ram(), ram);

        store.open("one", this::make).close();

        assertThat(made).hasValue(2);
    }

    @Test
    void leavesNothingOfASnapshotThatCouldNotBeMade() throws IOException {
        SnapshotStore store = store(Long.MAX_VALUE);

        assertThatThrownBy(() -> store.open("one", snapshot -> {
            make(snapshot);
            throw new EnvironmentFault("no");
        })).isInstanceOf(EnvironmentFault.class);

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
        store.open("one", this::make).close();
        assertThat(made).hasValue(2);
    }

    @Test
    void deletesTheLongestUnusedWhenThereIsTooMuch() throws IOException {
        SnapshotStore store = store(2 * SNAPSHOT_BYTES + SNAPSHOT_BYTES / 2);
        store.open("old", this::make).close();
        store.open("older", this::make).close();
        Files.setLastModifiedTime(folder.resolve("older.lock"), FileTime.from(Instant.now().minusSeconds(60)));

        store.open("new", this::make).close();

        assertThat(folder.resolve("older")).doesNotExist();
        assertThat(folder.resolve("old")).exists();
        assertThat(folder.resolve("new")).exists();
    }

    @Test
    void deletesNoSnapshotThatIsInUse() {
        SnapshotStore store = store(SNAPSHOT_BYTES);

        try (SnapshotStore.Lease inUse = store.open("one", this::make)) {
            store.open("two", this::make).close();

            assertThat(inUse.snapshot().ram()).exists();
        }
    }

    @Test
    void noOtherHarnessDeletesASnapshotThatIsInUseHere() throws Exception {
        try (SnapshotStore.Lease inUse = store(1).open("one", this::make)) {
            Process other = OtherHarness.start(folder, 1, 1, "two");
            String said = new String(other.getInputStream().readAllBytes());

            assertThat(other.waitFor()).as(said).isZero();
            assertThat(inUse.snapshot().ram()).exists();
        }
    }

    @Test
    @Timeout(120)
    void harnessesThatDriveEachOthersSnapshotsOutOfATinyStoreAllGetTheirs() throws Exception {
        List<Process> harnesses = new ArrayList<>();
        for (String[] keys : new String[][] {{"a", "b", "c"}, {"c", "a", "d"}, {"d", "c", "b"}}) {
            harnesses.add(OtherHarness.start(folder, SNAPSHOT_BYTES + 500, 100, keys));
        }
        int makings = 0;
        for (Process harness : harnesses) {
            String said = new String(harness.getInputStream().readAllBytes());
            assertThat(harness.waitFor()).as(said).isZero();
            makings += Integer.parseInt(said.strip());
        }

        assertThat(makings).as("each driven out now and then").isGreaterThan(4);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.filter(Files::isDirectory)).hasSizeLessThanOrEqualTo(3).noneMatch(entry -> entry.toString().contains("draft"));
        }
    }

    @Test
    void whatAKilledHarnessWasMakingGoesAndWhatALivingOneMakesStays() throws IOException {
        Path ours = Files.createDirectories(folder.resolve("draft-one"));
        Path abandoned = Files.createDirectories(folder.resolve("draft-two"));
        Path beingMade = Files.createDirectories(folder.resolve("draft-three"));
        Files.writeString(abandoned.resolve("ram"), "half of it");
        try (SharedLock maker = SharedLock.exclusive(folder.resolve("three.lock"))) {
            assertThat(maker).isNotNull();
            store(Long.MAX_VALUE).open("one", this::make).close();
        }

        assertThat(ours).doesNotExist();
        assertThat(abandoned).doesNotExist();
        assertThat(beingMade).exists();
    }

    @Test
    void makesASnapshotOnceForTwoWhoWantItAtTheSameTime() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> opened = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                opened.add(threads.submit(() -> {
                    both.countDown();
                    both.await();
                    store(Long.MAX_VALUE).open("one", this::make).close();
                    return null;
                }));
            }
            for (Future<?> each : opened) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(made).hasValue(1);
    }

    @Test
    void saysWhatToDoWhereItsFolderCannotBe() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        assertThatThrownBy(() -> new SnapshotStore(file.resolve("store"), 1, notices::add).open("one", this::make))
                .isInstanceOf(EnvironmentFault.class).hasMessageContaining("XDG_CACHE_HOME").hasMessageContaining("--cold");
    }

    private SnapshotStore store(long limitBytes) {
        return new SnapshotStore(folder, limitBytes, notices::add);
    }

    private void make(Snapshot snapshot) {
        made.incrementAndGet();
        OtherHarness.fill(snapshot);
    }
}
