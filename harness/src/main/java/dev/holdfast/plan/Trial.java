// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;

/** What the block is put through between its guest's start and the look at it. */
public record Trial(Pressure pressure, Reboot reboot) {

    private static final String PRESSURE = "pressure-";
    private static final String REBOOT = "reboot-";

    /** What a cell's id adds where the trial is not the one that its guest usually puts a block through. */
    String suffix(Trial usual) {
        return (pressure == usual.pressure ? "" : "/" + label(pressure)) + (reboot == usual.reboot ? "" : "/" + label(reboot));
    }

    static String label(Pressure pressure) {
        return PRESSURE + pressure.word();
    }

    static String label(Reboot reboot) {
        return REBOOT + reboot.word();
    }

    /** The trial that an id's last parts name; what they do not name is as usual. */
    static Trial ofParts(List<String> parts, Trial usual) {
        Pressure pressure = parts.stream().filter(part -> part.startsWith(PRESSURE))
                .flatMap(part -> Pressure.named(part.substring(PRESSURE.length())).stream()).findFirst().orElse(usual.pressure);
        Reboot reboot = parts.stream().filter(part -> part.startsWith(REBOOT))
                .flatMap(part -> Reboot.named(part.substring(REBOOT.length())).stream()).findFirst().orElse(usual.reboot);
        return new Trial(pressure, reboot);
    }
}
