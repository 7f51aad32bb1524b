/** @file
  How the guest's loader comes into memory.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "ChainLoad.h"

#include <Protocol/SimpleFileSystem.h>

#include <Library/DevicePathLib.h>
#include <Library/MemoryAllocationLib.h>
#include <Library/UefiBootServicesTableLib.h>

#include "Report.h"

/**
  Tells whether a file system has a file.

  @param[in]  FileSystem  A handle with EFI_SIMPLE_FILE_SYSTEM_PROTOCOL.
  @param[in]  Path        The file's path, with backslashes.

  @retval TRUE   The file can be opened for reading.
  @retval FALSE  It can't.
**/
STATIC
BOOLEAN
HasFile (
  IN EFI_HANDLE  FileSystem,
  IN CHAR16      *Path
  )
{
  EFI_SIMPLE_FILE_SYSTEM_PROTOCOL  *Volume;
  EFI_FILE_PROTOCOL                *Root;
  EFI_FILE_PROTOCOL                *File;
  EFI_STATUS                       Status;

  Status = gBS->HandleProtocol (FileSystem, &gEfiSimpleFileSystemProtocolGuid, (VOID **)&Volume);
  if (EFI_ERROR (Status) || EFI_ERROR (Volume->OpenVolume (Volume, &Root))) {
    return FALSE;
  }

  Status = Root->Open (Root, &File, Path, EFI_FILE_MODE_READ, 0);
  if (!EFI_ERROR (Status)) {
    File->Close (File);
  }

  Root->Close (Root);
  return (BOOLEAN)!EFI_ERROR (Status);
}

/**
  Finds the first file system that has the loader.

  @param[in]  Path  The loader's path, with backslashes.

  @return  A device path of the loader that the caller frees with FreePool, or NULL.
**/
STATIC
EFI_DEVICE_PATH_PROTOCOL *
FindLoader (
  IN CHAR16  *Path
  )
{
  EFI_HANDLE                *FileSystems;
  EFI_DEVICE_PATH_PROTOCOL  *DevicePath;
  EFI_STATUS                Status;
  UINTN                     Count;
  UINTN                     Index;

  Status = gBS->LocateHandleBuffer (ByProtocol, &gEfiSimpleFileSystemProtocolGuid, NULL, &Count, &FileSystems);
  if (EFI_ERROR (Status)) {
    return NULL;
  }

  DevicePath = NULL;
  for (Index = 0; (Index < Count) && (DevicePath == NULL); Index++) {
    if (HasFile (FileSystems[Index], Path)) {
      DevicePath = FileDevicePath (FileSystems[Index], Path);
    }
  }

  FreePool (FileSystems);
  return DevicePath;
}

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

EFI_STATUS
ChainLoad (
  IN  EFI_HANDLE     ImageHandle,
  IN  CONST HF_PLAN  *Plan,
  OUT EFI_HANDLE     *Loader
  )
{
  CHAR16                    Path[HF_PLAN_TEXT_SIZE];
  EFI_DEVICE_PATH_PROTOCOL  *DevicePath;
  EFI_STATUS                Status;
  UINTN                     Index;

  ReportLoading (Plan);
  for (Index = 0; Index < HF_PLAN_TEXT_SIZE; Index++) {
    Path[Index] = (CHAR16)Plan->GuestLoader[Index];
  }

  DevicePath = FindLoader (Path);
  if (DevicePath == NULL) {
    return EFI_NOT_FOUND;
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
