/** @file
  Files on the file system that the loader came from.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Files.h"

#include <Guid/FileInfo.h>
#include <Library/BaseLib.h>
#include <Library/DevicePathLib.h>
#include <Library/FileHandleLib.h>
#include <Library/MemoryAllocationLib.h>
#include <Library/UefiBootServicesTableLib.h>
#include <Protocol/LoadedImage.h>
#include <Protocol/SimpleFileSystem.h>

//
// More than any driver, and little enough to be taken from a small machine.
//
#define FILE_SIZE_MAX  SIZE_64MB

#define PATH_LENGTH_MAX  512

/**
  Reads an open file as a whole.
**/
STATIC
EFI_STATUS
ReadOpenFile (
  IN  EFI_FILE_PROTOCOL  *Handle,
  OUT LOADED_FILE        *File
  )
{
  EFI_STATUS     Status;
  EFI_FILE_INFO  *Info;

  Info = FileHandleGetInfo (Handle);
  if (Info == NULL) {
    return EFI_DEVICE_ERROR;
  }

  if (((Info->Attribute & EFI_FILE_DIRECTORY) != 0) || (Info->FileSize > FILE_SIZE_MAX)) {
    FreePool (Info);
    return EFI_UNSUPPORTED;
  }

  File->Size = (UINTN)Info->FileSize;
  FreePool (Info);
  File->Data = AllocatePool (File->Size + 1);
  if (File->Data == NULL) {
    return EFI_OUT_OF_RESOURCES;
  }

  Status = Handle->Read (Handle, &File->Size, File->Data);
  if (EFI_ERROR (Status)) {
    FreePool (File->Data);
    File->Data = NULL;
  }

  return Status;
}

STATIC
EFI_STATUS
ReadFile (
  IN  EFI_HANDLE   Device,
  IN  CHAR16       *Path,
  OUT LOADED_FILE  *File
  )
{
  EFI_STATUS                       Status;
  EFI_SIMPLE_FILE_SYSTEM_PROTOCOL  *FileSystem;
  EFI_FILE_PROTOCOL                *Root;
  EFI_FILE_PROTOCOL                *Handle;

  Status = gBS->HandleProtocol (Device, &gEfiSimpleFileSystemProtocolGuid, (VOID **)&FileSystem);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Status = FileSystem->OpenVolume (FileSystem, &Root);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Status = Root->Open (Root, &Handle, Path, EFI_FILE_MODE_READ, 0);
  if (!EFI_ERROR (Status)) {
    Status = ReadOpenFile (Handle, File);
    Handle->Close (Handle);
  }

  Root->Close (Root);
  return Status;
}

/**
  Writes the folder of an image's device path, with a backslash at its end.
**/
STATIC
VOID
GetImageFolder (
  IN  CONST EFI_LOADED_IMAGE_PROTOCOL  *Image,
  OUT CHAR16                           Folder[PATH_LENGTH_MAX]
  )
{
  EFI_DEVICE_PATH_PROTOCOL  *Node;
  UINTN                     Length;

  Folder[0] = L'\0';
  for (Node = Image->FilePath; (Node != NULL) && !IsDevicePathEnd (Node); Node = NextDevicePathNode (Node)) {
    if ((DevicePathType (Node) == MEDIA_DEVICE_PATH) && (DevicePathSubType (Node) == MEDIA_FILEPATH_DP)) {
      StrnCatS (
        Folder,
        PATH_LENGTH_MAX,
        ((FILEPATH_DEVICE_PATH *)Node)->PathName,
        (DevicePathNodeLength (Node) - SIZE_OF_FILEPATH_DEVICE_PATH) / sizeof (CHAR16)
        );
    }
  }

  for (Length = StrLen (Folder); (Length > 0) && (Folder[Length - 1] != L'\\'); Length--) {
  }

  Folder[Length] = L'\0';
}

EFI_STATUS
ReadSiblingFile (
  IN  EFI_HANDLE    ImageHandle,
  IN  CONST CHAR16  *Name,
  OUT LOADED_FILE   *File
  )
{
  EFI_STATUS                 Status;
  EFI_LOADED_IMAGE_PROTOCOL  *Image;
  CHAR16                     Path[PATH_LENGTH_MAX];

  Status = gBS->HandleProtocol (ImageHandle, &gEfiLoadedImageProtocolGuid, (VOID **)&Image);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  GetImageFolder (Image, Path);
  if (RETURN_ERROR (StrCatS (Path, ARRAY_SIZE (Path), Name))) {
    return EFI_BUFFER_TOO_SMALL;
  }

  return ReadFile (Image->DeviceHandle, Path, File);
}

EFI_STATUS
ReadFileByPath (
  IN  EFI_HANDLE   ImageHandle,
  IN  CONST CHAR8  *Path,
  OUT LOADED_FILE  *File
  )
{
  EFI_STATUS                 Status;
  EFI_LOADED_IMAGE_PROTOCOL  *Image;
  CHAR16                     WidePath[PATH_LENGTH_MAX];

  Status = gBS->HandleProtocol (ImageHandle, &gEfiLoadedImageProtocolGuid, (VOID **)&Image);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  if (RETURN_ERROR (AsciiStrToUnicodeStrS (Path, WidePath, ARRAY_SIZE (WidePath)))) {
    return EFI_INVALID_PARAMETER;
  }

  return ReadFile (Image->DeviceHandle, WidePath, File);
}
