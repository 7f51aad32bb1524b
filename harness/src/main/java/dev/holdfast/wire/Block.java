// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import dev.holdfast.plan.Reservation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The block as it must stand in memory. Page 0 is the header page, the others are payload; every byte follows from the nonce, the
 * number of pages, the address and the memory type.
 *
 * @param pages      pages of 4096 bytes, header page included
 * @param address    physical address of the header page, in bytes
 * @param memoryType number of the UEFI memory type, 0xFFFFFFFF for a block whose pages are not reserved
 */
public record Block(Nonce nonce, long pages, long address, long memoryType) {

    public static final int PAGE_BYTES = Reservation.PAGE_BYTES;
    public static final int HEADER_BYTES = 80;
    public static final int VERSION = 1;
    /** The magic as it stands in memory; no binary holds it so, lest a scan find the binary. */
    public static final String MAGIC_HEX = "484f4c44464153541a424c4f434b0d0a";
    public static final int VERSION_OFFSET = 16;
    public static final int HEADER_BYTES_OFFSET = 20;
    public static final int NONCE_OFFSET = 24;
    public static final int PAGES_OFFSET = 40;
    public static final int ADDRESS_OFFSET = 48;
    public static final int MEMORY_TYPE_OFFSET = 56;
    public static final int PAYLOAD_CRC_OFFSET = 60;
    public static final int HEADER_CRC_OFFSET = 76;

    private static final int WORDS_PER_PAGE = PAGE_BYTES / Long.BYTES;
    private static final int MAX_DAMAGES = 8;

    /** The bytes of a page, 0..{@code pages} - 1. */
    public byte[] page(long index) {
        return index == 0 ? headerPage(payloadCrc()) : payloadPage(index);
    }

    /**
     * Compares what was read from the block's pages with what must stand there.
     *
     * @param seen the block's bytes from its first to its last
     * @throws IOException if they cannot be read, or are fewer than the block has
     */
    public BlockCheck check(InputStream seen) throws IOException {
        CRC32C crc = new CRC32C();
        List<BlockCheck.Damage> damages = new ArrayList<>();
        long intact = 0;
        byte[] actual = new byte[PAGE_BYTES];
        for (long index = 0; index < pages; index++) {
            if (seen.readNBytes(actual, 0, PAGE_BYTES) != PAGE_BYTES) {
                throw new IOException("the dump of the block ends within page " + index + " of " + pages);
            }
            crc.update(actual);
            byte[] expected = page(index);
            int offset = Arrays.mismatch(expected, actual);
            if (offset < 0) {
                intact++;
            } else if (damages.size() < MAX_DAMAGES) {
                damages.add(new BlockCheck.Damage(index, address + index * PAGE_BYTES, offset,
                        expected[offset] & 0xFF, actual[offset] & 0xFF));
            }
        }
        return new BlockCheck(pages, intact, Crc32c.digits((int) crc.getValue()), damages);
    }

    private byte[] payloadPage(long index) {
        ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        page.putLong(index).putLong(nonce.low() ^ nonce.high() ^ index);
        putKeystream(page, index);
        return page.array();
    }

    private byte[] headerPage(int payloadCrc) {
        ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        page.put(HexFormat.of().parseHex(MAGIC_HEX));
        page.putInt(VERSION).putInt(HEADER_BYTES).put(nonce.bytes()).putLong(pages).putLong(address);
        page.putInt((int) memoryType).putInt(payloadCrc).putLong(0).putInt(0);
        page.putInt(Crc32c.of(page.array(), 0, HEADER_CRC_OFFSET));
        putKeystream(page, 0);
        return page.array();
    }

    private int payloadCrc() {
        CRC32C crc = new CRC32C();
        for (long index = 1; index < pages; index++) {
            crc.update(payloadPage(index));
        }
        return (int) crc.getValue();
    }

    /** Fills the rest of a page. */
    private void putKeystream(ByteBuffer page, long index) {
        long low = nonce.low();
        long high = nonce.high();
        for (int k = page.position() / Long.BYTES; k < WORDS_PER_PAGE; k++) {
            page.putLong(mix64(low + 0x9E3779B97F4A7C15L * (index * WORDS_PER_PAGE + k + 1)) ^ high);
        }
    }

    /** SplitMix64's finaliser: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014. */
    private static long mix64(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
