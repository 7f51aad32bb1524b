/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* DDI: nf-wdm-iobuildpartialmdl: a partial MDL that is mapped by itself, used again, and freed with its mapping. */
#include "violation.h"

#define BYTES (3 * PAGE_SIZE)

static PUCHAR MapPart(DESCRIBED *Whole, PMDL Partial, ULONG Page, const char *Name)
{
    PUCHAR Part;

    IoBuildPartialMdl(Whole->Mdl, Partial, (PUCHAR)Whole->Buffer + Page * PAGE_SIZE, PAGE_SIZE);
    Part = MmGetSystemAddressForMdlSafe(Partial, NormalPagePriority);
    Say(Name, *Part);
    return Part;
}

static VOID PartialMdl(BOOLEAN Properly)
{
    DESCRIBED Whole = DescribeLocked(BYTES);
    PMDL Partial = IoAllocateMdl(Whole.Buffer, PAGE_SIZE, FALSE, FALSE, NULL);
    PUCHAR Part;

    UNREFERENCED_PARAMETER(Properly);
    ((PUCHAR)Whole.Buffer)[PAGE_SIZE] = 1;
    ((PUCHAR)Whole.Buffer)[2 * PAGE_SIZE] = 2;
    Part = MapPart(&Whole, Partial, 1, "second-page");
    MmPrepareMdlForReuse(Partial);
    Say("valid-after-reuse", MmIsAddressValid(Part));
    Part = MapPart(&Whole, Partial, 2, "third-page");
    IoFreeMdl(Partial);
    Say("valid-after-free", MmIsAddressValid(Part));
    MmUnlockPages(Whole.Mdl);
    Forget(&Whole);
}

const VIOLATION gPartialUses[] = {
    {"use-partial-mdl", PartialMdl},
    {NULL, NULL},
};
