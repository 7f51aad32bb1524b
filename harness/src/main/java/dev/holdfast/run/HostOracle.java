// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.Machine;
import dev.holdfast.machine.MachineFault;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Hex;
import dev.holdfast.wire.Block;
import dev.holdfast.wire.BlockCheck;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.Plan;
import dev.holdfast.wire.Transcript;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The second oracle: reads the block's pages from outside, whatever the guest says about them. The machine must be paused. */
final class HostOracle {

    /** Tells RAM from anything else: where the guest's word on the address must lie before it is believed. */
    @FunctionalInterface
    interface Ram {
        boolean contains(long address, long bytes);
    }

    /**
     * What it saw.
     *
     * @param check   empty if there was no block to look at, or it could not be looked at
     * @param trouble why it could not, as a sentence; empty if it could, or if there was nothing to look at
     */
    record Look(Optional<BlockCheck> check, Optional<String> trouble) {

        static Look nothing() {
            return new Look(Optional.empty(), Optional.empty());
        }

        static Look trouble(String words) {
            return new Look(Optional.empty(), Optional.of("the host oracle could not look: " + words));
        }
    }

    private final Ram ram;

    HostOracle(Ram ram) {
        this.ram = ram;
    }

    /** Looks at the block, and keeps what it read in {@code folder} if it is damaged. */
    Look look(Machine machine, Plan plan, Transcript transcript, CellFolder folder) {
        Optional<Frame> filled = transcript.first("uefi.filled");
        if (filled.isEmpty()) {
            return Look.nothing();
        }
        Cell cell = plan.cell();
        long pages = cell.reservation().pages();
        Optional<Long> at = transcript.first("uefi.reserved").flatMap(frame -> frame.number("at"));
        Optional<String> doubt = doubt(filled.get(), at, pages);
        if (doubt.isPresent()) {
            return Look.trouble(doubt.get());
        }
        Path dump = folder.dump();
        try {
            machine.savePhysicalMemory(at.get(), pages * Block.PAGE_BYTES, dump);
            Block block = new Block(plan.nonce(), pages, at.get(), cell.reservation().type().number());
            BlockCheck check = check(block, dump);
            if (check.whole()) {
                Files.delete(dump);
            }
            return new Look(Optional.of(check), Optional.empty());
        } catch (MachineFault | IOException e) {
            return Look.trouble(e.getMessage());
        }
    }

    /** The address and the length come from the guest: what is wrong with them. */
    private Optional<String> doubt(Frame filled, Optional<Long> at, long pages) {
        if (at.isEmpty() || !filled.number("at").equals(at)) {
            return Optional.of("uefi.reserved and uefi.filled do not name one address");
        }
        if (!filled.number("pages").equals(Optional.of(pages))) {
            return Optional.of("uefi.filled does not name the " + pages + " pages that were asked for");
        }
        if (at.get() % Block.PAGE_BYTES != 0) {
            return Optional.of("the block's address " + Hex.of(at.get()) + " is not a page's");
        }
        if (!ram.contains(at.get(), pages * Block.PAGE_BYTES)) {
            return Optional.of("the block's address " + Hex.of(at.get()) + " is not in this machine's RAM");
        }
        return Optional.empty();
    }

    private static BlockCheck check(Block block, Path dump) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(dump))) {
            return block.check(in);
        }
    }
}
