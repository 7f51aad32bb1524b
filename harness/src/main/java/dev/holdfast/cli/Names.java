// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Sabotage;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.plan.Scenario;
import dev.holdfast.plan.Scenarios;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Turns the command line's words into what they name, or says what was probably meant. */
final class Names {

    private Names() {
    }

    static final class OfScenario implements CommandLine.ITypeConverter<Scenario> {
        @Override
        public Scenario convert(String name) {
            return Scenarios.named(name).orElseThrow(() -> new TypeConversionException("there is no scenario '" + name + "'"
                    + Suggestions.offer(name, Scenarios.ALL.stream().map(Scenario::name), "see: holdfast list scenarios")));
        }
    }

    static final class OfGuest implements CommandLine.ITypeConverter<GuestKind> {
        @Override
        public GuestKind convert(String name) {
            return GuestKind.named(name).orElseThrow(() -> new TypeConversionException("there is no guest '" + name + "'"
                    + Suggestions.offer(name, Stream.of(GuestKind.values()).map(GuestKind::label), "see: holdfast list guests")));
        }
    }

    static final class OfSabotage implements CommandLine.ITypeConverter<Sabotage> {
        @Override
        public Sabotage convert(String name) {
            return Sabotage.named(name).orElseThrow(() -> new TypeConversionException("there is no sabotage '" + name + "'"
                    + Suggestions.offer(name, Stream.of(Sabotage.values()).map(Sabotage::label), "see: holdfast list sabotages")));
        }
    }

    static final class OfCell implements CommandLine.ITypeConverter<Cell> {
        @Override
        public Cell convert(String id) {
            List<Cell> cells = Scenarios.ALL.stream().flatMap(scenario -> scenario.cells().stream()).toList();
            return cells.stream().filter(cell -> cell.id().equals(id)).findFirst()
                    .orElseThrow(() -> new TypeConversionException("there is no cell '" + id + "'"
                            + Suggestions.offer(id, cells.stream().map(Cell::id), "see: holdfast list cells")));
        }
    }

    /** A pattern for cell ids in which {@code *} stands for any characters, slashes too, and {@code ?} for one. */
    static final class OfGlob implements CommandLine.ITypeConverter<Pattern> {
        @Override
        public Pattern convert(String glob) {
            StringBuilder regex = new StringBuilder();
            for (char c : glob.toCharArray()) {
                regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
            }
            return Pattern.compile(regex.toString());
        }
    }
}
