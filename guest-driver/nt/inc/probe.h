/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A probe: a question about the kernel's routines that has nothing to do with the block, in steps, each of which ends in a
 * frame. Each stands in a file of its own, probe_*.c. What is expected of the steps the harness knows.
 */
#ifndef HF_PROBE_H
#define HF_PROBE_H

#include <ntddk.h>

#include "hf_plan.h"

/* How a step ended. */
typedef enum {
    HfOutcomeDone,
    HfOutcomeRefused,           /* with a status, or a null pointer */
    HfOutcomeRaised,            /* an exception */
    HfOutcomeUnavailable,       /* this kernel lacks the routine */
    HfOutcomeYes,               /* what the step asks is so */
    HfOutcomeNo
} HF_OUTCOME;

typedef struct {
    const char *Name;           /* the plan's driver.task */

    /* PASSIVE_LEVEL. Undoes whatever it did. */
    VOID (*Run)(VOID);
} HF_PROBE;

extern const HF_PROBE gProbeForensics;
extern const HF_PROBE gProbeGrowable;
extern const HF_PROBE gProbeGrowableUndivided;
extern const HF_PROBE gProbeNonPaged;
extern const HF_PROBE gProbePagedMdl;
extern const HF_PROBE gProbePagedDispatch;

/* Runs the probe that is the plan's task; none where the task is none or no probe's. PASSIVE_LEVEL. */
VOID RunProbe(const HF_PLAN *Plan);

/* The rest is for probes. Each says how a step ended, in a frame; any IRQL up to DISPATCH_LEVEL. */

VOID StepEnded(const char *Step, HF_OUTCOME Outcome, NTSTATUS Status, ULONGLONG Value);

/* Done or refused, as the status has it. Returns whether it is done. */
BOOLEAN StepStatus(const char *Step, NTSTATUS Status, ULONGLONG Value);

/* Done, or refused with STATUS_INSUFFICIENT_RESOURCES where the pointer is null. Returns whether it is done. */
BOOLEAN StepPointer(const char *Step, const VOID *Pointer);

/* Yes or no. */
VOID StepAnswer(const char *Step, BOOLEAN Answer);

/* MmProbeAndLockPages for a kernel address at an IRQL. Returns what it raised; done, or raised. */
NTSTATUS StepLock(const char *Step, PMDL Mdl, KIRQL Irql);

#endif
