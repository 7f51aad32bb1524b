// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.Matrix;
import dev.holdfast.plan.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the README shows of the examples is what the examples hold, and what it counts is as many as there are. */
class ReadmeTest {

    private static final Path HOME = Path.of(System.getProperty("holdfast.home"));

    @Test
    void theTestThatItShowsIsTheExample() throws IOException {
        String example = Files.readString(HOME.resolve("harness/examples/src/test/java/example/ThreadTest.java"));
        assertThat(blocks("java")).contains(example.substring(example.indexOf('\n') + 1));
        assertThat(example.lines()).hasSizeLessThanOrEqualTo(30);
    }

    @Test
    void theDependenciesThatItNamesAreTheExamples() throws IOException {
        String pom = Files.readString(HOME.resolve("harness/examples/pom.xml"));
        String version = Pattern.compile("<holdfast.version>(.*)</holdfast.version>").matcher(pom).results().findFirst().orElseThrow().group(1);
        String dependencies = pom.substring(pom.indexOf("    <dependency>"), pom.indexOf("    <dependency>\n      <groupId>org.junit"));

        assertThat(blocks("xml")).contains(dependencies.replace("${holdfast.version}", version).lines()
                .map(line -> line.replaceFirst("^ {4}", "")).collect(Collectors.joining("\n", "", "\n")));
        assertThat(Files.readString(HOME.resolve("pom.xml"))).contains("<version>" + version + "</version>");
    }

    @Test
    void theShippedScenariosAreThereWithTheirCells() throws IOException {
        String paragraph = find("Shipped scenarios: (.*?)\\. ");
        Map<String, String> said = Pattern.compile("`([a-z-]+)` \\(([\\d,]*\\d)").matcher(paragraph).results()
                .collect(Collectors.toMap(scenario -> scenario.group(1), scenario -> scenario.group(2)));

        assertThat(said).isEqualTo(Scenarios.ALL.stream()
                .collect(Collectors.toMap(Matrix::name, matrix -> String.format(Locale.ROOT, "%,d", matrix.cells().count()))));
    }

    @Test
    void theRulesAndTheViolationsAreAsManyAsItSays() throws IOException {
        String rules = Files.readString(HOME.resolve("vm-images/contract/kernel/vf/rules.c"));
        String violations = Files.readString(HOME.resolve("harness/src/test/resources/dev/holdfast/cli/violations.txt"));

        assertThat(find("The model has (\\d+) rules of bug check 0xC4")).isEqualTo(
                "" + rules.lines().filter(line -> line.startsWith("    {0x")).count());
        assertThat(find("that Microsoft documents, (\\d+) in all")).isEqualTo(
                "" + violations.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).count());
    }

    /** The group of a pattern in the text, whose lines may break anywhere. */
    private static String find(String pattern) throws IOException {
        String text = Files.readString(HOME.resolve("README.md")).replaceAll("\\s+", " ");
        return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).findFirst()
                .orElseThrow(() -> new AssertionError("the README does not say: " + pattern));
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(Files.readString(HOME.resolve("README.md"))).results()
                .map(match -> match.group(1)).toList();
    }
}
