/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * IoAllocateMdl and MmProbeAndLockPages (DDI: wdm/nf-wdm-mmprobeandlockpages), then a second mapping of the locked pages.
 * The MDL wants a virtual address, and for physical pages only MmMapIoSpace gives one. MmProbeAndLockPages raises.
 */
#include "mapping.h"
#include "routines.h"

static NTSTATUS Lock(PMDL Mdl)
{
    __try {
        MmProbeAndLockPages(Mdl, KernelMode, IoModifyAccess);
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        return GetExceptionCode();
    }
    return STATUS_SUCCESS;
}

/* Locks the pages behind IoSpace and maps them once more. */
static NTSTATUS LockAndMap(HF_MAPPING *Mapping)
{
    NTSTATUS Status;

    Mapping->Mdl = IoAllocateMdl(Mapping->IoSpace, (ULONG)Mapping->Bytes, FALSE, FALSE, NULL);
    if (Mapping->Mdl == NULL) {
        return Decided(Mapping, "IoAllocateMdl", STATUS_INSUFFICIENT_RESOURCES);
    }
    Status = Lock(Mapping->Mdl);
    if (!NT_SUCCESS(Status)) {
        IoFreeMdl(Mapping->Mdl);
        return Decided(Mapping, "MmProbeAndLockPages", Status);
    }
    Mapping->VirtualAddress = MmMapLockedPagesSpecifyCache(Mapping->Mdl, KernelMode, Mapping->CacheType, NULL, FALSE,
                                                           gRoutines.MdlPriority);
    if (Mapping->VirtualAddress == NULL) {
        MmUnlockPages(Mapping->Mdl);
        IoFreeMdl(Mapping->Mdl);
        return Decided(Mapping, "MmMapLockedPagesSpecifyCache", STATUS_INSUFFICIENT_RESOURCES);
    }
    return Decided(Mapping, "MmMapLockedPagesSpecifyCache", STATUS_SUCCESS);
}

static NTSTATUS Map(HF_MAPPING *Mapping)
{
    NTSTATUS Status;

    /* IoAllocateMdl takes its length as a ULONG. */
    if (Mapping->Bytes > MAXULONG) {
        return Decided(Mapping, "IoAllocateMdl", STATUS_INVALID_PARAMETER);
    }
    Mapping->IoSpace = MmMapIoSpace(Mapping->Address, Mapping->Bytes, Mapping->CacheType);
    if (Mapping->IoSpace == NULL) {
        return Decided(Mapping, "MmMapIoSpace", STATUS_INSUFFICIENT_RESOURCES);
    }
    Status = LockAndMap(Mapping);
    if (!NT_SUCCESS(Status)) {
        MmUnmapIoSpace(Mapping->IoSpace, Mapping->Bytes);
    }
    return Status;
}

static NTSTATUS Unmap(HF_MAPPING *Mapping)
{
    MmUnmapLockedPages(Mapping->VirtualAddress, Mapping->Mdl);
    MmUnlockPages(Mapping->Mdl);
    IoFreeMdl(Mapping->Mdl);
    MmUnmapIoSpace(Mapping->IoSpace, Mapping->Bytes);
    return Decided(Mapping, "MmUnlockPages", STATUS_SUCCESS);
}

const HF_STRATEGY gMapProbeAndLock = {HF_VARIANT(HfVariantPlain), Map, Unmap};
