/** @file
  When certificates expire: the earliest of the ends noted, and whether a time is past it.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef CERTIFICATE_DATES_H_
#define CERTIFICATE_DATES_H_

#include <Uefi.h>

///
/// Room for a time as YYYYMMDDhhmmssZ, which is what BaseCryptLib reads.
///
#define TIME_TEXT_SIZE  sizeof ("YYYYMMDDhhmmssZ")

/**
  Notes when a certificate expires.

  @param[in] Certificate  DER.
  @param[in] Size         In bytes.

  @retval FALSE  The date cannot be told.
**/
BOOLEAN
NoteCertificate (
  IN CONST UINT8  *Certificate,
  IN UINTN        Size
  );

/**
  Notes when the certificates of a stack expire, as Pkcs7GetSigners returns it: their number, then each behind its size.

  @param[in] Stack      The stack.
  @param[in] StackSize  In bytes.

  @retval FALSE  A date cannot be told.
**/
BOOLEAN
NoteCertificateStack (
  IN CONST UINT8  *Stack,
  IN UINTN        StackSize
  );

/**
  Whether a time is past the end of the first certificate to expire.

  @param[in]  Text  YYYYMMDDhhmmssZ.
  @param[out] Past  Whether it is; FALSE where no certificate was noted.

  @retval FALSE  There is no such time.
**/
BOOLEAN
CertificatesExpired (
  IN  CONST CHAR8  Text[TIME_TEXT_SIZE],
  OUT BOOLEAN      *Past
  );

#endif
