// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Every combination of some values of each axis. Its cells are made when they are asked for, so that its size costs nothing. */
final class Product {

    /** In the order of {@link Axis#ALL}. */
    private final List<List<?>> values;
    /** Each value's first place in its list. */
    private final List<Map<Object, Integer>> places;

    /** @param chosen values by axis; an axis that is left out stays at its standard value */
    Product(Map<Axis<?>, List<?>> chosen) {
        values = new ArrayList<>();
        places = new ArrayList<>();
        for (Axis<?> axis : Axis.ALL) {
            List<?> given = List.copyOf(chosen.containsKey(axis) ? chosen.get(axis) : standard(axis, chosen));
            Map<Object, Integer> place = new HashMap<>();
            for (int i = 0; i < given.size(); i++) {
                place.putIfAbsent(given.get(i), i);
            }
            values.add(given);
            places.add(place);
        }
    }

    private static List<?> standard(Axis<?> axis, Map<Axis<?>, List<?>> chosen) {
        if (axis != Axis.MAPPING || !chosen.containsKey(Axis.GUEST)) {
            return List.of(axis.standard());
        }
        return chosen.get(Axis.GUEST).stream().map(guest -> ((GuestKind) guest).mapping()).distinct().toList();
    }

    /**
     * How many combinations there are, but those of a guest with a mapping of another kernel's. Others that no guest has, and those that
     * come to the same cell, are counted each time.
     */
    BigInteger combinations() {
        return Axis.ALL.stream().filter(axis -> axis != Axis.GUEST && axis != Axis.MAPPING).map(axis -> BigInteger.valueOf(of(axis).size()))
                .reduce(BigInteger.valueOf(mappable()), BigInteger::multiply);
    }

    /** Whether there are guests and mappings, and none of those has any of these. */
    boolean nothingToMap() {
        return !of(Axis.GUEST).isEmpty() && !of(Axis.MAPPING).isEmpty() && mappable() == 0;
    }

    private long mappable() {
        return of(Axis.GUEST).stream()
                .mapToLong(guest -> of(Axis.MAPPING).stream().filter(mapping -> mapping.api().kernel() == guest.kernel()).count()).sum();
    }

    private BigInteger indices() {
        return values.stream().map(list -> BigInteger.valueOf(list.size())).reduce(BigInteger.ONE, BigInteger::multiply);
    }

    /** The cells, each once. */
    Stream<Cell> cells() {
        return LongStream.range(0, indices().longValueExact()).mapToObj(this::distinctCell).flatMap(Optional::stream);
    }

    boolean contains(Cell cell) {
        return cell.possible() && indexOf(cell) >= 0;
    }

    /** The longest that an id of its cells can be, or a little more. */
    int longestId() {
        int walk = longestLabel(Axis.LOCATING) + Locating.Scan.METHOD.length();
        int trial = longest(Axis.PRESSURE, pressure -> pressure.map(Trial::label).orElse("")) + longest(Axis.REBOOT, Trial::label);
        return Axis.ALL.stream().filter(axis -> axis != Axis.LOCATING && axis != Axis.PRESSURE && axis != Axis.REBOOT)
                .mapToInt(axis -> longestLabel(axis) + 1).sum() + walk + trial;
    }

    private <T> int longestLabel(Axis<T> axis) {
        return of(axis).stream().map(axis::label).max(Comparator.comparingInt(String::length)).orElse("").length();
    }

    /** The longest part, with its slash, that an axis adds to an id where its value is not the standard one. */
    private <T> int longest(Axis<T> axis, Function<T, String> part) {
        return of(axis).stream().filter(value -> !value.equals(axis.standard())).mapToInt(value -> part.apply(value).length() + 1).max().orElse(0);
    }

    private Optional<Cell> distinctCell(long index) {
        long rest = index;
        int[] digits = new int[values.size()];
        for (int i = digits.length - 1; i >= 0; i--) {
            int size = values.get(i).size();
            digits[i] = (int) (rest % size);
            rest /= size;
        }
        Cell cell = cell(digits);
        return cell.possible() && indexOf(cell) == index ? Optional.of(cell) : Optional.empty();
    }

    private Cell cell(int[] digits) {
        GuestKind guest = value(Axis.GUEST, digits);
        MachineShape machine = value(Axis.MACHINE, digits).orElse(guest.machine());
        Reservation reservation =
                new Reservation(value(Axis.TYPE, digits), value(Axis.PLACEMENT, digits), value(Axis.PAGES, digits));
        Locating locating = value(Axis.LOCATING, digits).orElseGet(() -> Walks.toFind(reservation, machine));
        return new Cell(guest, reservation, locating, value(Axis.MAPPING, digits), value(Axis.VERIFIER, digits), machine,
                value(Axis.PROBE, digits), new Model(value(Axis.MODEL, digits), value(Axis.VERSION, digits)),
                new Trial(value(Axis.PRESSURE, digits).orElse(guest.trial().pressure()), value(Axis.REBOOT, digits)));
    }

    /** The first combination that comes to this cell, -1 if none does. */
    private long indexOf(Cell cell) {
        long index = 0;
        for (int i = 0; i < values.size(); i++) {
            Map<Object, Integer> place = places.get(i);
            int first = Axis.ALL.get(i).of(cell).stream().filter(place::containsKey).mapToInt(place::get).min().orElse(-1);
            if (first < 0) {
                return -1;
            }
            index = index * values.get(i).size() + first;
        }
        return index;
    }

    private <T> T value(Axis<T> axis, int[] digits) {
        return of(axis).get(digits[Axis.ALL.indexOf(axis)]);
    }

    /** The constructor takes values from the axes' own parsers alone, so those of an axis are of its type. */
    @SuppressWarnings("unchecked")
    private <T> List<T> of(Axis<T> axis) {
        return (List<T>) values.get(Axis.ALL.indexOf(axis));
    }
}
