// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the README shows of the examples is what the examples hold. */
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

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(Files.readString(HOME.resolve("README.md"))).results()
                .map(match -> match.group(1)).toList();
    }
}
