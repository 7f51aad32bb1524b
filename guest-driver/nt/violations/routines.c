/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Routines used as they should be, and refused where they should refuse: each outcome is said under a name. Those that
 * Windows 7 lacks are looked up.
 */
#include "violation.h"

#define BYTES 64
#define SMALL_PAGES 2
#define UNMAPPED_ADDRESS 0xFFFFC0FFFFFFF000ull

/* DDI: nf-wdm-mmallocatepagesformdlex */
#define LOW_LIMIT 0x1800000ll
#define HIGH_LIMIT 0x1FFFFFFll
#define CHUNK 0x10000ll

#define FIRMWARE_TABLE_CLASS 76
#define TABLE_BYTES 4096

static const GUID mGlobalVariable = {0x8BE4DF61, 0x93CA, 0x11D2, {0xAA, 0x0D, 0x00, 0xE0, 0x98, 0x03, 0x2B, 0x8C}};

static UCHAR mTarget[BYTES];

static NTSTATUS CopyTo(PVOID Target, ULONGLONG Source, ULONG Flags, PSIZE_T Copied)
{
    MM_COPY_MEMORY *CopyMemory = (MM_COPY_MEMORY *)Resolve(L"MmCopyMemory");
    MM_COPY_ADDRESS Address;

    Address.PhysicalAddress.QuadPart = (LONGLONG)Source;
    return CopyMemory(Target, Address, BYTES, Flags, Copied);
}

static VOID Copy(const char *Name, ULONGLONG Source, ULONG Flags)
{
    SIZE_T Copied = ~(SIZE_T)0;

    Say(Name, (ULONG)CopyTo(mTarget, Source, Flags, &Copied));
    Say("copied", Copied);
}

static VOID CopyMemory(BOOLEAN Properly)
{
    PUCHAR Source = ExAllocatePoolWithTag(NonPagedPool, BYTES, VIOLATION_TAG);
    PUCHAR Paged = ExAllocatePoolWithTag(PagedPool, BYTES, VIOLATION_TAG);
    SIZE_T Copied;
    ULONG Index;

    UNREFERENCED_PARAMETER(Properly);
    for (Index = 0; Index < BYTES; Index++) {
        Source[Index] = (UCHAR)(Index * 7);
    }
    Say("paged-target", (ULONG)CopyTo(Paged, (ULONG_PTR)Source, MM_COPY_MEMORY_VIRTUAL, &Copied));
    Say("paged-last-byte", Paged[BYTES - 1]);
    ExFreePoolWithTag(Paged, VIOLATION_TAG);
    Copy("device", DEVICE_ADDRESS, MM_COPY_MEMORY_PHYSICAL);
    Copy("firmware", (ULONGLONG)BlockAddress().QuadPart, MM_COPY_MEMORY_PHYSICAL);
    Copy("unmapped", UNMAPPED_ADDRESS, MM_COPY_MEMORY_VIRTUAL);
    Copy("both", (ULONG_PTR)Source, MM_COPY_MEMORY_VIRTUAL | MM_COPY_MEMORY_PHYSICAL);
    Copy("virtual", (ULONG_PTR)Source, MM_COPY_MEMORY_VIRTUAL);
    RtlZeroMemory(mTarget, BYTES);
    Copy("physical", (ULONGLONG)MmGetPhysicalAddress(Source).QuadPart, MM_COPY_MEMORY_PHYSICAL);
    Say("last-byte", mTarget[BYTES - 1]);
    ExFreePoolWithTag(Source, VIOLATION_TAG);
}

static VOID MapWith(const char *Name, ULONG Protect)
{
    MM_MAP_IO_SPACE_EX *MapIoSpaceEx = (MM_MAP_IO_SPACE_EX *)Resolve(L"MmMapIoSpaceEx");
    PHYSICAL_ADDRESS Device = {.QuadPart = DEVICE_ADDRESS};
    PVOID Mapped = MapIoSpaceEx(Device, PAGE_SIZE, Protect);

    Say(Name, Mapped != NULL);
    if (Mapped != NULL) {
        MmUnmapIoSpace(Mapped, PAGE_SIZE);
    }
}

static VOID MapIoSpaceEx(BOOLEAN Properly)
{
    UNREFERENCED_PARAMETER(Properly);
    MapWith("read-only", PAGE_READONLY);
    MapWith("read-write-uncached", PAGE_READWRITE | PAGE_NOCACHE);
    MapWith("execute-write-combined", PAGE_EXECUTE_READWRITE | PAGE_WRITECOMBINE);
    MapWith("two-modifiers", PAGE_READWRITE | PAGE_NOCACHE | PAGE_WRITECOMBINE);
    MapWith("two-protections", PAGE_READONLY | PAGE_READWRITE);
    MapWith("no-protection", PAGE_NOCACHE);
}

/* WDD: debugger/bug-check-0xbe: what is mapped to be read is not to be written. */
static VOID WriteToReadOnly(BOOLEAN Properly)
{
    MM_MAP_IO_SPACE_EX *Map = (MM_MAP_IO_SPACE_EX *)Resolve(L"MmMapIoSpaceEx");
    PHYSICAL_ADDRESS Device = {.QuadPart = DEVICE_ADDRESS};
    volatile ULONG *Registers = Map(Device, PAGE_SIZE, Properly ? PAGE_READWRITE | PAGE_NOCACHE : PAGE_READONLY | PAGE_NOCACHE);

    Say("address", (ULONG_PTR)Registers);
    *Registers = *Registers;
    MmUnmapIoSpace((PVOID)Registers, PAGE_SIZE);
}

static VOID SayPages(const char *Name, PMDL Mdl)
{
    PPFN_NUMBER Pages;
    ULONG Count;
    ULONG Index;
    ULONG Contiguous = 1;

    Say(Name, (Mdl == NULL) ? 0 : MmGetMdlByteCount(Mdl));
    if (Mdl == NULL) {
        return;
    }
    Pages = MmGetMdlPfnArray(Mdl);
    Count = MmGetMdlByteCount(Mdl) / PAGE_SIZE;
    for (Index = 1; (Index < Count) && (Pages[Index] == Pages[0] + Index); Index++) {
        Contiguous++;
    }
    Say("first", Pages[0]);
    Say("last", Pages[Count - 1]);
    Say("contiguous", Contiguous);
    MmFreePagesFromMdl(Mdl);
    ExFreePool(Mdl);
}

static VOID AllocatePages(BOOLEAN Properly)
{
    PHYSICAL_ADDRESS Zero = {.QuadPart = 0};
    PHYSICAL_ADDRESS Low = {.QuadPart = LOW_LIMIT};
    PHYSICAL_ADDRESS High = {.QuadPart = HIGH_LIMIT};
    PHYSICAL_ADDRESS Skip = {.QuadPart = CHUNK};
    PHYSICAL_ADDRESS Top = {.QuadPart = -1};

    UNREFERENCED_PARAMETER(Properly);
    SayPages("partial", MmAllocatePagesForMdlEx(Low, High, Zero, 0x40000000, MmCached, 0));
    SayPages("fully", MmAllocatePagesForMdlEx(Low, High, Zero, 0x40000000, MmCached, MM_ALLOCATE_FULLY_REQUIRED));
    SayPages("bad-skip", MmAllocatePagesForMdlEx(Zero, Top, (PHYSICAL_ADDRESS){.QuadPart = 1}, BYTES, MmCached, 0));
    SayPages("chunk", MmAllocatePagesForMdlEx(Zero, Top, Skip, CHUNK, MmCached, MM_ALLOCATE_REQUIRE_CONTIGUOUS_CHUNKS));
    SayPages("in-range", MmAllocatePagesForMdlEx(Low, High, Zero, CHUNK, MmCached, 0));
}

static VOID Divisible(BOOLEAN Properly)
{
    MM_ALLOCATE_MAPPING_ADDRESS_EX *Reserve =
        (MM_ALLOCATE_MAPPING_ADDRESS_EX *)Resolve(L"MmAllocateMappingAddressEx");
    DESCRIBED One = DescribeLocked(SMALL_PAGES * PAGE_SIZE);
    DESCRIBED Two = DescribeLocked(SMALL_PAGES * PAGE_SIZE);
    PUCHAR Base = Reserve(2 * SMALL_PAGES * PAGE_SIZE, VIOLATION_TAG, MM_MAPPING_ADDRESS_DIVISIBLE);
    PUCHAR Second = Base + SMALL_PAGES * PAGE_SIZE;

    UNREFERENCED_PARAMETER(Properly);
    *(PUCHAR)One.Buffer = 1;
    *(PUCHAR)Two.Buffer = 2;
    Say("too-long", (ULONG_PTR)MmMapLockedPagesWithReservedMapping(Second + PAGE_SIZE, VIOLATION_TAG, One.Mdl, MmCached));
    Say("at-base", (PUCHAR)MmMapLockedPagesWithReservedMapping(Base, VIOLATION_TAG, One.Mdl, MmCached) == Base);
    Say("behind", (PUCHAR)MmMapLockedPagesWithReservedMapping(Second, VIOLATION_TAG, Two.Mdl, MmCached) == Second);
    Say("seen", (Base[0] == 1) && (Second[0] == 2));
    MmUnmapReservedMapping(Base, VIOLATION_TAG, One.Mdl);
    Say("valid-after-unmap", MmIsAddressValid(Base));
    Say("other-still-valid", MmIsAddressValid(Second));
    MmUnmapReservedMapping(Second, VIOLATION_TAG, Two.Mdl);
    MmFreeMappingAddress(Base, VIOLATION_TAG);
    MmUnlockPages(One.Mdl);
    MmUnlockPages(Two.Mdl);
    Forget(&One);
    Forget(&Two);
}

static VOID Variable(BOOLEAN Properly)
{
    EX_GET_FIRMWARE_ENVIRONMENT_VARIABLE *Get =
        (EX_GET_FIRMWARE_ENVIRONMENT_VARIABLE *)Resolve(L"ExGetFirmwareEnvironmentVariable");
    UNICODE_STRING Name;
    GUID Vendor = mGlobalVariable;
    ULONG Length = 0;
    ULONG Attributes = 0;

    UNREFERENCED_PARAMETER(Properly);
    RtlInitUnicodeString(&Name, L"BootCurrent");
    Say("no-room", (ULONG)Get(&Name, &Vendor, NULL, &Length, NULL));
    Say("needed", Length);
    Length = BYTES;
    Say("read", (ULONG)Get(&Name, &Vendor, mTarget, &Length, &Attributes));
    Say("length", Length);
    Say("attributes", Attributes);
    Vendor.Data1 ^= 1;
    Say("absent", (ULONG)Get(&Name, &Vendor, mTarget, &Length, &Attributes));
    Say("no-name", (ULONG)Get(NULL, &Vendor, mTarget, &Length, &Attributes));
}

static NTSTATUS Query(PSYSTEM_FIRMWARE_TABLE_INFORMATION Request, ULONG Provider, ULONG Action, ULONG Table, ULONG Room)
{
    ULONG Returned = 0;

    Request->ProviderSignature = Provider;
    Request->Action = Action;
    Request->TableID = Table;
    Request->TableBufferLength = Room;
    return ZwQuerySystemInformation(FIRMWARE_TABLE_CLASS, Request,
                                    FIELD_OFFSET(SYSTEM_FIRMWARE_TABLE_INFORMATION, TableBuffer) + Room, &Returned);
}

static VOID AcpiTables(BOOLEAN Properly)
{
    PSYSTEM_FIRMWARE_TABLE_INFORMATION Request = ExAllocatePoolWithTag(NonPagedPool, 2 * TABLE_BYTES, VIOLATION_TAG);
    UCHAR Sum = 0;
    ULONG Index;

    UNREFERENCED_PARAMETER(Properly);
    Say("enumerate", (ULONG)Query(Request, 'ACPI', SystemFirmwareTable_Enumerate, 0, TABLE_BYTES));
    Say("tables", Request->TableBufferLength / sizeof(ULONG));
    Say("no-room", (ULONG)Query(Request, 'ACPI', SystemFirmwareTable_Get, 'PCAF', 8));
    Say("needed", Request->TableBufferLength);
    Say("get", (ULONG)Query(Request, 'ACPI', SystemFirmwareTable_Get, 'PCAF', TABLE_BYTES));
    Say("signature", *(ULONG *)Request->TableBuffer);
    for (Index = 0; Index < Request->TableBufferLength; Index++) {
        Sum += Request->TableBuffer[Index];
    }
    Say("sum", Sum);
    Say("absent", (ULONG)Query(Request, 'ACPI', SystemFirmwareTable_Get, 'enon', TABLE_BYTES));
    Say("other-provider", (ULONG)Query(Request, 'RSMB', SystemFirmwareTable_Get, 0, TABLE_BYTES));
    Say("other-class", (ULONG)ZwQuerySystemInformation(0, Request, TABLE_BYTES, NULL));
    ExFreePoolWithTag(Request, VIOLATION_TAG);
}

const VIOLATION gRoutineUses[] = {
    {"use-copy-memory", CopyMemory},
    {"use-map-io-space-ex", MapIoSpaceEx},
    {"write-to-read-only-mapping", WriteToReadOnly},
    {"use-allocate-pages", AllocatePages},
    {"use-divisible-reservation", Divisible},
    {"use-firmware-variable", Variable},
    {"use-acpi-tables", AcpiTables},
    {NULL, NULL},
};
