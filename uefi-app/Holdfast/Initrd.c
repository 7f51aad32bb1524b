/** @file
  The initial RAM file system that a Linux loader asks the firmware for.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Initrd.h"

#include <Guid/LinuxEfiInitrdMedia.h>
#include <Protocol/DevicePath.h>
#include <Protocol/LoadFile2.h>

#include <Library/UefiBootServicesTableLib.h>

#include "Files.h"

#pragma pack (1)
typedef struct {
  VENDOR_DEVICE_PATH          Vendor;
  EFI_DEVICE_PATH_PROTOCOL    End;
} INITRD_DEVICE_PATH;
#pragma pack ()

STATIC
EFI_STATUS
EFIAPI
LoadInitrd (
  IN     EFI_LOAD_FILE2_PROTOCOL   *This,
  IN     EFI_DEVICE_PATH_PROTOCOL  *FilePath,
  IN     BOOLEAN                   BootPolicy,
  IN OUT UINTN                     *BufferSize,
  OUT    VOID                      *Buffer OPTIONAL
  );

STATIC INITRD_DEVICE_PATH  mDevicePath = {
  {
    { MEDIA_DEVICE_PATH,    MEDIA_VENDOR_DP,                { sizeof (VENDOR_DEVICE_PATH),       0 }
    },
    LINUX_EFI_INITRD_MEDIA_GUID
  },
  { END_DEVICE_PATH_TYPE, END_ENTIRE_DEVICE_PATH_SUBTYPE, { sizeof (EFI_DEVICE_PATH_PROTOCOL), 0 }
  }
};

STATIC EFI_LOAD_FILE2_PROTOCOL  mLoadFile2 = { LoadInitrd };
STATIC EFI_FILE_PROTOCOL        *mFile;
STATIC UINTN                    mSize;

/**
  Gives the file (UEFI specification, EFI_LOAD_FILE2_PROTOCOL.LoadFile).
**/
STATIC
EFI_STATUS
EFIAPI
LoadInitrd (
  IN     EFI_LOAD_FILE2_PROTOCOL   *This,
  IN     EFI_DEVICE_PATH_PROTOCOL  *FilePath,
  IN     BOOLEAN                   BootPolicy,
  IN OUT UINTN                     *BufferSize,
  OUT    VOID                      *Buffer OPTIONAL
  )
{
  EFI_STATUS  Status;

  if (BootPolicy) {
    return EFI_UNSUPPORTED;
  }

  if ((BufferSize == NULL) || (FilePath == NULL) || (FilePath->Type != END_DEVICE_PATH_TYPE)) {
    return EFI_INVALID_PARAMETER;
  }

  if ((Buffer == NULL) || (*BufferSize < mSize)) {
    *BufferSize = mSize;
    return EFI_BUFFER_TOO_SMALL;
  }

  *BufferSize = mSize;
  Status      = mFile->SetPosition (mFile, 0);
  if (!EFI_ERROR (Status)) {
    Status = mFile->Read (mFile, BufferSize, Buffer);
  }

  return (!EFI_ERROR (Status) && (*BufferSize != mSize)) ? EFI_DEVICE_ERROR : Status;
}

EFI_STATUS
OfferInitrd (
  IN EFI_HANDLE   FileSystem,
  IN CONST CHAR8  *Path
  )
{
  EFI_HANDLE  Handle;
  EFI_STATUS  Status;

  Status = OpenFile (FileSystem, Path, &mFile, &mSize);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Handle = NULL;
  Status = gBS->InstallMultipleProtocolInterfaces (
                  &Handle,
                  &gEfiDevicePathProtocolGuid,
                  &mDevicePath,
                  &gEfiLoadFile2ProtocolGuid,
                  &mLoadFile2,
                  NULL
                  );
  if (EFI_ERROR (Status)) {
    mFile->Close (mFile);
  }

  return Status;
}
