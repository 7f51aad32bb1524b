/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "nt.h"

/* DDI: nf-wdm-rtlinitunicodestring. IRQL <= DISPATCH_LEVEL; a null source gives an empty string. */
VOID NTAPI RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
    SIZE_T Length = 0;

    if (SourceString != NULL) {
        while (SourceString[Length] != L'\0') {
            Length++;
        }
    }
    DestinationString->Length = (USHORT)(Length * sizeof(WCHAR));
    DestinationString->MaximumLength = (SourceString == NULL) ? 0 : (USHORT)((Length + 1) * sizeof(WCHAR));
    DestinationString->Buffer = (PWSTR)SourceString;
}

/*
 * DDI: nf-wdm-dbgprint and nf-wdm-dbgprintex. Without a debugger the message is dropped; the frames are the only voice
 * that counts here.
 */
ULONG DbgPrint(PCSTR Format, ...)
{
    UNREFERENCED_PARAMETER(Format);
    return STATUS_SUCCESS;
}

ULONG DbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, ...)
{
    UNREFERENCED_PARAMETER(ComponentId);
    UNREFERENCED_PARAMETER(Level);
    UNREFERENCED_PARAMETER(Format);
    return STATUS_SUCCESS;
}
