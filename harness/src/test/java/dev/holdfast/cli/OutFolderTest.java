// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OutFolderTest {

    @Test
    void showsAFileBelowTheWorkingFolderWithoutIt() {
        Path here = Path.of("").toAbsolutePath();

        assertThat(OutFolder.shown(here.resolve("out/results.json"))).isEqualTo(Path.of("out/results.json"));
        assertThat(OutFolder.shown(Path.of("/elsewhere/results.json"))).isEqualTo(Path.of("/elsewhere/results.json"));
    }
}
