// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.Tools;
import dev.holdfast.report.Palette;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of the place to which this program prints. */
final class Terminal {

    private static final int DEFAULT_WIDTH = 120;
    private static final int MIN_WIDTH = 60;

    private Terminal() {
    }

    /** Whether a person is looking: standard input and output are both a terminal. */
    static boolean interactive() {
        return System.console() != null;
    }

    /** Colours only on a terminal, and not where NO_COLOR is set to anything (no-color.org). */
    static Palette palette(Map<String, String> environment) {
        boolean unwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(environment.get("TERM"));
        return interactive() && !unwanted ? Palette.COLOURED : Palette.PLAIN;
    }

    /** Columns: what COLUMNS says, or the terminal itself, or 120. */
    static int width(Map<String, String> environment) {
        return columns(environment.get("COLUMNS")).or(Terminal::ofTerminal).map(width -> Math.max(MIN_WIDTH, width)).orElse(DEFAULT_WIDTH);
    }

    private static Optional<Integer> ofTerminal() {
        if (!interactive() || Tools.find("stty").isEmpty()) {
            return Optional.empty();
        }
        try {
            String[] rowsAndColumns = Tools.run(Tools.find("stty").get(), List.of("-F", "/dev/tty", "size")).strip().split(" ");
            return rowsAndColumns.length == 2 ? columns(rowsAndColumns[1]) : Optional.empty();
        } catch (EnvironmentFault e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> columns(String text) {
        return text != null && text.matches("[1-9][0-9]{0,4}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
