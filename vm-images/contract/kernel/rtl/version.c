/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "nt.h"

/* The Windows that is modelled: version 2004, the newest routine here (ExAllocatePool2) being of its time. */
#define VERSION_MAJOR 10
#define VERSION_MINOR 0
#define VERSION_BUILD 19041
#define VERSION_PLATFORM_NT 2

/* DDI: nf-wdm-rtlgetversion. PASSIVE_LEVEL; takes both sizes of the structure and always succeeds. */
NTSTATUS NTAPI RtlGetVersion(PRTL_OSVERSIONINFOW VersionInformation)
{
    VersionInformation->dwMajorVersion = VERSION_MAJOR;
    VersionInformation->dwMinorVersion = VERSION_MINOR;
    VersionInformation->dwBuildNumber = VERSION_BUILD;
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
        *MajorVersion = VERSION_MAJOR;
    }
    if (MinorVersion != NULL) {
        *MinorVersion = VERSION_MINOR;
    }
    if (BuildNumber != NULL) {
        *BuildNumber = VERSION_BUILD;
    }
    if (CSDVersion != NULL) {
        RtlInitUnicodeString(CSDVersion, NULL);
    }
    return FALSE;
}
