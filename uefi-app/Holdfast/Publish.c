/** @file
  How a driver that does not scan learns where the block is.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Publish.h"

#include <Protocol/AcpiTable.h>

#include <Library/BaseMemoryLib.h>
#include <Library/UefiBootServicesTableLib.h>
#include <Library/UefiRuntimeServicesTableLib.h>

#include "Report.h"
#include "hf_place.h"

/**
  Sets the variable. It lasts as long as the machine runs: nothing is written to the variable store.

  @param[in]  Place  The block's place.

  @return  What SetVariable returned.
**/
STATIC
EFI_STATUS
PublishVariable (
  IN HF_PLACE  *Place
  )
{
  STATIC CHAR16    Name[] = HF_PLACE_VARIABLE;
  STATIC EFI_GUID  Vendor = HF_PLACE_VENDOR;

  return gRT->SetVariable (
                Name,
                &Vendor,
                EFI_VARIABLE_BOOTSERVICE_ACCESS | EFI_VARIABLE_RUNTIME_ACCESS,
                sizeof (*Place),
                Place
                );
}

/**
  Installs the ACPI table.

  @param[in]  Place  The block's place.

  @retval EFI_NOT_FOUND  The firmware has no EFI_ACPI_TABLE_PROTOCOL.
  @return                What InstallAcpiTable returned.
**/
STATIC
EFI_STATUS
PublishAcpiTable (
  IN CONST HF_PLACE  *Place
  )
{
  EFI_ACPI_TABLE_PROTOCOL  *AcpiTable;
  HF_PLACE_TABLE           Table;
  EFI_STATUS               Status;
  UINTN                    Key;

  Status = gBS->LocateProtocol (&gEfiAcpiTableProtocolGuid, NULL, (VOID **)&AcpiTable);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  HfPlaceTableFill (&Table, Place);
  return AcpiTable->InstallAcpiTable (AcpiTable, &Table, sizeof (Table), &Key);
}

VOID
PublishPlace (
  IN CONST HF_PLAN         *Plan,
  IN EFI_PHYSICAL_ADDRESS  Address
  )
{
  HF_PLACE    Place;
  HF_FRAME    Frame;
  EFI_STATUS  Status;

  if (Plan->LocateMethod == HfLocateScan) {
    return;
  }

  Place.Address = Address;
  Place.Bytes   = Plan->Pages * HF_PAGE_SIZE;
  CopyMem (Place.Nonce, Plan->Nonce, HF_NONCE_SIZE);
  Status = (Plan->LocateMethod == HfLocateVariable) ? PublishVariable (&Place) : PublishAcpiTable (&Place);

  ReportBegin (&Frame, "uefi.published");
  HfFrameText (&Frame, "method", HfPlanLocateMethodName (Plan->LocateMethod));
  HfFrameHex (&Frame, "status", Status);
  ReportSend (&Frame);
}
