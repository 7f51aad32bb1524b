// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

/** Colours, or none. */
public enum Palette {
    COLOURED, PLAIN;

    private static final String RESET = "\u001B[0m";

    /** The text in a mark's colour. */
    String paint(Mark mark, String text) {
        return this == PLAIN || mark.colour().isEmpty() ? text : mark.colour() + text + RESET;
    }
}
