/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The IRQL routines for drivers that import them. The DDK's headers make them instructions on CR8 in x64 drivers, which
 * no kernel sees; so they have other names here, and kernel.def exports them under those that drivers know.
 */
#include "ke.h"

#include "vf.h"

KIRQL KiExportGetCurrentIrql(VOID);
KIRQL KiExportRaiseIrql(KIRQL NewIrql);
KIRQL KiExportRaiseIrqlToDpcLevel(VOID);
VOID KiExportLowerIrql(KIRQL NewIrql);

/* DDI: nf-wdm-kegetcurrentirql. Any IRQL. */
KIRQL KiExportGetCurrentIrql(VOID)
{
    return KeGetCurrentIrql();
}

/* Returns the IRQL before. Verifier: C4, 0x30. */
static KIRQL Raise(KIRQL NewIrql, const VOID *Caller)
{
    KIRQL OldIrql = KeGetCurrentIrql();

    if ((NewIrql < OldIrql) || (NewIrql > HIGH_LEVEL)) {
        VfViolation(0x30, OldIrql, NewIrql, 0, Caller);
    }
    KfRaiseIrql(NewIrql);
    return OldIrql;
}

/* DDI: nf-wdm-keraiseirql. Any IRQL up to the new one, which is at most HIGH_LEVEL. */
KIRQL KiExportRaiseIrql(KIRQL NewIrql)
{
    return Raise(NewIrql, RETURN_ADDRESS());
}

/* DDI: nf-wdm-keraiseirqltodpclevel. IRQL <= DISPATCH_LEVEL. */
KIRQL KiExportRaiseIrqlToDpcLevel(VOID)
{
    return Raise(DISPATCH_LEVEL, RETURN_ADDRESS());
}

/* DDI: nf-wdm-kelowerirql. The IRQL that a raise returned, and so at most the current one. Verifier: C4, 0x31. */
VOID KiExportLowerIrql(KIRQL NewIrql)
{
    KIRQL OldIrql = KeGetCurrentIrql();

    if ((NewIrql > OldIrql) || (NewIrql > HIGH_LEVEL)) {
        VfViolation(0x31, OldIrql, NewIrql, 0, RETURN_ADDRESS());
    }
    KeLowerIrql(NewIrql);
}
