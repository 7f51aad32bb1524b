/** @file
  What an Authenticode signature is a signature of.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef IMAGE_HASH_H_
#define IMAGE_HASH_H_

#include "Files.h"

#define IMAGE_HASH_SIZE  32

/**
  Computes the Authenticode hash of an x64 PE image and finds its attribute certificate.

  @param[in]  File             The image, untrusted.
  @param[out] Hash             SHA-256.
  @param[out] Certificate      The first PKCS #7 certificate; NULL where the image has none.
  @param[out] CertificateSize  In bytes.

  @retval EFI_SUCCESS       The hash was computed.
  @retval EFI_UNSUPPORTED   This is not a PE image for x64.
  @retval EFI_VOLUME_CORRUPTED  It is one, but a header points outside the file.
**/
EFI_STATUS
HashPeImage (
  IN  CONST LOADED_FILE  *File,
  OUT UINT8              Hash[IMAGE_HASH_SIZE],
  OUT CONST UINT8        **Certificate,
  OUT UINTN              *CertificateSize
  );

#endif
