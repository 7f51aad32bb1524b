// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The words for values of each axis, as matrix files and cells' ids write them. Every method throws IllegalArgumentException. */
final class AxisWords {

    static final String ALL = "all";
    static final String DEFAULT = "default";
    static final String NONE = "none";
    /** More addresses than any machine has blocks to boot for. */
    static final int MAX_EACH = 4096;

    /** Those that can be counted up. */
    static final List<Optional<Locating>> LOCATINGS = Stream.concat(Stream.of(Optional.<Locating>empty()),
            Stream.of(Locating.Published.values()).map(Optional::<Locating>of)).toList();

    private static final String N = "(0[xX][0-9a-fA-F]{1,16}|[0-9]{1,19})";
    private static final Pattern AT = Pattern.compile("(?:at )?" + N);
    private static final Pattern BELOW = Pattern.compile("below[ -]" + N);
    private static final Pattern FIRST_FREE = walk("first-free");
    private static final Pattern EACH = walk("each");
    private static final Pattern SCAN = walk("scan");
    private static final Pattern NUMBER = Pattern.compile(N);
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,7}) ?(KiB|MiB|GiB)");
    private static final Pattern FLAGS = Pattern.compile("(?:verifier-)?(0[xX][0-9a-fA-F]{1,8})");
    private static final String PLACEMENTS = "'at ADDRESS', 'first-free', 'first-free FROM..TO step STEP', "
            + "'each FROM..TO step STEP', 'below ADDRESS' or 'any'";

    private AxisWords() {
    }

    static List<GuestKind> guest(String word) {
        return List.of(GuestKind.named(word)
                .orElseThrow(() -> unknown("guest", word, Stream.of(GuestKind.values()).map(GuestKind::label))));
    }

    static List<Optional<MachineShape>> machine(String word) {
        if (word.equals(DEFAULT)) {
            return List.of(Optional.empty());
        }
        return List.of(Optional.of(MachineShape.named(word)
                .orElseThrow(() -> unknown("machine", word, MachineShape.TABLE.stream().map(MachineShape::name)))));
    }

    static List<MemoryType> type(String word) {
        if (word.equals("accepted") || word.equals("rejected")) {
            boolean accepted = word.equals("accepted");
            return MemoryType.TABLE.stream().filter(type -> type.allocatable() == accepted && !type.isUnreserved()).toList();
        }
        return List.of(MemoryType.named(word).orElseThrow(() -> unknown("memory type", word,
                Stream.concat(MemoryType.TABLE.stream().map(MemoryType::name), Stream.of("accepted", "rejected")))));
    }

    static List<Placement> placement(String word) {
        if (word.equals("any")) {
            return List.of(new Placement.Any());
        }
        if (word.equals("first-free")) {
            return List.of(Placement.FirstFree.THREAD);
        }
        Matcher matcher = AT.matcher(word);
        if (matcher.matches()) {
            return List.of(new Placement.At(number(matcher.group(1))));
        }
        matcher = BELOW.matcher(word);
        if (matcher.matches()) {
            return List.of(new Placement.Below(number(matcher.group(1))));
        }
        matcher = FIRST_FREE.matcher(word);
        if (matcher.matches()) {
            return List.of(new Placement.FirstFree(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3))));
        }
        matcher = EACH.matcher(word);
        if (matcher.matches()) {
            return each(new Placement.FirstFree(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3))));
        }
        throw new IllegalArgumentException("'" + word + "' is no placement; write " + PLACEMENTS);
    }

    private static List<Placement> each(Placement.FirstFree range) {
        long last = Long.divideUnsigned(range.to() - range.from() - 1, range.step());
        if (Long.compareUnsigned(last, MAX_EACH) >= 0) {
            throw new IllegalArgumentException("'each' names more than " + MAX_EACH + " addresses; take a wider step");
        }
        return LongStream.rangeClosed(0, last).<Placement>mapToObj(i -> new Placement.At(range.from() + i * range.step())).toList();
    }

    static List<Long> pages(String word) {
        Matcher size = SIZE.matcher(word);
        if (size.matches()) {
            int shift = size.group(2).equals("KiB") ? 10 : size.group(2).equals("MiB") ? 20 : 30;
            long bytes = Long.parseLong(size.group(1)) << shift;
            if (bytes % Reservation.PAGE_BYTES != 0) {
                throw new IllegalArgumentException("'" + word + "' is no multiple of a page (4 KiB)");
            }
            return List.of(inRange(bytes / Reservation.PAGE_BYTES));
        }
        if (!NUMBER.matcher(word).matches()) {
            throw new IllegalArgumentException("'" + word + "' is no number of pages; write a number, or a size such as 2MiB");
        }
        return List.of(inRange(number(word)));
    }

    private static long inRange(long pages) {
        if (pages < 1 || pages > Reservation.MAX_PAGES) {
            throw new IllegalArgumentException("a block has 1.." + Reservation.MAX_PAGES + " pages, not " + Long.toUnsignedString(pages));
        }
        return pages;
    }

    static List<Optional<Locating>> locating(String word) {
        if (word.equals(DEFAULT) || word.equals(Locating.Scan.METHOD)) {
            return List.of(Optional.empty());
        }
        for (Locating published : Locating.Published.values()) {
            if (published.label().equals(word)) {
                return List.of(Optional.of(published));
            }
        }
        Matcher matcher = SCAN.matcher(word);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + word + "' is no way to locate a block; write 'default', 'variable', 'acpi-table' "
                    + "or 'scan FROM..TO step STEP'");
        }
        return List.of(Optional.of(new Locating.Scan(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3)))));
    }

    static List<Mapping> mapping(String word) {
        return List.of(Mapping.TABLE.stream().filter(mapping -> mapping.label().equalsIgnoreCase(word)).findFirst()
                .orElseThrow(() -> unknown("mapping", word, Mapping.TABLE.stream().map(Mapping::label))));
    }

    static List<Optional<Probe>> probe(String word) {
        if (word.equals(NONE)) {
            return List.of(Optional.empty());
        }
        return List.of(Optional.of(Probe.named(word)
                .orElseThrow(() -> unknown("probe", word, Stream.concat(Stream.of(NONE), Probe.TABLE.stream().map(Probe::name))))));
    }

    static List<Optional<Pressure>> pressure(String word) {
        if (word.equals(DEFAULT)) {
            return List.of(Optional.empty());
        }
        return List.of(Optional.of(Pressure.named(word)
                .orElseThrow(() -> unknown("pressure", word, Stream.concat(Stream.of(DEFAULT), Stream.of(Pressure.values()).map(Pressure::word))))));
    }

    static List<Reboot> reboot(String word) {
        return List.of(Reboot.named(word)
                .orElseThrow(() -> unknown("reboot", word, Stream.of(Reboot.values()).map(Reboot::word))));
    }

    static List<Set<ModelReading>> model(String word) {
        if (word.equals(Model.STRICT)) {
            return List.of(Set.of());
        }
        Map<ModelSwitch, String> stands = new EnumMap<>(ModelSwitch.class);
        for (String part : word.split(",", -1)) {
            String name = part.strip().replaceFirst(":.*$", "");
            ModelSwitch named = ModelSwitch.named(name).orElseThrow(() -> unknown("switch of the model", name,
                    Stream.concat(Stream.of(Model.STRICT), Stream.of(ModelSwitch.values()).map(ModelSwitch::label))));
            if (stands.put(named, value(named, part.strip().substring(name.length()))) != null) {
                throw new IllegalArgumentException("the model's switch " + name + " stands in '" + word + "' twice");
            }
        }
        return List.of(Model.reading(stands.entrySet().stream().filter(one -> !one.getValue().equals(one.getKey().usual()))
                .map(one -> new ModelReading(one.getKey(), one.getValue())).toList()));
    }

    /** @param value the part behind the switch's name, colon included */
    private static String value(ModelSwitch named, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the model's switch " + named.label() + " wants a value; write "
                    + named.readings().stream().map(reading -> named.label() + ":" + reading).collect(Collectors.joining(" or ")));
        }
        if (!named.takes(value.substring(1))) {
            throw unknown("value of " + named.label(), value.substring(1), named.readings().stream());
        }
        return value.substring(1);
    }

    static List<ModelVersion> version(String word) {
        return List.of(ModelVersion.named(word).orElseThrow(() -> unknown("version of Windows", word,
                Stream.of(ModelVersion.values()).map(ModelVersion::word))));
    }

    static List<VerifierFlags> verifier(String word) {
        if (word.equals("off") || word.equals("no-verifier")) {
            return List.of(VerifierFlags.OFF);
        }
        if (word.equals("on") || word.equals("verifier")) {
            return List.of(VerifierFlags.STANDARD);
        }
        Matcher flags = FLAGS.matcher(word);
        if (!flags.matches()) {
            throw new IllegalArgumentException("'" + word + "' is no Verifier setting; write on, off or flags such as 0x209BB");
        }
        return List.of(new VerifierFlags(number(flags.group(1))));
    }

    /** {@code NAME FROM..TO step STEP}, or as an id writes it, {@code NAME-FROM-TO-STEP}. */
    private static Pattern walk(String name) {
        return Pattern.compile(name + "[ -]" + N + "(?:\\.\\.|-)" + N + "(?: step |-)" + N);
    }

    static long number(String word) {
        try {
            return word.regionMatches(true, 0, "0x", 0, 2) ? Long.parseUnsignedLong(word.substring(2), 16) : Long.parseUnsignedLong(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the number " + word + " does not fit into 64 bits", e);
        }
    }

    static IllegalArgumentException unknown(String what, String word, Stream<String> candidates) {
        List<String> names = candidates.toList();
        return new IllegalArgumentException("there is no " + what + " '" + word + "'"
                + Suggestions.offer(word, names.stream(), "there are " + String.join(", ", names)));
    }
}
