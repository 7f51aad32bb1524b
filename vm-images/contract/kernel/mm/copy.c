/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "mm.h"

#include "vf.h"

/* Where a chunk's data can be read, or null where the contract is that it cannot. */
static const VOID *SourceOf(ULONG64 Address, ULONG Flags)
{
    ULONG64 Physical = Address;
    BOOLEAN Writable;

    if ((Flags == MM_COPY_MEMORY_VIRTUAL) && !MiTranslate(Address, &Physical, &Writable)) {
        return NULL;
    }
    /* Regular memory under the OS's control; I/O space and firmware tables are not. */
    return MiIsRam(Physical >> PAGE_SHIFT) ? MiPhysicalToVirtual(Physical) : NULL;
}

/*
 * DDI: nf-ntddk-mmcopymemory. Windows 8.1 and later; IRQL <= APC_LEVEL; the target is nonpageable. An error status
 * where a part could not be read, and *NumberOfBytesTransferred says how much was.
 */
NTSTATUS NTAPI MmCopyMemory(PVOID TargetAddress, MM_COPY_ADDRESS SourceAddress, SIZE_T NumberOfBytes, ULONG Flags,
                            PSIZE_T NumberOfBytesTransferred)
{
    ULONG64 Source = (ULONG64)SourceAddress.PhysicalAddress.QuadPart;
    PUCHAR Target = TargetAddress;
    const VOID *Data;
    SIZE_T Chunk;

    VfCheckIrql(APC_LEVEL, RETURN_ADDRESS());
    *NumberOfBytesTransferred = 0;
    if ((Flags != MM_COPY_MEMORY_PHYSICAL) && (Flags != MM_COPY_MEMORY_VIRTUAL)) {
        return STATUS_INVALID_PARAMETER_4;
    }
    while (NumberOfBytes != 0) {
        Data = SourceOf(Source, Flags);
        if (Data == NULL) {
            return STATUS_INVALID_ADDRESS;
        }
        Chunk = min(NumberOfBytes, PAGE_SIZE - BYTE_OFFSET(Source));
        RtlCopyMemory(Target, Data, Chunk);
        *NumberOfBytesTransferred += Chunk;
        NumberOfBytes -= Chunk;
        Target += Chunk;
        Source += Chunk;
    }
    return STATUS_SUCCESS;
}
