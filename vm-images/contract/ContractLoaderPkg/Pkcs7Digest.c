/** @file
  A walk through the DER of an Authenticode signature: RFC 2315 for the PKCS #7 part, "Windows Authenticode Portable
  Executable Signature Format" for what is signed.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Pkcs7Digest.h"

#include <Library/BaseMemoryLib.h>

#define DER_INTEGER       0x02
#define DER_OCTET_STRING  0x04
#define DER_OID           0x06
#define DER_SEQUENCE      0x30
#define DER_SET           0x31
#define DER_CONTEXT_0     0xA0

///
/// 1.2.840.113549.1.7.2 and 1.3.6.1.4.1.311.2.1.4.
///
STATIC CONST UINT8  mOidSignedData[]      = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02 };
STATIC CONST UINT8  mOidSpcIndirectData[] = { 0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x01, 0x04 };

typedef struct {
  CONST UINT8    *Next;
  UINTN          Left;
} DER;

/**
  Takes the next element.

  @param[in,out] Der      Moves behind the element.
  @param[in]     Tag      What it must be.
  @param[out]    Content  What it holds.
**/
STATIC
BOOLEAN
TakeElement (
  IN OUT DER    *Der,
  IN     UINT8  Tag,
  OUT    DER    *Content
  )
{
  UINTN  LengthBytes;
  UINTN  Length;
  UINTN  Index;

  if ((Der->Left < 2) || (Der->Next[0] != Tag)) {
    return FALSE;
  }

  Length      = Der->Next[1];
  LengthBytes = 0;
  if (Length >= 0x80) {
    LengthBytes = Length & 0x7F;
    if ((LengthBytes == 0) || (LengthBytes > sizeof (UINT32)) || (Der->Left - 2 < LengthBytes)) {
      return FALSE;
    }

    for (Length = 0, Index = 0; Index < LengthBytes; Index++) {
      Length = (Length << 8) | Der->Next[2 + Index];
    }
  }

  if (Der->Left - 2 - LengthBytes < Length) {
    return FALSE;
  }

  Content->Next = Der->Next + 2 + LengthBytes;
  Content->Left = Length;
  Der->Next     = Content->Next + Length;
  Der->Left    -= 2 + LengthBytes + Length;
  return TRUE;
}

STATIC
BOOLEAN
TakeOid (
  IN OUT DER          *Der,
  IN     CONST UINT8  *Oid,
  IN     UINTN        OidSize
  )
{
  DER  Content;

  return TakeElement (Der, DER_OID, &Content) && (Content.Left == OidSize) &&
         (CompareMem (Content.Next, Oid, OidSize) == 0);
}

/**
  Enters ContentInfo { contentType, [0] content } and stops at the content.
**/
STATIC
BOOLEAN
EnterContentInfo (
  IN OUT DER          *Der,
  IN     CONST UINT8  *Oid,
  IN     UINTN        OidSize,
  OUT    DER          *Content
  )
{
  DER  Info;

  return TakeElement (Der, DER_SEQUENCE, &Info) && TakeOid (&Info, Oid, OidSize) &&
         TakeElement (&Info, DER_CONTEXT_0, Content);
}

BOOLEAN
FindSignedDigest (
  IN  CONST UINT8  *Data,
  IN  UINTN        Size,
  OUT CONST UINT8  **Digest,
  OUT UINTN        *DigestSize
  )
{
  DER  Message;
  DER  Wrapped;
  DER  SignedData;
  DER  Skipped;
  DER  Signed;
  DER  Indirect;
  DER  DigestInfo;
  DER  Octets;

  Message.Next = Data;
  Message.Left = Size;
  if (!EnterContentInfo (&Message, mOidSignedData, sizeof (mOidSignedData), &Wrapped) ||
      !TakeElement (&Wrapped, DER_SEQUENCE, &SignedData) ||
      !TakeElement (&SignedData, DER_INTEGER, &Skipped) ||
      !TakeElement (&SignedData, DER_SET, &Skipped) ||
      !EnterContentInfo (&SignedData, mOidSpcIndirectData, sizeof (mOidSpcIndirectData), &Signed))
  {
    return FALSE;
  }

  //
  // SpcIndirectDataContent { data, messageDigest { digestAlgorithm, digest } }
  //
  if (!TakeElement (&Signed, DER_SEQUENCE, &Indirect) ||
      !TakeElement (&Indirect, DER_SEQUENCE, &Skipped) ||
      !TakeElement (&Indirect, DER_SEQUENCE, &DigestInfo) ||
      !TakeElement (&DigestInfo, DER_SEQUENCE, &Skipped) ||
      !TakeElement (&DigestInfo, DER_OCTET_STRING, &Octets))
  {
    return FALSE;
  }

  *Digest     = Octets.Next;
  *DigestSize = Octets.Left;
  return TRUE;
}
