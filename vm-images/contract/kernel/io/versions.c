/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Which Windows brought a routine: the "Minimum supported client" of its page in windows-driver-docs-ddi. What is not
 * listed is as old as Windows 7 or older. Windows 8 is counted as 8.1, Windows 10 version 2004 as 11: the model knows no
 * version between.
 */
#include "io.h"

#include "model.h"

typedef struct {
    const char *Name;
    HF_MODEL_VERSION Since;
} ROUTINE_VERSION;

static const ROUTINE_VERSION Newer[] = {
    {"ExAllocatePool2", HfModelWindows11},                      /* wdm/nf-wdm-exallocatepool2: 10 version 2004 */
    {"ExGetFirmwareEnvironmentVariable", HfModelWindows81},     /* wdm/nf-wdm-exgetfirmwareenvironmentvariable: 8 */
    {"MmAllocateMappingAddressEx", HfModelWindows11},           /* wdm/nf-wdm-mmallocatemappingaddressex: 10 version 2004 */
    {"MmAllocateMdlForIoSpace", HfModelWindows81},              /* wdm/nf-wdm-mmallocatemdlforiospace: 8 */
    {"MmCopyMemory", HfModelWindows81},                         /* ntddk/nf-ntddk-mmcopymemory: 8.1 */
    {"MmGetPhysicalMemoryRangesEx", HfModelWindows10},          /* ntddk/nf-ntddk-mmgetphysicalmemoryrangesex: 10 */
    {"MmGetPhysicalMemoryRangesEx2", HfModelWindows11},         /* ntddk/nf-ntddk-mmgetphysicalmemoryrangesex2: 10 version 2004 */
    {"MmMapIoSpaceEx", HfModelWindows10},                       /* wdm/nf-wdm-mmmapiospaceex: 10 */
};

BOOLEAN IopIsExported(const char *Name)
{
    ULONG Index;

    for (Index = 0; Index < ARRAYSIZE(Newer); Index++) {
        if (IopCompareNames(Name, Newer[Index].Name) == 0) {
            return ModelVersion() >= Newer[Index].Since;
        }
    }
    return TRUE;
}
