/** @file
  When certificates expire.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "CertificateDates.h"

#include <Library/BaseCryptLib.h>

///
/// Room for what X509FormatDateTime makes of a time.
///
#define TIME_OBJECT_SIZE  64

///
/// A time in BaseCryptLib's terms. It points into itself, so it stays where it is.
///
typedef struct {
  UINT64    Object[TIME_OBJECT_SIZE / sizeof (UINT64)];
} CRYPT_TIME;

STATIC CRYPT_TIME  mCertificateEnd[2];
STATIC UINTN       mFirstEnd;
STATIC BOOLEAN     mAnyEnd;

BOOLEAN
NoteCertificate (
  IN CONST UINT8  *Certificate,
  IN UINTN        Size
  )
{
  CRYPT_TIME  Begin;
  CRYPT_TIME  *End;
  UINTN       BeginSize;
  UINTN       EndSize;

  BeginSize = sizeof (Begin);
  EndSize   = sizeof (*End);
  End       = &mCertificateEnd[1 - mFirstEnd];
  if (!X509GetValidity (Certificate, Size, (UINT8 *)&Begin, &BeginSize, (UINT8 *)End, &EndSize)) {
    return FALSE;
  }

  if (!mAnyEnd || (X509CompareDateTime (End, &mCertificateEnd[mFirstEnd]) < 0)) {
    mFirstEnd = 1 - mFirstEnd;
    mAnyEnd   = TRUE;
  }

  return TRUE;
}

BOOLEAN
NoteCertificateStack (
  IN CONST UINT8  *Stack,
  IN UINTN        StackSize
  )
{
  CONST EFI_CERT_DATA  *Certificate;
  UINTN                Offset;
  UINT8                Index;

  Offset = sizeof (EFI_CERT_STACK);
  for (Index = 0; Index < ((CONST EFI_CERT_STACK *)Stack)->CertNumber; Index++) {
    Certificate = (CONST EFI_CERT_DATA *)(Stack + Offset);
    if ((StackSize - Offset < sizeof (*Certificate)) ||
        (StackSize - Offset - sizeof (*Certificate) < Certificate->CertDataLength) ||
        !NoteCertificate (Certificate->CertDataBuffer, Certificate->CertDataLength))
    {
      return FALSE;
    }

    Offset += sizeof (*Certificate) + Certificate->CertDataLength;
  }

  return TRUE;
}

BOOLEAN
CertificatesExpired (
  IN  CONST CHAR8  Text[TIME_TEXT_SIZE],
  OUT BOOLEAN      *Past
  )
{
  CRYPT_TIME  Time;
  UINTN       TimeSize;

  TimeSize = sizeof (Time);
  if (!X509FormatDateTime (Text, &Time, &TimeSize)) {
    return FALSE;
  }

  *Past = mAnyEnd && (X509CompareDateTime (&Time, &mCertificateEnd[mFirstEnd]) > 0);
  return TRUE;
}
