/** @file
  Files on the file systems that the firmware sees.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef FILES_H_
#define FILES_H_

#include <Uefi.h>

#include <Protocol/SimpleFileSystem.h>

#include "hf_plan.h"

/**
  Finds the first file system that has a file.

  @param[in]  Path  The file's path as plans have it, with backslashes.

  @return  A handle with EFI_SIMPLE_FILE_SYSTEM_PROTOCOL, or NULL.
**/
EFI_HANDLE
FindFileSystem (
  IN CONST CHAR8  *Path
  );

/**
  Opens a file for reading.

  @param[in]   FileSystem  A handle with EFI_SIMPLE_FILE_SYSTEM_PROTOCOL.
  @param[in]   Path        The file's path as plans have it.
  @param[out]  File        The file; the caller closes it.
  @param[out]  Size        Its size in bytes.

  @retval EFI_SUCCESS           File is open.
  @retval EFI_BAD_BUFFER_SIZE   The file has 4 GiB or more.
  @return                       What the file system returned.
**/
EFI_STATUS
OpenFile (
  IN  EFI_HANDLE         FileSystem,
  IN  CONST CHAR8        *Path,
  OUT EFI_FILE_PROTOCOL  **File,
  OUT UINTN              *Size
  );

/**
  Reads a file as a whole.

  @param[in]   FileSystem  A handle with EFI_SIMPLE_FILE_SYSTEM_PROTOCOL.
  @param[in]   Path        The file's path as plans have it.
  @param[out]  Contents    The file's bytes; the caller frees them with FreePool.
  @param[out]  Size        How many.

  @retval EFI_SUCCESS           Contents is valid.
  @retval EFI_OUT_OF_RESOURCES  There was no memory for it.
  @return                       What OpenFile or the file system returned.
**/
EFI_STATUS
ReadFile (
  IN  EFI_HANDLE   FileSystem,
  IN  CONST CHAR8  *Path,
  OUT VOID         **Contents,
  OUT UINTN        *Size
  );

/**
  Makes UCS-2 of a plan's text.

  @param[in]   Text  At most HF_PLAN_TEXT_MAX characters.
  @param[out]  Wide  The same with a NUL.

  @return  Bytes of Wide, its NUL included.
**/
UINTN
WidenText (
  IN  CONST CHAR8  *Text,
  OUT CHAR16       Wide[HF_PLAN_TEXT_SIZE]
  );

#endif
