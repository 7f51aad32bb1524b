/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* From the loader's last instruction to the driver's first. */
#include "ke.h"

#include "cpu.h"
#include "ex.h"
#include "hal.h"
#include "io.h"
#include "mm.h"
#include "model.h"
#include "sabotage.h"
#include "vf.h"

/* The offsets that entry.S uses. */
C_ASSERT(FIELD_OFFSET(CONTEXT, MxCsr) == 0x34);
C_ASSERT(FIELD_OFFSET(CONTEXT, SegCs) == 0x38);
C_ASSERT(FIELD_OFFSET(CONTEXT, SegSs) == 0x42);
C_ASSERT(FIELD_OFFSET(CONTEXT, EFlags) == 0x44);
C_ASSERT(FIELD_OFFSET(CONTEXT, Rax) == 0x78);
C_ASSERT(FIELD_OFFSET(CONTEXT, R15) == 0xF0);
C_ASSERT(FIELD_OFFSET(CONTEXT, Rip) == 0xF8);
C_ASSERT(FIELD_OFFSET(CONTEXT, FltSave) == 0x100);
C_ASSERT(sizeof(KI_TRAP) == 22 * sizeof(ULONG64));

KI_STACK KiStack;
HF_PLAN KiPlan;

static UCHAR SystemProcess[PAGE_SIZE] __attribute__((aligned(16)));

/* DDI: nf-wdm-iogetcurrentprocess (PsGetCurrentProcess). IRQL <= DISPATCH_LEVEL; opaque. */
PEPROCESS NTAPI IoGetCurrentProcess(VOID)
{
    return (PEPROCESS)SystemProcess;
}

static VOID TakePlan(const LOADER_BLOCK *Block)
{
    if (Block->PlanSize != sizeof(KiPlan)) {
        HalEndFatally("loader-mismatch", "plan", STATUS_REVISION_MISMATCH);
    }
    KiPlan = *(const HF_PLAN *)MiPhysicalToVirtual(Block->Plan);
    HalSetNonce(KiPlan.Nonce);
    ModelConfigure(&KiPlan);
}

/*
 * What UEFI lets an OS take when: what boot services and loaders used, at once; the memory of ACPI tables, once they are
 * read (UEFI specification, 7.2, memory type usage).
 */
static VOID Reclaim(const LOADER_BLOCK *Block)
{
    if (KiPlan.MemoryType == TYPE_ACPI_RECLAIM) {
        (VOID)ModelDecides(ModelAcpiReclaim);
    }
    MiReclaimBootMemory();
    ExpInitializeFirmwareTables(Block);
    if (ModelIsOther(ModelAcpiReclaim)) {
        MiReclaimAcpiMemory();
    }
}

static DECLSPEC_NORETURN VOID RunSystem(LOADER_BLOCK *Block)
{
    ModelReport();
    Reclaim(Block);
    if (Block->SignatureStatus != STATUS_SUCCESS) {
        HalEndFatally("driver-refused", KiPlan.DriverPath, (NTSTATUS)Block->SignatureStatus);
    }
    SabotageBlock(&KiPlan);
    VfInitialize(KiPlan.VerifierFlags);
    IopRunDriver(Block);
    HalEndGuest(HalOutcomeDone);
}

VOID KiSystemStartup(LOADER_BLOCK *Block)
{
    SabotageStart();
    KiInitializeGdt();
    KiInitializeIdt();
    KiInitializeProcessor();
    HalInitializeChannel(Block->FrameSequence);
    if ((Block->Version != LOADER_BLOCK_VERSION) || (Block->Size != sizeof(*Block))) {
        HalEndFatally("loader-mismatch", "loader.efi", STATUS_REVISION_MISMATCH);
    }
    MiDropIdentityMap();
    IopInitializeKernelImage(Block);
    TakePlan(Block);
    MiInitializePfnDatabase(Block);
    MiInitializeFirmwareMap(Block);
    ExpInitializeEnvironment(Block);
    KiStack.StackBase = MiCreateKernelStack(&KiStack.StackLimit);
    KiSwitchStack(KiStack.StackBase, RunSystem, Block);
}
