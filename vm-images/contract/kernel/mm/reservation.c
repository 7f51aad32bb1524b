/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Reserved mapping addresses: system addresses that a driver keeps, to map one MDL after another there.
 *
 * WDD: debugger/bug-check-0xda tells each way in which these routines are misused, with its parameters.
 */
#include "mm.h"

#include "ke.h"
#include "vf.h"

#define RESERVATIONS_MAX 256

#define SYSTEM_PTE_MISUSE 0xDA

typedef struct {
    ULONG64 Base;       /* 0 where the record is free */
    ULONG64 Pages;
    ULONG Tag;
    BOOLEAN Divisible;  /* takes MDLs at any of its pages, several at a time */
} MI_RESERVATION;

static MI_RESERVATION Reservations[RESERVATIONS_MAX];

static MI_RESERVATION *FindReservation(ULONG64 Address)
{
    ULONG Index;

    for (Index = 0; Index < RESERVATIONS_MAX; Index++) {
        if ((Reservations[Index].Base != 0) && (Address >= Reservations[Index].Base) &&
            (Address - Reservations[Index].Base < Reservations[Index].Pages * PAGE_SIZE)) {
            return &Reservations[Index];
        }
    }
    return NULL;
}

static MI_RESERVATION *FindFreeRecord(VOID)
{
    ULONG Index;

    for (Index = 0; Index < RESERVATIONS_MAX; Index++) {
        if (Reservations[Index].Base == 0) {
            return &Reservations[Index];
        }
    }
    return NULL;
}

ULONG MiCountReservations(VOID)
{
    ULONG Count = 0;
    ULONG Index;

    for (Index = 0; Index < RESERVATIONS_MAX; Index++) {
        Count += (Reservations[Index].Base != 0);
    }
    return Count;
}

static PVOID Reserve(SIZE_T Bytes, ULONG Tag, BOOLEAN Divisible, const VOID *Caller)
{
    MI_RESERVATION *Reservation = FindFreeRecord();
    ULONG64 Pages = BYTES_TO_PAGES(Bytes);

    VfCheckIrql(APC_LEVEL, Caller);
    if (Pages == 0) {
        KiBugCheck(SYSTEM_PTE_MISUSE, 0x100, 0, Tag, (ULONG_PTR)Caller, (ULONG_PTR)Caller);
    }
    if (Reservation == NULL) {
        return NULL;
    }
    Reservation->Base = MiReserve(&MiSystemPtes, Pages);
    Reservation->Pages = Pages;
    Reservation->Tag = Tag;
    Reservation->Divisible = Divisible;
    return (PVOID)Reservation->Base;
}

/*
 * DDI: nf-wdm-mmallocatemappingaddress. IRQL <= APC_LEVEL. Addresses without memory, NULL where there are none; they
 * take one MDL at a time, at their base. 0xDA/0x100 for no bytes.
 */
PVOID NTAPI MmAllocateMappingAddress(SIZE_T NumberOfBytes, ULONG PoolTag)
{
    return Reserve(NumberOfBytes, PoolTag, FALSE, RETURN_ADDRESS());
}

/*
 * DDI: nf-wdm-mmallocatemappingaddressex. Windows 10 version 2004 and later; IRQL <= APC_LEVEL. With
 * MM_MAPPING_ADDRESS_DIVISIBLE several MDLs may lie in it side by side. NULL for flags that are not defined.
 */
PVOID NTAPI MmAllocateMappingAddressEx(SIZE_T NumberOfBytes, ULONG PoolTag, ULONG Flags)
{
    if ((Flags & ~MM_MAPPING_ADDRESS_DIVISIBLE) != 0) {
        return NULL;
    }
    return Reserve(NumberOfBytes, PoolTag, (Flags & MM_MAPPING_ADDRESS_DIVISIBLE) != 0, RETURN_ADDRESS());
}

/*
 * DDI: nf-wdm-mmfreemappingaddress. IRQL <= APC_LEVEL. Base and tag are those of the reservation, and nothing is mapped
 * there any more: 0xDA/0x102, 0x101 and 0x103.
 */
VOID NTAPI MmFreeMappingAddress(PVOID BaseAddress, ULONG PoolTag)
{
    const VOID *Caller = RETURN_ADDRESS();
    MI_RESERVATION *Reservation = FindReservation((ULONG64)BaseAddress);
    MI_MAPPING *Mapping;

    VfCheckIrql(APC_LEVEL, Caller);
    if ((Reservation == NULL) || (Reservation->Base != (ULONG64)BaseAddress)) {
        KiBugCheck(SYSTEM_PTE_MISUSE, 0x102, (ULONG_PTR)BaseAddress, PoolTag, 0, (ULONG_PTR)Caller);
    }
    if (Reservation->Tag != PoolTag) {
        KiBugCheck(SYSTEM_PTE_MISUSE, 0x101, (ULONG_PTR)BaseAddress, PoolTag, Reservation->Tag, (ULONG_PTR)Caller);
    }
    Mapping = MiFirstMappingIn(Reservation->Base, Reservation->Pages);
    if (Mapping != NULL) {
        KiBugCheck(SYSTEM_PTE_MISUSE, 0x103, Mapping->Base, PoolTag, Reservation->Pages, (ULONG_PTR)Caller);
    }
    MiRelease(&MiSystemPtes, Reservation->Base, Reservation->Pages);
    Reservation->Base = 0;
}

/* 0xDA/0x105: an address that begins no reservation, and may not lie inside this one; 0x104: another's tag. */
static MI_RESERVATION *FindOwnReservation(ULONG64 Address, ULONG Tag, const VOID *Caller)
{
    MI_RESERVATION *Reservation = FindReservation(Address);

    if ((Reservation == NULL) || ((Reservation->Base != Address) && !Reservation->Divisible) ||
        (BYTE_OFFSET(Address) != 0)) {
        KiBugCheck(SYSTEM_PTE_MISUSE, 0x105, Address, Tag, 0, (ULONG_PTR)Caller);
    }
    if (Reservation->Tag != Tag) {
        KiBugCheck(SYSTEM_PTE_MISUSE, 0x104, Address, Tag, Reservation->Tag, (ULONG_PTR)Caller);
    }
    return Reservation;
}

/*
 * DDI: nf-wdm-mmmaplockedpageswithreservedmapping. IRQL <= DISPATCH_LEVEL. NULL only where the reservation is too small
 * for the MDL or the cache type is none. The address returned has the MDL's byte offset in it, the MDL's MappedSystemVa
 * has not. The cache type is for pages that have none. 0xDA/0x107 where something is mapped there already.
 */
PVOID NTAPI MmMapLockedPagesWithReservedMapping(PVOID MappingAddress, ULONG PoolTag, PMDL MemoryDescriptorList,
                                                MEMORY_CACHING_TYPE CacheType)
{
    const VOID *Caller = RETURN_ADDRESS();
    PMDL Mdl = MemoryDescriptorList;
    MI_PAGES Pages = MiPagesOfMdl(Mdl);
    MI_RESERVATION *Reservation;
    MI_MAPPING *Mapping;
    ULONG64 Room;
    MI_CACHE Cache;

    VfCheckIrql(DISPATCH_LEVEL, Caller);
    Reservation = FindOwnReservation((ULONG64)MappingAddress, PoolTag, Caller);
    Room = Reservation->Pages - ((ULONG64)MappingAddress - Reservation->Base) / PAGE_SIZE;
    if ((Pages.Count > Room) || !MiCacheFromDdk(CacheType, &Cache)) {
        return NULL;
    }
    Mapping = MiFirstMappingIn((ULONG64)MappingAddress, Reservation->Divisible ? Pages.Count : Room);
    if (Mapping != NULL) {
        KiBugCheck(SYSTEM_PTE_MISUSE, 0x107, (ULONG_PTR)MappingAddress, Mapping->Base,
                   (ULONG_PTR)MappingAddress + (Pages.Count - 1) * PAGE_SIZE, (ULONG_PTR)Caller);
    }
    MiCheckMdlToBeMapped(Mdl, &Pages, KernelMode, Caller);
    Mapping = MiMapReservedPages((ULONG64)MappingAddress, &Pages, Cache, PTE_WRITE | PTE_NO_EXECUTE);
    if (Mapping == NULL) {
        return NULL;
    }
    Mapping->Mdl = Mdl;
    Mdl->MappedSystemVa = MappingAddress;
    Mdl->MdlFlags |= MDL_MAPPED_TO_SYSTEM_VA;
    return (PVOID)(Mapping->Base + Mdl->ByteOffset);
}

/* 0xDA/0x109: no reservation, or an empty one; 0x108: another's tag; 0x10B, 0x10A, 0x10C: not what is mapped there. */
static MI_MAPPING *FindReservedMapping(PVOID Base, ULONG Tag, PMDL Mdl, const VOID *Caller)
{
    MI_RESERVATION *Reservation = FindReservation((ULONG64)Base);
    MI_MAPPING *Mapping = MiFindMapping((ULONG64)Base);
    ULONG64 Pages = MI_MDL_PAGES(Mdl);

    if ((Reservation == NULL) || (MiFirstMappingIn(Reservation->Base, Reservation->Pages) == NULL)) {
        KiBugCheck(SYSTEM_PTE_MISUSE, 0x109, (ULONG_PTR)Base, Tag, 0, (ULONG_PTR)Caller);
    }
    if (Reservation->Tag != Tag) {
        KiBugCheck(SYSTEM_PTE_MISUSE, 0x108, (ULONG_PTR)Base, Tag, Reservation->Tag, (ULONG_PTR)Caller);
    }
    if ((Mapping == NULL) || (Mapping->Base != (ULONG64)PAGE_ALIGN(Base))) {
        KiBugCheck(SYSTEM_PTE_MISUSE, 0x10B, (ULONG_PTR)Base, Tag, Pages, (ULONG_PTR)Caller);
    }
    if (Pages > Mapping->Pages) {
        KiBugCheck(SYSTEM_PTE_MISUSE, 0x10A, (ULONG_PTR)Base, Mapping->Pages, Pages, (ULONG_PTR)Caller);
    }
    if (Pages < Mapping->Pages) {
        KiBugCheck(SYSTEM_PTE_MISUSE, 0x10C, (ULONG_PTR)Base, Tag, Pages, (ULONG_PTR)Caller);
    }
    return Mapping;
}

/*
 * DDI: nf-wdm-mmunmapreservedmapping. IRQL <= DISPATCH_LEVEL. The address is the mapping's, the tag the reservation's,
 * the MDL the one that is mapped.
 */
VOID NTAPI MmUnmapReservedMapping(PVOID BaseAddress, ULONG PoolTag, PMDL MemoryDescriptorList)
{
    PMDL Mdl = MemoryDescriptorList;
    MI_MAPPING *Mapping;

    VfCheckIrql(DISPATCH_LEVEL, RETURN_ADDRESS());
    Mapping = FindReservedMapping(BaseAddress, PoolTag, Mdl, RETURN_ADDRESS());
    MiUnmapPages(Mapping);
    Mdl->MdlFlags &= ~(MDL_MAPPED_TO_SYSTEM_VA | MDL_PARTIAL_HAS_BEEN_MAPPED);
    Mdl->MappedSystemVa = NULL;
}
