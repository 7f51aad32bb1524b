// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * One of the things in which cells differ, with the words for its values. Where a value may be left to a cell's other axes (a
 * machine, a walk), it is an {@link Optional}, and the empty one is the word {@code default}.
 *
 * @param <T> what its values are
 */
public final class Axis<T> {

    public static final Axis<GuestKind> GUEST = new Axis<>("guest", AxisWords::guest, GuestKind::label,
            cell -> List.of(cell.guest()), List.of(GuestKind.values()), GuestKind.CONTRACT);

    public static final Axis<Optional<MachineShape>> MACHINE = new Axis<>("machine", AxisWords::machine,
            shape -> shape.map(MachineShape::name).orElse(AxisWords.DEFAULT), Axis::machinesOf,
            MachineShape.TABLE.stream().map(Optional::of).toList(), Optional.empty());

    public static final Axis<MemoryType> TYPE = new Axis<>("type", AxisWords::type, MemoryType::name,
            cell -> List.of(cell.reservation().type()), MemoryType.TABLE, MemoryType.RESERVED);

    public static final Axis<Placement> PLACEMENT = new Axis<>("placement", AxisWords::placement, Placement::label,
            cell -> List.of(cell.reservation().placement()), List.of(), Placement.FirstFree.THREAD);

    public static final Axis<Long> PAGES = new Axis<>("pages", AxisWords::pages, String::valueOf,
            cell -> List.of(cell.reservation().pages()), List.of(), Reservation.DEFAULT_PAGES);

    public static final Axis<Optional<Locating>> LOCATING = new Axis<>("locating", AxisWords::locating,
            walk -> walk.map(Locating::label).orElse(AxisWords.DEFAULT), Axis::walksOf, AxisWords.LOCATINGS, Optional.empty());

    /** A matrix file that names none has each of its guests' usual one. */
    public static final Axis<Mapping> MAPPING = new Axis<>("mapping", AxisWords::mapping, Mapping::label,
            cell -> List.of(cell.mapping()), Mapping.TABLE, GuestKind.CONTRACT.mapping());

    public static final Axis<VerifierFlags> VERIFIER = new Axis<>("verifier", AxisWords::verifier, VerifierFlags::label,
            cell -> List.of(cell.verifier()), List.of(VerifierFlags.OFF, VerifierFlags.STANDARD), VerifierFlags.OFF);

    public static final Axis<Optional<Probe>> PROBE = new Axis<>("probe", AxisWords::probe,
            probe -> probe.map(Probe::name).orElse(AxisWords.NONE), cell -> List.of(cell.probe()),
            Probe.TABLE.stream().map(Optional::of).toList(), Optional.empty());

    public static final Axis<Optional<Pressure>> PRESSURE = new Axis<>("pressure", AxisWords::pressure,
            pressure -> pressure.map(Pressure::word).orElse(AxisWords.DEFAULT), Axis::pressuresOf,
            Stream.of(Pressure.values()).map(Optional::of).toList(), Optional.empty());

    public static final Axis<Reboot> REBOOT = new Axis<>("reboot", AxisWords::reboot, Reboot::word,
            cell -> List.of(cell.trial().reboot()), List.of(Reboot.values()), Reboot.NONE);

    public static final Axis<Set<ModelReading>> MODEL = new Axis<>("model", AxisWords::model, Model::label,
            cell -> List.of(cell.model().others()), Model.READINGS, Model.USUAL.others());

    public static final Axis<ModelVersion> VERSION = new Axis<>("version", AxisWords::version, ModelVersion::word,
            cell -> List.of(cell.model().version()), List.of(ModelVersion.values()), Model.USUAL.version());

    /** Every axis; in a product the last changes first. */
    public static final List<Axis<?>> ALL = List.of(GUEST, MACHINE, TYPE, PLACEMENT, PAGES, LOCATING, MAPPING, PROBE, PRESSURE,
            REBOOT, VERSION, MODEL, VERIFIER);

    private final String name;
    private final Function<String, List<T>> parser;
    private final Function<T, String> label;
    private final Function<Cell, List<T>> ofCell;
    private final List<T> table;
    private final T standard;

    private Axis(String name, Function<String, List<T>> parser, Function<T, String> label, Function<Cell, List<T>> ofCell,
                 List<T> table, T standard) {
        this.name = name;
        this.parser = parser;
        this.label = label;
        this.ofCell = ofCell;
        this.table = table;
        this.standard = standard;
    }

    /** What a matrix file calls it. */
    public String name() {
        return name;
    }

    /** The value where a matrix file says nothing. */
    public T standard() {
        return standard;
    }

    /** The values that a cell has here: one, and {@code default} beside it where that comes to the same. */
    public List<T> of(Cell cell) {
        return ofCell.apply(cell);
    }

    /** A value's word. */
    public String label(T value) {
        return label.apply(value);
    }

    /**
     * The values that a word stands for: one, or those of {@code all}, of a group, or of a pattern with {@code *}.
     *
     * @throws IllegalArgumentException if it stands for none; the message says what was expected
     */
    public List<T> parse(String word) {
        if (!table.isEmpty() && word.equals(AxisWords.ALL)) {
            return table;
        }
        if (!table.isEmpty() && Glob.is(word)) {
            requireMatch(word);
            return table.stream().filter(value -> Glob.matches(word, label(value))).toList();
        }
        return parser.apply(word);
    }

    /** @throws IllegalArgumentException if a pattern with {@code *} fits none of the values that can be counted up */
    void requireMatch(String glob) {
        if (!table.isEmpty() && table.stream().noneMatch(value -> Glob.matches(glob, label(value)))) {
            throw new IllegalArgumentException("'" + glob + "' matches no " + name);
        }
    }

    /** The number that ranges in a pattern compare; empty for an axis without one. */
    Optional<ToLongFunction<Cell>> number() {
        if (this == TYPE) {
            return Optional.of(cell -> cell.reservation().type().isUnreserved() ? -1 : cell.reservation().type().number());
        }
        return this == PAGES ? Optional.of(cell -> cell.reservation().pages()) : Optional.empty();
    }

    private static List<Optional<MachineShape>> machinesOf(Cell cell) {
        Optional<MachineShape> named = Optional.of(cell.machine());
        return cell.machine().equals(cell.guest().machine()) ? List.of(Optional.empty(), named) : List.of(named);
    }

    private static List<Optional<Pressure>> pressuresOf(Cell cell) {
        Optional<Pressure> named = Optional.of(cell.trial().pressure());
        return cell.trial().pressure() == cell.guest().trial().pressure() ? List.of(Optional.empty(), named) : List.of(named);
    }

    private static List<Optional<Locating>> walksOf(Cell cell) {
        Optional<Locating> named = Optional.of(cell.locating());
        return cell.locatesByDefault() ? List.of(Optional.empty(), named) : List.of(named);
    }

    /** The axis of that name. */
    static Optional<Axis<?>> named(String name) {
        return ALL.stream().filter(axis -> axis.name.equals(name)).findFirst();
    }

    static Stream<String> names() {
        return ALL.stream().map(Axis::name);
    }
}
