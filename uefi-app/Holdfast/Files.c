/** @file
  Files on the file systems that the firmware sees.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Files.h"

#include <Library/MemoryAllocationLib.h>
#include <Library/UefiBootServicesTableLib.h>

UINTN
WidenText (
  IN  CONST CHAR8  *Text,
  OUT CHAR16       Wide[HF_PLAN_TEXT_SIZE]
  )
{
  UINTN  Index;

  for (Index = 0; (Index < HF_PLAN_TEXT_MAX) && (Text[Index] != '\0'); Index++) {
    Wide[Index] = (CHAR16)Text[Index];
  }

  Wide[Index] = L'\0';
  return (Index + 1) * sizeof (CHAR16);
}

/**
  Finds a file's end, which is its size.

  @param[in]   File  The file; its position is then 0.
  @param[out]  Size  In bytes.

  @retval EFI_SUCCESS          Size is valid.
  @retval EFI_BAD_BUFFER_SIZE  The file has 4 GiB or more.
  @return                      What the file system returned.
**/
STATIC
EFI_STATUS
FileSize (
  IN  EFI_FILE_PROTOCOL  *File,
  OUT UINTN              *Size
  )
{
  EFI_STATUS  Status;
  UINT64      End;

  //
  // UEFI specification, EFI_FILE_PROTOCOL.SetPosition: all ones stands for the file's end.
  //
  Status = File->SetPosition (File, MAX_UINT64);
  if (!EFI_ERROR (Status)) {
    Status = File->GetPosition (File, &End);
  }

  if (EFI_ERROR (Status)) {
    return Status;
  }

  if (End > MAX_UINT32) {
    return EFI_BAD_BUFFER_SIZE;
  }

  *Size = (UINTN)End;
  return File->SetPosition (File, 0);
}

EFI_STATUS
OpenFile (
  IN  EFI_HANDLE         FileSystem,
  IN  CONST CHAR8        *Path,
  OUT EFI_FILE_PROTOCOL  **File,
  OUT UINTN              *Size
  )
{
  EFI_SIMPLE_FILE_SYSTEM_PROTOCOL  *Volume;
  EFI_FILE_PROTOCOL                *Root;
  CHAR16                           Wide[HF_PLAN_TEXT_SIZE];
  EFI_STATUS                       Status;

  Status = gBS->HandleProtocol (FileSystem, &gEfiSimpleFileSystemProtocolGuid, (VOID **)&Volume);
  if (!EFI_ERROR (Status)) {
    Status = Volume->OpenVolume (Volume, &Root);
  }

  if (EFI_ERROR (Status)) {
    return Status;
  }

  WidenText (Path, Wide);
  Status = Root->Open (Root, File, Wide, EFI_FILE_MODE_READ, 0);
  Root->Close (Root);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Status = FileSize (*File, Size);
  if (EFI_ERROR (Status)) {
    (*File)->Close (*File);
  }

  return Status;
}

EFI_HANDLE
FindFileSystem (
  IN CONST CHAR8  *Path
  )
{
  EFI_FILE_PROTOCOL  *File;
  EFI_HANDLE         *FileSystems;
  EFI_HANDLE         Found;
  EFI_STATUS         Status;
  UINTN              Count;
  UINTN              Index;
  UINTN              Size;

  Status = gBS->LocateHandleBuffer (ByProtocol, &gEfiSimpleFileSystemProtocolGuid, NULL, &Count, &FileSystems);
  if (EFI_ERROR (Status)) {
    return NULL;
  }

  Found = NULL;
  for (Index = 0; (Index < Count) && (Found == NULL); Index++) {
    if (!EFI_ERROR (OpenFile (FileSystems[Index], Path, &File, &Size))) {
      File->Close (File);
      Found = FileSystems[Index];
    }
  }

  FreePool (FileSystems);
  return Found;
}

EFI_STATUS
ReadFile (
  IN  EFI_HANDLE   FileSystem,
  IN  CONST CHAR8  *Path,
  OUT VOID         **Contents,
  OUT UINTN        *Size
  )
{
  EFI_FILE_PROTOCOL  *File;
  EFI_STATUS         Status;
  UINTN              Expected;

  Status = OpenFile (FileSystem, Path, &File, Size);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Expected  = *Size;
  *Contents = AllocatePool (Expected);
  Status    = (*Contents == NULL) ? EFI_OUT_OF_RESOURCES : File->Read (File, Size, *Contents);
  if (!EFI_ERROR (Status) && (*Size != Expected)) {
    Status = EFI_DEVICE_ERROR;
  }

  File->Close (File);
  if (EFI_ERROR (Status) && (*Contents != NULL)) {
    FreePool (*Contents);
  }

  return Status;
}
