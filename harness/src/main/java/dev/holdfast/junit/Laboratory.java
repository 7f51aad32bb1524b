// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import dev.holdfast.guest.Artefacts;
import dev.holdfast.guest.ContractGuest;
import dev.holdfast.guest.Guest;
import dev.holdfast.guest.Home;
import dev.holdfast.guest.LinuxGuest;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.run.Computer;
import dev.holdfast.run.Lab;
import dev.holdfast.run.OwnBoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What boots share for as long as tests run: one lab for each kind of guest and machine. Safe for use by several threads. */
final class Laboratory implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.holdfast");
    /** A test of one's own may ask its machine many things; one that was forgotten goes all the same. */
    private static final Duration OWN_LIFETIME = Duration.ofMinutes(15);

    private record Key(GuestKind guest, Optional<Path> driver, Optional<Path> certificate, Lab.Manner manner) {
    }

    private final Map<Key, Lab> labs = new ConcurrentHashMap<>();
    private Computer computer;

    /**
     * @param guest of the cell that is to boot
     * @throws dev.holdfast.machine.EnvironmentFault naming the first thing that is missing
     */
    Lab of(GuestKind guest, BootSpec spec) {
        Key key = new Key(guest, spec.driver(), spec.certificate(), new Lab.Manner(spec.timeout(), spec.display(), spec.cold(), true));
        if (guest != GuestKind.CONTRACT && (key.driver().isPresent() || key.certificate().isPresent())) {
            throw new IllegalArgumentException("a driver and a certificate of your own are nothing for the guest " + guest.label()
                    + ", which loads no .sys file");
        }
        return labs.computeIfAbsent(key, Laboratory::open);
    }

    private static Lab open(Key key) {
        return new Lab(guest(key), key.manner(), notice -> LOG.log(System.Logger.Level.INFO, notice));
    }

    private static Guest guest(Key key) {
        return switch (key.guest()) {
            case CONTRACT -> new ContractGuest(new Artefacts(Home.find()), Optional.empty(), key.driver(), key.certificate());
            case LINUX -> new LinuxGuest(new Artefacts(Home.findForLinux()), Optional.empty());
        };
    }

    /** @throws dev.holdfast.machine.EnvironmentFault naming the first thing that is missing */
    OwnBoot own() {
        return new OwnBoot(computer(), OWN_LIFETIME);
    }

    synchronized Computer computer() {
        if (computer == null) {
            computer = Computer.open();
        }
        return computer;
    }

    @Override
    public synchronized void close() {
        labs.values().forEach(Lab::close);
        if (computer != null) {
            computer.close();
        }
    }
}
