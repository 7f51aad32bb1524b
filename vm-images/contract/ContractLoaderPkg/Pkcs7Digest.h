/** @file
  The digest that an Authenticode signature carries.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef PKCS7_DIGEST_H_
#define PKCS7_DIGEST_H_

#include <Uefi.h>

/**
  Finds the image digest that an Authenticode signature carries.

  AuthenticodeVerify trusts the structure that this function walks, so a signature it refuses must not be handed over.

  @param[in]  Data        The PKCS #7 message, DER, untrusted.
  @param[in]  Size        In bytes.
  @param[out] Digest      Points into Data.
  @param[out] DigestSize  In bytes.

  @retval TRUE   The message is signed data over a SpcIndirectDataContent.
  @retval FALSE  It is not.
**/
BOOLEAN
FindSignedDigest (
  IN  CONST UINT8  *Data,
  IN  UINTN        Size,
  OUT CONST UINT8  **Digest,
  OUT UINTN        *DigestSize
  );

#endif
