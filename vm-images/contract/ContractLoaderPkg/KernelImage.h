/** @file
  The kernel's image: loaded, relocated and mapped.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef KERNEL_IMAGE_H_
#define KERNEL_IMAGE_H_

#include "Arena.h"
#include "Files.h"
#include "PageTables.h"

///
/// The kernel as laid out for its virtual address.
///
typedef struct {
  UINT64    EntryPoint;    ///< Virtual.
  UINT64    Base;          ///< Physical.
  UINT64    Size;          ///< In bytes, a multiple of the page size.
} KERNEL_IMAGE;

/**
  Tells how many pages the kernel takes once it is loaded.
**/
EFI_STATUS
GetKernelPages (
  IN  LOADED_FILE  *File,
  OUT UINTN        *Pages
  );

/**
  Loads the kernel into the arena, relocated to KERNEL_IMAGE_BASE.
**/
EFI_STATUS
LoadKernelImage (
  IN     LOADED_FILE   *File,
  IN OUT ARENA         *Arena,
  OUT    KERNEL_IMAGE  *Kernel
  );

/**
  Maps the kernel's headers and sections with the protection that each section asks for.

  @retval EFI_SECURITY_VIOLATION  A section would be writable and executable.
**/
EFI_STATUS
MapKernelImage (
  IN     CONST KERNEL_IMAGE  *Kernel,
  IN OUT PAGE_TABLES         *Tables
  );

#endif
