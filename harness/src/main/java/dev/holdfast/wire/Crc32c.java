// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import java.util.HexFormat;
import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli) over bytes, and its eight upper-case hex digits on the wire. */
final class Crc32c {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Crc32c() {
    }

    static int of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    static int of(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    static String digits(int crc) {
        return HEX.toHexDigits(crc);
    }
}
