// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * One of several parts of a matrix, each to be booted somewhere else. Cells are ordered by a checksum of their ids and cut into runs of
 * equal length: the parts differ by one cell at the most, and a cell that comes or goes moves at most {@code count} − 1 others.
 *
 * @param index which part, from 1
 * @param count how many parts there are, at most {@value #MAX}
 */
public record Shard(int index, int count) {

    public static final int MAX = 1000;

    private static final Pattern WORDS = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

    private record Hashed(Cell cell, long checksum) {
        static Hashed of(Cell cell) {
            CRC32C crc = new CRC32C();
            crc.update(cell.id().getBytes(StandardCharsets.UTF_8));
            return new Hashed(cell, crc.getValue());
        }
    }

    public Shard {
        if (count < 1 || count > MAX || index < 1 || index > count) {
            throw new IllegalArgumentException("there is no shard " + index + "/" + count);
        }
    }

    /** Reads {@code K/N}; empty where there is no such shard. */
    public static Optional<Shard> named(String words) {
        Matcher matcher = WORDS.matcher(words);
        try {
            return matcher.matches() ? Optional.of(new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code K/N}. */
    public String label() {
        return index + "/" + count;
    }

    /**
     * The cells of this part, in the order in which they stand among all.
     *
     * @param cells all of them, none twice
     */
    public List<Cell> of(List<Cell> cells) {
        Set<Cell> own = cells.stream().map(Hashed::of)
                .sorted(Comparator.comparingLong(Hashed::checksum).thenComparing(hashed -> hashed.cell().id()))
                .map(Hashed::cell).toList().subList(start(index - 1, cells.size()), start(index, cells.size()))
                .stream().collect(Collectors.toSet());
        return cells.stream().filter(own::contains).toList();
    }

    private int start(int part, int cells) {
        return (int) ((long) part * cells / count);
    }
}
