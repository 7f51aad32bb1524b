// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Sabotage;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.plan.Hex;
import dev.holdfast.plan.MapApi;
import dev.holdfast.plan.MemoryType;
import dev.holdfast.plan.PromiseTable;
import dev.holdfast.plan.Scenario;
import dev.holdfast.plan.Scenarios;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "list", mixinStandardHelpOptions = true, description = "Say what there is.")
final class ListCommand {

    @Spec
    private CommandSpec spec;

    @Command(name = "cells", mixinStandardHelpOptions = true, description = "The cells of a scenario, each with what is promised of it.")
    int cells(@Parameters(index = "0", arity = "0..1", paramLabel = "SCENARIO", defaultValue = "osr-thread",
            converter = Names.OfScenario.class, description = "Default: ${DEFAULT-VALUE}.") Scenario scenario) {
        for (Cell cell : scenario.cells()) {
            line("%-9s %s", PromiseTable.of(cell).kind(), cell.id());
        }
        return ExitStatus.AS_PROMISED;
    }

    @Command(name = "scenarios", mixinStandardHelpOptions = true, description = "The scenarios that ship.")
    int scenarios() {
        Scenarios.ALL.forEach(scenario -> line("%-12s %d cells. %s", scenario.name(), scenario.cells().size(), scenario.about()));
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

    @Command(name = "mappings", mixinStandardHelpOptions = true, description = "The ways in which the driver can map a block.")
    int mappings() {
        for (MapApi api : MapApi.values()) {
            line("%-24s %s", api.routine(), api.calls());
        }
        return ExitStatus.AS_PROMISED;
    }

    @Command(name = "guests", mixinStandardHelpOptions = true, description = "What can boot after the UEFI application.")
    int guests() {
        for (GuestKind guest : GuestKind.values()) {
            line("%-12s %s", guest.label(), guest.description());
        }
        return ExitStatus.AS_PROMISED;
    }

    @Command(name = "sabotages", mixinStandardHelpOptions = true, description = "The ways to break a boot on purpose.")
    int sabotages() {
        for (Sabotage sabotage : Sabotage.values()) {
            line("%-16s %s", sabotage.label(), sabotage.breaks());
        }
        return ExitStatus.AS_PROMISED;
    }

    private void line(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
