/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* UEFI variables, through the firmware's own runtime services. */
#include "ex.h"

#include "mm.h"
#include "vf.h"

#define NAME_TAG 'vriF'

typedef ULONG64 EFI_STATUS;

#define EFI_ERROR_BIT 0x8000000000000000ull

/* UEFI specification, 8.2: EFI_GET_VARIABLE. Its calling convention is the one that NT has on x64. */
typedef EFI_STATUS(NTAPI *EFI_GET_VARIABLE)(const WCHAR *Name, const GUID *Vendor, ULONG *Attributes, ULONG64 *Size,
                                           PVOID Data);

/* UEFI specification, 4.5: the table up to what is called here. Addresses in it are physical. */
typedef struct {
    UCHAR Header[24];
    ULONG64 Others[6];
    EFI_GET_VARIABLE GetVariable;
} EFI_RUNTIME_SERVICES;

typedef struct {
    EFI_STATUS Efi;
    NTSTATUS Status;
} STATUS_MEANING;

/* The statuses that the routine's page names, by the firmware's (UEFI specification, appendix D). */
static const STATUS_MEANING Meanings[] = {
    {0, STATUS_SUCCESS},
    {EFI_ERROR_BIT | 2, STATUS_INVALID_PARAMETER},
    {EFI_ERROR_BIT | 3, STATUS_NOT_IMPLEMENTED},
    {EFI_ERROR_BIT | 5, STATUS_BUFFER_TOO_SMALL},
    {EFI_ERROR_BIT | 9, STATUS_INSUFFICIENT_RESOURCES},
    {EFI_ERROR_BIT | 14, STATUS_VARIABLE_NOT_FOUND},
};

static const EFI_RUNTIME_SERVICES *RuntimeServices;

VOID ExpInitializeEnvironment(const LOADER_BLOCK *Block)
{
    RuntimeServices = MiPhysicalToVirtual(Block->RuntimeServices);
}

static NTSTATUS StatusOf(EFI_STATUS Efi)
{
    ULONG Index;

    for (Index = 0; Index < ARRAYSIZE(Meanings); Index++) {
        if (Meanings[Index].Efi == Efi) {
            return Meanings[Index].Status;
        }
    }
    return STATUS_UNSUCCESSFUL;
}

/* The firmware wants a NUL behind the name, which a UNICODE_STRING need not have. Null where there is no memory. */
static PWSTR CopyName(const UNICODE_STRING *Name)
{
    PWSTR Copy = ExpAllocateSystemPool(Name->Length + sizeof(WCHAR), NAME_TAG);

    if (Copy != NULL) {
        RtlCopyMemory(Copy, Name->Buffer, Name->Length);
        Copy[Name->Length / sizeof(WCHAR)] = L'\0';
    }
    return Copy;
}

/*
 * DDI: nf-wdm-exgetfirmwareenvironmentvariable. Windows 8 and later; PASSIVE_LEVEL. *ValueLength is the buffer's size and
 * becomes the value's, also for STATUS_BUFFER_TOO_SMALL. STATUS_VARIABLE_NOT_FOUND for a variable that is not there, or
 * not for the OS to see (no EFI_VARIABLE_RUNTIME_ACCESS).
 */
NTSTATUS NTAPI ExGetFirmwareEnvironmentVariable(PUNICODE_STRING VariableName, LPGUID VendorGuid, PVOID Value,
                                                PULONG ValueLength, PULONG Attributes)
{
    ULONG64 Size;
    EFI_STATUS Efi;
    ULONG Seen = 0;
    PWSTR Name;

    VfCheckIrql(PASSIVE_LEVEL, RETURN_ADDRESS());
    if ((VariableName == NULL) || (VendorGuid == NULL) || (ValueLength == NULL) ||
        (VariableName->Length % sizeof(WCHAR) != 0)) {
        return STATUS_INVALID_PARAMETER;
    }
    Name = CopyName(VariableName);
    if (Name == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Size = (Value == NULL) ? 0 : *ValueLength;
    MiEnterFirmwareMap();
    Efi = RuntimeServices->GetVariable(Name, VendorGuid, &Seen, &Size, Value);
    MiLeaveFirmwareMap();
    ExFreePoolWithTag(Name, NAME_TAG);
    if ((Efi == 0) || (StatusOf(Efi) == STATUS_BUFFER_TOO_SMALL)) {
        *ValueLength = (ULONG)Size;
    }
    if ((Efi == 0) && (Attributes != NULL)) {
        *Attributes = Seen;
    }
    return StatusOf(Efi);
}
