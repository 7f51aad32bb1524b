// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** What must be known of a driver's image without running it: "PE Format", learn.microsoft.com, sections 2..4. */
public final class PeImage {

    private static final int DOS_HEADER_BYTES = 64;
    private static final int PE_OFFSET_AT = 0x3C;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int MACHINE_AMD64 = 0x8664;
    private static final int MAGIC_PE32_PLUS = 0x20B;
    private static final int SECTION_HEADER_BYTES = 40;
    private static final int SECTION_CONTAINS_CODE = 0x20;

    private PeImage() {
    }

    /** Why Windows could not take these bytes for an x64 image; empty if it could, as far as the headers tell. */
    public static Optional<String> whyNotX64(byte[] file) {
        ByteBuffer image = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < DOS_HEADER_BYTES || file[0] != 'M' || file[1] != 'Z') {
            return Optional.of("it does not start with an MZ header");
        }
        long pe = Integer.toUnsignedLong(image.getInt(PE_OFFSET_AT));
        if (pe + FILE_HEADER_BYTES + 2 > file.length || image.getInt((int) pe) != 0x4550) {
            return Optional.of("it has no PE header");
        }
        int machine = Short.toUnsignedInt(image.getShort((int) pe + 4));
        if (machine != MACHINE_AMD64) {
            return Optional.of(String.format("it is built for machine type 0x%X, not for x64 (0x%X)", machine, MACHINE_AMD64));
        }
        if (Short.toUnsignedInt(image.getShort((int) pe + FILE_HEADER_BYTES)) != MAGIC_PE32_PLUS) {
            return Optional.of("it is not a PE32+ image");
        }
        return Optional.empty();
    }

    /**
     * A copy of a sound x64 image with one byte in the middle of its first code section changed.
     *
     * @throws IllegalArgumentException if the image has no code within the file
     */
    static byte[] withCodeChanged(byte[] file) {
        ByteBuffer image = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int pe = image.getInt(PE_OFFSET_AT);
        int sections = Short.toUnsignedInt(image.getShort(pe + 6));
        int table = pe + FILE_HEADER_BYTES + Short.toUnsignedInt(image.getShort(pe + 20));
        for (int i = 0; i < sections; i++) {
            int header = table + i * SECTION_HEADER_BYTES;
            int bytes = Math.min(image.getInt(header + 8), image.getInt(header + 16));
            int at = image.getInt(header + 20) + bytes / 2;
            if ((image.getInt(header + 36) & SECTION_CONTAINS_CODE) != 0 && bytes > 0 && at < file.length) {
                byte[] changed = file.clone();
                changed[at] ^= 0x01;
                return changed;
            }
        }
        throw new IllegalArgumentException("the image has no code section");
    }
}
