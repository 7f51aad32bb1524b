// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.ci;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The declarative pipeline, held against the structure that Jenkins documents ("Pipeline Syntax", jenkins.io/doc/book/pipeline/syntax). */
final class JenkinsExample implements Example {

    private static final Set<String> CONDITIONS = Set.of("always", "changed", "fixed", "regression", "aborted", "failure", "success",
            "unstable", "unsuccessful", "cleanup");
    private static final Set<String> STEPS = Set.of("sh", "stash", "unstash", "junit", "archiveArtifacts");
    private static final Set<String> WORK = Set.of("steps", "stages", "parallel", "matrix");

    /** What may stand in a section. */
    private static final Map<String, Set<String>> MAY_HAVE = Map.ofEntries(
            Map.entry("pipeline", Set.of("agent", "environment", "libraries", "options", "parameters", "post", "stages", "tools",
                    "triggers")),
            Map.entry("stages", Set.of("stage")),
            Map.entry("stage", Set.of("agent", "environment", "failFast", "input", "matrix", "options", "parallel", "post", "stages",
                    "steps", "tools", "when")),
            Map.entry("matrix", Set.of("agent", "axes", "environment", "excludes", "input", "options", "post", "stages", "tools", "when")),
            Map.entry("axes", Set.of("axis")),
            Map.entry("axis", Set.of("name", "values", "notValues")),
            Map.entry("agent", Set.of("label", "node", "docker", "dockerfile", "kubernetes")),
            Map.entry("options", Set.of("timeout", "timestamps", "retry", "buildDiscarder", "disableConcurrentBuilds",
                    "skipDefaultCheckout")),
            Map.entry("environment", Set.of()),
            Map.entry("post", CONDITIONS),
            Map.entry("steps", STEPS));

    /** What must stand in one. */
    private static final Map<String, Set<String>> MUST_HAVE = Map.of("pipeline", Set.of("agent", "stages"), "stages", Set.of("stage"),
            "matrix", Set.of("axes", "stages"), "axes", Set.of("axis"), "axis", Set.of("name"));

    private final Declaration pipeline;

    /** @throws IllegalArgumentException saying what stands where it may not */
    JenkinsExample(String text) {
        List<Declaration> file = Declaration.parse(text);
        if (file.size() != 1 || !file.get(0).name().equals("pipeline")) {
            throw new IllegalArgumentException("a declarative pipeline is one block called pipeline");
        }
        pipeline = file.get(0);
        check(pipeline, false);
    }

    /** @param hasAgent whether a section around it says where it runs */
    private static void check(Declaration section, boolean hasAgent) {
        boolean agent = hasAgent || section.has("agent") && !section.only("agent").arguments().contains("none");
        for (Declaration inner : section.inner()) {
            boolean allowed = CONDITIONS.contains(section.name()) ? STEPS.contains(inner.name())
                    : MAY_HAVE.getOrDefault(section.name(), Set.of()).contains(inner.name());
            if (!allowed) {
                throw new IllegalArgumentException(section.name() + " may not have " + inner.name());
            }
            check(inner, agent);
        }
        MUST_HAVE.getOrDefault(section.name(), Set.of()).forEach(section::only);
        if (section.name().equals("stage") && section.inner().stream().filter(inner -> WORK.contains(inner.name())).count() != 1) {
            throw new IllegalArgumentException("stage " + section.arguments() + " must have one of steps, stages, parallel, matrix");
        }
        if (section.name().equals("steps") && !agent) {
            throw new IllegalArgumentException("nothing says on which agent these steps run");
        }
    }

    private Declaration matrix() {
        return stage("Shards").only("matrix");
    }

    private Declaration stage(String name) {
        return pipeline.only("stages").all("stage").stream().filter(stage -> stage.arguments().contains(name)).findFirst().orElseThrow();
    }

    private List<String> indexes() {
        Declaration axis = matrix().only("axes").only("axis");
        if (!axis.only("name").arguments().equals(List.of("SHARD"))) {
            throw new IllegalArgumentException("the axis is not SHARD");
        }
        return axis.only("values").arguments();
    }

    @Override
    public List<Shell> shards(Path results) {
        Declaration steps = matrix().only("stages").only("stage").only("steps");
        return indexes().stream().map(index -> shell(steps.only("sh").arguments().get(0), Map.of("SHARD", index))).toList();
    }

    @Override
    public Shell merge(Path results) {
        List<String> lines = stage("Merge").only("steps").all("sh").stream().map(step -> step.arguments().get(0)).toList();
        return shell(lines.get(lines.size() - 1), Map.of());
    }

    @Override
    public List<String> carried() {
        Declaration stash = matrix().only("stages").only("stage").only("steps").only("stash");
        List<String> unstashed = stage("Merge").only("steps").all("unstash").stream().map(step -> step.arguments().get(0)).toList();
        List<String> stashed = new ArrayList<>();
        for (String index : indexes()) {
            String name = expanded(stash.named().get("name"), index);
            if (!expanded(stash.named().get("includes"), index).equals(name + "/**") || !unstashed.contains(name)) {
                throw new IllegalArgumentException("what " + name + " has is not stashed and unstashed");
            }
            stashed.add(name);
        }
        return stashed;
    }

    private static String expanded(String text, String index) {
        return text.replace("${SHARD}", index).replace("$SHARD", index);
    }

    /** As the sh step starts a script. */
    private Shell shell(String script, Map<String, String> axes) {
        Map<String, String> environment = new LinkedHashMap<>(pipeline.only("environment").named());
        environment.putAll(axes);
        return new Shell(List.of("sh", "-xe", "-c", script), environment);
    }
}
