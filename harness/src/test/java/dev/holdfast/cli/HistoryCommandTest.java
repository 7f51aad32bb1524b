// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCommandTest {

    @TempDir
    private Path folder;

    @Test
    void beforeTheFirstRunThereIsNothingToShow() throws Exception {
        Cli cli = Cli.runWith(Map.of("XDG_DATA_HOME", folder.toString()), "history");

        assertThat(cli.status()).as(cli.err()).isZero();
        assertThat(cli.out()).isEqualTo("no recorded run has such a cell\n");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatIsNoHistoryIsSaidInOneSentence() throws Exception {
        Path file = Files.createDirectories(folder.resolve("holdfast")).resolve("history.db");
        Files.writeString(file, "no database ".repeat(100));

        Cli cli = Cli.runWith(Map.of("XDG_DATA_HOME", folder.toString()), "history", "*Reserved*");

        assertThat(cli.status()).isEqualTo(3);
        assertThat(cli.err()).startsWith("holdfast: the history cannot be read: " + file).contains("not a database").hasLineCount(1);
    }

    @Test
    void aNumberOfRunsOutOfRangeIsAUsageError() {
        assertThat(Cli.run("history", "--runs", "0").err()).contains("--runs wants a number from 1 to 500, not 0");
        assertThat(Cli.run("history", "--runs", "0").status()).isEqualTo(2);
    }
}
