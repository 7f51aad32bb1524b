// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.MachineFault;
import dev.holdfast.machine.Qemu;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.PromiseTable;
import dev.holdfast.run.Verdict.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a cell that fails: another try, everybody's fault, or its own. */
class RetriesTest {

    private static final Cell CELL = Cells.ofPages(16);

    @TempDir
    private Path cells;

    @Test
    void aCellThatPassesOnlyInALaterTryIsNotToldWithoutItsFailures() {
        Tries tries = new Retrying(Batch.oneByOne(failingUntil(3)), 2, cells).apply(Batch.alone(CELL)).get(0);

        assertThat(tries.last().verdict().outcome()).isEqualTo(Outcome.PASS);
        assertThat(tries.earlier()).hasSize(2).allMatch(CellResult::failed);
        assertThat(tries.earlier()).extracting(CellResult::nonce).doesNotContain(tries.last().nonce()).doesNotHaveDuplicates();
        assertThat(tries.earlier()).extracting(CellResult::folder).containsExactly(folder(".try1"), folder(".try2"));
        assertThat(folder(".try1").resolve("log")).hasContent("try 1");
        assertThat(folder(".try2").resolve("log")).hasContent("try 2");
        assertThat(folder("").resolve("log")).hasContent("try 3");
    }

    @Test
    void aCellThatNeverPassesFailsAndAllItsTriesAreTold() {
        Tries tries = new Retrying(Batch.oneByOne(failingUntil(100)), 1, cells).apply(Batch.alone(CELL)).get(0);

        assertThat(tries.last().failed()).isTrue();
        assertThat(tries.earlier()).hasSize(1);
    }

    @Test
    void aCellThatPassesAtOnceIsTriedOnceAndAnEarlierRunsTriesAreForgotten() throws IOException {
        Files.createDirectories(folder(".try1"));
        Files.createDirectories(folder(".try2"));

        Tries tries = new Retrying(Batch.oneByOne(failingUntil(1)), 5, cells).apply(Batch.alone(CELL)).get(0);

        assertThat(tries.last().verdict().outcome()).isEqualTo(Outcome.PASS);
        assertThat(tries.earlier()).isEmpty();
        assertThat(folder(".try1")).doesNotExist();
        assertThat(folder(".try2")).doesNotExist();
    }

    @Test
    void aMachineThatCannotBeStartedIsThisCellsFailure() {
        CellResult result = contained(cell -> {
            throw new MachineFault("the snapshot cannot be restored: \u001B[31mboom");
        }).apply(Batch.alone(CELL)).get(0);

        assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.verdict().reason())
                .isEqualTo("the boot was not carried through: the snapshot cannot be restored: \\x1B[31mboom");
        assertThat(result.observed().end().proven()).isFalse();
    }

    @Test
    void aMistakeOfTheHarnessIsThisCellsFailure() {
        CellResult result = contained(cell -> {
            throw new IllegalStateException("never mind");
        }).apply(Batch.alone(CELL)).get(0);

        assertThat(result.verdict().reason()).isEqualTo("the boot was not carried through: the harness failed: "
                + "java.lang.IllegalStateException: never mind; fault.txt says where");
        assertThat(folder("").resolve("fault.txt")).content().contains("IllegalStateException: never mind").contains("\tat dev.holdfast");
    }

    @Test
    void aFaultOfTheEnvironmentIsEverybodys() {
        assertThatThrownBy(() -> contained(cell -> {
            throw new EnvironmentFault("the disk is full");
        }).apply(Batch.alone(CELL))).isInstanceOf(EnvironmentFault.class);
    }

    @Test
    void aQemuThatHasGoneIsNoCellsFailure() throws IOException {
        Path qemu = Files.createFile(cells.resolve("qemu"));
        assertThat(qemu.toFile().setExecutable(true)).isTrue();
        Contained contained = new Contained(batch -> {
            qemu.toFile().delete();
            return List.of(Cells.failed(batch.first()));
        }, new Premises(new Qemu(qemu)::glance, List.of(cells)), PromiseTable::of, cells, "fork");

        assertThatThrownBy(() -> contained.apply(Batch.alone(CELL))).isInstanceOf(EnvironmentFault.class)
                .hasMessageContaining("QEMU has gone from " + qemu).hasMessageContaining("--resume");
    }

    @Test
    void aFolderThatHasGoneIsNoCellsFailure() throws IOException {
        Path scratch = Files.createDirectory(cells.resolve("scratch"));
        Contained contained = new Contained(batch -> {
            scratch.toFile().delete();
            throw new MachineFault("no socket");
        }, new Premises(new Qemu(Path.of("/bin/sh"))::glance, List.of(scratch)), PromiseTable::of, cells, "fork");

        assertThatThrownBy(() -> contained.apply(Batch.alone(CELL))).isInstanceOf(EnvironmentFault.class)
                .hasMessageContaining("the folder " + scratch + " can no longer be");
    }

    private Contained contained(Function<Cell, CellResult> cellRunner) {
        return new Contained(Batch.oneByOne(cellRunner), new Premises(new Qemu(Path.of("/bin/sh"))::glance, List.of(cells)), PromiseTable::of, cells, "fork");
    }

    private Function<Cell, CellResult> failingUntil(int passing) {
        AtomicInteger tries = new AtomicInteger();
        return cell -> {
            int number = tries.incrementAndGet();
            try {
                Files.writeString(Files.createDirectories(folder("")).resolve("log"), "try " + number);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return number < passing ? Cells.failed(cell) : Cells.passed(cell);
        };
    }

    private Path folder(String suffix) {
        return cells.resolve(CellFolder.nameOf(CELL.id()) + suffix);
    }
}
