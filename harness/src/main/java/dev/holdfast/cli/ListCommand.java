// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Sabotage;
import dev.holdfast.plan.CacheType;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.plan.Hex;
import dev.holdfast.plan.MapApi;
import dev.holdfast.plan.MapVariant;
import dev.holdfast.plan.Matrix;
import dev.holdfast.plan.MemoryType;
import dev.holdfast.plan.ModelSwitch;
import dev.holdfast.plan.ModelVersion;
import dev.holdfast.plan.Probe;
import dev.holdfast.plan.Scenarios;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "list", mixinStandardHelpOptions = true, description = "Say what there is.")
final class ListCommand {

    @Spec
    private CommandSpec spec;

    @Command(name = "cells", mixinStandardHelpOptions = true,
            description = "The ids of a scenario's cells, on a terminal with what is promised of each.")
    int cells(@Parameters(index = "0", arity = "0..1", paramLabel = "SCENARIO|FILE.yaml", defaultValue = "osr-thread",
                      description = "Default: ${DEFAULT-VALUE}.") String scenario,
              @Option(names = "--filter", paramLabel = "GLOB", converter = Names.OfGlob.class,
                      description = "Only cells whose id matches; * stands for any characters, ? for one.") Pattern filter,
              @Option(names = "--yes", description = "List even more than 100,000 cells.") boolean yes) {
        Matrix matrix = Matrices.find(scenario, yes, spec);
        PrintWriter out = spec.commandLine().getOut();
        boolean promises = Terminal.interactive();
        matrix.cells().filter(cell -> filter == null || filter.matcher(cell.id()).matches()).forEach(cell ->
                out.println(promises ? String.format(Locale.ROOT, "%-9s %s", matrix.promiseOf(cell).kind(), cell.id()) : cell.id()));
        out.flush();
        return ExitStatus.AS_PROMISED;
    }

    @Command(name = "scenarios", mixinStandardHelpOptions = true, description = "The scenarios that ship.")
    int scenarios() {
        Scenarios.ALL.forEach(scenario -> line("%-16s %5d cells. %s", scenario.name(), scenario.cells().count(), scenario.about()));
        return ExitStatus.AS_PROMISED;
    }

    @Command(name = "types", mixinStandardHelpOptions = true, description = "UEFI's memory types, and what an OS may do with each.")
    int types() {
        for (MemoryType type : MemoryType.TABLE) {
            line("%-6s %-28s %s", type.isUnreserved() ? "-" : Hex.of(type.number()), type.name(),
                    type.fate().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        return ExitStatus.AS_PROMISED;
    }

    @Command(name = "mappings", mixinStandardHelpOptions = true, description = "The ways in which the driver can map a block, for each kernel.")
    int mappings() {
        for (MapApi api : MapApi.values()) {
            String caches = api.caches().stream().map(CacheType::label).collect(Collectors.joining("|"));
            for (MapVariant variant : api.variants()) {
                line("%-6s %-68s %s", api.kernel().name().toLowerCase(Locale.ROOT), api.routine() + "." + caches + variant.suffix(),
                        variant == MapVariant.PLAIN ? api.calls() : "the same, " + variant.description());
            }
        }
        return ExitStatus.AS_PROMISED;
    }

    @Command(name = "probes", mixinStandardHelpOptions = true, description = "What the driver can ask of a kernel before it looks for the block.")
    int probes() {
        for (Probe probe : Probe.TABLE) {
            line("%-28s %s", probe.name(), probe.about());
        }
        return ExitStatus.AS_PROMISED;
    }

    @Command(name = "switches", mixinStandardHelpOptions = true,
            description = "What the documentation leaves open, and how a model guest can read it; the first value is the default.")
    int switches() {
        for (ModelSwitch one : ModelSwitch.values()) {
            line("%-16s %-24s %s", one.label(), String.join(" ", one.readings()), one.question());
        }
        for (ModelVersion version : ModelVersion.values()) {
            line("%-16s %-24s %s", "version", version.word(), version.about());
        }
        return ExitStatus.AS_PROMISED;
    }

    @Command(name = "guests", mixinStandardHelpOptions = true, description = "What can boot after the UEFI application.")
    int guests() {
        for (GuestKind guest : GuestKind.values()) {
            line("%-9s %-8s %s", guest.label(), guest.model() ? "(MODEL)" : "", guest.description());
        }
        return ExitStatus.AS_PROMISED;
    }

    @Command(name = "sabotages", mixinStandardHelpOptions = true, description = "The ways to break a boot on purpose.")
    int sabotages() {
        for (Sabotage sabotage : Sabotage.values()) {
            line("%-16s %-15s %s", sabotage.label(),
                    sabotage.guests().stream().map(GuestKind::label).collect(Collectors.joining(", ")), sabotage.breaks());
        }
        return ExitStatus.AS_PROMISED;
    }

    private void line(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
