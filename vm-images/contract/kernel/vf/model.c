/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "model.h"

#include "hal.h"

typedef struct {
    const char *Name;
    const char *Value;
} MODEL_SWITCH;

/* Each value is the stricter reading, except where drivers are known to live with the other. */
static const MODEL_SWITCH Switches[] = {
    /* UEFI types with a PFN entry: all that the firmware describes, MMIO aside. */
    {"pfn", "described"},
    /* UEFI types that MmAllocateMdlForIoSpace takes for RAM: Conventional, Loader*, BootServices*. */
    {"mdl-ram", "reclaimable"},
    /* ACPIReclaim stays the firmware's: nobody here reads the tables. */
    {"acpi-reclaim", "kept"},
    /* A section view whose cache type differs from the page's own. */
    {"section-cache", "conflict"},
    /* Section offsets are rounded down to this. */
    {"section-offset", "64k"},
    /* A handle without OBJ_KERNEL_HANDLE in a driver's hands is 0xC4/0xF6. */
    {"section-handle", "kernel-only"},
    /* ZwUnmapViewOfSection's address, a user address by nature, as 0xC4/0xE3. */
    {"e3-view-unmap", "quiet"},
    /* Mapping a page that holds a page table. */
    {"page-table-map", "refused"},
    /* A page that is mapped already, asked for with another cache type through MmMapIoSpace or an MDL. */
    {"cache-conflict", "kept"},
};

VOID ModelReport(VOID)
{
    HF_FRAME Frame;
    ULONG Index;

    for (Index = 0; Index < ARRAYSIZE(Switches); Index++) {
        HalBeginFrame(&Frame, "guest.model");
        HfFrameText(&Frame, "name", Switches[Index].Name);
        HfFrameText(&Frame, "value", Switches[Index].Value);
        HalSendFrame(&Frame);
    }
}
