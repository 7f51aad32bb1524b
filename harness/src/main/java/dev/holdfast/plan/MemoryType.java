// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A UEFI memory type (EFI_MEMORY_TYPE: UEFI specification 2.10, section 7.2).
 *
 * @param number the type's number, 0..0xFFFFFFFF
 * @param name   the name that the specification gives it, or {@code unreserved}, or its number in hex (OEM and OS types)
 * @param fate   what an operating system may do with such memory after ExitBootServices
 */
public record MemoryType(long number, String name, Fate fate) {

    /** Not a UEFI type: pages that were allocated, given back, and then filled all the same. */
    public static final MemoryType UNRESERVED = new MemoryType(0xFFFF_FFFFL, "unreserved", Fate.RECLAIM);

    public static final MemoryType RESERVED = new MemoryType(0, "EfiReservedMemoryType", Fate.KEEP);
    public static final MemoryType LOADER_DATA = new MemoryType(2, "EfiLoaderData", Fate.RECLAIM);
    public static final MemoryType BOOT_SERVICES_DATA = new MemoryType(4, "EfiBootServicesData", Fate.RECLAIM);

    /** The numbered types by number, then {@link #UNRESERVED}. */
    public static final List<MemoryType> TABLE = List.of(
            RESERVED,
            new MemoryType(1, "EfiLoaderCode", Fate.RECLAIM),
            LOADER_DATA,
            new MemoryType(3, "EfiBootServicesCode", Fate.RECLAIM),
            BOOT_SERVICES_DATA,
            new MemoryType(5, "EfiRuntimeServicesCode", Fate.KEEP),
            new MemoryType(6, "EfiRuntimeServicesData", Fate.KEEP),
            new MemoryType(7, "EfiConventionalMemory", Fate.RECLAIM),
            new MemoryType(8, "EfiUnusableMemory", Fate.KEEP),
            new MemoryType(9, "EfiACPIReclaimMemory", Fate.RECLAIM_AFTER_ACPI),
            new MemoryType(10, "EfiACPIMemoryNVS", Fate.KEEP),
            new MemoryType(11, "EfiMemoryMappedIO", Fate.KEEP),
            new MemoryType(12, "EfiMemoryMappedIOPortSpace", Fate.KEEP),
            new MemoryType(13, "EfiPalCode", Fate.KEEP),
            new MemoryType(14, "EfiPersistentMemory", Fate.RECLAIM),
            new MemoryType(15, "EfiUnacceptedMemoryType", Fate.RECLAIM),
            UNRESERVED);

    private static final long FIRST_OEM = 0x7000_0000L;
    private static final long LAST_OS = 0xFFFF_FFFEL;

    /** The type of that name, or of that hex number where it lies in the OEM (0x70000000..) or OS (0x80000000..) range. */
    public static Optional<MemoryType> named(String name) {
        Optional<MemoryType> known = TABLE.stream().filter(type -> type.name.equalsIgnoreCase(name)).findFirst();
        if (known.isPresent() || !name.matches("0[xX][0-9a-fA-F]{1,8}")) {
            return known;
        }
        return numbered(Long.parseLong(name.substring(2), 16));
    }

    /** The type of that number; empty between the specification's last type and the OEM range. */
    public static Optional<MemoryType> numbered(long number) {
        if (number >= FIRST_OEM && number <= LAST_OS) {
            return Optional.of(new MemoryType(number, String.format(Locale.ROOT, "0x%08X", number), Fate.UNSPECIFIED));
        }
        return TABLE.stream().filter(type -> type.number == number).findFirst();
    }

    /** Whether the firmware describes such memory as a device's: EfiMemoryMappedIO and EfiMemoryMappedIOPortSpace. */
    public boolean isDevice() {
        return number == 11 || number == 12;
    }

    public boolean isUnreserved() {
        return number == UNRESERVED.number;
    }
}
