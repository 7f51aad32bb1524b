/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Driver Verifier. A routine checks a rule by calling VfViolation where the rule is broken: with Verifier off, or with
 * the rule's option off, the call does nothing and the routine goes on as it would for any driver.
 */
#ifndef VF_H
#define VF_H

#include "nt.h"

/* WDD: devtest/verifier-command-line, /flags */
#define VF_SPECIAL_POOL 0x00001u
#define VF_FORCE_IRQL 0x00002u
#define VF_POOL_TRACKING 0x00008u
#define VF_SECURITY 0x00100u
#define VF_MISCELLANEOUS 0x00800u

VOID VfInitialize(ULONG Flags);

BOOLEAN VfIsEnabled(ULONG Flags);

/*
 * Reports that rule Parameter1 of bug check 0xC4 was broken, and stops, if the rule is in force.
 *
 * Caller  the return address into the driver.
 */
VOID VfViolation(ULONG_PTR Parameter1, ULONG_PTR Parameter2, ULONG_PTR Parameter3, ULONG_PTR Parameter4,
                 const VOID *Caller);

/* Rules common to every Zw routine: 0xE6 for the IRQL, 0xE3 for a pointer argument that is a user address. */
VOID VfCheckZwCall(const VOID *Caller);
VOID VfCheckZwPointer(const VOID *Pointer, const VOID *Caller);

/* 0xE3 and 0xE4 for a string argument. */
VOID VfCheckZwString(const UNICODE_STRING *String, const VOID *Caller);

/* 0xE5: a routine whose IRQL limit has no rule of its own. */
VOID VfCheckIrql(KIRQL Limit, const VOID *Caller);

#endif
