/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "model.h"

#include "hal.h"
#include "hf_slice.h"

typedef struct {
    const char *Name;
    const char *Values[2];  /* the default, the other */
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
    /* A mapped page asked for with another cache type through MmMapIoSpace or an MDL: keeps its own; or NULL. */
    [ModelCacheConflict] = {"cache-conflict", {"kept", "refused"}},
};

/* In the plan: every switch at its default. */
static const char Strict[] = "strict";

static BOOLEAN Others[ModelSwitches];
static BOOLEAN Announced[ModelSwitches];
static HF_MODEL_VERSION Version = HfModelWindows11;

BOOLEAN ModelIsOther(MODEL_SWITCH Switch)
{
    return Others[Switch];
}

HF_MODEL_VERSION ModelVersion(VOID)
{
    return Version;
}

/* Takes the part up to the separator, or all, off Rest. */
static HF_SLICE TakePart(HF_SLICE *Rest, char Separator)
{
    HF_SLICE Part = *Rest;

    for (Part.Length = 0; (Part.Length < Rest->Length) && (Rest->Start[Part.Length] != Separator);) {
        Part.Length++;
    }
    Rest->Start += Part.Length;
    Rest->Length -= Part.Length;
    if (Rest->Length != 0) {
        Rest->Start++;
        Rest->Length--;
    }
    return Part;
}

/* FALSE where there is no switch of that name, or it has no such value. */
static BOOLEAN Set(HF_SLICE Name, HF_SLICE Value)
{
    ULONG Index;

    for (Index = 0; Index < ModelSwitches; Index++) {
        if (HfSliceIs(Name, Switches[Index].Name)) {
            Others[Index] = HfSliceIs(Value, Switches[Index].Values[1]);
            return Others[Index] || HfSliceIs(Value, Switches[Index].Values[0]);
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
        Part = TakePart(&Rest, ',');
        Value = Part;
        Name = TakePart(&Value, ':');
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
    for (Index = 0; Index < ModelSwitches; Index++) {
        Report("guest.model", Switches[Index].Name, Switches[Index].Values[Others[Index] ? 1 : 0]);
    }
}

BOOLEAN ModelDecides(MODEL_SWITCH Switch)
{
    if (!Announced[Switch]) {
        Announced[Switch] = TRUE;
        Report("guest.decided", Switches[Switch].Name, Switches[Switch].Values[Others[Switch] ? 1 : 0]);
    }
    return Others[Switch];
}
