/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Reads from the plan which violation to commit, commits it, and says so where it is still there to say so. */
#include "hf_frame.h"
#include "hf_fwcfg.h"
#include "hf_plan.h"
#include "hf_uart.h"
#include "violation.h"

#define PROPERLY "-properly"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static const VIOLATION *const mFamilies[] = {
    gIoSpaceViolations, gIrqlViolations, gLockViolations,        gMapViolations,
    gPagesViolations,   gPoolViolations, gReservationViolations, gSectionViolations,
    gUserViolations,    gQuestions,      gRoutineUses,           gCacheUses,
    gPartialUses,       gIoMdlUses,      gViewUses,              gRangesUses,
};

/* Static: a kernel stack is 24 KiB deep, and DriverEntry does not have it to itself. */
static CHAR mPlanText[HF_PLAN_MAX];
static HF_PLAN mPlan;
static HF_FRAME mFrame;
static HF_CHANNEL mChannel = {HfUartPutChannelByte, NULL, 0};

PHYSICAL_ADDRESS BlockAddress(VOID)
{
    PHYSICAL_ADDRESS Address = {.QuadPart = (LONGLONG)mPlan.Locate.From};

    return Address;
}

VOID Say(const char *Name, ULONGLONG Value)
{
    HfFrameBegin(&mChannel, &mFrame, "driver.value");
    HfFrameText(&mFrame, "name", Name);
    HfFrameHex(&mFrame, "value", Value);
    HfFrameSend(&mChannel, &mFrame);
}

static VOID SayTask(const char *Outcome)
{
    HfFrameBegin(&mChannel, &mFrame, "driver.task");
    HfFrameText(&mFrame, "name", mPlan.DriverTask);
    HfFrameText(&mFrame, "outcome", Outcome);
    HfFrameSend(&mChannel, &mFrame);
}

static VOID SayEnd(NTSTATUS Status)
{
    HfFrameBegin(&mChannel, &mFrame, "driver.end");
    HfFrameBytes(&mFrame, "nonce", mPlan.Nonce, HF_NONCE_SIZE);
    HfFrameCount(&mFrame, "frames", mChannel.Sequence + 1);
    HfFrameHex(&mFrame, "status", (ULONG)Status);
    HfFrameSend(&mChannel, &mFrame);
}

static BOOLEAN ReadPlan(VOID)
{
    HF_UINT32 Line;
    HF_SIZE Size;

    return (HfFwCfgRead(HF_PLAN_FILE, mPlanText, sizeof(mPlanText), &Size) == HfFwCfgFound) &&
           (HfPlanParse(mPlanText, Size, &mPlan, &Line) == HfPlanSound);
}

/* What follows a name in the task: nothing, "-properly", or something else; null where the task is another. */
static const char *RestAfter(const char *Task, const char *Name)
{
    while ((*Name != '\0') && (*Task == *Name)) {
        Task++;
        Name++;
    }
    return (*Name == '\0') ? Task : NULL;
}

static BOOLEAN IsText(const char *Left, const char *Right)
{
    const char *Rest = RestAfter(Left, Right);

    return (Rest != NULL) && (*Rest == '\0');
}

static const VIOLATION *FindViolation(const char *Task, BOOLEAN *Properly)
{
    const VIOLATION *Violation;
    const char *Rest;
    ULONG Family;

    for (Family = 0; Family < RTL_NUMBER_OF(mFamilies); Family++) {
        for (Violation = mFamilies[Family]; Violation->Name != NULL; Violation++) {
            Rest = RestAfter(Task, Violation->Name);
            if ((Rest != NULL) && ((*Rest == '\0') || IsText(Rest, PROPERLY))) {
                *Properly = *Rest != '\0';
                return Violation;
            }
        }
    }
    return NULL;
}

VOID NTAPI DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    const VIOLATION *Violation;
    BOOLEAN Properly;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = DriverUnload;
    HfUartInitialize(HF_UART_COM2);
    if (!ReadPlan()) {
        return STATUS_INVALID_PARAMETER;
    }
    Violation = FindViolation(mPlan.DriverTask, &Properly);
    if (Violation == NULL) {
        SayTask("unknown");
        SayEnd(STATUS_NOT_FOUND);
        return STATUS_SUCCESS;
    }
    SayTask("begun");
    Violation->Commit(Properly);
    SayTask("done");
    SayEnd(STATUS_SUCCESS);
    return STATUS_SUCCESS;
}
