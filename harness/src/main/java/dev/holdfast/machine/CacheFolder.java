// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.nio.file.Path;
import java.util.Map;

/** Where things are kept that can be made again. */
public final class CacheFolder {

    private CacheFolder() {
    }

    /** {@code $XDG_CACHE_HOME/holdfast}, or {@code ~/.cache/holdfast}. */
    public static Path of(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        return Path.of(environment.getOrDefault("XDG_CACHE_HOME", home + "/.cache")).resolve("holdfast");
    }
}
