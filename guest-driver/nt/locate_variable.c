/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Asks a UEFI variable where the block is (DDI: wdm/nf-wdm-exgetfirmwareenvironmentvariable), as disk encryption does. */
#include "locate.h"

#include "mapping.h"
#include "routines.h"

NTSTATUS PlaceFromVariable(HF_PLACE *Place, const char **Step)
{
    GUID Vendor = HF_PLACE_VENDOR;
    UNICODE_STRING Name;
    ULONG Length = sizeof(*Place);
    NTSTATUS Status;

    *Step = "ExGetFirmwareEnvironmentVariable";
    if (gRoutines.GetFirmwareEnvironmentVariable == NULL) {
        return HF_STATUS_UNAVAILABLE;
    }
    RtlInitUnicodeString(&Name, HF_PLACE_VARIABLE);
    Status = gRoutines.GetFirmwareEnvironmentVariable(&Name, &Vendor, Place, &Length, NULL);
    return (NT_SUCCESS(Status) && (Length != sizeof(*Place))) ? STATUS_INFO_LENGTH_MISMATCH : Status;
}
