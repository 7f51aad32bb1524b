// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.cli.Holdfast;
import dev.holdfast.report.Asked;
import dev.holdfast.report.History;
import dev.holdfast.report.RunInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forum thread, booted by the shipped examples: their commands, in as many processes as their engines start, and then the merge's. */
@Tag("boot")
@Timeout(240)
class ShardsBootTest {

    private static final String SCENARIO = "osr-thread";

    @TempDir
    private static Path whole;
    private static Map<String, String> verdicts;

    @TempDir
    private Path folder;

    @BeforeAll
    static void bootAllCellsInOneRun() throws Exception {
        Path worker = worker(whole);
        Shell run = new Shell(List.of("./holdfast", "run", SCENARIO, "--out", "out"), Map.of());
        assertThat(start(run, worker, whole.resolve("data")).waitFor()).as(said(worker)).isZero();
        verdicts = verdicts(worker.resolve("out"));
        assertThat(verdicts).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes-job.yaml", "github-actions.yml", "Jenkinsfile"})
    void whatAnEngineBootsInShardsAndMergesIsWhatOneRunBoots(String name) throws Exception {
        Example example = example(name);
        Path volume = Files.createDirectories(folder.resolve("volume"));
        Map<Path, Process> shards = new LinkedHashMap<>();
        for (Shell shard : example.shards(volume)) {
            Path worker = worker(folder.resolve("worker" + shards.size()));
            shards.put(worker, start(shard, worker, worker.resolve("data")));
        }
        for (Map.Entry<Path, Process> shard : shards.entrySet()) {
            assertThat(shard.getValue().waitFor()).as(said(shard.getKey())).isZero();
        }

        Path merger = worker(folder.resolve("merger"));
        carry(example.carried(), List.copyOf(shards.keySet()), merger);
        Process merge = start(example.merge(volume), merger, merger.resolve("data"));

        assertThat(merge.waitFor()).as(said(merger)).isZero();
        assertThat(said(merger)).contains("merged from 4 of 4 shards").contains("8 cells: 5 as promised, 0 not, 3 observed");
        Path merged = example.carried().isEmpty() ? volume.resolve("merged") : merger.resolve("merged");
        assertThat(verdicts(merged)).isEqualTo(verdicts);
        assertKept(merged);
        History history = new History(merger.resolve("data/holdfast/history.db"));
        assertThat(history.view("*", 10).runs()).singleElement().satisfies(run -> assertThat(run.cells()).isEqualTo(8));

        assertRefusedWithoutOne(merged.resolveSibling("incomplete"), merged.getParent(), merger);
        assertMergedOnceOnly(merged.getParent(), merger);
        assertNotRecordedBesideItsShards(merged.getParent(), merger);
    }

    private static Example example(String name) {
        String text = Example.text(name);
        return switch (name) {
            case "kubernetes-job.yaml" -> new KubernetesExample(text);
            case "github-actions.yml" -> new GitHubExample(text);
            default -> new JenkinsExample(text);
        };
    }

    /** What the engine brings from each worker's folder to the merge's. */
    private static void carry(List<String> names, List<Path> workers, Path merger) throws IOException {
        for (int i = 0; i < names.size(); i++) {
            Files.move(workers.get(i).resolve(names.get(i)), merger.resolve(names.get(i)));
        }
    }

    private static void assertRefusedWithoutOne(Path out, Path shards, Path merger) throws Exception {
        List<String> words = new ArrayList<>(List.of("./holdfast", "merge", "--out", out.toString()));
        words.addAll(shards(shards).subList(1, 4));
        assertThat(start(new Shell(words, Map.of()), merger, merger.resolve("data")).waitFor()).isEqualTo(2);
        assertThat(said(merger)).contains("the run is not whole: shard 1/4 is in none of these folders");
        assertThat(out).doesNotExist();
    }

    /** The same shards are the same run, however often they are merged. */
    private static void assertMergedOnceOnly(Path shards, Path merger) throws Exception {
        List<String> words = new ArrayList<>(List.of("./holdfast", "merge", "--out", "again"));
        words.addAll(shards(shards));
        assertThat(start(new Shell(words, Map.of()), merger, merger.resolve("data")).waitFor()).as(said(merger)).isZero();
        assertThat(new History(merger.resolve("data/holdfast/history.db")).view("*", 10).runs()).hasSize(1);
    }

    /** Where every shard ran on this machine, its history has all of it already. */
    private static void assertNotRecordedBesideItsShards(Path shards, Path merger) throws Exception {
        History history = new History(merger.resolve("same-machine/holdfast/history.db"));
        List<String> words = new ArrayList<>(List.of("./holdfast", "merge", "--out", "again"));
        for (String shard : shards(shards)) {
            String id = new ObjectMapper().readTree(Path.of(shard, "results.json").toFile()).path("run").path("id").asText();
            RunInfo run = new RunInfo(id, Instant.EPOCH, "host", "7.2", "OVMF", "tcg", "local", "0.1.0", "");
            assertThat(history.record(run, new Asked(SCENARIO, "", "", 2, ""), List.of())).isEmpty();
            words.add(shard);
        }
        assertThat(start(new Shell(words, Map.of()), merger, merger.resolve("same-machine")).waitFor()).as(said(merger)).isZero();
        assertThat(history.view("*", 10).runs()).as("runs with cells").isEmpty();
    }

    private static List<String> shards(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(Path::toString).filter(name -> name.matches(".*/shard-\\d")).sorted().toList();
        }
    }

    /** Every link of the report leads to what was kept of the cell, and every script finds what it boots. */
    private static void assertKept(Path merged) throws IOException {
        for (JsonNode cell : results(merged)) {
            Path kept = merged.resolve(cell.path("folder").asText());
            assertThat(kept.resolve("frames.txt")).content().contains(cell.path("nonce").asText());
            assertThat(kept.resolve("plan.txt")).isNotEmptyFile();
            String script = Files.readString(kept.resolve("qemu.sh"));
            assertThat(script).contains("../../disk-");
            String disk = script.replaceFirst("(?s).*?\\.\\./\\.\\./(disk-[0-9A-F]+\\.img).*", "$1");
            assertThat(merged.resolve(disk)).isNotEmptyFile();
        }
    }

    private static Map<String, String> verdicts(Path out) throws IOException {
        Map<String, String> verdicts = new HashMap<>();
        for (JsonNode cell : results(out)) {
            verdicts.put(cell.path("place").asInt() + " " + cell.path("id").asText(),
                    cell.path("verdict").asText() + ": " + cell.path("reason").asText());
        }
        return verdicts;
    }

    private static JsonNode results(Path out) throws IOException {
        return new ObjectMapper().readTree(out.resolve("results.json").toFile()).path("cells");
    }

    /** A folder in which ./holdfast is this program. */
    private static Path worker(Path worker) throws IOException {
        Path script = Files.writeString(Files.createDirectories(worker).resolve("holdfast"), """
                #!/bin/sh
                exec '%s' -XX:TieredStopAtLevel=1 -Dholdfast.home='%s' -cp '%s' %s "$@"
                """.formatted(Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("holdfast.home"),
                System.getProperty("java.class.path"), Holdfast.class.getName()));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return worker;
    }

    /** @param data where this machine keeps its history */
    private static Process start(Shell shell, Path worker, Path data) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(shell.words()).directory(worker.toFile()).redirectErrorStream(true)
                .redirectOutput(worker.resolve("said").toFile());
        builder.environment().putAll(shell.environment());
        builder.environment().put("XDG_DATA_HOME", data.toString());
        // The one parameter that every example has.
        builder.environment().computeIfPresent("SCENARIO", (name, value) -> SCENARIO);
        Process process = builder.start();
        process.onExit().orTimeout(120, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
        return process;
    }

    private static String said(Path worker) throws IOException {
        return Files.readString(worker.resolve("said"));
    }
}
