// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutFolderTest {

    @Test
    void showsAFileBelowTheWorkingFolderWithoutIt() {
        Path here = Path.of("").toAbsolutePath();

        assertThat(OutFolder.shown(here.resolve("out/results.json"))).isEqualTo(Path.of("out/results.json"));
        assertThat(OutFolder.shown(Path.of("/elsewhere/results.json"))).isEqualTo(Path.of("/elsewhere/results.json"));
    }

    @Test
    void whatWasMadeForARunThatLeftNothingGoesAndNothingElse(@TempDir Path folder) throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        new OutFolder(folder.resolve("a/b/c")).close();
        new OutFolder(empty).close();
        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(empty).isEmptyDirectory();

        try (OutFolder used = new OutFolder(folder.resolve("a/b"))) {
            Files.writeString(used.path().resolve("results.json"), "{}");
        }
        assertThat(folder.resolve("a/b/results.json")).exists();
        assertThat(folder.resolve("a/b/cells")).doesNotExist();
    }
}
