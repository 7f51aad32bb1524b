/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cell.h"

#include "check.h"
#include "hf_fwcfg.h"
#include "hf_uart.h"
#include "locate.h"
#include "probe.h"
#include "report.h"

/* Static: a kernel stack is 24 KiB deep, and DriverEntry does not have it to itself. */
static CHAR mPlanText[HF_PLAN_MAX];
static HF_PLAN mPlan;

static const char *const mFwCfgNames[] = {
    [HfFwCfgNoDevice] = "no-device",
    [HfFwCfgNoFile] = "no-file",
    [HfFwCfgTooLarge] = "too-large",
};

static NTSTATUS ReadPlan(VOID)
{
    HF_FWCFG_RESULT Read;
    HF_PLAN_RESULT Parsed;
    HF_SIZE Size;
    HF_UINT32 Line;

    Read = HfFwCfgRead(HF_PLAN_FILE, mPlanText, sizeof(mPlanText), &Size);
    if (Read != HfFwCfgFound) {
        ReportNoPlan(mFwCfgNames[Read], 0);
        return STATUS_NOT_FOUND;
    }
    Parsed = HfPlanParse(mPlanText, Size, &mPlan, &Line);
    if (Parsed != HfPlanSound) {
        ReportNoPlan(HfPlanResultName(Parsed), Line);
        return STATUS_INVALID_PARAMETER;
    }
    ReportStart(&mPlan);
    return STATUS_SUCCESS;
}

static NTSTATUS Locate(HF_LOCATED *Located)
{
    NTSTATUS Status;

    ReportLocating(&mPlan);
    Status = LocateBlock(&mPlan, Located);
    if (NT_SUCCESS(Status)) {
        ReportLocated(Located);
    } else {
        ReportNotLocated(Located, Status);
    }
    return Status;
}

static MEMORY_CACHING_TYPE CacheType(VOID)
{
    switch (mPlan.MapCache) {
    case HfCacheCached:
        return MmCached;
    case HfCacheNonCached:
        return MmNonCached;
    case HfCacheWriteCombined:
        return MmWriteCombined;
    default:
        return MmMaximumCacheType;
    }
}

static NTSTATUS MapAndCheck(PHYSICAL_ADDRESS Address)
{
    const HF_STRATEGY *Strategy = StrategyFor(mPlan.MapApi);
    HF_MAPPING Mapping = {
        .Address = Address,
        .Bytes = (SIZE_T)mPlan.Pages * PAGE_SIZE,
        .CacheType = CacheType(),
        .Variant = mPlan.MapVariant,
    };
    NTSTATUS Status;
    NTSTATUS Unmapped;

    ReportMapping(&mPlan, &Mapping);
    Status = MapWith(Strategy, &Mapping);
    ReportMapped(&Mapping, Status);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = CheckBlock(&mPlan, &Mapping);
    Unmapped = Strategy->Unmap(&Mapping);
    ReportUnmapped(&Mapping, Unmapped);
    return NT_SUCCESS(Status) ? Unmapped : Status;
}

NTSTATUS RunCell(VOID)
{
    HF_LOCATED Located;
    NTSTATUS Status;

    HfUartInitialize(HF_UART_COM2);
    Status = ReadPlan();
    if (!NT_SUCCESS(Status)) {
        ReportEnd(NULL, Status);
        return Status;
    }
    RunProbe(&mPlan);
    Status = Locate(&Located);
    if (NT_SUCCESS(Status)) {
        Status = MapAndCheck(Located.Address);
    }
    ReportEnd(&mPlan, Status);
    return Status;
}
