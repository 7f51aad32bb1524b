/** @file
  Whether a kernel would load a driver, by its signature.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef AUTHENTICODE_H_
#define AUTHENTICODE_H_

#include "Files.h"
#include "hf_plan.h"

typedef struct {
  UINT32         Status;    ///< NTSTATUS.
  CONST CHAR8    *Reason;   ///< One word for the frame.
} SIGNATURE_VERDICT;

/**
  Checks a driver's embedded signature against the one certificate that this machine trusts.

  @param[in]  Driver   The image, untrusted.
  @param[in]  Trusted  The certificate, DER.
  @param[out] Verdict  What a kernel would say.

  @retval TRUE   Verdict is set.
  @retval FALSE  This is not a PE image.
**/
BOOLEAN
CheckDriverSignature (
  IN  CONST LOADED_FILE  *Driver,
  IN  CONST LOADED_FILE  *Trusted,
  OUT SIGNATURE_VERDICT  *Verdict
  );

/**
  Completes a verdict once there is a plan: has a signature's certificate expired?

  @param[in]     Plan     Tells the date.
  @param[in,out] Verdict  What CheckDriverSignature said; only one that accepts is changed.

  @retval FALSE  The plan's date is none.
**/
BOOLEAN
CheckSignatureDate (
  IN     CONST HF_PLAN      *Plan,
  IN OUT SIGNATURE_VERDICT  *Verdict
  );

#endif
