/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Brings the driver's image into the kernel half. */
#include "io.h"

#include "hal.h"
#include "mm.h"
#include "peimage.h"
#include "rtl.h"

/* Missing imports that are reported; all are counted. */
#define MISSING_MAX 32
#define MISSING_NAME_MAX 300

typedef struct {
    PE_RESULT Result;
    const char *Reason;
    NTSTATUS Status;
} REFUSAL;

/* MS-ERREF, 2.3.1 */
static const REFUSAL Refusals[] = {
    {PeNotAnImage, "driver-not-pe", STATUS_INVALID_IMAGE_FORMAT},
    {PeNotADriver, "driver-refused", STATUS_INVALID_IMAGE_FORMAT},
    {PeMalformed, "driver-refused", STATUS_INVALID_IMAGE_FORMAT},
    {PeWritableCode, "driver-refused", STATUS_INVALID_IMAGE_FORMAT},
    {PeBadChecksum, "driver-refused", STATUS_IMAGE_CHECKSUM_MISMATCH},
};

/* What the kernel's exports stand for. */
static const char *const Modules[] = {"ntoskrnl.exe", "hal.dll"};

static PE_IMAGE Image;
static ULONG Missing;

static VOID Refuse(PE_RESULT Result)
{
    ULONG Index;

    for (Index = 0; Refusals[Index].Result != Result; Index++) {
    }
    HalEndFatally(Refusals[Index].Reason, PeResultName(Result), Refusals[Index].Status);
}

static VOID RefuseUnless(PE_RESULT Result)
{
    if (Result != PeSound) {
        Refuse(Result);
    }
}

static char Fold(char Character)
{
    return ((Character >= 'A') && (Character <= 'Z')) ? (char)(Character - 'A' + 'a') : Character;
}

static BOOLEAN IsKnownModule(const char *Module)
{
    ULONG Index;
    ULONG Length;

    for (Index = 0; Index < ARRAYSIZE(Modules); Index++) {
        for (Length = 0; (Modules[Index][Length] != '\0') && (Fold(Module[Length]) == Modules[Index][Length]);) {
            Length++;
        }
        if ((Modules[Index][Length] == '\0') && (Module[Length] == '\0')) {
            return TRUE;
        }
    }
    return FALSE;
}

static ULONG Append(char *Text, ULONG Length, const char *More)
{
    while ((*More != '\0') && (Length < MISSING_NAME_MAX - 1)) {
        Text[Length++] = *More++;
    }
    Text[Length] = '\0';
    return Length;
}

static VOID ReportMissing(const char *Module, const char *Name, USHORT Ordinal)
{
    char Text[MISSING_NAME_MAX];
    char Digits[8] = {'#', 0};
    ULONG Divisor = 10000;
    ULONG Length = 1;

    if (Missing++ >= MISSING_MAX) {
        return;
    }
    if (Name == NULL) {
        for (; Divisor != 0; Divisor /= 10) {
            Digits[Length++] = (char)('0' + Ordinal / Divisor % 10);
        }
        Name = Digits;
    }
    Length = Append(Text, 0, Module);
    Length = Append(Text, Length, "!");
    Append(Text, Length, Name);
    HalReportFatal("unknown-import", Text, STATUS_DRIVER_ENTRYPOINT_NOT_FOUND);
}

static HF_UINT64 ResolveImport(void *Context, const char *Module, const char *Name, HF_UINT16 Ordinal)
{
    PVOID Routine = NULL;

    UNREFERENCED_PARAMETER(Context);
    if ((Name != NULL) && IsKnownModule(Module)) {
        Routine = IopFindExport(Name);
    }
    if (Routine == NULL) {
        ReportMissing(Module, Name, Ordinal);
    }
    return (HF_UINT64)Routine;
}

static VOID MapForWriting(ULONG64 Base, ULONG64 Bytes)
{
    ULONG64 Offset;
    PFN_NUMBER Page;

    for (Offset = 0; Offset < Bytes; Offset += PAGE_SIZE) {
        Page = MiAllocatePage(MiPageInUse);
        if ((Page == 0) || !MiMapPage(Base + Offset, Page, PTE_WRITE | PTE_NO_EXECUTE)) {
            HalEndFatally("no-memory", "driver-image", STATUS_NO_MEMORY);
        }
    }
    RtlZeroMemory((PVOID)Base, Bytes);
}

/* Unmaps part of the image: whoever still uses it faults. */
static VOID DropPages(ULONG64 Start, ULONG64 Bytes)
{
    ULONG64 Address;

    for (Address = Start; Address < Start + Bytes; Address += PAGE_SIZE) {
        if ((*MiFindPte(Address) & PTE_VALID) != 0) {
            MiFreePage(MiUnmapPage(Address));
        }
    }
}

/* Gives each section what it asks for: writable or executable, never both. Headers and gaps are read-only. */
static VOID ProtectImage(ULONG64 Base)
{
    PE_SECTION Section;
    ULONG64 Flags;
    ULONG64 Offset;
    ULONG Index;

    for (Offset = 0; Offset < Image.ImageSize; Offset += PAGE_SIZE) {
        MiProtectPage(Base + Offset, PTE_NO_EXECUTE);
    }
    for (Index = 0; Index < Image.SectionCount; Index++) {
        PeSection(&Image, Index, &Section);
        Flags = ((Section.Characteristics & PE_SECTION_EXECUTE) != 0) ? 0 : PTE_NO_EXECUTE;
        if ((Section.Characteristics & PE_SECTION_WRITE) != 0) {
            Flags |= PTE_WRITE;
        }
        for (Offset = 0; Offset < Section.Size; Offset += PAGE_SIZE) {
            MiProtectPage(Base + Section.Address + Offset, Flags);
        }
    }
}

PVOID IopLoadDriverImage(const VOID *File, SIZE_T Size, HF_UINT32 *Imports)
{
    ULONG64 Base;

    RefuseUnless(PeOpen(File, Size, &Image));
    Base = MiReserve(&MiDriverSpace, Image.ImageSize / PAGE_SIZE);
    MapForWriting(Base, Image.ImageSize);
    PeLayOut(&Image, (PVOID)Base);
    RefuseUnless(PeRelocate(&Image, (PVOID)Base, Base));
    RefuseUnless(PeImport(&Image, (PVOID)Base, ResolveImport, NULL, Imports));
    if (Missing != 0) {
        HalEndGuest(HalOutcomeFatal);
    }
    ProtectImage(Base);

    IopDriverImage.Base = Base;
    IopDriverImage.Size = Image.ImageSize;
    IopDriverImage.Functions = (const RUNTIME_FUNCTION *)(Base + Image.Functions);
    IopDriverImage.FunctionCount = Image.FunctionsSize / sizeof(RUNTIME_FUNCTION);
    return (PVOID)(Base + Image.EntryPoint);
}

/* Discardable sections are gone once DriverEntry has returned (WDD: kernel/making-drivers-pageable). */
VOID IopDiscardInitialization(VOID)
{
    PE_SECTION Section;
    ULONG Index;

    for (Index = 0; Index < Image.SectionCount; Index++) {
        PeSection(&Image, Index, &Section);
        if ((Section.Characteristics & PE_SECTION_DISCARDABLE) != 0) {
            DropPages(IopDriverImage.Base + Section.Address, Section.Size);
        }
    }
}

VOID IopUnloadDriverImage(VOID)
{
    DropPages(IopDriverImage.Base, IopDriverImage.Size);
    MiRelease(&MiDriverSpace, IopDriverImage.Base, IopDriverImage.Size / PAGE_SIZE);
    RtlZeroMemory(&IopDriverImage, sizeof(IopDriverImage));
}
