// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/** Facts that hold as long as a key does, in a file. A file that cannot be read or written costs finding them out anew, never a run. */
public final class Remembered {

    private static final String KEY = "key";

    private final Path file;

    public Remembered(Path file) {
        this.file = file;
    }

    /** What was kept under this very key last; empty if there is nothing, or if it was another. */
    public Optional<Properties> recall(String key) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file, StandardCharsets.ISO_8859_1)));
            return key.isEmpty() || !key.equals(properties.getProperty(KEY)) ? Optional.empty() : Optional.of(properties);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Forgets what was kept before. */
    public void keep(String key, Properties facts) {
        Properties properties = new Properties();
        properties.putAll(facts);
        properties.setProperty(KEY, key);
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
            Files.createDirectories(file.getParent());
            Path temporary = Files.createTempFile(file.getParent(), file.getFileName().toString(), null);
            Files.write(temporary, text.toString().getBytes(StandardCharsets.ISO_8859_1));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            return;
        }
    }
}
