/** @file
  Whether a signature still holds on the day of the boot.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "SignatureDate.h"

#include <Library/BaseCryptLib.h>
#include <Library/BaseLib.h>
#include <Library/PrintLib.h>
#include <Library/UefiRuntimeServicesTableLib.h>

#include "CertificateDates.h"
#include "hf_slice.h"

///
/// The plan's switch, its words, and the form of its dates.
///
#define DATE_NAME   "date"
#define DATE_CLOCK  "clock"
#define DATE_ANY    "any"
#define DATE_FORM   "0000-00-00"

STATIC BOOLEAN  mExpiredByClock;

/**
  The plan's date, "clock" where it has none.
**/
STATIC
HF_SLICE
FindDate (
  IN CONST HF_PLAN  *Plan
  )
{
  STATIC CONST CHAR8  Clock[] = DATE_CLOCK;
  HF_SLICE            Rest;
  HF_SLICE            Value;

  Rest.Start  = Plan->Model;
  Rest.Length = AsciiStrLen (Plan->Model);
  while (Rest.Length != 0) {
    Value = HfSliceTake (&Rest, ',');
    if (HfSliceIs (HfSliceTake (&Value, ':'), DATE_NAME)) {
      return Value;
    }
  }

  Value.Start  = Clock;
  Value.Length = sizeof (Clock) - 1;
  return Value;
}

/**
  Writes YYYY-MM-DD as YYYYMMDD000000Z.

  @retval FALSE  The value is not written like that. Whether there is such a day is left to CertificatesExpired.
**/
STATIC
BOOLEAN
FormatDate (
  IN  HF_SLICE  Value,
  OUT CHAR8     Text[TIME_TEXT_SIZE]
  )
{
  STATIC CONST CHAR8  Form[] = DATE_FORM;
  UINTN               Index;
  UINTN               Length;

  if (Value.Length != sizeof (Form) - 1) {
    return FALSE;
  }

  for (Index = 0, Length = 0; Index < Value.Length; Index++) {
    if (Form[Index] == '-') {
      if (Value.Start[Index] != '-') {
        return FALSE;
      }
    } else if ((Value.Start[Index] < '0') || (Value.Start[Index] > '9')) {
      return FALSE;
    } else {
      Text[Length++] = Value.Start[Index];
    }
  }

  AsciiStrCpyS (Text + Length, TIME_TEXT_SIZE - Length, "000000Z");
  return TRUE;
}

/**
  Writes the machine's clock as YYYYMMDDhhmmssZ. QEMU keeps it in UTC, as its machines are told to.
**/
STATIC
BOOLEAN
FormatClock (
  OUT CHAR8  Text[TIME_TEXT_SIZE]
  )
{
  EFI_TIME  Time;

  if (EFI_ERROR (gRT->GetTime (&Time, NULL))) {
    return FALSE;
  }

  AsciiSPrint (
    Text,
    TIME_TEXT_SIZE,
    "%04d%02d%02d%02d%02d%02dZ",
    Time.Year,
    Time.Month,
    Time.Day,
    Time.Hour,
    Time.Minute,
    Time.Second
    );
  return TRUE;
}

BOOLEAN
NoteExpiry (
  IN CONST UINT8        *Signature,
  IN UINTN              SignatureSize,
  IN CONST LOADED_FILE  *Trusted
  )
{
  UINT8    *Stack;
  UINT8    *Root;
  UINTN    StackSize;
  UINTN    RootSize;
  CHAR8    Text[TIME_TEXT_SIZE];
  BOOLEAN  Noted;

  if (!Pkcs7GetSigners (Signature, SignatureSize, &Stack, &StackSize, &Root, &RootSize)) {
    return FALSE;
  }

  Noted = NoteCertificateStack (Stack, StackSize) && NoteCertificate (Trusted->Data, Trusted->Size);
  if (Noted && FormatClock (Text)) {
    CertificatesExpired (Text, &mExpiredByClock);
  }

  Pkcs7FreeSigners (Stack);
  Pkcs7FreeSigners (Root);
  return Noted;
}

BOOLEAN
CheckExpiry (
  IN  CONST HF_PLAN  *Plan,
  OUT BOOLEAN        *Expired
  )
{
  HF_SLICE  Value;
  CHAR8     Text[TIME_TEXT_SIZE];

  Value    = FindDate (Plan);
  *Expired = HfSliceIs (Value, DATE_CLOCK) && mExpiredByClock;
  if (HfSliceIs (Value, DATE_CLOCK) || HfSliceIs (Value, DATE_ANY)) {
    return TRUE;
  }

  return FormatDate (Value, Text) && CertificatesExpired (Text, Expired);
}
