// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Remembers what a probe found until this computer boots again or QEMU or the firmware is another. A cache that cannot be read or
 * written costs a probe, never a run.
 */
public final class ProbeCache {

    /** What starting QEMU taught. */
    public record Found(String qemuVersion, Acceleration acceleration) {
    }

    private final Remembered remembered;

    public ProbeCache(Path folder) {
        this.remembered = new Remembered(folder.resolve("accelerator.properties"));
    }

    /** The cache in its usual place. */
    public static ProbeCache of(Map<String, String> environment) {
        return new ProbeCache(CacheFolder.of(environment));
    }

    /** What was found before, or else what a probe finds now. */
    public Found find(Qemu qemu, Firmware firmware, Workspace workspace) {
        String key = key(qemu, firmware);
        return load(key).orElseGet(() -> {
            Found found = new Found(qemu.version(), AcceleratorProbe.ofThisComputer(qemu, firmware, workspace));
            store(key, found);
            return found;
        });
    }

    private static String key(Qemu qemu, Firmware firmware) {
        try {
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            return boot + " " + identity(qemu.binary()) + " " + identity(firmware.code()) + " " + System.getProperty("user.name");
        } catch (IOException e) {
            return "";
        }
    }

    private static String identity(Path file) throws IOException {
        Path real = file.toRealPath();
        return real + ":" + Files.size(real) + ":" + Files.getLastModifiedTime(real).toMillis();
    }

    private Optional<Found> load(String key) {
        return remembered.recall(key).flatMap(properties -> {
            try {
                return Optional.of(new Found(properties.getProperty("qemu", "unknown"), new Acceleration(
                        Accelerator.valueOf(properties.getProperty("accelerator", "")), properties.getProperty("why", ""))));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    private void store(String key, Found found) {
        Properties properties = new Properties();
        properties.setProperty("qemu", found.qemuVersion());
        properties.setProperty("accelerator", found.acceleration().accelerator().name());
        properties.setProperty("why", found.acceleration().why());
        remembered.keep(key, properties);
    }
}
