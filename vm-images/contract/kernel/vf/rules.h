/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The rules of bug check 0xC4 that this model knows. */
#ifndef RULES_H
#define RULES_H

#include "vf.h"

typedef struct {
    ULONG_PTR Number;       /* parameter 1 */
    ULONG Options;          /* Verifier options that bring the rule, any of them; 0 for every verified driver */
    const char *Name;       /* in guest.violation */
    const char *Meaning[3]; /* of parameters 2 to 4 */
} VF_RULE;

/* The rule of that number; there is one for every call of VfViolation. */
const VF_RULE *VfFindRule(ULONG_PTR Number);

#endif
