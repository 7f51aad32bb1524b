// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.Frame;
import dev.holdfast.wire.FrameDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script that is kept of a cell boots it without the harness, after the run's own files have gone. */
@Tag("boot")
@Timeout(120)
class BootScriptBootTest {

    private static final String CELL = "contract/EfiReservedMemoryType@first-free/scan/MmAllocateMdlForIoSpace.cached/verifier";

    @TempDir
    private Path folder;

    @Test
    void aForkedCellIsBootedFromResetByHand() throws Exception {
        assertBootsByHand();
    }

    @Test
    void aCellThatWasBootedFromResetIsBootedByHand() throws Exception {
        assertBootsByHand("--cold");
    }

    private void assertBootsByHand(String... options) throws Exception {
        Path out = folder.resolve("out");
        List<String> line = new ArrayList<>(List.of("replay", CELL, "--out", out.toString()));
        line.addAll(List.of(options));
        Cli replay = Cli.run(line.toArray(String[]::new));
        assertThat(replay.status()).as(replay.out() + replay.err()).isZero();
        assertThat(replay.out()).contains("by hand, from reset: sh " + out + "/cells/").contains("started as: ");
        // Somebody has downloaded it.
        Path moved = Files.move(out, folder.resolve("moved, it is"));

        List<Frame> frames = new ArrayList<>();
        assertThat(boot(script(moved), frames)).isEqualTo(33);

        assertThat(frames).extracting(Frame::event).contains("uefi.ready", "driver.end").last().isEqualTo("guest.end");
        assertThat(plan(script(moved))).contains("nonce=" + frames.get(frames.size() - 1).text("nonce").orElseThrow());
    }

    private static Path script(Path out) throws IOException {
        try (Stream<Path> cells = Files.list(out.resolve("cells"))) {
            return cells.toList().get(0).resolve("qemu.sh");
        }
    }

    private static String plan(Path script) throws IOException {
        return Files.readString(script.resolveSibling("plan.txt"));
    }

    /** Runs the script and acknowledges the last frame, as its words have a person do it. */
    private int boot(Path script, List<Frame> frames) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(script.toString()).redirectError(folder.resolve("err").toFile());
        builder.environment().put("TMPDIR", folder.toString());
        Process process = builder.start();
        FrameDecoder decoder = new FrameDecoder(frames::add);
        try (InputStream in = process.getInputStream(); OutputStream keyboard = process.getOutputStream()) {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                decoder.feed(new byte[] {(byte) octet}, 0, 1);
                if (octet == '\n' && frames.size() > 0 && frames.get(frames.size() - 1).event().equals("guest.end")) {
                    keyboard.write("A".getBytes(StandardCharsets.US_ASCII));
                    keyboard.flush();
                }
            }
        } catch (IOException e) {
            // It was gone before a second A.
            assertThat(process.waitFor()).isEqualTo(33);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
        return process.waitFor();
    }
}
