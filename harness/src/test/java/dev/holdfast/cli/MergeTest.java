// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Shards of a run in which everything is real but the boots, joined, and everything that can be wrong with them. */
class MergeTest {

    @TempDir
    private Path folder;

    @Test
    void theShardsOfARunAreWhatTheRunWouldHaveBeen() throws IOException {
        fake("whole", "--cells", "20", "--fail-every", "7");
        shards(20, 3, "--fail-every", "7");

        Cli merged = merge();

        assertThat(merged.status()).as(merged.err()).isEqualTo(1);
        assertThat(merged.out()).startsWith("fake: merged from 3 of 3 shards\n").contains("20 cells: 18 as promised, 2 not")
                .doesNotContain("did not all boot the same");
        assertThat(verdicts("out")).hasSize(20).isEqualTo(verdicts("whole"));
        assertThat(results("out").path("summary").path("asked").asInt()).isEqualTo(20);
        assertThat(folder.resolve("out/junit.xml")).content().contains("tests=\"20\"");
        assertThat(folder.resolve("out/report.html")).content().contains("fake: 20 cells");
        assertThat(Cli.run("report", folder.resolve("out").toString()).out()).contains("20 cells: 18 as promised, 2 not");
    }

    @Test
    void aShardsResultsSayWhichItIsAndOfWhat() throws IOException {
        shards(20, 3);

        JsonNode shard = results("s2").path("shard");
        assertThat(shard.path("index").asInt()).isEqualTo(2);
        assertThat(shard.path("count").asInt()).isEqualTo(3);
        assertThat(shard.path("cells").asInt()).isEqualTo(20);
        assertThat(shard.path("ids").asText()).matches("[0-9a-f]{12}").isEqualTo(results("s1").path("shard").path("ids").asText());
        assertThat(results("s2").path("cells")).hasSize(7);
        merge();
        assertThat(results("out").path("shard").isNull()).isTrue();
    }

    @Test
    void aMissingShardIsRefusedOrSaid() throws IOException {
        shards(20, 3);

        Cli refused = merge("s1", "s3");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("the run is not whole: shard 2/3 is in none of these folders; ").contains("--partial");
        assertThat(folder.resolve("out")).doesNotExist();

        Cli partial = merge("s1", "s3", "--partial");
        assertThat(partial.status()).isEqualTo(1);
        assertThat(partial.out()).contains("merged from 2 of 3 shards").contains("13 cells: 13 as promised, 0 not")
                .contains("7 cells missing: shard 2/3 is in none of these folders");
        assertThat(folder.resolve("out/report.html")).content().contains("7 cells of 20 not run");
    }

    @Test
    void aShardThatIsThereTwiceIsRefused() throws IOException {
        shards(20, 3);

        for (List<String> twice : List.of(List.of("s1", "s2", "s2", "s3"), List.of("s1", "s2", "s2", "--partial"))) {
            Cli refused = merge(twice.toArray(String[]::new));
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.err()).contains("shard 2/3 is there twice, in " + folder.resolve("s2") + " and in " + folder.resolve("s2"));
        }
    }

    @Test
    void shardsOfAnotherRunAreRefused() throws IOException {
        shards(20, 3);
        fake("more-cells", "--cells", "21", "--shard", "2/3");
        fake("other-count", "--cells", "20", "--shard", "2/4");
        fake("other-choice", "--cells", "20", "--shard", "2/3", "--filter", "*1*");
        fake("whole", "--cells", "20");

        assertThat(merge("s1", "more-cells", "s3").err()).contains("are shards of different matrices");
        assertThat(merge("s1", "other-count", "s3").err()).contains("are of different numbers of shards: 3, and 4");
        assertThat(merge("s1", "other-choice", "s3").err()).contains("are shards of different runs: fake, and fake --filter *1*");
        assertThat(merge("s1", "whole", "s3").err()).contains("holds a run of fake that is no shard");
        assertThat(merge("s1", "nowhere", "s3").err()).contains("there is no results.jsonl of a run in ");
        assertThat(Stream.of("more-cells", "other-count", "other-choice", "whole", "nowhere"))
                .allSatisfy(other -> assertThat(merge("s1", other, "--partial").status()).isEqualTo(2));
    }

    @Test
    void shardsOfAnotherVersionOrBrokenOnPurposeAreRefused() throws IOException {
        shards(20, 3);

        edit("s2", 0, "\"holdfast\":\"0\"", "\"holdfast\":\"9\"");
        assertThat(merge().err()).contains("are of different versions of holdfast: 0, and 9");
        edit("s2", 0, "\"holdfast\":\"9\"", "\"holdfast\":\"0\"");
        edit("s2", 0, "./holdfast replay", "./holdfast replay --sabotage flip-byte");
        assertThat(merge().err()).contains("are to be repeated differently").contains("--sabotage flip-byte");
        assertThat(merge().status()).isEqualTo(2);
    }

    @Test
    void aShardThatWasCutIsRefusedOrSaid() throws IOException {
        shards(20, 3);
        Path journal = folder.resolve("s2/results.jsonl");
        byte[] whole = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(whole, whole.length - 5));

        Cli refused = merge();
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.err()).contains("shard 2/3 in " + folder.resolve("s2") + " was cut, with 6 of its 7 cells").hasLineCount(1);

        Cli partial = merge("s1", "s2", "s3", "--partial");
        assertThat(partial.status()).isEqualTo(1);
        assertThat(partial.out()).contains("1 cell missing: shard 2/3 in ").contains("19 cells: 19 as promised");

        fake("s2", "--cells", "20", "--shard", "2/3", "--resume");
        assertThat(Files.readAllLines(folder.resolve("s2").resolve(FakeRun.RAN))).as("booted before and after").hasSize(8);
        assertThat(merge().status()).isZero();
    }

    @Test
    void aCellThatIsThereTwiceIsRefused() throws IOException {
        shards(20, 3);
        List<String> first = lines("s1");
        List<String> second = lines("s2");

        write("s1", Stream.concat(first.stream().limit(first.size() - 1), Stream.of(first.get(1))).toList());
        assertRefused("stands twice in " + folder.resolve("s1/results.jsonl"));

        write("s1", first);
        write("s2", Stream.concat(second.stream().limit(second.size() - 1), Stream.of(first.get(1))).toList());
        assertRefused("is there twice, in " + folder.resolve("s1") + " and in " + folder.resolve("s2"));

        write("s2", Stream.concat(second.stream(), Stream.of(first.get(1))).toList());
        assertRefused("is none of the 7 cells of shard 2/3");
    }

    @Test
    void cellsThatAreNotThoseThatWereSplitAreRefused() throws IOException {
        shards(20, 3);
        List<String> second = lines("s2");
        String id = new ObjectMapper().readTree(second.get(1)).path("id").asText();

        edit("s2", 1, id, id + "x");
        assertRefused("these are not the 20 cells of fake: the digest of the cells");

        write("s2", second);
        edit("s2", 1, "\"place\":", "\"place\":9999");
        assertRefused("is none of the 7 cells of shard 2/3");

        int other = new ObjectMapper().readTree(second.get(2)).path("place").asInt();
        write("s2", second);
        edit("s2", 1, "\"place\":" + new ObjectMapper().readTree(second.get(1)).path("place").asInt() + ",", "\"place\":" + other + ",");
        assertRefused("say that they stand at the same place");
    }

    private void assertRefused(String words) {
        for (String[] arguments : List.of(new String[] {"s1", "s2", "s3"}, new String[] {"s1", "s2", "s3", "--partial"})) {
            Cli refused = merge(arguments);
            assertThat(refused.status()).as(refused.out()).isEqualTo(3);
            assertThat(refused.err()).contains(words).contains("again, without --resume").hasLineCount(1);
        }
    }

    @Test
    void damagedResultsAreSaidInOneSentence() throws IOException {
        shards(20, 3);

        for (String header : List.of("banana", "{\"schema\":\"holdfast/journal/99\"}",
                lines("s2").get(0).replace("\"index\":2", "\"index\":7"))) {
            List<String> lines = new ArrayList<>(lines("s2"));
            lines.set(0, header);
            write("s2", lines);
            Cli refused = merge();
            assertThat(refused.status()).isEqualTo(3);
            assertThat(refused.err()).contains("results.jsonl").hasLineCount(1);
        }
    }

    @Test
    void aCutShardIsCarriedOnAndAnotherShardsResultsAreNot() {
        fake("s1", "--cells", "20", "--shard", "1/3");

        Cli other = fake("s1", "--cells", "20", "--shard", "2/3", "--resume");

        assertThat(other.status()).isEqualTo(3);
        assertThat(other.err()).contains("are another run's").contains("fake --shard 1/3 with 6 cells, now fake --shard 2/3 with 7 cells");
    }

    @Test
    void whatTheShardsBootedMayDifferAndIsSaid() throws IOException {
        shards(20, 3);
        fake("s2", "--cells", "20", "--shard", "2/3", "--engine", "something else");

        Cli merged = merge();

        assertThat(merged.status()).isZero();
        assertThat(merged.out()).contains("the shards did not all boot the same:\n  1/3, 3/3: nothing\n  2/3: something else\n");
    }

    @Test
    void onlyTheWholeRunSaysWhichCellsOfTheBaselineAreGone() throws IOException {
        fake("more", "--cells", "21", "--fail-every", "20");
        String baseline = folder.resolve("more/results.json").toString();
        for (String shard : List.of("1/3", "2/3", "3/3")) {
            Cli run = fake("s" + shard.charAt(0), "--cells", "20", "--shard", shard, "--fail-every", "10", "--baseline", baseline);
            assertThat(run.out()).contains(" 0 gone, 0 new");
        }

        Cli merged = merge("s1", "s2", "s3", "--baseline", baseline);
        assertThat(merged.status()).isEqualTo(1);
        assertThat(merged.out()).contains("against the baseline: 1 newly failing, 0 newly passing, 0 changed, 1 gone, 0 new");

        Files.copy(folder.resolve("out/results.json"), folder.resolve("before.json"));
        Cli same = merge("s1", "s2", "s3", "--baseline", folder.resolve("before.json").toString());
        assertThat(same.status()).isZero();
        Cli partial = merge("s1", "s2", "--partial", "--baseline", baseline);
        assertThat(partial.out()).contains(" 0 gone, 0 new");
        assertThat(partial.status()).isEqualTo(1);
    }

    @Test
    void flakyCellsStayFlaky() throws IOException {
        shards(6, 2, "--flaky", "--retries", "1");

        assertThat(merge("s1", "s2").status()).isZero();
        Cli strict = merge("s1", "s2", "--strict-flaky");
        assertThat(strict.status()).isEqualTo(1);
        assertThat(strict.out()).contains("6 of them flaky");
    }

    @Test
    void moreShardsThanCellsAreMergedAllTheSame() throws IOException {
        shards(2, 3);

        assertThat(merge().out()).contains("2 cells: 2 as promised");
        assertThat(verdicts("out")).hasSize(2);
    }

    @Test
    void whatWasKeptOfACellComesAlongAndNothingElse() throws IOException {
        shards(2, 2);
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Map<String, Path> kept = new TreeMap<>();
        for (String shard : List.of("s1", "s2")) {
            String name = results(shard).path("cells").path(0).path("folder").asText();
            Path cell = Files.createDirectories(folder.resolve(shard).resolve(name));
            Files.writeString(cell.resolve("frames.txt"), "frames of " + shard);
            Files.createSymbolicLink(cell.resolve("link"), secret);
            Files.createDirectories(folder.resolve(shard).resolve("cells/an-earlier-runs"));
            kept.put(shard, cell);
        }
        Path target = folder.resolve("out").resolve(folder.resolve("s1").relativize(kept.get("s1")));
        Files.writeString(Files.createDirectories(target).resolve("block.bin"), "an earlier merge's");

        Cli merged = merge("s1", "s2");

        assertThat(merged.out()).doesNotContain("not beside them");
        assertThat(target).isDirectoryContaining("glob:**/frames.txt").isDirectoryNotContaining("glob:**/{link,block.bin}");
        assertThat(target.resolve("frames.txt")).hasContent("frames of s1");
        try (Stream<Path> cells = Files.list(folder.resolve("out/cells"))) {
            assertThat(cells).hasSize(2);
        }
        Files.delete(kept.get("s2").resolve("frames.txt"));
        Files.delete(kept.get("s2").resolve("link"));
        Files.delete(kept.get("s2"));
        assertThat(merge("s1", "s2").out()).contains("folders that results name and that were not beside them: 1;");
    }

    @Test
    void theWholeRunDoesNotGoWhereAShardIs() throws IOException {
        shards(6, 2);
        Cli refused = merge("s1", "s2", "--out", folder.resolve("s2/../s1").toString());

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("which is a shard's folder; choose another with --out");
        assertThat(Cli.run("merge").status()).isEqualTo(2);
    }

    @Test
    void aShardThatThereIsNotIsRefused() {
        Cli run = Cli.run("run", "--shard", "0/3", "--out", folder.resolve("x").toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("a shard is K/N with K from 1 to N and N at most 1000, not '0/3'; add 1 to an index that counts from 0");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    private void shards(int cells, int count, String... arguments) {
        for (int index = 1; index <= count; index++) {
            fake("s" + index, Stream.concat(Stream.of("--cells", "" + cells, "--shard", index + "/" + count), Stream.of(arguments))
                    .toArray(String[]::new));
        }
    }

    private Cli fake(String out, String... arguments) {
        StringWriter said = new StringWriter();
        StringWriter err = new StringWriter();
        String target = folder.resolve(out).toString();
        int status = new CommandLine(new FakeRun()).setOut(new PrintWriter(said)).setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(failure.getMessage());
                    return ExitStatus.ENVIRONMENT;
                })
                .execute(Stream.concat(Stream.of("--jobs", "1", "--out", target), Stream.of(arguments)).toArray(String[]::new));
        return new Cli(status, said.toString(), err.toString());
    }

    private Cli merge() {
        return merge("s1", "s2", "s3");
    }

    private Cli merge(String... arguments) {
        List<String> words = new ArrayList<>(List.of("merge"));
        Stream.of(arguments).map(word -> word.startsWith("-") ? word : folder.resolve(word).toString()).forEach(words::add);
        if (!words.contains("--out")) {
            words.addAll(List.of("--out", folder.resolve("out").toString()));
        }
        return Cli.run(words.toArray(String[]::new));
    }

    private List<String> lines(String shard) throws IOException {
        return Files.readAllLines(folder.resolve(shard).resolve("results.jsonl"));
    }

    private void write(String shard, List<String> lines) throws IOException {
        Files.writeString(folder.resolve(shard).resolve("results.jsonl"), String.join("\n", lines) + "\n");
    }

    private void edit(String shard, int line, String was, String is) throws IOException {
        List<String> lines = new ArrayList<>(lines(shard));
        assertThat(lines.get(line)).contains(was);
        lines.set(line, lines.get(line).replace(was, is));
        write(shard, lines);
    }

    private JsonNode results(String out) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(out).resolve("results.json").toFile());
    }

    private Map<String, String> verdicts(String out) throws IOException {
        Map<String, String> verdicts = new LinkedHashMap<>();
        results(out).path("cells").forEach(cell -> verdicts.put(cell.path("id").asText(), cell.path("verdict").asText()));
        return verdicts;
    }
}
