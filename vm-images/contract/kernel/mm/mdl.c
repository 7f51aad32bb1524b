/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Making and freeing MDLs. */
#include "mm.h"

#include "vf.h"

/* DDI: nf-wdm-ioallocatemdl, Length: Windows Vista and later take up to 4 GiB less a page. */
#define MDL_BYTES_MAX (0x100000000ull - PAGE_SIZE)

static VOID ChainToIrp(PMDL Mdl, BOOLEAN SecondaryBuffer, PIRP Irp)
{
    PMDL Last;

    if (!SecondaryBuffer) {
        Irp->MdlAddress = Mdl;
        return;
    }
    for (Last = Irp->MdlAddress; Last->Next != NULL; Last = Last->Next) {
    }
    Last->Next = Mdl;
}

/*
 * DDI: nf-wdm-ioallocatemdl. IRQL <= DISPATCH_LEVEL; NULL where it cannot be allocated. The MDL describes addresses
 * only: it is neither locked nor mapped, and its page array says nothing yet.
 */
PMDL NTAPI IoAllocateMdl(PVOID VirtualAddress, ULONG Length, BOOLEAN SecondaryBuffer, BOOLEAN ChargeQuota, PIRP Irp)
{
    PMDL Mdl;

    UNREFERENCED_PARAMETER(ChargeQuota);
    VfCheckIrql(DISPATCH_LEVEL, RETURN_ADDRESS());
    if (Length > MDL_BYTES_MAX) {
        return NULL;
    }
    Mdl = ExpAllocateSystemPool(MmSizeOfMdl(VirtualAddress, Length), MDL_TAG);
    if (Mdl == NULL) {
        return NULL;
    }
    RtlZeroMemory(Mdl, MmSizeOfMdl(VirtualAddress, Length));
    MmInitializeMdl(Mdl, VirtualAddress, Length);
    if (Irp != NULL) {
        ChainToIrp(Mdl, SecondaryBuffer, Irp);
    }
    return Mdl;
}

/* The pages of an MDL for I/O space count as locked as long as the MDL lives: nothing else says who uses them. */
static VOID ReleaseIoSpacePages(PMDL Mdl)
{
    PFN_NUMBER *Pages = MmGetMdlPfnArray(Mdl);
    ULONG64 Count = MI_MDL_PAGES(Mdl);
    MMPFN *Entry;
    ULONG64 Index;

    for (Index = 0; Index < Count; Index++) {
        Entry = MiPfn(Pages[Index]);
        if (Entry != NULL) {
            Entry->LockCount--;
        }
    }
}

/* MmAllocateMdlForIoSpace's MDLs describe no address; those that MmProbeAndLockPages marks as I/O do. */
static BOOLEAN OwnsIoSpace(const MDL *Mdl)
{
    return ((Mdl->MdlFlags & MDL_IO_SPACE) != 0) && (Mdl->StartVa == NULL);
}

/*
 * DDI: nf-wdm-iofreemdl. IRQL <= DISPATCH_LEVEL. The caller has unmapped and unlocked the pages before (0xC4/0xB8); an
 * MDL from MmAllocateMdlForIoSpace is freed here as well. A partial MDL's own mapping ends with it (DDI:
 * nf-wdm-iobuildpartialmdl, Remarks).
 */
VOID NTAPI IoFreeMdl(PMDL Mdl)
{
    VfCheckIrql(DISPATCH_LEVEL, RETURN_ADDRESS());
    if ((Mdl->MdlFlags & MDL_PARTIAL_HAS_BEEN_MAPPED) != 0) {
        MmUnmapLockedPages(Mdl->MappedSystemVa, Mdl);
    } else if ((Mdl->MdlFlags & MDL_MAPPED_TO_SYSTEM_VA) != 0) {
        VfViolation(0xB8, (ULONG_PTR)Mdl, (USHORT)Mdl->MdlFlags, 0, RETURN_ADDRESS());
    }
    if (OwnsIoSpace(Mdl)) {
        ReleaseIoSpacePages(Mdl);
    }
    ExFreePoolWithTag(Mdl, 0);
}

/*
 * DDI: nf-wdm-mmbuildmdlfornonpagedpool. IRQL <= DISPATCH_LEVEL. For memory that is resident by nature; the MDL is then
 * as good as locked and mapped, at its own address.
 */
VOID NTAPI MmBuildMdlForNonPagedPool(PMDL MemoryDescriptorList)
{
    PMDL Mdl = MemoryDescriptorList;
    PFN_NUMBER *Pages = MmGetMdlPfnArray(Mdl);
    ULONG64 Count = MI_MDL_PAGES(Mdl);
    ULONG64 Physical;
    BOOLEAN Writable;
    ULONG64 Index;

    VfCheckIrql(DISPATCH_LEVEL, RETURN_ADDRESS());
    if (ExpIsPagedPool(MmGetMdlVirtualAddress(Mdl))) {
        VfViolation(0x7F, KeGetCurrentIrql(), (ULONG_PTR)Mdl, (USHORT)Mdl->MdlFlags, RETURN_ADDRESS());
    }
    for (Index = 0; Index < Count; Index++) {
        if (!MiTranslate((ULONG64)Mdl->StartVa + Index * PAGE_SIZE, &Physical, &Writable)) {
            /* Touching it does what touching unmapped memory does. */
            (VOID)*(volatile UCHAR *)((ULONG64)Mdl->StartVa + Index * PAGE_SIZE);
            return;
        }
        Pages[Index] = Physical >> PAGE_SHIFT;
    }
    Mdl->MappedSystemVa = MmGetMdlVirtualAddress(Mdl);
    Mdl->MdlFlags |= MDL_SOURCE_IS_NONPAGED_POOL;
}

/*
 * DDI: nf-wdm-iobuildpartialmdl. IRQL <= DISPATCH_LEVEL. The target describes part of what the source does: Length bytes
 * from VirtualAddress, or all from there on for 0. It has the source's pages without a lock of its own, and the source's
 * system mapping where that has one.
 */
VOID NTAPI IoBuildPartialMdl(PMDL SourceMdl, PMDL TargetMdl, PVOID VirtualAddress, ULONG Length)
{
    ULONG Offset = (ULONG)((ULONG64)VirtualAddress - (ULONG64)MmGetMdlVirtualAddress(SourceMdl));
    ULONG64 FirstPage = ((ULONG64)VirtualAddress - (ULONG64)SourceMdl->StartVa) >> PAGE_SHIFT;

    VfCheckIrql(DISPATCH_LEVEL, RETURN_ADDRESS());
    if (Length == 0) {
        Length = MmGetMdlByteCount(SourceMdl) - Offset;
    }
    TargetMdl->Process = SourceMdl->Process;
    TargetMdl->StartVa = PAGE_ALIGN(VirtualAddress);
    TargetMdl->ByteOffset = BYTE_OFFSET(VirtualAddress);
    TargetMdl->ByteCount = Length;
    TargetMdl->MdlFlags &= MDL_ALLOCATED_FIXED_SIZE;
    TargetMdl->MdlFlags |= MDL_PARTIAL | (SourceMdl->MdlFlags & (MDL_SOURCE_IS_NONPAGED_POOL | MDL_IO_SPACE));
    if ((SourceMdl->MdlFlags & (MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL)) != 0) {
        TargetMdl->MappedSystemVa = (PUCHAR)SourceMdl->MappedSystemVa + Offset;
        TargetMdl->MdlFlags |= MDL_PARENT_MAPPED_SYSTEM_VA;
    }
    RtlCopyMemory(MmGetMdlPfnArray(TargetMdl), MmGetMdlPfnArray(SourceMdl) + FirstPage,
                  MI_MDL_PAGES(TargetMdl) * sizeof(PFN_NUMBER));
}

/* DDI: nf-wdm-mmsizeofmdl. Any IRQL; bytes of an MDL for a buffer. */
SIZE_T NTAPI MmSizeOfMdl(PVOID Base, SIZE_T Length)
{
    return sizeof(MDL) + sizeof(PFN_NUMBER) * ADDRESS_AND_SIZE_TO_SPAN_PAGES(Base, Length);
}
