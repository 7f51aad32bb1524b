/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "probe.h"

#include "report.h"

static const HF_PROBE *const mProbes[] = {
    &gProbeForensics, &gProbeGrowable, &gProbeGrowableUndivided, &gProbeNonPaged, &gProbePagedMdl, &gProbePagedDispatch,
};

static const char *const mOutcomes[] = {
    [HfOutcomeDone] = "done",
    [HfOutcomeRefused] = "refused",
    [HfOutcomeRaised] = "raised",
    [HfOutcomeUnavailable] = "unavailable",
    [HfOutcomeYes] = "yes",
    [HfOutcomeNo] = "no",
};

static const HF_PROBE *mRunning;
static ULONG mSteps;

static BOOLEAN IsSame(const char *Left, const char *Right)
{
    while ((*Left != '\0') && (*Left == *Right)) {
        Left++;
        Right++;
    }
    return *Left == *Right;
}

VOID RunProbe(const HF_PLAN *Plan)
{
    ULONG Index;

    for (Index = 0; Index < RTL_NUMBER_OF(mProbes); Index++) {
        if (IsSame(mProbes[Index]->Name, Plan->DriverTask)) {
            mRunning = mProbes[Index];
            mSteps = 0;
            mRunning->Run();
            ReportProbeEnd(mRunning->Name, mSteps);
        }
    }
}

VOID StepEnded(const char *Step, HF_OUTCOME Outcome, NTSTATUS Status, ULONGLONG Value)
{
    mSteps++;
    ReportProbe(mRunning->Name, Step, mOutcomes[Outcome], Status, Value);
}

BOOLEAN StepStatus(const char *Step, NTSTATUS Status, ULONGLONG Value)
{
    StepEnded(Step, NT_SUCCESS(Status) ? HfOutcomeDone : HfOutcomeRefused, Status, Value);
    return NT_SUCCESS(Status);
}

BOOLEAN StepPointer(const char *Step, const VOID *Pointer)
{
    return StepStatus(Step, (Pointer == NULL) ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS, (ULONG_PTR)Pointer);
}

VOID StepAnswer(const char *Step, BOOLEAN Answer)
{
    StepEnded(Step, Answer ? HfOutcomeYes : HfOutcomeNo, STATUS_SUCCESS, Answer);
}

static NTSTATUS Lock(PMDL Mdl)
{
    __try {
        MmProbeAndLockPages(Mdl, KernelMode, IoReadAccess);
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        return GetExceptionCode();
    }
    return STATUS_SUCCESS;
}

NTSTATUS StepLock(const char *Step, PMDL Mdl, KIRQL Irql)
{
    KIRQL Before;
    NTSTATUS Status;

    KeRaiseIrql(Irql, &Before);
    Status = Lock(Mdl);
    KeLowerIrql(Before);
    StepEnded(Step, NT_SUCCESS(Status) ? HfOutcomeDone : HfOutcomeRaised, Status, Irql);
    return Status;
}
