// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A UEFI memory type (EFI_MEMORY_TYPE: UEFI specification 2.10, section 7.2).
 *
 * @param number      the type's number, 0..0xFFFFFFFF
 * @param name        the name that the specification gives it, or {@code unreserved}, or its number in hex
 * @param fate        what an operating system may do with such memory after ExitBootServices
 * @param allocatable whether AllocatePages takes it
 */
public record MemoryType(long number, String name, Fate fate, boolean allocatable) {

    /** Not a UEFI type: pages that were allocated, given back, and then filled all the same. */
    public static final MemoryType UNRESERVED = new MemoryType(0xFFFF_FFFFL, "unreserved", Fate.RECLAIM, true);

    public static final MemoryType RESERVED = new MemoryType(0, "EfiReservedMemoryType", Fate.KEEP, true);
    public static final MemoryType LOADER_DATA = new MemoryType(2, "EfiLoaderData", Fate.RECLAIM, true);
    public static final MemoryType BOOT_SERVICES_DATA = new MemoryType(4, "EfiBootServicesData", Fate.RECLAIM, true);

    private static final long LAST_OS = 0xFFFF_FFFEL;
    private static final long FIRST_OEM = 0x7000_0000L;
    private static final long FIRST_OS = 0x8000_0000L;
    private static final long LAST_ILLEGAL = FIRST_OEM - 1;
    private static final long FIRST_ILLEGAL = 16;

    /** The numbered types by number, the numbers without names by the first or last of their range; then {@link #UNRESERVED}. */
    public static final List<MemoryType> TABLE = List.of(
            RESERVED,
            new MemoryType(1, "EfiLoaderCode", Fate.RECLAIM, true),
            LOADER_DATA,
            new MemoryType(3, "EfiBootServicesCode", Fate.RECLAIM, true),
            BOOT_SERVICES_DATA,
            new MemoryType(5, "EfiRuntimeServicesCode", Fate.KEEP, true),
            new MemoryType(6, "EfiRuntimeServicesData", Fate.KEEP, true),
            new MemoryType(7, "EfiConventionalMemory", Fate.RECLAIM, false),
            new MemoryType(8, "EfiUnusableMemory", Fate.KEEP, true),
            new MemoryType(9, "EfiACPIReclaimMemory", Fate.RECLAIM_AFTER_ACPI, true),
            new MemoryType(10, "EfiACPIMemoryNVS", Fate.KEEP, true),
            new MemoryType(11, "EfiMemoryMappedIO", Fate.KEEP, true),
            new MemoryType(12, "EfiMemoryMappedIOPortSpace", Fate.KEEP, true),
            new MemoryType(13, "EfiPalCode", Fate.KEEP, true),
            new MemoryType(14, "EfiPersistentMemory", Fate.RECLAIM, false),
            new MemoryType(15, "EfiUnacceptedMemoryType", Fate.RECLAIM, false),
            ofNumber(FIRST_ILLEGAL),
            ofNumber(LAST_ILLEGAL),
            ofNumber(FIRST_OEM),
            ofNumber(FIRST_OS),
            UNRESERVED);

    /** The type of that name, or of that hex number. */
    public static Optional<MemoryType> named(String name) {
        Optional<MemoryType> known = TABLE.stream().filter(type -> type.name.equalsIgnoreCase(name)).findFirst();
        if (known.isPresent() || !name.matches("0[xX][0-9a-fA-F]{1,8}")) {
            return known;
        }
        return numbered(Long.parseLong(name.substring(2), 16));
    }

    /** The type of that number; empty outside 0..0xFFFFFFFE. */
    public static Optional<MemoryType> numbered(long number) {
        Optional<MemoryType> known = TABLE.stream().filter(type -> type.number == number && !type.isUnreserved()).findFirst();
        if (known.isPresent() || number < FIRST_ILLEGAL || number > LAST_OS) {
            return known;
        }
        return Optional.of(ofNumber(number));
    }

    private static MemoryType ofNumber(long number) {
        return new MemoryType(number, String.format(Locale.ROOT, "0x%08X", number), Fate.UNSPECIFIED, number >= FIRST_OEM);
    }

    public boolean isUnreserved() {
        return number == UNRESERVED.number;
    }
}
