/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* WDD: devtest/security-checks and devtest/miscellaneous-checks: Zw routines and handles. */
#include "violation.h"

static VOID Prepare(OBJECT_ATTRIBUTES *Attributes, UNICODE_STRING *Name, ULONG Flags)
{
    RtlInitUnicodeString(Name, SECTION_NAME);
    InitializeObjectAttributes(Attributes, Name, OBJ_CASE_INSENSITIVE | Flags, NULL, NULL);
}

static VOID OpenAndClose(OBJECT_ATTRIBUTES *Attributes, PHANDLE Handle)
{
    HANDLE Opened;

    if (NT_SUCCESS(ZwOpenSection(Handle, SECTION_MAP_READ, Attributes))) {
        Opened = *Handle;
        Say("handle", (ULONG_PTR)Opened);
        ZwClose(Opened);
    }
}

static VOID UserAddress(BOOLEAN Properly)
{
    OBJECT_ATTRIBUTES Attributes;
    UNICODE_STRING Name;
    HANDLE Handle;
    PHANDLE UserMode = (PHANDLE)0x10000;

    Prepare(&Attributes, &Name, OBJ_KERNEL_HANDLE);
    OpenAndClose(&Attributes, Properly ? &Handle : UserMode);
}

static VOID MalformedString(BOOLEAN Properly)
{
    OBJECT_ATTRIBUTES Attributes;
    UNICODE_STRING Name;
    HANDLE Handle;

    Prepare(&Attributes, &Name, OBJ_KERNEL_HANDLE);
    Say("string", (ULONG_PTR)&Name);
    if (!Properly) {
        Name.MaximumLength = Name.Length - sizeof(WCHAR);
    }
    OpenAndClose(&Attributes, &Handle);
}

static VOID NotAtPassive(BOOLEAN Properly)
{
    OBJECT_ATTRIBUTES Attributes;
    UNICODE_STRING Name;
    HANDLE Handle;
    KIRQL Old;

    Prepare(&Attributes, &Name, OBJ_KERNEL_HANDLE);
    Old = RaiseTo(Properly ? PASSIVE_LEVEL : APC_LEVEL);
    OpenAndClose(&Attributes, &Handle);
    LowerTo(Old);
}

static VOID UserHandle(BOOLEAN Properly)
{
    OBJECT_ATTRIBUTES Attributes;
    UNICODE_STRING Name;
    HANDLE Handle;

    Prepare(&Attributes, &Name, Properly ? OBJ_KERNEL_HANDLE : 0);
    Say("process", (ULONG_PTR)PsGetCurrentProcess());
    OpenAndClose(&Attributes, &Handle);
}

const VIOLATION gSectionViolations[] = {
    {"zw-user-address", UserAddress},
    {"zw-malformed-string", MalformedString},
    {"zw-not-at-passive", NotAtPassive},
    {"user-handle-as-kernel", UserHandle},
    {NULL, NULL},
};
