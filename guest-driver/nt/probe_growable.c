/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A region of memory that grows: address space is reserved for all of it, and each growth maps a few pages more behind the
 * others (DDI: wdm/nf-wdm-mmallocatemappingaddressex, wdm/nf-wdm-mmallocatepagesformdlex). Without
 * MM_MAPPING_ADDRESS_DIVISIBLE a mapping anywhere but at the reservation's base is a mistake (WDD:
 * debugger/bug-check-0xda--system-pte-misuse, parameter 1 = 0x105).
 */
#include "probe.h"

#include "routines.h"

#define REGION_TAG 'nrgH'
#define CHUNKS 4u
#define CHUNK_BYTES ((SIZE_T)4 * PAGE_SIZE)
#define WORDS (CHUNK_BYTES / sizeof(ULONGLONG))

/* Any page up to the highest that a physical address can name. */
#define HIGHEST_PHYSICAL 0x7FFFFFFFFFFFFFFFll

typedef struct {
    PUCHAR Base;
    ULONG Chunks;               /* that are mapped */
    PMDL Mdls[CHUNKS];
} REGION;

static const char *const mGrowths[CHUNKS] = {"grow-0", "grow-1", "grow-2", "grow-3"};

static VOID FreePages(PMDL Mdl)
{
    MmFreePagesFromMdl(Mdl);
    ExFreePool(Mdl);
}

/* May come with fewer pages than were asked for: those are none to this region. */
static PMDL AllocatePages(VOID)
{
    PHYSICAL_ADDRESS Lowest = {.QuadPart = 0};
    PHYSICAL_ADDRESS Highest = {.QuadPart = HIGHEST_PHYSICAL};
    PMDL Mdl = MmAllocatePagesForMdlEx(Lowest, Highest, Lowest, CHUNK_BYTES, MmCached, 0);

    if ((Mdl != NULL) && (MmGetMdlByteCount(Mdl) != CHUNK_BYTES)) {
        FreePages(Mdl);
        return NULL;
    }
    return Mdl;
}

/* The step's value is how far behind the base the new pages came. */
static BOOLEAN Grow(REGION *Region)
{
    PUCHAR Wanted = Region->Base + Region->Chunks * CHUNK_BYTES;
    PMDL Mdl = AllocatePages();
    PUCHAR Mapped = NULL;

    if (Mdl != NULL) {
        Mapped = MmMapLockedPagesWithReservedMapping(Wanted, REGION_TAG, Mdl, MmCached);
        if (Mapped == NULL) {
            FreePages(Mdl);
        } else {
            Region->Mdls[Region->Chunks] = Mdl;
        }
    }
    if (!StepStatus(mGrowths[Region->Chunks], (Mapped == Wanted) ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES,
                    (Mapped == NULL) ? 0 : (ULONGLONG)(Mapped - Region->Base))) {
        return FALSE;
    }
    Region->Chunks++;
    return TRUE;
}

/* Whether what is written through the region from end to end can be read again, so that no page is there twice. */
static BOOLEAN HoldsItsContents(const REGION *Region)
{
    volatile ULONGLONG *Word = (volatile ULONGLONG *)Region->Base;
    SIZE_T Count = Region->Chunks * WORDS;
    SIZE_T Index;

    for (Index = 0; Index < Count; Index++) {
        Word[Index] = ~(ULONGLONG)Index;
    }
    for (Index = 0; Index < Count; Index++) {
        if (Word[Index] != ~(ULONGLONG)Index) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Gives back each MDL as it came: MmFreePagesFromMdl knows pages by the MDL that they came in. */
static VOID TearDown(REGION *Region)
{
    ULONG Returned = 0;

    while (Region->Chunks > 0) {
        Region->Chunks--;
        MmUnmapReservedMapping(Region->Base + Region->Chunks * CHUNK_BYTES, REGION_TAG, Region->Mdls[Region->Chunks]);
        FreePages(Region->Mdls[Region->Chunks]);
        Returned++;
    }
    StepStatus("shrink", STATUS_SUCCESS, Returned);
    MmFreeMappingAddress(Region->Base, REGION_TAG);
    StepStatus("free", STATUS_SUCCESS, 0);
}

static VOID GrowAndTearDown(PVOID Base)
{
    REGION Region = {.Base = Base, .Chunks = 0};

    if (!StepPointer("reserve", Base)) {
        return;
    }
    while ((Region.Chunks < CHUNKS) && Grow(&Region)) {
    }
    StepAnswer("contents", HoldsItsContents(&Region));
    TearDown(&Region);
}

static VOID RunDivisible(VOID)
{
    if (gRoutines.AllocateMappingAddressEx == NULL) {
        StepEnded("reserve", HfOutcomeUnavailable, STATUS_PROCEDURE_NOT_FOUND, 0);
        return;
    }
    GrowAndTearDown(gRoutines.AllocateMappingAddressEx(CHUNKS * CHUNK_BYTES, REGION_TAG, MM_MAPPING_ADDRESS_DIVISIBLE));
}

static VOID RunUndivided(VOID)
{
    GrowAndTearDown(MmAllocateMappingAddress(CHUNKS * CHUNK_BYTES, REGION_TAG));
}

const HF_PROBE gProbeGrowable = {"osr-growable", RunDivisible};
const HF_PROBE gProbeGrowableUndivided = {"osr-growable-undivided", RunUndivided};
