// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.ci;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The workflow, with its matrix and its expressions expanded as GitHub Actions does. */
final class GitHubExample implements Example {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");

    private final Map<?, ?> workflow;

    GitHubExample(String text) {
        workflow = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    @Override
    public List<Shell> shards(Path results) {
        return contexts().stream().map(context -> shell("shard", context)).toList();
    }

    @Override
    public Shell merge(Path results) {
        return shell("merge", Map.of());
    }

    /** Artifacts are downloaded into a folder of the artifact's name, with what was in the folder that was uploaded. */
    @Override
    public List<String> carried() {
        List<String> carried = new ArrayList<>();
        for (Map<String, String> context : contexts()) {
            Map<?, ?> upload = (Map<?, ?>) step("shard", "uses", "actions/upload-artifact@v4").get("with");
            String name = expanded(upload.get("name").toString(), context);
            if (!name.equals(expanded(upload.get("path").toString(), context))) {
                throw new IllegalArgumentException("the artifact " + name + " is not named like its folder");
            }
            carried.add(name);
        }
        Object pattern = ((Map<?, ?>) step("merge", "uses", "actions/download-artifact@v4").get("with")).get("pattern");
        if (!pattern.equals("shard-*")) {
            throw new IllegalArgumentException("the merge does not download the shards, but " + pattern);
        }
        return carried;
    }

    private List<Map<String, String>> contexts() {
        Map<?, ?> strategy = (Map<?, ?>) job("shard").get("strategy");
        List<?> shards = (List<?>) ((Map<?, ?>) strategy.get("matrix")).get("shard");
        return shards.stream().map(shard -> Map.of("matrix.shard", "" + shard, "strategy.job-total", "" + shards.size())).toList();
    }

    private Map<?, ?> job(String name) {
        return (Map<?, ?>) ((Map<?, ?>) workflow.get("jobs")).get(name);
    }

    private Map<?, ?> step(String job, String key, String value) {
        return ((List<?>) job(job).get("steps")).stream().map(step -> (Map<?, ?>) step)
                .filter(step -> value.isEmpty() ? step.containsKey(key) : value.equals(step.get(key))).findFirst().orElseThrow();
    }

    /** Without "shell", a container's steps are run by sh -e (workflow syntax, jobs.job_id.steps[*].shell). */
    private Shell shell(String job, Map<String, String> context) {
        Map<String, String> environment = new LinkedHashMap<>();
        ((Map<?, ?>) workflow.get("env")).forEach((name, value) -> environment.put(name.toString(), expanded(value.toString(), context)));
        return new Shell(List.of("sh", "-e", "-c", expanded(step(job, "run", "").get("run").toString(), context)), environment);
    }

    private static String expanded(String text, Map<String, String> context) {
        return EXPRESSION.matcher(text).replaceAll(found -> {
            if (!context.containsKey(found.group(1))) {
                throw new IllegalArgumentException("nothing is known of " + found.group(1));
            }
            return Matcher.quoteReplacement(context.get(found.group(1)));
        });
    }
}
