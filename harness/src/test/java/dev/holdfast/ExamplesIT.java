// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The examples as a user has them: a project somewhere else, with the libraries that were installed in a repository. */
@Tag("boot")
@Timeout(300)
class ExamplesIT {

    private static final Path HOME = Path.of(System.getProperty("holdfast.home")).toAbsolutePath().normalize();
    private static final String INSTALL = "org.apache.maven.plugins:maven-install-plugin:3.1.4:install-file";

    @TempDir
    private static Path folder;
    private static Path repository;

    /** Into a repository that has nothing else; what others published comes from the one of this build. */
    @BeforeAll
    static void install() throws Exception {
        repository = folder.resolve("repository");
        Path target = HOME.resolve("harness/target");
        maven(folder, INSTALL, "-Dfile=" + HOME.resolve("pom.xml"), "-DpomFile=" + HOME.resolve("pom.xml"), "-Dpackaging=pom");
        maven(folder, INSTALL, "-Dfile=" + target.resolve("holdfast.jar"), "-DpomFile=" + HOME.resolve("harness/pom.xml"));
        maven(folder, INSTALL, "-Dfile=" + target.resolve("holdfast-guests.jar"), "-DpomFile=" + HOME.resolve("harness/pom.xml"),
                "-Dclassifier=guests");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.14.4", "6.1.3"})
    void theExamplesRunInAProjectOfTheirOwn(String junit) throws Exception {
        Path project = copy(HOME.resolve("harness/examples"), folder.resolve("project-" + junit));
        maven(project, "test", "-Djunit.version=" + junit, "-Dskipped=", "-Dmaven.test.failure.ignore=true");
        Map<String, String> failures = failures(project.resolve("target/surefire-reports"));

        assertThat(failures).hasSize(19);
        assertThat(failures.entrySet().stream().filter(test -> !test.getValue().isEmpty()).map(Map.Entry::getKey))
                .as(failures.toString()).containsExactly("example.BugCheckTest.whatAFailureLooksLike");
        assertThat(failures.get("example.BugCheckTest.whatAFailureLooksLike")).contains("expected that Driver Verifier stayed quiet, but the "
                + "system stopped with bug check 0xC4 (0x83, 0x100000, 0x10000, 0x100)").containsPattern("\\n  kept in: target/holdfast/example\\."
                + "BugCheckTest\\.whatAFailureLooksLike/\\S+\\n  again: sh target/holdfast/\\S+/qemu\\.sh");
        assertThat(attached(project)).contains("frames.txt", "console.log", "qemu.sh");
    }

    private static void maven(Path project, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("mvnw").toString(), "-B", "-ntp", "-q",
                "-Dmaven.repo.local=" + repository, "-Dmaven.repo.local.tail=" + System.getProperty("holdfast.repository")));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(folder, "maven", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // A user has no checkout.
        builder.environment().remove("HOLDFAST_HOME");
        Process process = builder.start();
        boolean ended = process.waitFor(240, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0).as(String.join(" ", command) + "\n" + Files.readString(log)).isTrue();
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(file -> !file.startsWith(from.resolve("target"))).toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }

    /** Each test that ran to what it failed with; empty for those that did not. */
    private static Map<String, String> failures(Path reports) throws Exception {
        Map<String, String> failures = new TreeMap<>();
        for (Path report : list(reports).filter(file -> file.getFileName().toString().endsWith(".xml")).toList()) {
            NodeList tests = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(report.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < tests.getLength(); i++) {
                Element test = (Element) tests.item(i);
                failures.put(test.getAttribute("classname") + "." + test.getAttribute("name").replaceFirst("\\(.*\\)", ""), failure(test));
            }
        }
        return failures;
    }

    private static String failure(Element test) {
        for (String kind : List.of("failure", "error", "skipped")) {
            NodeList found = test.getElementsByTagName(kind);
            if (found.getLength() > 0) {
                return kind + ": " + ((Element) found.item(0)).getAttribute("message");
            }
        }
        return "";
    }

    private static List<String> attached(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project.resolve("target"))) {
            return files.filter(file -> project.relativize(file).toString().startsWith("target/junit-") && Files.isRegularFile(file))
                    .map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Stream<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        }
    }
}
