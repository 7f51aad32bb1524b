/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The guest's voice and its way out of the machine. */
#ifndef HAL_H
#define HAL_H

#include "nt.h"

#include "hf_frame.h"
#include "hf_plan.h"

typedef enum {
    HalOutcomeDone,
    HalOutcomeBugCheck,
    HalOutcomeFatal
} HAL_OUTCOME;

/* Looks for the pattern that HalDmaFill writes; false where fw_cfg has none. */
BOOLEAN HalFindDmaPattern(VOID);

/*
 * Has fw_cfg write the pattern over physical memory. Whole pages; false where the device refused, after which some may
 * have been written.
 */
BOOLEAN HalDmaFill(ULONG64 Physical, ULONG64 Bytes);

/* Goes on with the loader's frame numbers. */
VOID HalInitializeChannel(ULONG Sequence);

/* The nonce that guest.end carries; without it the frame's is empty. */
VOID HalSetNonce(const HF_UINT8 *Nonce);

VOID HalBeginFrame(HF_FRAME *Frame, const char *Event);
VOID HalSendFrame(HF_FRAME *Frame);

/* Ends the line that somebody else may have begun. */
VOID HalBreakLine(VOID);

/* Says guest.fatal; the caller goes on to HalEndGuest. Detail may be null. */
VOID HalReportFatal(const char *Reason, const char *Detail, NTSTATUS Status);

/* Says guest.end, waits for the harness and leaves the machine. */
DECLSPEC_NORETURN VOID HalEndGuest(HAL_OUTCOME Outcome);

/* Leaves the machine at once. */
DECLSPEC_NORETURN VOID HalExitMachine(HAL_OUTCOME Outcome);

/* HalReportFatal and HalEndGuest. */
DECLSPEC_NORETURN VOID HalEndFatally(const char *Reason, const char *Detail, NTSTATUS Status);

#endif
