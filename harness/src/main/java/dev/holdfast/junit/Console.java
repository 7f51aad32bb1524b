// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.Machine;
import dev.holdfast.wire.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What a machine says on its first serial port, as text without the escape sequences that colour it and move a cursor. Each wait goes on
 * behind what the one before was for. For use by one thread at a time.
 */
public final class Console {

    /** The most that is listened to, in bytes; a firmware's console is some kilobytes. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    private static final Duration POLL = Duration.ofMillis(5);
    private static final int LAST_WORDS = 200;
    /** ECMA-48, 5.4: control sequences; UEFI terminals and shells send no other escapes. */
    private static final Pattern ESCAPES = Pattern.compile("\u001B\\[[0-?]*[ -/]*[@-~]");

    private final Path log;
    private final Machine machine;
    private final Duration usual;
    private final StringBuilder text;
    private String raw = "";
    private long bytes;
    private int heard;

    /**
     * @param before what had been said before the log begins
     * @param usual  the longest that a wait takes, where nobody says otherwise
     */
    Console(Path log, Machine machine, String before, Duration usual) {
        this.log = log;
        this.machine = machine;
        this.usual = usual;
        this.text = new StringBuilder(before);
        this.heard = before.length();
    }

    /**
     * Waits until the console says something, for as long as the boot may take.
     *
     * @return what it said from the end of the last wait to the end of this one
     * @throws AssertionError if it does not say it, or the machine goes
     */
    public String await(String words) {
        return await(words, usual);
    }

    /**
     * Waits until the console says something.
     *
     * @return what it said from the end of the last wait to the end of this one
     * @throws AssertionError if it does not say it in time, or the machine goes
     */
    public String await(String words, Duration limit) {
        try {
            Awaitility.await().pollInSameThread().pollDelay(Duration.ZERO).pollInterval(POLL).atMost(limit)
                    .until(() -> hears(words) || !machine.alive() || bytes >= MAX_BYTES);
        } catch (ConditionTimeoutException e) {
            throw silent(words, "within " + limit.toSeconds() + " s", e);
        }
        // What it said before it went counts.
        if (!hears(words)) {
            throw silent(words, bytes >= MAX_BYTES ? "in the first " + MAX_BYTES + " bytes"
                    : "before QEMU ended with status " + machine.exitStatus().orElse(-1) + complaint(), null);
        }
        int end = text.indexOf(words, heard) + words.length();
        String since = text.substring(heard, end);
        heard = end;
        return since;
    }

    /** All that it has said by now. */
    public String text() {
        listen();
        return text.toString();
    }

    private boolean hears(String words) {
        listen();
        return text.indexOf(words, heard) >= 0;
    }

    private void listen() {
        if (!Files.exists(log)) {
            return;
        }
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(bytes);
            byte[] more = in.readNBytes((int) (MAX_BYTES - bytes));
            bytes += more.length;
            take(new String(more, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new EnvironmentFault("the console's record " + log + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** An escape sequence may come in two halves. */
    private void take(String more) {
        String all = raw + more;
        int open = all.lastIndexOf('\u001B');
        boolean half = open >= 0 && all.length() - open < 32 && !ESCAPES.matcher(all.substring(open)).lookingAt();
        String whole = half ? all.substring(0, open) : all;
        raw = half ? all.substring(open) : "";
        text.append(ESCAPES.matcher(whole).replaceAll(""));
    }

    private String complaint() {
        String words = Printable.excerpt(machine.lastWords(), 160);
        return words.isEmpty() ? "" : " (" + words + ")";
    }

    private AssertionError silent(String words, String when, Throwable cause) {
        String last = text.substring(Math.max(0, text.length() - LAST_WORDS)).strip();
        return new AssertionError("the console did not say \"" + Printable.excerpt(words, 80) + "\" " + when + "; "
                + (last.isEmpty() ? "it said nothing at all" : "its last words were \"" + Printable.excerpt(last, LAST_WORDS) + "\""), cause);
    }
}
