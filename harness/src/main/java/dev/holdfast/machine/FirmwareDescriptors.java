// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Finds firmware the way QEMU's docs/interop/firmware.json lays down: descriptor files in three folders, of which the first to have a
 * name hides that name in the others, an empty file hides it altogether, and the names' order is the order of preference.
 */
public final class FirmwareDescriptors {

    /** Folders to search in the place of the standard ones, separated like PATH. */
    public static final String PATH_VARIABLE = "HOLDFAST_FIRMWARE_PATH";

    private final List<Path> folders;

    /** @param folders the first has the highest priority; folders that do not exist are passed over */
    public FirmwareDescriptors(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** The standard folders, or those that {@link #PATH_VARIABLE} names. */
    public static FirmwareDescriptors of(Map<String, String> environment) {
        String named = environment.get(PATH_VARIABLE);
        if (named != null) {
            return new FirmwareDescriptors(Stream.of(named.split(File.pathSeparator)).map(Path::of).toList());
        }
        String home = environment.getOrDefault("HOME", "/");
        Path config = Path.of(environment.getOrDefault("XDG_CONFIG_HOME", home + "/.config"));
        return new FirmwareDescriptors(List.of(
                config.resolve("qemu/firmware"), Path.of("/etc/qemu/firmware"), Path.of("/usr/share/qemu/firmware")));
    }

    /**
     * The preferred firmware for an x86-64 q35 machine that is loaded from a pair of flash images and needs no SMM.
     *
     * @param secureBoot whether it must enforce Secure Boot, or must not
     * @throws EnvironmentFault if there is none
     */
    public Firmware select(boolean secureBoot) {
        return descriptors().stream()
                .map(descriptor -> read(descriptor, secureBoot))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new EnvironmentFault("no UEFI firmware for x86-64 q35 machines " + (secureBoot ? "with" : "without")
                        + " Secure Boot is described in " + String.join(", ", folders.stream().map(Path::toString).toList())
                        + "; install it (Debian: apt-get install ovmf)"));
    }

    private List<Path> descriptors() {
        Map<String, Path> byName = new TreeMap<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.getFileName().toString().endsWith(".json"))
                        .forEach(file -> byName.putIfAbsent(file.getFileName().toString(), file));
            } catch (IOException e) {
                // A folder that is not there describes nothing.
                continue;
            }
        }
        return new ArrayList<>(byName.values());
    }

    /** Empty where the descriptor is broken, describes something else, or names files that are not there. */
    private static Optional<Firmware> read(Path descriptor, boolean secureBoot) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(descriptor.toFile());
        } catch (IOException e) {
            return Optional.empty();
        }
        JsonNode mapping = root.path("mapping");
        boolean suits = contains(root.path("interface-types"), "uefi")
                && mapping.path("device").asText().equals("flash")
                && mapping.path("mode").asText("split").equals("split")
                && forQ35(root.path("targets"))
                && contains(root.path("features"), "secure-boot") == secureBoot
                && (secureBoot || !contains(root.path("features"), "requires-smm"));
        if (!suits) {
            return Optional.empty();
        }
        JsonNode code = mapping.path("executable");
        JsonNode vars = mapping.path("nvram-template");
        Firmware firmware = new Firmware(descriptor, root.path("description").asText(),
                Path.of(code.path("filename").asText()), code.path("format").asText("raw"),
                Path.of(vars.path("filename").asText()), vars.path("format").asText("raw"));
        return Optional.of(firmware).filter(f -> Files.isReadable(f.code()) && Files.isReadable(f.varsTemplate()));
    }

    private static boolean forQ35(JsonNode targets) {
        return elements(targets).anyMatch(target -> target.path("architecture").asText().equals("x86_64")
                && elements(target.path("machines")).anyMatch(machine -> machine.asText().startsWith("pc-q35")));
    }

    private static boolean contains(JsonNode array, String word) {
        return elements(array).anyMatch(element -> element.asText().equals(word));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
