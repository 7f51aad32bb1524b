// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where tests' files go. */
final class OutFolders {

    /** The configuration parameter of JUnit that names the folder. */
    static final String PARAMETER = "holdfast.out";

    private static final Pattern INVOCATION = Pattern.compile("#(\\d+)\\]$");

    private OutFolders() {
    }

    static Sessions.Place of(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        String test = type.getName() + "." + context.getRequiredTestMethod().getName();
        Matcher invocation = INVOCATION.matcher(context.getUniqueId());
        String name = (invocation.find() ? test + "-" + invocation.group(1) : test).replaceAll("[^A-Za-z0-9._-]", "_");
        Path out = context.getConfigurationParameter(PARAMETER).map(Path::of).orElseGet(OutFolders::usual);
        return new Sessions.Place(out, name, Replay.testCommand(type, context.getRequiredTestMethod()));
    }

    /** Below what a build tool deletes when it cleans. */
    private static Path usual() {
        if (Files.exists(Path.of("pom.xml"))) {
            return Path.of("target", "holdfast");
        }
        boolean gradle = Stream.of("build.gradle", "build.gradle.kts").anyMatch(file -> Files.exists(Path.of(file)));
        return gradle ? Path.of("build", "holdfast") : Path.of("holdfast-out");
    }
}
