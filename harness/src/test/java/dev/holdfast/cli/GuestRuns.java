// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.guest.Artefacts;
import dev.holdfast.guest.ContractGuest;
import dev.holdfast.guest.Guest;
import dev.holdfast.guest.Home;
import dev.holdfast.machine.Machine;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.plan.Locating;
import dev.holdfast.plan.MapApi;
import dev.holdfast.plan.Mapping;
import dev.holdfast.plan.MemoryType;
import dev.holdfast.plan.Placement;
import dev.holdfast.plan.Reservation;
import dev.holdfast.plan.VerifierFlags;
import dev.holdfast.run.Boot;
import dev.holdfast.run.Lab;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.FrameDecoder;
import dev.holdfast.wire.GuestOptions;
import dev.holdfast.wire.Nonce;
import dev.holdfast.wire.Plan;
import dev.holdfast.wire.PlanText;
import dev.holdfast.wire.Transcript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Boots of the contract guest with one driver or another, a fork each, and what they said. */
final class GuestRuns implements AutoCloseable {

    private final Path folder;
    private final Guest guest;
    private final Lab lab;
    private final Boot boot;

    /** The driver that commits violations. */
    static final String VIOLATIONS = "nt-violations/holdfast.sys";

    /**
     * @param folder for the runs' files, which nobody needs afterwards
     * @param driver below the drivers' target folder
     */
    GuestRuns(Path folder, String driver) {
        this(folder, contract(new Artefacts(Home.find()).driver(driver)));
    }

    /** Boots of another guest. */
    GuestRuns(Path folder, Guest guest) {
        this.folder = folder;
        this.guest = guest;
        lab = new Lab(guest, Optional.empty(), false, false, notice -> { });
        boot = lab.boot(GuestKind.CONTRACT.machine());
    }

    /** The contract guest with a driver of one's own. */
    static Guest contract(Path driver) {
        return new ContractGuest(new Artefacts(Home.find()), Optional.empty(), Optional.of(driver));
    }

    /** A guest without the pattern that fw_cfg writes over memory for it, so that it does so itself. */
    static Guest withoutFwCfg(Guest guest) {
        return new ChangedGuest(guest) {
            @Override
            public Map<String, Path> fwCfg() {
                return Map.of();
            }
        };
    }

    /** What a boot of the usual cell with these orders says. */
    Transcript of(GuestOptions options, long verifierFlags) {
        return of(options, verifierFlags, MapApi.MM_MAP_IO_SPACE);
    }

    /** What a boot with these orders and another mapping says. */
    Transcript of(GuestOptions options, long verifierFlags, MapApi api) {
        Cell cell = new Cell(GuestKind.CONTRACT, new Reservation(MemoryType.RESERVED, Placement.FirstFree.THREAD, 1), Locating.THREAD,
                Mapping.cached(api), new VerifierFlags(verifierFlags));
        return of(cell, options);
    }

    /** What a boot of a cell with these orders says, from the plan to a proven end. */
    Transcript of(Cell cell, GuestOptions options) {
        Plan plan = new Plan(cell, Nonce.fresh(), guest.program(), options);
        try {
            Path run = Files.createTempDirectory(folder, "run");
            Path channel = run.resolve("frames.txt");
            Path file = Files.write(run.resolve("plan"), PlanText.encode(plan));
            try (Machine machine = boot.start(file, run.resolve("console.log"), channel)) {
                await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5))
                        .failFast(() -> !machine.alive() && heard(plan, channel).lastWords().isEmpty())
                        .until(() -> heard(plan, channel).lastWords().isPresent());
                machine.send('A');
                await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5)).until(() -> !machine.alive());
            }
            Transcript heard = heard(plan, channel);
            assertThat(heard.problems()).as(heard.frames().toString()).isEmpty();
            return heard;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Transcript heard(Plan plan, Path channel) {
        Transcript transcript = new Transcript(plan.nonce());
        FrameDecoder decoder = new FrameDecoder(transcript::accept);
        try {
            byte[] before = boot.said();
            decoder.feed(before, 0, before.length);
            byte[] bytes = Files.exists(channel) ? Files.readAllBytes(channel) : new byte[0];
            decoder.feed(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return transcript;
    }

    /** The value that the driver said under a name, the last time it did. */
    static long value(Transcript transcript, String name) {
        return transcript.all("driver.value").filter(frame -> frame.text("name").orElse("").equals(name))
                .reduce((earlier, later) -> later).flatMap((Frame frame) -> frame.number("value")).orElseThrow();
    }

    @Override
    public void close() {
        lab.close();
    }
}
