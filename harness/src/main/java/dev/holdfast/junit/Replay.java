// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import dev.holdfast.guest.Home;
import dev.holdfast.machine.ShellWords;
import dev.holdfast.plan.Cell;
import dev.holdfast.run.CellFolder;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commands that show a boot again. */
final class Replay {

    private Replay() {
    }

    /**
     * Through the project's launcher where there is one, or else the script that is kept of every cell, which needs QEMU alone.
     *
     * @param matrix the file whose promises hold
     */
    static String command(BootSpec spec, Optional<String> matrix, Cell cell, CellFolder folder) {
        Optional<Path> launcher = Home.checkout().map(home -> home.resolve("holdfast")).filter(Files::isExecutable);
        if (launcher.isEmpty()) {
            return ShellWords.join(List.of("sh", shown(folder.script())));
        }
        List<String> words = new ArrayList<>(List.of(shown(launcher.get()), "replay"));
        spec.driver().ifPresent(file -> words.addAll(List.of("--driver", shown(file))));
        spec.certificate().ifPresent(file -> words.addAll(List.of("--certificate", shown(file))));
        matrix.ifPresent(file -> words.addAll(List.of("--of", shown(Path.of(file)))));
        if (spec.cold()) {
            words.add("--cold");
        }
        words.add(cell.id());
        return ShellWords.join(words);
    }

    /** The build tool's own command for one test, as far as it can be told from here which tool that is. */
    static String testCommand(Class<?> type, Method method) {
        if (System.getProperty("surefire.real.class.path", System.getProperty("surefire.test.class.path")) != null) {
            return ShellWords.join(List.of("mvn", "test", "-Dtest=" + type.getName() + "#" + method.getName()));
        }
        if (System.getProperty("org.gradle.test.worker") != null) {
            return ShellWords.join(List.of("gradle", "test", "--tests", type.getName() + "." + method.getName()));
        }
        return "the test " + type.getName() + "#" + method.getName();
    }

    /** As a person in the working folder would name it. */
    static String shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        if (!absolute.startsWith(here)) {
            return absolute.toString();
        }
        Path relative = here.relativize(absolute);
        return relative.getNameCount() == 1 ? "./" + relative : relative.toString();
    }
}
