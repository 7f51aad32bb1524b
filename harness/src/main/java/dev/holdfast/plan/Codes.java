// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;
import java.util.Optional;

/** Statuses and stop codes in words: what a report says beside the number. */
public final class Codes {

    /** What a number means depends on who returned it. */
    public enum Space { EFI_STATUS, NTSTATUS, ERRNO, BUG_CHECK }

    /**
     * One code.
     *
     * @param name   the symbolic name
     * @param words  what it means, in one sentence without a full stop
     * @param source where it is documented
     */
    public record Code(Space space, long number, String name, String words, String source) {
    }

    private static final long EFI_ERROR = 0x8000_0000_0000_0000L;
    private static final String UEFI = "UEFI specification 2.10, appendix D (Status Codes)";
    private static final String NTSTATUS = "MS-ERREF, section 2.3.1";
    private static final String ERRNO = "Linux, include/uapi/asm-generic/errno-base.h and errno.h";
    private static final String DDI = "windows-driver-docs-ddi, wdm/";
    private static final String BUG_CHECKS = "windows-driver-docs, debugger/bug-check-code-reference2.md";
    private static final String DEBUGGER = "windows-driver-docs, debugger/bug-check-";
    private static final String C4 = DEBUGGER + "0xc4--driver-verifier-detected-violation.md";

    public static final List<Code> TABLE = List.of(
            new Code(Space.EFI_STATUS, 0, "EFI_SUCCESS", "the call succeeded", UEFI),
            new Code(Space.EFI_STATUS, EFI_ERROR | 1, "EFI_LOAD_ERROR", "the image failed to load", UEFI),
            new Code(Space.EFI_STATUS, EFI_ERROR | 2, "EFI_INVALID_PARAMETER", "a parameter was incorrect", UEFI),
            new Code(Space.EFI_STATUS, EFI_ERROR | 3, "EFI_UNSUPPORTED", "the operation is not supported", UEFI),
            new Code(Space.EFI_STATUS, EFI_ERROR | 9, "EFI_OUT_OF_RESOURCES", "a resource has run out", UEFI),
            new Code(Space.EFI_STATUS, EFI_ERROR | 14, "EFI_NOT_FOUND",
                    "the item was not found; for AllocatePages: the pages are taken", UEFI),
            new Code(Space.EFI_STATUS, EFI_ERROR | 15, "EFI_ACCESS_DENIED", "access was denied", UEFI),
            new Code(Space.EFI_STATUS, EFI_ERROR | 26, "EFI_SECURITY_VIOLATION",
                    "the function was not performed for a security reason", UEFI),
            new Code(Space.NTSTATUS, 0, "STATUS_SUCCESS", "the call succeeded", NTSTATUS),
            new Code(Space.NTSTATUS, 0xC0000005L, "STATUS_ACCESS_VIOLATION", "memory was read or written that may not be", NTSTATUS),
            new Code(Space.NTSTATUS, 0xC000000DL, "STATUS_INVALID_PARAMETER", "a parameter was incorrect", NTSTATUS),
            new Code(Space.NTSTATUS, 0xC0000018L, "STATUS_CONFLICTING_ADDRESSES",
                    "the range or its cache type conflicts with what is there", NTSTATUS),
            new Code(Space.NTSTATUS, 0xC0000022L, "STATUS_ACCESS_DENIED", "access was denied", NTSTATUS),
            new Code(Space.NTSTATUS, 0xC000007AL, "STATUS_PROCEDURE_NOT_FOUND", "this kernel does not export the routine", NTSTATUS),
            new Code(Space.NTSTATUS, 0xC000009AL, "STATUS_INSUFFICIENT_RESOURCES", "a resource has run out", NTSTATUS),
            new Code(Space.NTSTATUS, 0xC00000EFL, "STATUS_INVALID_PARAMETER_1", "the first parameter was incorrect; for "
                    + "MmAllocateMdlForIoSpace: the range is misaligned, or the OS uses it as RAM",
                    DDI + "nf-wdm-mmallocatemdlforiospace.md"),
            new Code(Space.NTSTATUS, 0xC00000BBL, "STATUS_NOT_SUPPORTED", "the request is not supported", NTSTATUS),
            new Code(Space.NTSTATUS, 0xC0000100L, "STATUS_VARIABLE_NOT_FOUND", "there is no firmware variable of that name and vendor",
                    NTSTATUS),
            new Code(Space.NTSTATUS, 0xC0000141L, "STATUS_INVALID_ADDRESS", "the address is not valid; for MmCopyMemory of the contract "
                    + "guest: the memory is not the OS's own", NTSTATUS),
            new Code(Space.NTSTATUS, 0xC0000225L, "STATUS_NOT_FOUND", "the item was not found", NTSTATUS),
            new Code(Space.NTSTATUS, 0xC0000428L, "STATUS_INVALID_IMAGE_HASH",
                    "the image's signature is missing or its hash does not match",
                    NTSTATUS),
            new Code(Space.NTSTATUS, 0xC0000605L, "STATUS_IMAGE_CERT_EXPIRED", "the certificate that signed the image has expired",
                    NTSTATUS),
            new Code(Space.ERRNO, 1, "EPERM", "the operation is not permitted; for /dev/mem: the kernel lets nobody at this memory",
                    ERRNO),
            new Code(Space.ERRNO, 2, "ENOENT", "there is no such file, variable or table", ERRNO),
            new Code(Space.ERRNO, 5, "EIO", "an input or output error", ERRNO),
            new Code(Space.ERRNO, 6, "ENXIO", "there is no such device or address; for the direct map: it lacks the pages", ERRNO),
            new Code(Space.ERRNO, 11, "EAGAIN", "the resource is not available now", ERRNO),
            new Code(Space.ERRNO, 12, "ENOMEM", "there is not enough memory, or a routine that maps memory gave no address", ERRNO),
            new Code(Space.ERRNO, 13, "EACCES", "permission was denied", ERRNO),
            new Code(Space.ERRNO, 14, "EFAULT", "the address is bad; for /dev/mem: it lies outside what may be read", ERRNO),
            new Code(Space.ERRNO, 16, "EBUSY", "the resource is in use; for request_mem_region: somebody has claimed the range", ERRNO),
            new Code(Space.ERRNO, 19, "ENODEV", "there is no such device", ERRNO),
            new Code(Space.ERRNO, 22, "EINVAL", "an argument is invalid", ERRNO),
            new Code(Space.ERRNO, 38, "ENOSYS", "the kernel does not have the function", ERRNO),
            new Code(Space.ERRNO, 74, "EBADMSG", "the message is not a sound one; for a module: its signature does not match", ERRNO),
            new Code(Space.ERRNO, 95, "EOPNOTSUPP", "the operation is not supported", ERRNO),
            new Code(Space.ERRNO, 126, "ENOKEY", "the key that is needed is not there; for a module: nobody trusts the key that signed it",
                    ERRNO),
            new Code(Space.ERRNO, 129, "EKEYREJECTED", "the key was rejected; for a module: its signature is missing or wrong", ERRNO),
            new Code(Space.BUG_CHECK, 0x0A, "IRQL_NOT_LESS_OR_EQUAL", "memory was touched at an IRQL that is too high", BUG_CHECKS),
            new Code(Space.BUG_CHECK, 0x1A, "MEMORY_MANAGEMENT", "a severe memory management error; parameter 1 names it", BUG_CHECKS),
            new Code(Space.BUG_CHECK, 0x1E, "KMODE_EXCEPTION_NOT_HANDLED",
                    "a kernel-mode program raised an exception that nobody handled",
                    BUG_CHECKS),
            new Code(Space.BUG_CHECK, 0x3B, "SYSTEM_SERVICE_EXCEPTION", "an exception in a routine called from user mode", BUG_CHECKS),
            new Code(Space.BUG_CHECK, 0x3F, "NO_MORE_SYSTEM_PTES",
                    "no system page table entries in a row were left for a mapping; parameter 2 is how many were asked for",
                    DEBUGGER + "0x3f--no-more-system-ptes.md"),
            new Code(Space.BUG_CHECK, 0x4E, "PFN_LIST_CORRUPT", "the page frame number list is corrupt; parameter 1 says how", BUG_CHECKS),
            new Code(Space.BUG_CHECK, 0x50, "PAGE_FAULT_IN_NONPAGED_AREA", "invalid system memory was referenced", BUG_CHECKS),
            new Code(Space.BUG_CHECK, 0x7E, "SYSTEM_THREAD_EXCEPTION_NOT_HANDLED",
                    "a system thread raised an exception that nobody handled",
                    BUG_CHECKS),
            new Code(Space.BUG_CHECK, 0x7F, "UNEXPECTED_KERNEL_MODE_TRAP",
                    "the processor raised a trap that the kernel does not expect",
                    BUG_CHECKS),
            new Code(Space.BUG_CHECK, 0x80, "NMI_HARDWARE_FAILURE", "the hardware malfunctioned, and raised an interrupt that cannot be masked",
                    DEBUGGER + "0x80--nmi-hardware-failure.md"),
            new Code(Space.BUG_CHECK, 0x9C, "MACHINE_CHECK_EXCEPTION", "a fatal machine check: the processor found an error of the hardware; "
                    + "parameter 1 is the bank", DEBUGGER + "0x9c--machine-check-exception.md"),
            new Code(Space.BUG_CHECK, 0xBE, "ATTEMPTED_WRITE_TO_READONLY_MEMORY", "a driver wrote to a read-only segment", BUG_CHECKS),
            new Code(Space.BUG_CHECK, 0xC1, "SPECIAL_POOL_DETECTED_MEMORY_CORRUPTION",
                    "a driver wrote to a part of the special pool that is not its own, or gave it a bad address; parameter 4 says how",
                    DEBUGGER + "0xc1--special-pool-detected-memory-corruption.md"),
            new Code(Space.BUG_CHECK, 0xC2, "BAD_POOL_CALLER", "a driver asked something of the pool that it may not; parameter 1 says what",
                    BUG_CHECKS),
            new Code(Space.BUG_CHECK, 0xC4, "DRIVER_VERIFIER_DETECTED_VIOLATION",
                    "Driver Verifier found a violation; parameter 1 names it", C4),
            new Code(Space.BUG_CHECK, 0xC8, "IRQL_UNEXPECTED_VALUE", "the IRQL is not what it should be, as where a driver raised it "
                    + "and did not restore it; parameter 1 holds the present one << 16 and the expected one << 8",
                    DEBUGGER + "0xc8--irql-unexpected-value.md"),
            new Code(Space.BUG_CHECK, 0xCC, "PAGE_FAULT_IN_FREED_SPECIAL_POOL",
                    "special pool was touched after it was freed; parameter 1 is the address, parameter 2 is 1 for a write",
                    DEBUGGER + "0xcc--page-fault-in-freed-special-pool.md"),
            new Code(Space.BUG_CHECK, 0xCD, "PAGE_FAULT_BEYOND_END_OF_ALLOCATION",
                    "memory behind the end of an allocation in the special pool was touched; parameter 1 is the address, "
                    + "parameter 2 is 1 for a write", DEBUGGER + "0xcd--page-fault-beyond-end-of-allocation.md"),
            new Code(Space.BUG_CHECK, 0xD1, "DRIVER_IRQL_NOT_LESS_OR_EQUAL",
                    "a driver touched pageable memory at an IRQL that is too high",
                    BUG_CHECKS),
            new Code(Space.BUG_CHECK, 0xDA, "SYSTEM_PTE_MISUSE",
                    "a driver used system page table entries wrongly; parameter 1 says how",
                    DEBUGGER + "0xda--system-pte-misuse.md"),
            new Code(Space.BUG_CHECK, 0xFC, "ATTEMPTED_EXECUTE_OF_NOEXECUTE_MEMORY",
                    "a driver ran memory that is not executable", BUG_CHECKS));

    /** The largest number that Linux has for an error (include/linux/err.h, MAX_ERRNO). */
    private static final long MAX_ERRNO = 4095;

    private Codes() {
    }

    /** Whose status a number of failure can only be: EFI's have the highest bit of 64 set, NT's that of 32, and Linux' are small. */
    static Space spaceOf(long failure) {
        if (failure >>> 32 != 0) {
            return Space.EFI_STATUS;
        }
        return failure <= MAX_ERRNO ? Space.ERRNO : Space.NTSTATUS;
    }

    /** The codes of that name. */
    public static List<Code> named(String name) {
        return TABLE.stream().filter(code -> code.name.equalsIgnoreCase(name)).toList();
    }

    public static Optional<Code> find(Space space, long number) {
        return TABLE.stream().filter(code -> code.space == space && code.number == number).findFirst();
    }

    /** The number in hex, followed by its name where it has one: {@code 0xC0000428 (STATUS_INVALID_IMAGE_HASH)}. */
    public static String inWords(Space space, long number) {
        return Hex.of(number) + find(space, number).map(code -> " (" + code.name + ")").orElse("");
    }
}
