/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "vf.h"

#include "hal.h"
#include "ke.h"
#include "rules.h"

static ULONG ActiveFlags;

VOID VfInitialize(ULONG Flags)
{
    ActiveFlags = Flags;
}

BOOLEAN VfIsEnabled(ULONG Flags)
{
    return (ActiveFlags & Flags) != 0;
}

static VOID Report(const VF_RULE *Rule, ULONG_PTR P2, ULONG_PTR P3, ULONG_PTR P4)
{
    HF_FRAME Frame;

    HalBreakLine();
    HalBeginFrame(&Frame, "guest.violation");
    HfFrameHex(&Frame, "code", 0xC4);
    HfFrameHex(&Frame, "p1", Rule->Number);
    HfFrameHex(&Frame, "p2", P2);
    HfFrameHex(&Frame, "p3", P3);
    HfFrameHex(&Frame, "p4", P4);
    HfFrameText(&Frame, "rule", Rule->Name);
    HalSendFrame(&Frame);
}

VOID VfViolation(ULONG_PTR Parameter1, ULONG_PTR Parameter2, ULONG_PTR Parameter3, ULONG_PTR Parameter4,
                 const VOID *Caller)
{
    const VF_RULE *Rule;

    if (ActiveFlags == 0) {
        return;
    }
    Rule = VfFindRule(Parameter1);
    if ((Rule->Options != 0) && !VfIsEnabled(Rule->Options)) {
        return;
    }
    Report(Rule, Parameter2, Parameter3, Parameter4);
    KiBugCheck(0xC4, Parameter1, Parameter2, Parameter3, Parameter4, (ULONG_PTR)Caller);
}

VOID VfCheckZwCall(const VOID *Caller)
{
    KIRQL Irql = KeGetCurrentIrql();

    if (Irql != PASSIVE_LEVEL) {
        VfViolation(0xE6, (ULONG_PTR)Caller, Irql, 0, Caller);
    }
}

VOID VfCheckZwPointer(const VOID *Pointer, const VOID *Caller)
{
    if ((Pointer != NULL) && ((LONG64)Pointer >= 0)) {
        VfViolation(0xE3, (ULONG_PTR)Caller, (ULONG_PTR)Pointer, 0, Caller);
    }
}

VOID VfCheckZwString(const UNICODE_STRING *String, const VOID *Caller)
{
    VfCheckZwPointer(String, Caller);
    if (String == NULL) {
        return;
    }
    if ((String->Length > String->MaximumLength) || (String->Length % sizeof(WCHAR) != 0) ||
        (String->MaximumLength % sizeof(WCHAR) != 0) ||
        ((String->Length != 0) && (String->Buffer == NULL))) {
        VfViolation(0xE4, (ULONG_PTR)Caller, (ULONG_PTR)String, 0, Caller);
    }
    VfCheckZwPointer(String->Buffer, Caller);
}

VOID VfCheckIrql(KIRQL Limit, const VOID *Caller)
{
    KIRQL Irql = KeGetCurrentIrql();

    if (Irql > Limit) {
        VfViolation(0xE5, Irql, 0, 0, Caller);
    }
}
