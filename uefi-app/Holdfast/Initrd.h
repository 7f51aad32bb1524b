/** @file
  The initial RAM file system that a Linux loader asks the firmware for.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef INITRD_H_
#define INITRD_H_

#include <Uefi.h>

/**
  Offers a file through EFI_LOAD_FILE2_PROTOCOL on the device path that Linux's EFI stub looks for
  (linux: drivers/firmware/efi/libstub/efi-stub-helper.c, efi_load_initrd_dev_path).

  @param[in]  FileSystem  A handle with EFI_SIMPLE_FILE_SYSTEM_PROTOCOL.
  @param[in]  Path        The file's path as plans have it; it must remain.

  @retval EFI_SUCCESS  It is there for whoever asks.
  @return              Why the file could not be opened, or the protocol not be installed.
**/
EFI_STATUS
OfferInitrd (
  IN EFI_HANDLE   FileSystem,
  IN CONST CHAR8  *Path
  );

#endif
