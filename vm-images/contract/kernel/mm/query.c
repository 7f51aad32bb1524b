/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "mm.h"

#include "io.h"
#include "vf.h"

#define ROUTINE_NAME_MAX 128

/* DDI: nf-ntddk-mmisaddressvalid. IRQL <= DISPATCH_LEVEL; whether an access would not fault just now. */
BOOLEAN NTAPI MmIsAddressValid(PVOID VirtualAddress)
{
    ULONG64 Physical;
    BOOLEAN Writable;

    VfCheckIrql(DISPATCH_LEVEL, RETURN_ADDRESS());
    return MiTranslate((ULONG64)VirtualAddress, &Physical, &Writable);
}

/* DDI: nf-ntddk-mmgetphysicaladdress. Any IRQL; what it returns for an address that is not mapped is 0 on Windows. */
PHYSICAL_ADDRESS NTAPI MmGetPhysicalAddress(PVOID BaseAddress)
{
    PHYSICAL_ADDRESS Address;
    ULONG64 Physical;
    BOOLEAN Writable;

    Address.QuadPart = 0;
    if (MiTranslate((ULONG64)BaseAddress, &Physical, &Writable)) {
        Address.QuadPart = (LONGLONG)Physical;
    }
    return Address;
}

/*
 * DDI: nf-wdm-mmgetsystemroutineaddress. PASSIVE_LEVEL. The kernel's or the HAL's routine of that name, NULL where this
 * version has none: the documented way to use what an older Windows lacks.
 */
PVOID NTAPI MmGetSystemRoutineAddress(PUNICODE_STRING SystemRoutineName)
{
    char Name[ROUTINE_NAME_MAX];
    ULONG Length = SystemRoutineName->Length / sizeof(WCHAR);
    ULONG Index;

    VfCheckIrql(PASSIVE_LEVEL, RETURN_ADDRESS());
    if (Length >= sizeof(Name)) {
        return NULL;
    }
    for (Index = 0; Index < Length; Index++) {
        if (SystemRoutineName->Buffer[Index] > 0x7F) {
            return NULL;
        }
        Name[Index] = (char)SystemRoutineName->Buffer[Index];
    }
    Name[Length] = '\0';
    return IopFindExport(Name);
}
