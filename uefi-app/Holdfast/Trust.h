/** @file
  A certificate that the guest is to trust.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef TRUST_H_
#define TRUST_H_

#include <Uefi.h>

/**
  Publishes a certificate where Linux looks for keys of the platform (linux: security/integrity/platform_certs/load_uefi.c,
  load_uefi_certs): as shim does in the volatile variable MokListRT, which counts under Secure Boot alone; and in "db",
  which always counts, where the firmware knows authenticated variables and has no platform key yet. Says how both went.

  @param[in]  FileSystem  A handle with EFI_SIMPLE_FILE_SYSTEM_PROTOCOL.
  @param[in]  Path        The path, as plans have it, of the DER certificate.

  @retval EFI_SUCCESS  MokListRT has it.
  @return              Why not.
**/
EFI_STATUS
PublishKey (
  IN EFI_HANDLE   FileSystem,
  IN CONST CHAR8  *Path
  );

#endif
