// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs test classes as a user's build would, and keeps what they came to. */
final class Runs {

    private Runs() {
    }

    static EngineExecutionResults all(Path out, Class<?> type, Map<String, String> more) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter").selectors(selectClass(type))
                .configurationParameter(OutFolders.PARAMETER, out.toString());
        more.forEach(kit::configurationParameter);
        return kit.execute();
    }

    /** One of its tests, with somebody there who takes files. */
    static EngineExecutionResults one(Path out, Class<?> type, String method, Class<?> parameter) {
        return EngineTestKit.engine("junit-jupiter").selectors(selectMethod(type, method, parameter.getName()))
                .configurationParameter(OutFolders.PARAMETER, out.toString()).outputDirectoryCreator(new Attached(out.resolve("attached"))).execute();
    }

    private record Attached(Path folder) implements OutputDirectoryCreator {
        @Override
        public Path getRootDirectory() {
            return folder;
        }

        @Override
        public Path createOutputDirectory(TestDescriptor test) throws IOException {
            return Files.createDirectories(folder.resolve(Integer.toHexString(test.getUniqueId().hashCode())));
        }
    }

    /** Each test's name to what it failed with; empty for those that did not. */
    static Map<String, String> failures(EngineExecutionResults results) {
        Map<String, String> failures = new TreeMap<>();
        results.testEvents().finished().stream().forEach(event -> failures.put(event.getTestDescriptor().getDisplayName(), failure(event)));
        return failures;
    }

    private static String failure(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class).getThrowable()
                .map(thrown -> (thrown instanceof AssertionError ? "" : thrown.getClass().getSimpleName() + ": ") + thrown.getMessage()).orElse("");
    }
}
