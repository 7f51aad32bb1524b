// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.Firmware;
import dev.holdfast.wire.Printable;
import java.nio.file.Path;
import java.util.List;
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
    private static final String QEMU = "qemu";
    private static final String CODE = "firmware.code";
    private static final String VARS = "firmware.vars";
    private static final String QEMU_PACKAGE = "package.qemu-system-x86";
    private static final String OVMF_PACKAGE = "package.ovmf";
    private static final int MAX_LABEL = 200;

    /** @throws EnvironmentFault if it is no such image, or one for another version of this program */
    public RunnerImage {
        if (!VERSION.equals(labels.get(PREFIX + "runner"))) {
            throw new EnvironmentFault("the image " + name + " has no label " + PREFIX + "runner=" + VERSION
                    + ", so it was not made for this program; make one: " + RECIPE);
        }
        for (String key : List.of(QEMU, CODE, VARS, QEMU_PACKAGE, OVMF_PACKAGE)) {
            if (labels.getOrDefault(PREFIX + key, "").isBlank()) {
                throw new EnvironmentFault("the image " + name + " lacks the label " + PREFIX + key + "; make it anew: " + RECIPE);
            }
        }
    }

    private String label(String key) {
        return Printable.excerpt(labels.get(PREFIX + key), MAX_LABEL);
    }

    /** QEMU's program in it. */
    public Path qemu() {
        return Path.of(label(QEMU));
    }

    /** The firmware in it. */
    public Firmware firmware() {
        return new Firmware(Path.of(name), "ovmf " + label(OVMF_PACKAGE), Path.of(label(CODE)), "raw",
                Path.of(label(VARS)), "raw");
    }

    /** The pinned packages, for a person. */
    public String packages() {
        return "qemu-system-x86 " + label(QEMU_PACKAGE) + ", ovmf " + label(OVMF_PACKAGE);
    }
}
