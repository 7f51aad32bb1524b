/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* DDI: wdm/nf-wdm-keregisterbugcheckcallback and wdm/nc-wdm-kbugcheck_callback_routine. */
#include "bugcheck.h"

#include "ntmissing.h"
#include "report.h"

static KBUGCHECK_CALLBACK_RECORD mRecord;
static UCHAR mComponent[] = "holdfast";
static BOOLEAN mWatching;

/* HIGH_LEVEL, on a system that has stopped: nothing may be allocated, waited for or paged in. */
static VOID NTAPI OnBugCheck(PVOID Buffer, ULONG Length)
{
    UNREFERENCED_PARAMETER(Buffer);
    UNREFERENCED_PARAMETER(Length);
    ReportBugCheck(KiBugCheckData);
}

VOID WatchForBugChecks(VOID)
{
    PKBUGCHECK_CALLBACK_RECORD Record = &mRecord;

    KeInitializeCallbackRecord(Record);
    mWatching = KeRegisterBugCheckCallback(Record, OnBugCheck, NULL, 0, mComponent);
}

VOID StopWatchingForBugChecks(VOID)
{
    if (mWatching) {
        mWatching = !KeDeregisterBugCheckCallback(&mRecord);
    }
}
