// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.Firmware;
import java.nio.file.Path;
import java.util.Map;

/**
 * An image that vm-images/runner made, by what it says of itself in its labels.
 *
 * @param name   as Docker is asked for it
 * @param id     of its contents
 * @param labels {@code dev.holdfast.*} among them
 */
public record RunnerImage(String name, String id, Map<String, String> labels) {

    /** The one that {@code make -C vm-images/runner image} makes. */
    public static final String DEFAULT_NAME = "holdfast-runner";
    /** What makes it. */
    public static final String RECIPE = "make -C vm-images/runner image";

    private static final String PREFIX = "dev.holdfast.";
    private static final String VERSION = "1";

    /** @throws EnvironmentFault if it is no such image, or one for another version of this program */
    public RunnerImage {
        if (!VERSION.equals(labels.get(PREFIX + "runner"))) {
            throw new EnvironmentFault("the image " + name + " has no label " + PREFIX + "runner=" + VERSION
                    + ", so it was not made for this program; make one: " + RECIPE);
        }
    }

    private String label(String key) {
        String value = labels.get(PREFIX + key);
        if (value == null || value.isBlank()) {
            throw new EnvironmentFault("the image " + name + " lacks the label " + PREFIX + key + "; make it anew: " + RECIPE);
        }
        return value;
    }

    /** QEMU's program in it. */
    public Path qemu() {
        return Path.of(label("qemu"));
    }

    /** The firmware in it. */
    public Firmware firmware() {
        return new Firmware(Path.of(name), "ovmf " + label("package.ovmf"), Path.of(label("firmware.code")), "raw",
                Path.of(label("firmware.vars")), "raw");
    }

    /** The pinned packages, for a person. */
    public String packages() {
        return "qemu-system-x86 " + label("package.qemu-system-x86") + ", ovmf " + label("package.ovmf");
    }
}
