/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "model.h"

#include "hal.h"
#include "hf_slice.h"

#define READINGS_MAX 3

typedef struct {
    const char *Name;
    const char *Values[READINGS_MAX];   /* the default first; null where there are fewer */
} SWITCH;

/* Each default is the stricter reading, except where drivers are known to live with the other. */
static const SWITCH Switches[ModelSwitches] = {
    /* Memory with a PFN entry: all that the firmware describes, MMIO aside; or what the OS uses, as in ReactOS. */
    [ModelPfn] = {"pfn", {"described", "ram"}},
    /* What MmAllocateMdlForIoSpace takes for RAM: what the OS may use; or every page that has a PFN entry. */
    [ModelMdlRam] = {"mdl-ram", {"reclaimable", "described"}},
    /* ACPIReclaim stays the firmware's; or becomes RAM once the tables were copied, as in ReactOS. */
    [ModelAcpiReclaim] = {"acpi-reclaim", {"kept", "reclaimed"}},
    /* A section view whose cache type differs from the page's own: refused; or made with the page's. */
    [ModelSectionCache] = {"section-cache", {"conflict", "override"}},
    /* Section offsets are rounded down to this. */
    [ModelSectionOffset] = {"section-offset", {"64k", "page"}},
    /* A handle without OBJ_KERNEL_HANDLE in a driver's hands: 0xC4/0xF6; or nobody minds. */
    [ModelSectionHandle] = {"section-handle", {"kernel-only", "any"}},
    /* ZwUnmapViewOfSection's address, a user address by nature: no matter; or 0xC4/0xE3. */
    [ModelE3ViewUnmap] = {"e3-view-unmap", {"quiet", "violation"}},
    /* Mapping a page that holds a page table. */
    [ModelPageTableMap] = {"page-table-map", {"refused", "mapped"}},
    /* MmMapIoSpace for RAM that nobody has allocated: 0x1A/0x1233; or mapped, as in ReactOS. */
    [ModelFreePageMap] = {"free-page-map", {"bugcheck", "mapped"}},
    /*
     * MmMapIoSpace for a mapped page with another cache type: NULL in a large page, its own type elsewhere, as drivers'
     * authors report; NULL everywhere, which then holds for an MDL's pages too; or its own everywhere, as in ReactOS.
     */
    [ModelCacheConflict] = {"cache-conflict", {"large-page", "refused", "kept"}},
};

/*
 * The date that the signature is checked at. The loader has done so by now, and has refused what is no date; here it is
 * only announced.
 */
static const char DateName[] = "date";
static char Date[sizeof("YYYY-MM-DD")];

/* In the plan: every switch at its default. */
static const char Strict[] = "strict";

static ULONG Readings[ModelSwitches];
static BOOLEAN Announced[ModelSwitches];
static HF_MODEL_VERSION Version = HfModelWindows11;

ULONG ModelReading(MODEL_SWITCH Switch)
{
    return Readings[Switch];
}

BOOLEAN ModelIsOther(MODEL_SWITCH Switch)
{
    return Readings[Switch] != 0;
}

HF_MODEL_VERSION ModelVersion(VOID)
{
    return Version;
}

/* FALSE where there is no switch of that name, or it has no such value. */
static BOOLEAN Set(HF_SLICE Name, HF_SLICE Value)
{
    ULONG Index;
    ULONG Reading;

    if (HfSliceIs(Name, DateName)) {
        return HfSliceText(Value, sizeof(Date) - 1, Date);
    }
    for (Index = 0; Index < ModelSwitches; Index++) {
        if (!HfSliceIs(Name, Switches[Index].Name)) {
            continue;
        }
        for (Reading = 0; (Reading < READINGS_MAX) && (Switches[Index].Values[Reading] != NULL); Reading++) {
            if (HfSliceIs(Value, Switches[Index].Values[Reading])) {
                Readings[Index] = Reading;
                return TRUE;
            }
        }
    }
    return FALSE;
}

VOID ModelConfigure(const HF_PLAN *Plan)
{
    HF_SLICE Rest = {Plan->Model, 0};
    HF_SLICE Part;
    HF_SLICE Value;
    HF_SLICE Name;
    char Detail[HF_PLAN_TEXT_SIZE];

    while (Plan->Model[Rest.Length] != '\0') {
        Rest.Length++;
    }
    Version = Plan->ModelVersion;
    if (HfSliceIs(Rest, Strict)) {
        return;
    }
    do {
        Part = HfSliceTake(&Rest, ',');
        Value = Part;
        Name = HfSliceTake(&Value, ':');
        if (!Set(Name, Value)) {
            RtlZeroMemory(Detail, sizeof(Detail));
            RtlCopyMemory(Detail, Part.Start, Part.Length);
            HalEndFatally("no-such-model-switch", Detail, STATUS_INVALID_PARAMETER);
        }
    } while (Rest.Length != 0);
}

static VOID Report(const char *Event, const char *Name, const char *Value)
{
    HF_FRAME Frame;

    HalBeginFrame(&Frame, Event);
    HfFrameText(&Frame, "name", Name);
    HfFrameText(&Frame, "value", Value);
    HalSendFrame(&Frame);
}

VOID ModelReport(VOID)
{
    ULONG Index;

    Report("guest.model", "version", HfPlanModelVersionName(Version));
    if (Date[0] != '\0') {
        Report("guest.model", DateName, Date);
    }
    for (Index = 0; Index < ModelSwitches; Index++) {
        Report("guest.model", Switches[Index].Name, Switches[Index].Values[Readings[Index]]);
    }
}

BOOLEAN ModelDecides(MODEL_SWITCH Switch)
{
    if (!Announced[Switch]) {
        Announced[Switch] = TRUE;
        Report("guest.decided", Switches[Switch].Name, Switches[Switch].Values[Readings[Switch]]);
    }
    return Readings[Switch] != 0;
}
