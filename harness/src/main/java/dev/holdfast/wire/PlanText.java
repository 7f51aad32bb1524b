// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Hex;
import dev.holdfast.plan.Locating;
import dev.holdfast.plan.MemoryType;
import dev.holdfast.plan.Placement;
import java.nio.charset.StandardCharsets;

/**
 * The plan as guest programs read it: ASCII lines, the first naming the version, then {@code key=value} with every key once, and last
 * the CRC-32C of all that stands before it. A machine that waits for its plan has the keys about the guest alone.
 */
public final class PlanText {

    /** The fw_cfg file that carries the plan. */
    public static final String FW_CFG_NAME = "opt/dev.holdfast/plan";
    /** What a machine that waits is told through its second serial port. */
    public static final int GO = 'G';
    public static final int VERSION = 1;
    /** The longest plan, in bytes. */
    public static final int MAX_BYTES = 4096;
    /** The longest line without its line feed, in bytes. */
    public static final int MAX_LINE_BYTES = 255;
    /** The longest value that is a text, in bytes. */
    public static final int MAX_TEXT_BYTES = 200;

    private static final String BATCH = "map.batch";
    /** The longest list of mappings to try: it may fill its line. */
    static final int MAX_BATCH_BYTES = MAX_LINE_BYTES - BATCH.length() - 1;

    private static final long UNUSED = 0;

    private final StringBuilder text;

    private PlanText(String kind) {
        text = new StringBuilder("holdfast-plan ").append(kind).append('\n');
    }

    /** In the place of a plan: prepare for this guest, and wait to be told that there is one. */
    public static byte[] waiting(GuestProgram guest) {
        PlanText lines = new PlanText("wait");
        lines.putGuest(guest);
        return lines.sealed();
    }

    /**
     * The plan's bytes.
     *
     * @throws IllegalArgumentException if a value is empty, too long or not printable ASCII; the message names the key
     */
    public static byte[] encode(Plan plan) {
        Cell cell = plan.cell();
        PlanText lines = new PlanText(Integer.toString(VERSION));
        lines.put("nonce", plan.nonce().toString());
        lines.put("cell", cell.id());
        MemoryType type = cell.reservation().type();
        lines.put("reservation.type", type.isUnreserved() ? type.name() : Hex.of(type.number()));
        lines.putPlacement(cell.reservation().placement());
        lines.put("reservation.pages", Long.toString(cell.reservation().pages()));
        lines.putGuest(plan.guest());
        lines.put("locate.method", cell.locating().method());
        lines.putWalk(cell.locating());
        lines.put("map.api", cell.mapping().api().routine());
        lines.put("map.cache", cell.mapping().cache().label());
        lines.put("map.variant", cell.mapping().variant().word());
        lines.put(BATCH, plan.options().batchText(), 1, MAX_BATCH_BYTES);
        lines.put("pressure", plan.options().pressure().word());
        lines.put("reboot", plan.options().reboot().word());
        lines.put("verifier.flags", Hex.of(cell.verifier().bits()));
        lines.put("driver.task", plan.options().task());
        lines.put("model", plan.options().modelText());
        lines.put("model.version", plan.options().version().word());
        return lines.sealed();
    }

    /** The CRC that stands in an encoded plan's last line, as frames repeat it. */
    public static String crcOf(byte[] plan) {
        String text = new String(plan, StandardCharsets.US_ASCII);
        return text.substring(text.lastIndexOf('=') + 1).strip();
    }

    private void putGuest(GuestProgram guest) {
        put("guest.loader", guest.loader());
        put("guest.start", guest.start().word());
        putOrNothing("guest.options", guest.options());
        put("guest.initrd", guest.initrd());
        put("guest.key", guest.key());
        put("driver.path", guest.driver());
    }

    private void putPlacement(Placement placement) {
        // A reader wants every key, whatever the placement uses of them.
        if (placement instanceof Placement.At at) {
            put("reservation.placement", "at");
            putRange("reservation", at.address(), UNUSED, UNUSED);
        } else if (placement instanceof Placement.FirstFree range) {
            put("reservation.placement", "first-free");
            putRange("reservation", range.from(), range.to(), range.step());
        } else if (placement instanceof Placement.Below below) {
            put("reservation.placement", "below");
            putRange("reservation", UNUSED, below.limit(), UNUSED);
        } else {
            put("reservation.placement", "any");
            putRange("reservation", UNUSED, UNUSED, UNUSED);
        }
    }

    private void putWalk(Locating locating) {
        if (locating instanceof Locating.Scan scan) {
            putRange("locate", scan.from(), scan.to(), scan.step());
        } else {
            putRange("locate", UNUSED, UNUSED, UNUSED);
        }
    }

    private void putRange(String prefix, long from, long to, long step) {
        put(prefix + ".from", Hex.of(from));
        put(prefix + ".to", Hex.of(to));
        put(prefix + ".step", Hex.of(step));
    }

    private void put(String key, String value) {
        put(key, value, 1, MAX_TEXT_BYTES);
    }

    private void putOrNothing(String key, String value) {
        put(key, value, 0, MAX_TEXT_BYTES);
    }

    private void put(String key, String value, int minBytes, int maxBytes) {
        if (value.length() < minBytes || value.length() > maxBytes) {
            throw new IllegalArgumentException("the plan's value of " + key + " has " + value.length() + " bytes; it must have "
                    + minBytes + ".." + maxBytes);
        }
        if (!value.chars().allMatch(c -> c >= 0x20 && c <= 0x7E)) {
            throw new IllegalArgumentException("the plan's value of " + key + " has a character that is not printable ASCII");
        }
        text.append(key).append('=').append(value).append('\n');
    }

    private byte[] sealed() {
        int crc = Crc32c.of(text.toString().getBytes(StandardCharsets.US_ASCII));
        return text.append("crc32c=").append(Crc32c.digits(crc)).append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    }
}
