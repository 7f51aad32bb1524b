// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import dev.holdfast.guest.GuestFile;
import dev.holdfast.plan.Axis;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.CellWords;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.plan.MachineShape;
import dev.holdfast.run.OwnBoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What boots, in code: each method returns another specification that differs in one thing. Words that there are not are refused at
 * once, with an {@link IllegalArgumentException} that says which there are.
 *
 * @param words       axis to the word for its value, as matrix files have them
 * @param cell        a whole cell, which leaves no axis to be named
 * @param files       path in the EFI system partition to file on the host, where it is not this project's programs that boot
 * @param driver      in the place of this project's own
 * @param certificate that the driver is signed with
 * @param timeout     the longest that the boot, or a wait for its console, may take
 * @param display     whether the machine has a screen
 * @param cold        whether a cell's machine begins at reset
 */
public record BootSpec(Map<String, String> words, Optional<Cell> cell, Optional<Map<String, Path>> files, Optional<Path> driver,
                       Optional<Path> certificate, Optional<Duration> timeout, boolean display, boolean cold) {

    private static final String MACHINE = "machine";

    public BootSpec {
        words = Map.copyOf(words);
        files = files.map(Map::copyOf);
        if (cell.isPresent() && !words.isEmpty()) {
            throw new IllegalArgumentException("a whole cell was named, and then its " + words.keySet().iterator().next()
                    + "; name one or the other");
        }
        if (files.isPresent() && (cell.isPresent() || words.keySet().stream().anyMatch(axis -> !axis.equals(MACHINE)))) {
            throw new IllegalArgumentException("an application or files of your own boot in the place of a cell, so there is nothing to say"
                    + " of " + (cell.isPresent() ? "a cell" : "its " + String.join(", ", new TreeMap<>(words).keySet())));
        }
        if (timeout.filter(limit -> limit.isNegative() || limit.isZero()).isPresent()) {
            throw new IllegalArgumentException("the timeout has to be above 0, not " + timeout.get());
        }
    }

    /** The forum thread's block and driver on the contract guest, with Driver Verifier off. */
    public static BootSpec contract() {
        return new BootSpec(Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, false);
    }

    /** The same block on Debian's kernel, where a module of this project's maps it with {@code memremap}. */
    public static BootSpec linux() {
        return contract().guest(GuestKind.LINUX.label());
    }

    public static BootSpec of(Cell cell) {
        return contract().cell(cell);
    }

    /** The firmware's own shell. */
    public static BootSpec shell() {
        return contract().own(Map.of());
    }

    /** A UEFI application or boot loader of your own, in the place of all that this project boots. */
    public static BootSpec ofApplication(Path efi) {
        return shell().application(efi);
    }

    public BootSpec cell(Cell other) {
        return new BootSpec(Map.of(), Optional.of(other), Optional.empty(), driver, certificate, timeout, display, cold);
    }

    public BootSpec guest(String word) {
        return with("guest", word);
    }

    public BootSpec machine(String word) {
        return with(MACHINE, word);
    }

    public BootSpec type(String word) {
        return with("type", word);
    }

    public BootSpec placement(String word) {
        return with("placement", word);
    }

    public BootSpec pages(long pages) {
        return with("pages", Long.toString(pages));
    }

    public BootSpec locating(String word) {
        return with("locating", word);
    }

    public BootSpec mapping(String word) {
        return with("mapping", word);
    }

    public BootSpec verifier(boolean on) {
        return with("verifier", on ? "on" : "off");
    }

    public BootSpec probe(String word) {
        return with("probe", word);
    }

    public BootSpec pressure(String word) {
        return with("pressure", word);
    }

    public BootSpec reboot(String word) {
        return with("reboot", word);
    }

    /** An axis by its name in matrix files, and the word for a value there. */
    public BootSpec with(String axis, String word) {
        Map<String, String> more = new TreeMap<>(words);
        more.put(axis, word);
        CellWords.check(axis, word);
        return new BootSpec(more, cell, files, driver, certificate, timeout, display, cold);
    }

    /** A driver (.sys) of your own in the place of this project's. */
    public BootSpec driver(Path sys) {
        return new BootSpec(words, cell, files, Optional.of(GuestFile.image("driver", sys, ".sys")), certificate, timeout, display, cold);
    }

    /** The certificate (DER) that the driver is signed with; without one it has to be signed with this project's own. */
    public BootSpec certificate(Path der) {
        return new BootSpec(words, cell, files, driver, Optional.of(GuestFile.any("certificate", der)), timeout, display, cold);
    }

    /** A UEFI application or boot loader of your own, in the place of all that this project boots. */
    public BootSpec application(Path efi) {
        return own(Map.of(OwnBoot.APPLICATION, GuestFile.image("application", efi, ".efi")));
    }

    /** @param path in the EFI system partition, with slashes, such as {@code /startup.nsh} */
    public BootSpec file(String path, Path file) {
        if (!path.matches("(/[A-Za-z0-9._-]{1,64}){1,8}")) {
            throw new IllegalArgumentException("'" + path + "' is no path in an EFI system partition; write /FOLDER/NAME");
        }
        return own(Map.of(path, GuestFile.any("file", file)));
    }

    private BootSpec own(Map<String, Path> more) {
        Map<String, Path> all = new TreeMap<>(files.orElse(Map.of()));
        all.putAll(more);
        return new BootSpec(words, cell, Optional.of(all), driver, certificate, timeout, display, cold);
    }

    /** The longest that the boot, or a wait for its console, may take. */
    public BootSpec timeout(Duration limit) {
        return new BootSpec(words, cell, files, driver, certificate, Optional.of(limit), display, cold);
    }

    /** Gives the machine a screen to take a picture of. */
    public BootSpec withDisplay() {
        return new BootSpec(words, cell, files, driver, certificate, timeout, true, cold);
    }

    /** Has a cell's machine begin at reset, in the place of a snapshot. */
    public BootSpec fromReset() {
        return new BootSpec(words, cell, files, driver, certificate, timeout, display, true);
    }

    /** The cell that boots. */
    Cell asked() {
        return cell.orElseGet(() -> CellWords.cell(words));
    }

    /** The machine that something of your own boots on. */
    MachineShape shape() {
        return Optional.ofNullable(words.get(MACHINE)).flatMap(word -> Axis.MACHINE.parse(word).get(0)).orElse(MachineShape.SMALL);
    }
}
