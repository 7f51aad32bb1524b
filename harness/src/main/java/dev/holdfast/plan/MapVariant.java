// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/** In which of its ways a mapping's API is used, where there is more than one. */
public enum MapVariant {
    PLAIN("plain", ""),
    READ_ONLY("ro", "read-only"),
    RANGES("ranges", "the block as many ranges, a page each"),
    SHARE("share", "ViewShare in the place of ViewUnmap"),
    READ_ONLY_SHARE("ro-share", "read-only, ViewShare in the place of ViewUnmap"),
    DIVISIBLE("divisible", "MM_MAPPING_ADDRESS_DIVISIBLE, the block as two MDLs one behind the other");

    private final String word;
    private final String description;

    MapVariant(String word, String description) {
        this.word = word;
        this.description = description;
    }

    /** Its name in a plan. */
    public String word() {
        return word;
    }

    /** What it changes, in words; empty for {@link #PLAIN}. */
    public String description() {
        return description;
    }

    /** What it adds to a mapping's name. */
    public String suffix() {
        return this == PLAIN ? "" : "-" + word;
    }
}
