/** @file
  Whether a kernel would load the driver.

  STATUS_INVALID_IMAGE_HASH is what the documentation gives for a signature that cannot be verified, whatever the cause
  (MS-ERREF, 2.3.1, 0xC0000428), so every refusal of that kind has that status and the reason tells them apart. A
  certificate that has expired has a status of its own in ntstatus.h.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Authenticode.h"

#include <Library/BaseCryptLib.h>
#include <Library/BaseMemoryLib.h>

#include "ImageHash.h"
#include "NtStatus.h"
#include "Pkcs7Digest.h"
#include "SignatureDate.h"

STATIC CONST SIGNATURE_VERDICT  mAccepted     = { NT_STATUS_SUCCESS, "trusted" };
STATIC CONST SIGNATURE_VERDICT  mMalformed    = { NT_STATUS_INVALID_IMAGE_HASH, "malformed-image" };
STATIC CONST SIGNATURE_VERDICT  mUnsigned     = { NT_STATUS_INVALID_IMAGE_HASH, "unsigned" };
STATIC CONST SIGNATURE_VERDICT  mNoSignature  = { NT_STATUS_INVALID_IMAGE_HASH, "malformed-signature" };
STATIC CONST SIGNATURE_VERDICT  mHashDiffers  = { NT_STATUS_INVALID_IMAGE_HASH, "hash-mismatch" };
STATIC CONST SIGNATURE_VERDICT  mNotTrusted   = { NT_STATUS_INVALID_IMAGE_HASH, "untrusted" };
STATIC CONST SIGNATURE_VERDICT  mExpired      = { NT_STATUS_IMAGE_CERT_EXPIRED, "expired" };

STATIC
CONST SIGNATURE_VERDICT *
JudgeSignature (
  IN CONST UINT8        *Certificate,
  IN UINTN              CertificateSize,
  IN CONST UINT8        Hash[IMAGE_HASH_SIZE],
  IN CONST LOADED_FILE  *Trusted
  )
{
  CONST UINT8  *Digest;
  UINTN        DigestSize;

  if (Certificate == NULL) {
    return &mUnsigned;
  }

  if (!FindSignedDigest (Certificate, CertificateSize, &Digest, &DigestSize)) {
    return &mNoSignature;
  }

  if ((DigestSize != IMAGE_HASH_SIZE) || (CompareMem (Digest, Hash, IMAGE_HASH_SIZE) != 0)) {
    return &mHashDiffers;
  }

  if (!AuthenticodeVerify (Certificate, CertificateSize, Trusted->Data, Trusted->Size, Hash, IMAGE_HASH_SIZE)) {
    return &mNotTrusted;
  }

  return NoteExpiry (Certificate, CertificateSize, Trusted) ? &mAccepted : &mNoSignature;
}

BOOLEAN
CheckDriverSignature (
  IN  CONST LOADED_FILE  *Driver,
  IN  CONST LOADED_FILE  *Trusted,
  OUT SIGNATURE_VERDICT  *Verdict
  )
{
  EFI_STATUS   Status;
  UINT8        Hash[IMAGE_HASH_SIZE];
  CONST UINT8  *Certificate;
  UINTN        CertificateSize;

  Status = HashPeImage (Driver, Hash, &Certificate, &CertificateSize);
  if (Status == EFI_UNSUPPORTED) {
    return FALSE;
  }

  *Verdict = EFI_ERROR (Status) ? mMalformed : *JudgeSignature (Certificate, CertificateSize, Hash, Trusted);
  return TRUE;
}

BOOLEAN
CheckSignatureDate (
  IN     CONST HF_PLAN      *Plan,
  IN OUT SIGNATURE_VERDICT  *Verdict
  )
{
  BOOLEAN  Expired;

  if (!CheckExpiry (Plan, &Expired)) {
    return FALSE;
  }

  if (Expired && (Verdict->Status == NT_STATUS_SUCCESS)) {
    *Verdict = mExpired;
  }

  return TRUE;
}
