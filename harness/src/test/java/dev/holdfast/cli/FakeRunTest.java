// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run of many cells in a process of its own, and what befalls it. Nothing is booted. */
@Timeout(90)
class FakeRunTest {

    @TempDir
    private Path folder;

    @Test
    void aRunCutWithSigkillIsCarriedOnAndNoCellThatHasAVerdictIsRepeated() throws Exception {
        Process cut = start(List.of(), "--cells", "40", "--jobs", "2", "--stall-after", "10");
        awaitDone(10);
        cut.destroyForcibly().waitFor();

        Ended resumed = end(start(List.of(), "--cells", "40", "--jobs", "2", "--resume"));

        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("40 cells: 40 as promised");
        assertThat(ids()).hasSize(40).doesNotHaveDuplicates();
        assertThat(Files.readAllLines(folder.resolve("out").resolve(FakeRun.RAN))).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void aRunThatIsDoneIsResumedWithNothingLeftToDo() throws Exception {
        end(start(List.of(), "--cells", "5"));

        Ended again = end(start(List.of(), "--cells", "5", "--resume"));

        assertThat(again.out()).contains("5 cells: 5 as promised");
        assertThat(Files.readAllLines(folder.resolve("out").resolve(FakeRun.RAN))).hasSize(5);
    }

    @Test
    void anotherRunsResultsAreNotCarriedOn() throws Exception {
        end(start(List.of(), "--cells", "5"));

        Ended otherCells = end(start(List.of(), "--cells", "6", "--resume"));
        Ended otherMedia = end(start(List.of(), "--cells", "5", "--engine", "something else", "--resume"));

        assertThat(otherCells.status()).isEqualTo(3);
        assertThat(otherCells.err()).contains("are another run's").contains("run without --resume");
        assertThat(otherMedia.status()).isEqualTo(3);
        assertThat(otherMedia.err()).contains("are another run's").contains("something else");
    }

    @Test
    void sigtermEndsARunWithinTwoSecondsAndKeepsWhatIsDone() throws Exception {
        assertInterrupted("TERM", 143);
    }

    @Test
    void ctrlCEndsARunWithinTwoSecondsAndKeepsWhatIsDone() throws Exception {
        assertInterrupted("INT", 130);
    }

    private void assertInterrupted(String signal, int status) throws Exception {
        // What starts the tests may ignore Ctrl-C, and a program inherits that.
        Process run = start(List.of("env", "--default-signal=" + signal), "--cells", "40", "--jobs", "2", "--stall-after", "10");
        awaitDone(10);
        long start = System.nanoTime();
        // The shell's own kill: a small system has no program of that name.
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + run.pid()).start().waitFor();

        Ended ended = end(run);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(ended.status()).isEqualTo(status);
        assertThat(ended.err().lines()).containsExactly(
                "holdfast: interrupted after 10 of 40 cells; the same command with --resume carries on");
        assertThat(ids()).hasSize(10);
    }

    @Test
    void aRunThatWasKilledIsReportedAgainFromItsJournal() throws Exception {
        Process cut = start(List.of(), "--cells", "40", "--jobs", "2", "--stall-after", "10", "--fail-every", "7");
        awaitDone(10);
        cut.destroyForcibly().waitFor();
        Path out = folder.resolve("out");
        Files.writeString(out.resolve("results.jsonl"), "{\"id\":\"cut in the mid", StandardOpenOption.APPEND);
        Files.deleteIfExists(out.resolve("results.json"));

        Cli report = Cli.run("report", out.toString());

        assertThat(report.status()).as(report.err()).isEqualTo(1);
        assertThat(report.out()).contains("10 cells: 9 as promised, 1 not, ").contains("again: ./holdfast replay contract/")
                .contains("30 cells missing, because the run was cut");
        assertThat(ids()).hasSize(10);
        assertThat(out.resolve("junit.xml")).content().contains("tests=\"10\"");
        assertThat(out.resolve("report.html")).content().contains("30 cells of 40 not run");
        assertThat(Cli.run("report", out.toString()).out()).isEqualTo(report.out());
        assertThat(end(start(List.of(), "--cells", "40", "--jobs", "2", "--resume", "--fail-every", "7")).out()).contains("40 cells: 35 as promised");
    }

    @Test
    void aRunThatEndedIsReportedAsItWasThen() throws Exception {
        Ended run = end(start(List.of("env", "COLUMNS=100"), "--cells", "9", "--jobs", "2", "--fail-every", "4"));
        Map<String, String> written = reports();

        Cli report = Cli.runWith(Map.of("COLUMNS", "100"), "report", folder.resolve("out").toString());

        assertThat(report.status()).isEqualTo(run.status()).isEqualTo(1);
        assertThat(table(report.out())).isEqualTo(table(run.out()));
        assertThat(reports()).isEqualTo(written);
    }

    private Map<String, String> reports() throws IOException {
        Map<String, String> reports = new TreeMap<>();
        for (String name : List.of("results.json", "junit.xml", "report.html")) {
            reports.put(name, Files.readString(folder.resolve("out").resolve(name)));
        }
        return reports;
    }

    private static String table(String out) {
        return out.substring(out.indexOf("\nguest "));
    }

    @Test
    void aFolderWithoutARunsResultsIsNotReported() throws IOException {
        Cli nowhere = Cli.run("report", folder.resolve("gone").toString());
        assertThat(nowhere.status()).isEqualTo(2);
        assertThat(nowhere.err()).contains("there are no results of a run in ").contains("--out");

        Path journal = folder.resolve("results.jsonl");
        Files.writeString(journal, "{\"run\":{\"id\":\"cut in the hea");
        Cli cut = Cli.run("report", folder.toString());
        assertThat(cut.status()).isEqualTo(3);
        assertThat(cut.err()).isEqualTo("holdfast: there is nothing to report in " + journal
                + ", which was cut before the end of its first line; run again\n");

        Files.writeString(journal, "banana\n");
        assertThat(Cli.run("report", folder.toString()).status()).isEqualTo(3);
        assertThat(Cli.run("report", folder.toString()).err()).contains("line 1 of " + journal + " is no result").hasLineCount(1);
    }

    @Test
    void aRunThatIsUnderWayIsNotReportedBesideItself() throws Exception {
        Process first = start(List.of(), "--cells", "40", "--jobs", "1", "--stall-after", "3");
        awaitDone(3);

        Cli report = Cli.run("report", folder.resolve("out").toString());
        first.destroyForcibly().waitFor();

        assertThat(report.status()).isEqualTo(3);
        assertThat(report.err()).contains("another run is writing to");
    }

    @Test
    void cellsThatWereNotAskedForAreNotGoneFromTheBaseline() throws Exception {
        end(start(List.of(), "--cells", "12"));
        String baseline = Files.copy(folder.resolve("out/results.json"), folder.resolve("baseline.json")).toString();

        Ended some = end(start(List.of(), "--cells", "12", "--filter", "*,1?p/*", "--baseline", baseline));
        Ended fewer = end(start(List.of(), "--cells", "11", "--filter", "*,1?p/*", "--baseline", baseline));
        Ended stopped = end(start(List.of(), "--cells", "12", "--jobs", "1", "--fail-every", "12", "--fail-fast", "--baseline", baseline));

        assertThat(some.out()).contains("3 cells: 3 as promised").contains(" 0 gone, 0 new");
        assertThat(fewer.out()).contains("2 cells: 2 as promised").contains(" 1 gone, 0 new").contains(",12p/");
        assertThat(stopped.out()).contains("11 cells not run").contains("1 newly failing").contains(" 0 gone, 0 new");
    }

    @Test
    void twoRunsIntoOneFolderAreRefused() throws Exception {
        Process first = start(List.of(), "--cells", "40", "--jobs", "1", "--stall-after", "3");
        awaitDone(3);

        Ended second = end(start(List.of(), "--cells", "40"));
        first.destroyForcibly().waitFor();

        assertThat(second.status()).isEqualTo(3);
        assertThat(second.err()).contains("another run is writing to");
        assertThat(Files.readAllLines(folder.resolve("out/results.jsonl"))).hasSize(4);
    }

    @Test
    void afterTheFirstFailureItSaysHowManyWereNotRun() throws Exception {
        Ended ended = end(start(List.of(), "--cells", "20", "--jobs", "1", "--fail-every", "15", "--fail-fast"));

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).contains("14 cells not run, because of --fail-fast; the same command with --resume carries on");
        assertThat(ids()).hasSize(6);
    }

    @Test
    void aCellThatComesThroughOnlyOnAFurtherTryIsSaidToBeFlaky() throws Exception {
        Ended ended = end(start(List.of(), "--cells", "4", "--flaky", "--retries", "1"));
        assertThat(ended.status()).isZero();
        assertThat(ended.out()).contains("4 of them flaky").contains("FLAKY: 4 cells came through only on a further try");

        Ended strict = end(start(List.of(), "--cells", "4", "--flaky", "--retries", "1", "--strict-flaky"));
        assertThat(strict.status()).isEqualTo(1);
    }

    @Test
    void aResultThatCannotBeWrittenEndsTheRunAndTheRestIsKept() throws Exception {
        end(start(List.of(), "--cells", "20"));
        // As many blocks of 512 bytes as the results of some 20 cells take, however long they are.
        long blocks = Files.size(folder.resolve("out/results.jsonl")) / 512 + 1;
        Ended full = end(start(List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$0\" \"$@\""), "--cells", "200"));

        assertThat(full.status()).isEqualTo(3);
        assertThat(full.err()).contains("broken off after ").contains("make room there or choose another folder with --out")
                .doesNotContain("\tat ");
        int kept = ids().size();
        assertThat(kept).isBetween(1, 199);

        Ended resumed = end(start(List.of(), "--cells", "200", "--resume"));
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(ids()).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void aFullDiskIsNoCellsFailure() throws Exception {
        String out = folder.resolve("out").toString();
        String mount = "mkdir '" + out + "' && mount -t tmpfs -o size=6m none '" + out + "' && { \"$0\" \"$@\"; s=$?; cat '" + out
                + "/results.json'; exit $s; }";
        assumeThat(new ProcessBuilder("unshare", "-Urm", "mount", "-t", "tmpfs", "none", folder.toString()).start().waitFor())
                .as("a user who may mount a small disk of his own").isZero();

        Ended full = end(start(List.of("unshare", "-Urm", "sh", "-c", mount), "--cells", "200", "--keep", "100000"));

        assertThat(full.status()).as(full.err()).isEqualTo(3);
        assertThat(full.err()).contains("the disk that holds ").contains(" is full (").contains("carry on with --resume");
        JsonNode results = new ObjectMapper().readTree(full.out().substring(full.out().indexOf("{\"schema\"")));
        assertThat(results.path("cells").size()).isBetween(5, 40);
        assertThat(results.path("summary").path("fail").asInt()).isZero();
    }

    @Test
    void tenThousandCellsFitIntoASmallHeap() throws Exception {
        Ended ended = end(start(List.of(), List.of("-Xmx64m", "-XX:+UseSerialGC"), "--cells", "10000"));

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("10000 cells: 10000 as promised");
        assertThat(ids()).hasSize(10_000);
    }

    private void awaitDone(int cells) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            Path journal = folder.resolve("out/results.jsonl");
            return Files.exists(journal) && Files.readAllLines(journal).size() == cells + 1;
        });
    }

    private List<String> ids() throws IOException {
        List<String> ids = new ArrayList<>();
        new ObjectMapper().readTree(folder.resolve("out/results.json").toFile()).path("cells")
                .forEach(cell -> ids.add(cell.path("id").asText()));
        return ids;
    }

    private record Ended(int status, String out, String err) {
    }

    private Process start(List<String> wrapper, String... arguments) throws IOException {
        return start(wrapper, List.of(), arguments);
    }

    private Process start(List<String> wrapper, List<String> jvm, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(wrapper);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvm);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), FakeRun.class.getName(),
                "--out", folder.resolve("out").toString()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line).redirectOutput(folder.resolve("stdout").toFile()).redirectError(folder.resolve("stderr").toFile())
                .start();
    }

    private Ended end(Process process) throws IOException, InterruptedException {
        int status = process.waitFor();
        return new Ended(status, Files.readString(folder.resolve("stdout")), Files.readString(folder.resolve("stderr")));
    }
}
