/** @file
  Whether a signature still holds on the day of the boot.

  A kernel-mode signature without a time stamp holds as long as its certificates (WDD:
  install/deprecation-of-software-publisher-certificates-and-commercial-release-certificates: what was time-stamped before
  they expire keeps working). This project's signatures have no time stamp. That a certificate is not valid yet is not
  looked at: of that the documentation does not speak, and a machine whose clock is behind would load nothing.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef SIGNATURE_DATE_H_
#define SIGNATURE_DATE_H_

#include <Uefi.h>

#include "Files.h"
#include "hf_plan.h"

/**
  Notes when the first of a signature's certificates expires, and whether that has been by the machine's clock. This is
  done before there is a plan, and so when a snapshot is taken and not in each of its forks.

  @param[in] Signature      The PKCS #7 message, DER; it has been verified.
  @param[in] SignatureSize  In bytes.
  @param[in] Trusted        The certificate that this machine trusts, DER.

  @retval FALSE  The date cannot be told.
**/
BOOLEAN
NoteExpiry (
  IN CONST UINT8        *Signature,
  IN UINTN              SignatureSize,
  IN CONST LOADED_FILE  *Trusted
  );

/**
  Compares that date with the plan's switch "date": YYYY-MM-DD for the beginning of that day in UTC, "any" for no check,
  "clock", the default, for the machine's clock when the expiry was noted. By a clock that cannot be read no certificate
  has expired.

  @param[in]  Plan     The plan.
  @param[out] Expired  Whether a certificate has expired.

  @retval FALSE  The plan's date is none.
**/
BOOLEAN
CheckExpiry (
  IN  CONST HF_PLAN  *Plan,
  OUT BOOLEAN        *Expired
  );

#endif
