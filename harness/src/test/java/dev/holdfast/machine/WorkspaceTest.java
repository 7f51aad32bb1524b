// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WorkspaceTest {

    @Test
    void whatAKilledHarnessLeftBehindGoesWhenTheNextOneStarts() throws IOException {
        try (Workspace inUse = Workspace.open()) {
            Path abandoned = Files.createTempDirectory(inUse.folder().getParent(), "holdfast-");
            Files.createFile(abandoned.resolve("lock"));
            Files.createFile(Files.createDirectory(abandoned.resolve("m0")).resolve("vars.fd"));

            Workspace.open().close();

            assertThat(abandoned).doesNotExist();
            assertThat(inUse.folder()).exists();
        }
    }

    @Test
    void aFolderThatOnlyLooksLikeAWorkspaceIsLeftAlone() throws IOException {
        try (Workspace workspace = Workspace.open()) {
            Path other = Files.createTempDirectory(workspace.folder().getParent(), "holdfast-");
            try {
                Workspace.open().close();

                assertThat(other).exists();
            } finally {
                Files.delete(other);
            }
        }
    }
}
