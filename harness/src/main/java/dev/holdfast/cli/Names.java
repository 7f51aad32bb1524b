// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Sabotage;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Glob;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.plan.Matrix;
import dev.holdfast.plan.Scenarios;
import dev.holdfast.plan.Shard;
import dev.holdfast.plan.Suggestions;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Turns the command line's words into what they name, or says what was probably meant. */
final class Names {

    private Names() {
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
            return Cell.named(id)
                    .orElseThrow(() -> new TypeConversionException("there is no cell '" + id + "'"
                            + Suggestions.offer(id, Scenarios.ALL.stream().flatMap(Matrix::cells).map(Cell::id),
                            "see: holdfast list cells")));
        }
    }

    static final class OfShard implements CommandLine.ITypeConverter<Shard> {
        @Override
        public Shard convert(String words) {
            return Shard.named(words).orElseThrow(() -> new TypeConversionException("a shard is K/N with K from 1 to N and N at most "
                    + Shard.MAX + ", not '" + words + "'; add 1 to an index that counts from 0"));
        }
    }

    static final class OfGlob implements CommandLine.ITypeConverter<Pattern> {
        @Override
        public Pattern convert(String glob) {
            return Glob.compile(glob);
        }
    }
}
