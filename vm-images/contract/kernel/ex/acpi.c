/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * ACPI tables for drivers. AuxKlibGetSystemFirmwareTable and AuxKlibEnumerateSystemFirmwareTables are in a library that a
 * driver links to; what they ask the kernel is ZwQuerySystemInformation with the class and the structure below.
 */
#include "ex.h"

#include "mm.h"
#include "vf.h"

#define TABLE_TAG 'ipcA'
#define TABLES_MAX 64

/* No table is longer; a header that says otherwise is not a table's. */
#define TABLE_BYTES_MAX (1024u * 1024)

/* ACPI specification, 5.2.5 and 5.2.6 */
#define RSDP_REVISION 15
#define RSDP_RSDT 16
#define RSDP_XSDT 24
#define TABLE_HEADER_BYTES 36
#define FADT_DSDT 40

#define SYSTEM_FIRMWARE_TABLE_INFORMATION_CLASS 76
#define PROVIDER_ACPI 'ACPI'
#define REQUEST_BYTES FIELD_OFFSET(SYSTEM_FIRMWARE_TABLE_INFORMATION, TableBuffer)

#define SIGNATURE(A, B, C, D) ((ULONG)(A) | ((ULONG)(B) << 8) | ((ULONG)(C) << 16) | ((ULONG)(D) << 24))

typedef struct {
    ULONG Signature;    /* the four characters as they stand in memory */
    ULONG Length;
    PUCHAR Copy;
} ACPI_TABLE;

static ACPI_TABLE Tables[TABLES_MAX];
static ULONG TableCount;

static ULONG Read32(const UCHAR *Bytes)
{
    ULONG Value;

    RtlCopyMemory(&Value, Bytes, sizeof(Value));
    return Value;
}

static ULONG64 Read64(const UCHAR *Bytes)
{
    ULONG64 Value;

    RtlCopyMemory(&Value, Bytes, sizeof(Value));
    return Value;
}

/* The table at an address: in memory, of a length that can be, with its checksum right. Null otherwise. */
static const UCHAR *FindTable(ULONG64 Address)
{
    const UCHAR *Table = MiPhysicalToVirtual(Address);
    UCHAR Sum = 0;
    ULONG Length;
    ULONG Index;

    if (!MiIsPhysicallyMapped(Address >> PAGE_SHIFT) || !MiIsPhysicallyMapped((Address + 8) >> PAGE_SHIFT)) {
        return NULL;
    }
    Length = Read32(Table + 4);
    if ((Length < TABLE_HEADER_BYTES) || (Length > TABLE_BYTES_MAX)) {
        return NULL;
    }
    for (Index = 0; Index < Length; Index++) {
        if ((BYTE_OFFSET(Address + Index) == 0) && !MiIsPhysicallyMapped((Address + Index) >> PAGE_SHIFT)) {
            return NULL;
        }
        Sum += Table[Index];
    }
    return (Sum == 0) ? Table : NULL;
}

/* Keeps a copy: where ACPIReclaim memory is reclaimed, the original does not last. */
static VOID KeepTable(ULONG64 Address)
{
    const UCHAR *Table = FindTable(Address);
    ACPI_TABLE *Entry = &Tables[TableCount];

    if ((Table == NULL) || (TableCount == TABLES_MAX)) {
        return;
    }
    Entry->Signature = Read32(Table);
    Entry->Length = Read32(Table + 4);
    Entry->Copy = ExpAllocateSystemPool(Entry->Length, TABLE_TAG);
    if (Entry->Copy == NULL) {
        return;
    }
    RtlCopyMemory(Entry->Copy, Table, Entry->Length);
    TableCount++;
    if ((Entry->Signature == SIGNATURE('F', 'A', 'C', 'P')) && (Entry->Length >= FADT_DSDT + sizeof(ULONG))) {
        KeepTable(Read32(Entry->Copy + FADT_DSDT));
    }
}

VOID ExpInitializeFirmwareTables(const LOADER_BLOCK *Block)
{
    const UCHAR *Rsdp = MiPhysicalToVirtual(Block->AcpiRsdp);
    const UCHAR *Root;
    ULONG EntryBytes;
    ULONG Offset;

    if ((Block->AcpiRsdp == 0) || !MiIsPhysicallyMapped(Block->AcpiRsdp >> PAGE_SHIFT)) {
        return;
    }
    EntryBytes = (Rsdp[RSDP_REVISION] >= 2) ? sizeof(ULONG64) : sizeof(ULONG);
    Root = FindTable((EntryBytes == sizeof(ULONG64)) ? Read64(Rsdp + RSDP_XSDT) : Read32(Rsdp + RSDP_RSDT));
    if (Root == NULL) {
        return;
    }
    for (Offset = TABLE_HEADER_BYTES; Offset + EntryBytes <= Read32(Root + 4); Offset += EntryBytes) {
        KeepTable((EntryBytes == sizeof(ULONG64)) ? Read64(Root + Offset) : Read32(Root + Offset));
    }
}

/* Says how long the answer is, and whether it fits. */
static NTSTATUS Announce(PSYSTEM_FIRMWARE_TABLE_INFORMATION Request, ULONG Room, ULONG Needed, PULONG ReturnLength)
{
    Request->TableBufferLength = Needed;
    if (ReturnLength != NULL) {
        *ReturnLength = REQUEST_BYTES + Needed;
    }
    return (Room < Needed) ? STATUS_BUFFER_TOO_SMALL : STATUS_SUCCESS;
}

static NTSTATUS Enumerate(PSYSTEM_FIRMWARE_TABLE_INFORMATION Request, ULONG Room, PULONG ReturnLength)
{
    NTSTATUS Status = Announce(Request, Room, TableCount * sizeof(ULONG), ReturnLength);
    ULONG Index;

    for (Index = 0; NT_SUCCESS(Status) && (Index < TableCount); Index++) {
        RtlCopyMemory(Request->TableBuffer + Index * sizeof(ULONG), &Tables[Index].Signature, sizeof(ULONG));
    }
    return Status;
}

/* The first of that name (AuxKlibGetSystemFirmwareTable, Remarks). */
static NTSTATUS Get(PSYSTEM_FIRMWARE_TABLE_INFORMATION Request, ULONG Room, PULONG ReturnLength)
{
    NTSTATUS Status;
    ULONG Index;

    for (Index = 0; Index < TableCount; Index++) {
        if (Tables[Index].Signature == Request->TableID) {
            Status = Announce(Request, Room, Tables[Index].Length, ReturnLength);
            if (NT_SUCCESS(Status)) {
                RtlCopyMemory(Request->TableBuffer, Tables[Index].Copy, Tables[Index].Length);
            }
            return Status;
        }
    }
    return STATUS_NOT_FOUND;
}

/*
 * DDI: nf-aux_klib-auxklibgetsystemfirmwaretable and nf-aux_klib-auxklibenumeratesystemfirmwaretables, whose work this is;
 * the class and its structure are ntddk.h's. PASSIVE_LEVEL. STATUS_BUFFER_TOO_SMALL with the length needed;
 * STATUS_NOT_IMPLEMENTED for a provider other than 'ACPI', STATUS_INVALID_INFO_CLASS for any other class.
 */
NTSTATUS NTAPI ZwQuerySystemInformation(ULONG SystemInformationClass, PVOID SystemInformation, ULONG Length,
                                        PULONG ReturnLength)
{
    PSYSTEM_FIRMWARE_TABLE_INFORMATION Request = SystemInformation;

    VfCheckZwCall(RETURN_ADDRESS());
    VfCheckZwPointer(SystemInformation, RETURN_ADDRESS());
    VfCheckZwPointer(ReturnLength, RETURN_ADDRESS());
    if (SystemInformationClass != SYSTEM_FIRMWARE_TABLE_INFORMATION_CLASS) {
        return STATUS_INVALID_INFO_CLASS;
    }
    if (Length < REQUEST_BYTES) {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (Request->ProviderSignature != PROVIDER_ACPI) {
        return STATUS_NOT_IMPLEMENTED;
    }
    switch (Request->Action) {
    case SystemFirmwareTable_Enumerate:
        return Enumerate(Request, Length - REQUEST_BYTES, ReturnLength);
    case SystemFirmwareTable_Get:
        return Get(Request, Length - REQUEST_BYTES, ReturnLength);
    default:
        return STATUS_INVALID_PARAMETER;
    }
}
