// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fork is worth no more than this: it must show what a boot from reset shows. */
@Tag("boot")
class ColdAndForkedBootTest {

    /** One cell that is kept, two that stop, one whose block is lost. */
    private static final String SAMPLE = "*MmMapIoSpace.cached*";

    @TempDir
    private Path folder;

    @Test
    void showTheSame() throws IOException {
        Map<String, JsonNode> cold = run("cold", "--cold");
        Map<String, JsonNode> forked = run("fork");

        assertThat(cold).hasSizeGreaterThanOrEqualTo(4);
        assertThat(forked).isEqualTo(cold);
    }

    /** What each cell observed and what was made of it, by id; times and nonces aside, all of it. */
    private Map<String, JsonNode> run(String kind, String... options) throws IOException {
        Path out = folder.resolve(kind);
        String[] arguments = new String[options.length + 5];
        System.arraycopy(new String[] {"run", "osr-thread", "--filter", SAMPLE, "--out=" + out}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        Cli cli = Cli.run(arguments);
        assertThat(cli.status()).as(cli.out() + cli.err()).isZero();
        Map<String, JsonNode> cells = new TreeMap<>();
        for (JsonNode cell : new ObjectMapper().readTree(out.resolve("results.json").toFile()).path("cells")) {
            assertThat(cell.path("boot").asText()).isEqualTo(kind);
            ObjectNode shown = ((ObjectNode) cell).deepCopy();
            shown.remove(List.of("boot", "nonce", "millis"));
            cells.put(cell.path("id").asText(), shown);
        }
        return cells;
    }
}
