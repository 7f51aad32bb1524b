// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.ci;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The indexed Job, read into Kubernetes's own types: a field that they do not have, or of another type, is a mistake. */
final class KubernetesExample implements Example {

    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$|\\(([^)]*)\\))");

    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                /** The types would put up with any field by keeping it aside. */
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    private final List<HasMetadata> objects = new ArrayList<>();

    /** @throws IllegalArgumentException naming what Kubernetes does not know */
    KubernetesExample(String text) {
        Iterable<Object> documents = new Load(LoadSettings.builder().build()).loadAllFromString(text);
        StreamSupport.stream(documents.spliterator(), false).map(document -> (Map<?, ?>) document).forEach(this::add);
    }

    private void add(Map<?, ?> document) {
        String kind = document.get("apiVersion") + " " + document.get("kind");
        objects.add(switch (kind) {
            case "v1 PersistentVolumeClaim" -> STRICT.convertValue(document, PersistentVolumeClaim.class);
            case "batch/v1 Job" -> STRICT.convertValue(document, Job.class);
            default -> throw new IllegalArgumentException("nobody expects a " + kind + " here");
        });
    }

    List<PersistentVolumeClaim> claims() {
        return objects.stream().filter(PersistentVolumeClaim.class::isInstance).map(PersistentVolumeClaim.class::cast).toList();
    }

    List<Job> jobs() {
        return objects.stream().filter(Job.class::isInstance).map(Job.class::cast).toList();
    }

    static Container container(Job job) {
        return job.getSpec().getTemplate().getSpec().getContainers().get(0);
    }

    @Override
    public List<Shell> shards(Path results) {
        Job job = jobs().get(0);
        return IntStream.range(0, job.getSpec().getCompletions())
                .mapToObj(index -> shell(container(job), results, Map.of("JOB_COMPLETION_INDEX", "" + index))).toList();
    }

    @Override
    public Shell merge(Path results) {
        return shell(container(jobs().get(1)), results, Map.of());
    }

    @Override
    public List<String> carried() {
        return List.of();
    }

    private static Shell shell(Container container, Path results, Map<String, String> set) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), variable.getValue());
        }
        environment.putAll(set);
        // The volume is mounted where the test wants it.
        environment.replace("RESULTS", results.toString());
        return new Shell(container.getCommand().stream().map(word -> expanded(word, environment)).toList(), environment);
    }

    /** As the kubelet expands a command: $(NAME) where the name is known, $$ to $ (Container v1 core, "command"). */
    private static String expanded(String word, Map<String, String> environment) {
        return REFERENCE.matcher(word).replaceAll(found -> Matcher.quoteReplacement(found.group(1).equals("$") ? "$"
                : environment.getOrDefault(found.group(2), found.group())));
    }
}
