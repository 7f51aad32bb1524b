/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "mm.h"

#include "model.h"
#include "vf.h"

static BOOLEAN CountsAsRam(PFN_NUMBER Page)
{
    return MiIsRam(Page) || ((MiPfn(Page) != NULL) && ModelDecides(ModelMdlRam));
}

/* Whether a range may be I/O space: whole pages that there can be, and none that the OS uses as RAM. */
static BOOLEAN IsIoSpace(const MM_PHYSICAL_ADDRESS_LIST *Range)
{
    PFN_NUMBER First = (ULONG64)Range->PhysicalAddress.QuadPart >> PAGE_SHIFT;
    PFN_NUMBER Page;

    if ((BYTE_OFFSET(Range->PhysicalAddress.QuadPart) != 0) || (BYTE_OFFSET(Range->NumberOfBytes) != 0)) {
        return FALSE;
    }
    if (((ULONG64)Range->PhysicalAddress.QuadPart > MiPhysicalEnd()) ||
        (Range->NumberOfBytes > MiPhysicalEnd() - (ULONG64)Range->PhysicalAddress.QuadPart)) {
        return FALSE;
    }
    for (Page = First; Page < First + (Range->NumberOfBytes >> PAGE_SHIFT); Page++) {
        if (CountsAsRam(Page)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The bytes of all ranges, or a status. */
static NTSTATUS MeasureRanges(const MM_PHYSICAL_ADDRESS_LIST *List, SIZE_T Count, ULONG64 *Bytes)
{
    SIZE_T Index;

    *Bytes = 0;
    for (Index = 0; Index < Count; Index++) {
        if (List[Index].NumberOfBytes > MAXULONG - *Bytes) {
            return STATUS_INVALID_PARAMETER_1;
        }
        if (!IsIoSpace(&List[Index])) {
            return STATUS_INVALID_PARAMETER_1;
        }
        *Bytes += List[Index].NumberOfBytes;
    }
    return (*Bytes == 0) ? STATUS_INVALID_PARAMETER_1 : STATUS_SUCCESS;
}

/* Lists the pages and counts a lock on those with an entry: the MDL is what says that they are in use. */
static VOID FillMdl(PMDL Mdl, const MM_PHYSICAL_ADDRESS_LIST *List, SIZE_T Count)
{
    PFN_NUMBER *Next = MmGetMdlPfnArray(Mdl);
    PFN_NUMBER Page;
    PFN_NUMBER End;
    MMPFN *Entry;
    SIZE_T Index;

    for (Index = 0; Index < Count; Index++) {
        Page = (ULONG64)List[Index].PhysicalAddress.QuadPart >> PAGE_SHIFT;
        for (End = Page + (List[Index].NumberOfBytes >> PAGE_SHIFT); Page < End; Page++) {
            *Next++ = Page;
            Entry = MiPfn(Page);
            if (Entry != NULL) {
                Entry->LockCount++;
            }
        }
    }
}

/*
 * DDI: nf-wdm-mmallocatemdlforiospace. Windows 8 and later; IRQL <= DISPATCH_LEVEL. STATUS_INVALID_PARAMETER_1 where a
 * range is not whole pages or is RAM; STATUS_INSUFFICIENT_RESOURCES. All ranges together must not exceed 2^32 - 1 bytes;
 * with which status that is refused, and a list that describes nothing, the page leaves open: here the same. The MDL is
 * not mapped; IoFreeMdl frees it.
 */
NTSTATUS NTAPI MmAllocateMdlForIoSpace(PMM_PHYSICAL_ADDRESS_LIST PhysicalAddressList, SIZE_T NumberOfEntries,
                                       PMDL *NewMdl)
{
    NTSTATUS Status;
    ULONG64 Bytes;
    PMDL Mdl;

    VfCheckIrql(DISPATCH_LEVEL, RETURN_ADDRESS());
    Status = MeasureRanges(PhysicalAddressList, NumberOfEntries, &Bytes);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Mdl = ExpAllocateSystemPool(MmSizeOfMdl(NULL, Bytes), MDL_TAG);
    if (Mdl == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlZeroMemory(Mdl, sizeof(*Mdl));
    MmInitializeMdl(Mdl, NULL, Bytes);
    Mdl->MdlFlags = MDL_IO_SPACE | MDL_PAGES_LOCKED;
    FillMdl(Mdl, PhysicalAddressList, NumberOfEntries);
    *NewMdl = Mdl;
    return STATUS_SUCCESS;
}
