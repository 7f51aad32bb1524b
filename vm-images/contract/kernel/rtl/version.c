/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "nt.h"

#include "model.h"

#define VERSION_PLATFORM_NT 2

typedef struct {
    ULONG Major;
    ULONG Minor;
    ULONG Build;
} NT_VERSION;

/* The builds of 7 SP1, 8.1, 10 version 1909, 11. */
static const NT_VERSION Versions[] = {
    [HfModelWindows7] = {6, 1, 7601},
    [HfModelWindows81] = {6, 3, 9600},
    [HfModelWindows10] = {10, 0, 18363},
    [HfModelWindows11] = {10, 0, 22000},
};

/* DDI: nf-wdm-rtlgetversion. PASSIVE_LEVEL; takes both sizes of the structure and always succeeds. */
NTSTATUS NTAPI RtlGetVersion(PRTL_OSVERSIONINFOW VersionInformation)
{
    VersionInformation->dwMajorVersion = Versions[ModelVersion()].Major;
    VersionInformation->dwMinorVersion = Versions[ModelVersion()].Minor;
    VersionInformation->dwBuildNumber = Versions[ModelVersion()].Build;
    VersionInformation->dwPlatformId = VERSION_PLATFORM_NT;
    VersionInformation->szCSDVersion[0] = L'\0';
    if (VersionInformation->dwOSVersionInfoSize >= sizeof(RTL_OSVERSIONINFOEXW)) {
        RTL_OSVERSIONINFOEXW *Extended = (RTL_OSVERSIONINFOEXW *)VersionInformation;

        Extended->wServicePackMajor = 0;
        Extended->wServicePackMinor = 0;
        Extended->wSuiteMask = 0;
        Extended->wProductType = 1;     /* workstation */
        Extended->wReserved = 0;
    }
    return STATUS_SUCCESS;
}

/* DDI: nf-wdm-psgetversion. IRQL <= DISPATCH_LEVEL; every argument is optional; TRUE for a checked build. */
BOOLEAN NTAPI PsGetVersion(PULONG MajorVersion, PULONG MinorVersion, PULONG BuildNumber, PUNICODE_STRING CSDVersion)
{
    if (MajorVersion != NULL) {
        *MajorVersion = Versions[ModelVersion()].Major;
    }
    if (MinorVersion != NULL) {
        *MinorVersion = Versions[ModelVersion()].Minor;
    }
    if (BuildNumber != NULL) {
        *BuildNumber = Versions[ModelVersion()].Build;
    }
    if (CSDVersion != NULL) {
        RtlInitUnicodeString(CSDVersion, NULL);
    }
    return FALSE;
}
