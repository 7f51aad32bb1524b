/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Asks an ACPI table where the block is. What AuxKlibGetSystemFirmwareTable does
 * (DDI: aux_klib/nf-aux_klib-auxklibgetsystemfirmwaretable), without the library: ZwQuerySystemInformation with the
 * class SystemFirmwareTableInformation and the structure that ntddk.h has for it.
 */
#include "locate.h"

#include "ntmissing.h"

#define SYSTEM_FIRMWARE_TABLE_INFORMATION_CLASS 76

#define PROVIDER_ACPI 'ACPI'

#define REQUEST_BYTES (FIELD_OFFSET(SYSTEM_FIRMWARE_TABLE_INFORMATION, TableBuffer) + sizeof(HF_PLACE_TABLE))

/* Static: a Zw routine is to be given a system address. */
static DECLSPEC_ALIGN(16) UCHAR mRequest[REQUEST_BYTES];

NTSTATUS PlaceFromAcpiTable(HF_PLACE *Place, const char **Step)
{
    PSYSTEM_FIRMWARE_TABLE_INFORMATION Request = (PSYSTEM_FIRMWARE_TABLE_INFORMATION)mRequest;
    const HF_PLACE_TABLE *Table = (const HF_PLACE_TABLE *)Request->TableBuffer;
    ULONG Length = 0;
    NTSTATUS Status;

    *Step = "ZwQuerySystemInformation";
    Request->ProviderSignature = PROVIDER_ACPI;
    Request->Action = SystemFirmwareTable_Get;
    Request->TableID = HF_PLACE_TABLE_SIGNATURE;
    Request->TableBufferLength = sizeof(*Table);
    Status = ZwQuerySystemInformation(SYSTEM_FIRMWARE_TABLE_INFORMATION_CLASS, Request, sizeof(mRequest), &Length);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    if (!HfPlaceTableIsSound(Table, Request->TableBufferLength)) {
        *Step = "acpi-table";
        return STATUS_DATA_ERROR;
    }
    *Place = Table->Place;
    return STATUS_SUCCESS;
}
