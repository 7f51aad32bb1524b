/** @file
  Files of the file system that the loader was loaded from.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef FILES_H_
#define FILES_H_

#include <Uefi.h>

///
/// A file in boot services pool.
///
typedef struct {
  UINT8    *Data;
  UINTN    Size;
} LOADED_FILE;

/**
  Reads a file that lies in the folder this application was loaded from.

  @param[in]  ImageHandle  This application.
  @param[in]  Name         The file's name, without a folder.
  @param[out] File         The contents; the caller frees Data.
**/
EFI_STATUS
ReadSiblingFile (
  IN  EFI_HANDLE    ImageHandle,
  IN  CONST CHAR16  *Name,
  OUT LOADED_FILE   *File
  );

/**
  Reads a file by its path on the file system this application was loaded from.

  @param[in]  ImageHandle  This application.
  @param[in]  Path         ASCII, with backslashes.
  @param[out] File         The contents; the caller frees Data.
**/
EFI_STATUS
ReadFileByPath (
  IN  EFI_HANDLE   ImageHandle,
  IN  CONST CHAR8  *Path,
  OUT LOADED_FILE  *File
  );

#endif
