/** @file
  How the guest's loader comes into memory.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "ChainLoad.h"

#include <Protocol/LoadedImage.h>

#include <Library/DevicePathLib.h>
#include <Library/MemoryAllocationLib.h>
#include <Library/UefiBootServicesTableLib.h>

#include "Files.h"
#include "Initrd.h"
#include "Report.h"
#include "Trust.h"

//
// A loaded image keeps a pointer to its load options.
//
STATIC CHAR16  mOptions[HF_PLAN_TEXT_SIZE];

/**
  Says which loader was looked for.

  @param[in]  Plan  The plan.
**/
STATIC
VOID
ReportLoading (
  IN CONST HF_PLAN  *Plan
  )
{
  HF_FRAME  Frame;

  ReportBegin (&Frame, "uefi.loading");
  HfFrameText (&Frame, "path", Plan->GuestLoader);
  ReportSend (&Frame);
}

/**
  Loads the loader.

  @param[in]   ImageHandle  This application's own image.
  @param[in]   FileSystem   The file system that has it.
  @param[in]   Plan         The plan.
  @param[out]  Loader       The image.

  @return  What LoadImage returned.
**/
STATIC
EFI_STATUS
LoadLoader (
  IN  EFI_HANDLE     ImageHandle,
  IN  EFI_HANDLE     FileSystem,
  IN  CONST HF_PLAN  *Plan,
  OUT EFI_HANDLE     *Loader
  )
{
  CHAR16                    Path[HF_PLAN_TEXT_SIZE];
  EFI_DEVICE_PATH_PROTOCOL  *DevicePath;
  EFI_STATUS                Status;

  WidenText (Plan->GuestLoader, Path);
  DevicePath = FileDevicePath (FileSystem, Path);
  if (DevicePath == NULL) {
    return EFI_OUT_OF_RESOURCES;
  }

  Status = gBS->LoadImage (FALSE, ImageHandle, DevicePath, NULL, 0, Loader);
  FreePool (DevicePath);
  //
  // EFI_SECURITY_VIOLATION alone leaves an image loaded, which is not to be started.
  //
  if (Status == EFI_SECURITY_VIOLATION) {
    gBS->UnloadImage (*Loader);
  }

  return Status;
}

/**
  Gives the loader its load options.

  @param[in]  Loader  The loader's image.
  @param[in]  Plan    The plan.

  @return  What HandleProtocol returned.
**/
STATIC
EFI_STATUS
GiveOptions (
  IN EFI_HANDLE     Loader,
  IN CONST HF_PLAN  *Plan
  )
{
  EFI_LOADED_IMAGE_PROTOCOL  *Image;
  EFI_STATUS                 Status;

  if (Plan->GuestOptions[0] == '\0') {
    return EFI_SUCCESS;
  }

  Status = gBS->HandleProtocol (Loader, &gEfiLoadedImageProtocolGuid, (VOID **)&Image);
  if (!EFI_ERROR (Status)) {
    Image->LoadOptionsSize = (UINT32)WidenText (Plan->GuestOptions, mOptions);
    Image->LoadOptions     = mOptions;
  }

  return Status;
}

/**
  Provides what the loader wants beside its own image.

  @param[in]   FileSystem  The file system that has it.
  @param[in]   Plan        The plan.
  @param[out]  Path        The file at fault.

  @return  EFI_SUCCESS, or why that file could not be had.
**/
STATIC
EFI_STATUS
Provide (
  IN  EFI_HANDLE     FileSystem,
  IN  CONST HF_PLAN  *Plan,
  OUT CONST CHAR8    **Path
  )
{
  EFI_STATUS  Status;

  Status = EFI_SUCCESS;
  if (!HfPlanIsNone (Plan->GuestInitrd)) {
    *Path  = Plan->GuestInitrd;
    Status = OfferInitrd (FileSystem, Plan->GuestInitrd);
  }

  if (!EFI_ERROR (Status) && !HfPlanIsNone (Plan->GuestKey)) {
    *Path  = Plan->GuestKey;
    Status = PublishKey (FileSystem, Plan->GuestKey);
  }

  return Status;
}

EFI_STATUS
ChainLoad (
  IN  EFI_HANDLE     ImageHandle,
  IN  CONST HF_PLAN  *Plan,
  OUT EFI_HANDLE     *Loader,
  OUT CONST CHAR8    **Path
  )
{
  EFI_HANDLE  FileSystem;
  EFI_STATUS  Status;

  ReportLoading (Plan);
  *Path      = Plan->GuestLoader;
  FileSystem = FindFileSystem (Plan->GuestLoader);
  if (FileSystem == NULL) {
    return EFI_NOT_FOUND;
  }

  Status = LoadLoader (ImageHandle, FileSystem, Plan, Loader);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Status = GiveOptions (*Loader, Plan);
  if (!EFI_ERROR (Status)) {
    Status = Provide (FileSystem, Plan, Path);
  }

  if (EFI_ERROR (Status)) {
    gBS->UnloadImage (*Loader);
  }

  return Status;
}
