/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Pool. Every allocation has pages of its own and ends where its last page ends: an overrun of more than the padding, and
 * any use after free, faults at once. With Verifier's special pool the fault has a bug check of its own (fault.c), and
 * what lies around the allocation in its page is looked at when it is freed (WDD: devtest/special-pool).
 */
#include "mm.h"

#include "io.h"
#include "ke.h"
#include "vf.h"

#define ALLOCATIONS_MAX 8192

/* WDD: kernel/pool-allocation: at least 16 bytes on x64, a page where it is a page or more. */
#define POOL_ALIGNMENT 16

/* POOL_TYPE's bits (DDI: ne-wdm-_pool_type). */
#define POOL_TYPE_PAGED 0x1
#define POOL_TYPE_RAISE 0x10
#define POOL_TYPE_NX 0x200
#define POOL_TYPE_ZERO 0x400

/* What special pool writes around an allocation. */
#define SPECIAL_PATTERN 0x5C

typedef struct {
    ULONG64 Address;        /* what the caller got; 0 where the record is free */
    ULONG64 Bytes;
    ULONG64 Base;
    ULONG64 Pages;
    ULONG Tag;
    BOOLEAN Paged;
    BOOLEAN Driver;         /* on the driver's account */
    BOOLEAN Special;
    BOOLEAN Freed;          /* what was here was special pool; Base tells where */
} POOL_RECORD;

static POOL_RECORD Records[ALLOCATIONS_MAX];

static POOL_RECORD *FindRecord(ULONG64 Address)
{
    ULONG Index;

    for (Index = 0; Index < ALLOCATIONS_MAX; Index++) {
        if (Records[Index].Address == Address) {
            return &Records[Index];
        }
    }
    return NULL;
}

static VOID UnmapPool(ULONG64 Base, ULONG64 Pages)
{
    ULONG64 Index;

    for (Index = 0; Index < Pages; Index++) {
        MiFreePage(MiUnmapPage(Base + Index * PAGE_SIZE));
    }
}

static BOOLEAN MapPool(ULONG64 Base, ULONG64 Pages, ULONG64 Flags)
{
    PFN_NUMBER Page;
    ULONG64 Index;

    for (Index = 0; Index < Pages; Index++) {
        Page = MiAllocatePage(MiPageInUse);
        if ((Page != 0) && MiMapPage(Base + Index * PAGE_SIZE, Page, Flags)) {
            continue;
        }
        if (Page != 0) {
            MiFreePage(Page);
        }
        UnmapPool(Base, Index);
        return FALSE;
    }
    return TRUE;
}

static ULONG64 PlaceAtEnd(ULONG64 Base, ULONG64 Pages, SIZE_T Bytes)
{
    ULONG64 Alignment = (Bytes >= PAGE_SIZE) ? PAGE_SIZE : POOL_ALIGNMENT;

    return (Base + Pages * PAGE_SIZE - Bytes) & ~(Alignment - 1);
}

static PVOID AllocatePool(ULONG Type, SIZE_T Bytes, ULONG Tag, BOOLEAN Driver)
{
    POOL_RECORD *Record = FindRecord(0);
    ULONG64 Pages = BYTES_TO_PAGES(Bytes);
    BOOLEAN NoExecute = ((Type & (POOL_TYPE_PAGED | POOL_TYPE_NX)) != 0);
    ULONG64 Base;

    if ((Record == NULL) || (Pages == 0)) {
        return NULL;
    }
    Base = MiReserve(&MiPoolSpace, Pages);
    if (Base == 0) {
        return NULL;
    }
    if (!MapPool(Base, Pages, NoExecute ? PTE_WRITE | PTE_NO_EXECUTE : PTE_WRITE)) {
        MiRelease(&MiPoolSpace, Base, Pages);
        return NULL;
    }
    Record->Address = PlaceAtEnd(Base, Pages, Bytes);
    Record->Bytes = Bytes;
    Record->Base = Base;
    Record->Pages = Pages;
    Record->Tag = Tag;
    Record->Paged = (Type & POOL_TYPE_PAGED) != 0;
    Record->Driver = Driver;
    Record->Freed = FALSE;
    /* Not for allocations of a page or more (WDD: devtest/special-pool, Monitoring). */
    Record->Special = Driver && VfIsEnabled(VF_SPECIAL_POOL) && (Bytes < PAGE_SIZE);
    if (Record->Special) {
        RtlFillMemory((PVOID)Base, PAGE_SIZE, SPECIAL_PATTERN);
    }
    if ((Type & POOL_TYPE_ZERO) != 0) {
        RtlZeroMemory((PVOID)Record->Address, Bytes);
    }
    return (PVOID)Record->Address;
}

PVOID ExpAllocateSystemPool(SIZE_T NumberOfBytes, ULONG Tag)
{
    return AllocatePool(POOL_TYPE_NX, NumberOfBytes, Tag, FALSE);
}

/* C4, 0x00 to 0x02: nothing asked for; paged above APC_LEVEL; nonpaged above DISPATCH_LEVEL. */
static VOID CheckAllocation(ULONG Type, SIZE_T Bytes, const VOID *Caller)
{
    KIRQL Irql = KeGetCurrentIrql();

    if (Bytes == 0) {
        VfViolation(0x00, Irql, Type, 0, Caller);
    }
    if (((Type & POOL_TYPE_PAGED) != 0) && (Irql > APC_LEVEL)) {
        VfViolation(0x01, Irql, Type, Bytes, Caller);
    }
    if (((Type & POOL_TYPE_PAGED) == 0) && (Irql > DISPATCH_LEVEL)) {
        VfViolation(0x02, Irql, Type, Bytes, Caller);
    }
}

/*
 * DDI: nf-wdm-exallocatepoolwithtag. IRQL <= DISPATCH_LEVEL, <= APC_LEVEL for paged pool; NULL, or an exception where
 * the type asks for one, when there is none. The memory is not zeroed.
 */
PVOID NTAPI ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
    PVOID Block;

    CheckAllocation(PoolType, NumberOfBytes, RETURN_ADDRESS());
    Block = AllocatePool(PoolType, max(NumberOfBytes, 1), Tag, IopIsDriverAddress(RETURN_ADDRESS()));
    if ((Block == NULL) && ((PoolType & POOL_TYPE_RAISE) != 0)) {
        ExRaiseStatus(STATUS_INSUFFICIENT_RESOURCES);
    }
    return Block;
}

/*
 * DDI: nf-wdm-exallocatepool2. Windows 10 version 2004 and later; same IRQLs. Exactly one kind of pool; zeroed unless
 * POOL_FLAG_UNINITIALIZED; NULL for no bytes, tag 0 or flags that make no sense, or an exception where asked for.
 */
PVOID NTAPI ExAllocatePool2(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag)
{
    POOL_FLAGS Kind = Flags & (POOL_FLAG_NON_PAGED | POOL_FLAG_NON_PAGED_EXECUTE | POOL_FLAG_PAGED);
    ULONG Type = ((Flags & POOL_FLAG_UNINITIALIZED) != 0) ? 0 : POOL_TYPE_ZERO;
    PVOID Block = NULL;

    if (Kind == POOL_FLAG_PAGED) {
        Type |= POOL_TYPE_PAGED;
    } else if (Kind == POOL_FLAG_NON_PAGED) {
        Type |= POOL_TYPE_NX;
    }
    CheckAllocation(Type, NumberOfBytes, RETURN_ADDRESS());
    if ((NumberOfBytes != 0) && (Tag != 0) && (Kind != 0) && ((Kind & (Kind - 1)) == 0)) {
        Block = AllocatePool(Type, NumberOfBytes, Tag, IopIsDriverAddress(RETURN_ADDRESS()));
    }
    if ((Block == NULL) && ((Flags & POOL_FLAG_RAISE_ON_FAILURE) != 0)) {
        ExRaiseStatus(STATUS_INSUFFICIENT_RESOURCES);
    }
    return Block;
}

/* WDD: debugger/bug-check-0xc1, 0x24: behind the allocation; 0x23: elsewhere in its page. */
static VOID CheckPattern(const POOL_RECORD *Record, const VOID *Caller)
{
    const UCHAR *Byte = (const UCHAR *)Record->Base;
    ULONG64 Address;

    for (Address = Record->Base; Record->Special && (Address < Record->Base + PAGE_SIZE); Address++, Byte++) {
        if (((Address < Record->Address) || (Address >= Record->Address + Record->Bytes)) &&
            (*Byte != SPECIAL_PATTERN)) {
            KiBugCheck(0xC1, Record->Address, Address, 0, (Address > Record->Address) ? 0x24 : 0x23,
                       (ULONG_PTR)Caller);
        }
    }
}

/* C4, 0x10 to 0x12; WDD: debugger/bug-check-0xc2: 0x46 an address that is no allocation, 0xA another tag. */
static VOID FreePool(PVOID Block, ULONG Tag, const VOID *Caller)
{
    POOL_RECORD *Record = (Block == NULL) ? NULL : FindRecord((ULONG64)Block);
    KIRQL Irql = KeGetCurrentIrql();

    if (Record == NULL) {
        VfViolation(0x10, (ULONG_PTR)Block, 0, 0, Caller);
        KiBugCheck(0xC2, 0x46, (ULONG_PTR)Block, 0, 0, (ULONG_PTR)Caller);
    }
    if (Record->Paged && (Irql > APC_LEVEL)) {
        VfViolation(0x11, Irql, POOL_TYPE_PAGED, (ULONG_PTR)Block, Caller);
    }
    if (!Record->Paged && (Irql > DISPATCH_LEVEL)) {
        VfViolation(0x12, Irql, 0, (ULONG_PTR)Block, Caller);
    }
    if ((Tag != 0) && (Tag != Record->Tag)) {
        KiBugCheck(0xC2, 0x0A, (ULONG_PTR)Block, Record->Tag, Tag, (ULONG_PTR)Caller);
    }
    CheckPattern(Record, Caller);
    UnmapPool(Record->Base, Record->Pages);
    MiRelease(&MiPoolSpace, Record->Base, Record->Pages);
    Record->Address = 0;
    Record->Freed = Record->Special;
}

/* DDI: nf-wdm-exfreepoolwithtag. The tag is the allocation's, or 0 for any; IRQLs as for the allocation. */
VOID NTAPI ExFreePoolWithTag(PVOID P, ULONG Tag)
{
    FreePool(P, Tag, RETURN_ADDRESS());
}

/* DDI: nf-ntddk-exfreepool */
VOID NTAPI ExFreePool(PVOID P)
{
    FreePool(P, 0, RETURN_ADDRESS());
}

ULONG64 ExpCountDriverPool(VOID)
{
    ULONG64 Count = 0;
    ULONG Index;

    for (Index = 0; Index < ALLOCATIONS_MAX; Index++) {
        if ((Records[Index].Address != 0) && Records[Index].Driver) {
            Count++;
        }
    }
    return Count;
}

ULONG64 ExpCountSystemPool(ULONG Tag)
{
    ULONG64 Count = 0;
    ULONG Index;

    for (Index = 0; Index < ALLOCATIONS_MAX; Index++) {
        if ((Records[Index].Address != 0) && !Records[Index].Driver && (Records[Index].Tag == Tag)) {
            Count++;
        }
    }
    return Count;
}

BOOLEAN ExpIsPagedPool(const VOID *Address)
{
    ULONG Index;

    for (Index = 0; Index < ALLOCATIONS_MAX; Index++) {
        if ((Records[Index].Address != 0) && Records[Index].Paged && ((ULONG64)Address >= Records[Index].Base) &&
            ((ULONG64)Address - Records[Index].Base < Records[Index].Pages * PAGE_SIZE)) {
            return TRUE;
        }
    }
    return FALSE;
}

BOOLEAN ExpFindSpecialPool(ULONG64 Address, BOOLEAN *Freed)
{
    const POOL_RECORD *Record;
    ULONG Index;

    for (Index = 0; Index < ALLOCATIONS_MAX; Index++) {
        Record = &Records[Index];
        *Freed = (Record->Address == 0) && Record->Freed;
        if (*Freed && ((ULONG64)PAGE_ALIGN(Address) == Record->Base)) {
            return TRUE;
        }
        if ((Record->Address != 0) && Record->Special && ((ULONG64)PAGE_ALIGN(Address) == Record->Base + PAGE_SIZE)) {
            return TRUE;
        }
    }
    return FALSE;
}
