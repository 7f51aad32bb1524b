/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The life of a driver: DriverEntry, DriverUnload, and what it must not leave behind. */
#include "io.h"

#include "hal.h"
#include "ke.h"
#include "mm.h"
#include "model.h"
#include "ob.h"
#include "sabotage.h"
#include "vf.h"

#define DRIVER_NAME L"\\Driver\\holdfast"
#define SERVICE_NAME L"holdfast"
#define REGISTRY_PATH L"\\Registry\\Machine\\System\\CurrentControlSet\\Services\\holdfast"
#define HARDWARE_PATH L"\\Registry\\Machine\\Hardware\\Description\\System"

/* DRIVER_OBJECT.Type: IO_TYPE_DRIVER. */
#define DRIVER_OBJECT_TYPE 4

static DRIVER_OBJECT DriverObject;
static DRIVER_EXTENSION DriverExtension;
static UNICODE_STRING HardwareDatabase;
static UNICODE_STRING RegistryPath;

/* What the I/O manager puts in every slot before DriverEntry fills its own (DDI: ns-wdm-_driver_object). */
static NTSTATUS NTAPI IopInvalidDeviceRequest(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_INVALID_DEVICE_REQUEST;
    return STATUS_INVALID_DEVICE_REQUEST;
}

static VOID PrepareDriverObject(PVOID EntryPoint)
{
    ULONG Index;

    RtlInitUnicodeString(&RegistryPath, REGISTRY_PATH);
    RtlInitUnicodeString(&HardwareDatabase, HARDWARE_PATH);
    RtlInitUnicodeString(&DriverObject.DriverName, DRIVER_NAME);
    RtlInitUnicodeString(&DriverExtension.ServiceKeyName, SERVICE_NAME);
    DriverExtension.DriverObject = &DriverObject;
    DriverObject.Type = DRIVER_OBJECT_TYPE;
    DriverObject.Size = sizeof(DriverObject);
    DriverObject.Flags = DRVO_LEGACY_DRIVER;
    DriverObject.DriverStart = (PVOID)IopDriverImage.Base;
    DriverObject.DriverSize = (ULONG)IopDriverImage.Size;
    DriverObject.DriverExtension = &DriverExtension;
    DriverObject.HardwareDatabase = &HardwareDatabase;
    DriverObject.DriverInit = (PDRIVER_INITIALIZE)EntryPoint;
    for (Index = 0; Index <= IRP_MJ_MAXIMUM_FUNCTION; Index++) {
        DriverObject.MajorFunction[Index] = IopInvalidDeviceRequest;
    }
}

/*
 * WDD: debugger/bug-check-0xc8: a driver must return at the IRQL it was called at. The lowest byte of parameter 1 is 0 or 1
 * where APCs are concerned, and then the others name one; elsewhere it is another value, and they are 0.
 */
static VOID CheckIrqlAfter(PVOID Routine)
{
    const ULONG_PTR NoApc = 2;
    KIRQL Irql = KeGetCurrentIrql();

    if (Irql != PASSIVE_LEVEL) {
        KiBugCheck(0xC8, ((ULONG_PTR)Irql << 16) | (PASSIVE_LEVEL << 8) | NoApc, 0, 0, 0, (ULONG_PTR)Routine);
    }
}

/* Pool that an unloading driver still holds is lost for good (C4, 0x62). */
static VOID CheckLeaks(VOID)
{
    ULONG64 Count = ExpCountDriverPool();

    if (Count != 0) {
        VfViolation(0x62, (ULONG_PTR)&DriverObject.DriverName, 0, Count, DriverObject.DriverInit);
    }
}

/* What the driver has left: Windows says nothing of it but for pool, and this guest says it where nobody asks. */
static VOID ReportUnloaded(VOID)
{
    HF_FRAME Frame;

    HalBeginFrame(&Frame, "guest.unloaded");
    HfFrameCount(&Frame, "pool", ExpCountDriverPool());
    HfFrameCount(&Frame, "mdls", ExpCountSystemPool(MDL_TAG));
    HfFrameCount(&Frame, "mappings", MiCountMappings());
    HfFrameCount(&Frame, "reservations", MiCountReservations());
    HfFrameCount(&Frame, "handles", ObpCountHandles());
    HalSendFrame(&Frame);
}

static VOID ReportDriver(ULONG Imports)
{
    HF_FRAME Frame;

    HalBeginFrame(&Frame, "guest.driver");
    HfFrameHex(&Frame, "base", IopDriverImage.Base);
    HfFrameCount(&Frame, "bytes", IopDriverImage.Size);
    HfFrameCount(&Frame, "imports", Imports);
    HalSendFrame(&Frame);
    SabotageDriverFrame(&Frame);
}

static VOID ReportEntry(NTSTATUS Status)
{
    HF_FRAME Frame;

    HalBeginFrame(&Frame, "guest.entry");
    HfFrameHex(&Frame, "status", (ULONG)Status);
    HalSendFrame(&Frame);
}

static VOID UnloadDriver(VOID)
{
    if (DriverObject.DriverUnload == NULL) {
        return;     /* a driver without it stays loaded (DDI: nc-wdm-driver_unload) */
    }
    DriverObject.Flags |= DRVO_UNLOAD_INVOKED;
    DriverObject.DriverUnload(&DriverObject);
    CheckIrqlAfter((PVOID)DriverObject.DriverUnload);
    CheckLeaks();
    IopUnloadDriverImage();
    ReportUnloaded();
}

/*
 * DriverEntry runs at PASSIVE_LEVEL in a system thread (DDI: nc-wdm-driver_initialize); where it fails the image goes
 * without DriverUnload.
 */
VOID IopRunDriver(const LOADER_BLOCK *Block)
{
    HF_UINT32 Imports;
    NTSTATUS Status;
    PVOID EntryPoint = IopLoadDriverImage(MiPhysicalToVirtual(Block->DriverFile), Block->DriverFileSize, &Imports);

    ReportDriver(Imports);
    PrepareDriverObject(EntryPoint);
    if (KiPlan.Pressure == HfPressureFull) {
        MiExhaustMemory();
    }
    Status = DriverObject.DriverInit(&DriverObject, &RegistryPath);
    CheckIrqlAfter(EntryPoint);
    ReportEntry(Status);
    if (!NT_SUCCESS(Status)) {
        CheckLeaks();
        IopUnloadDriverImage();
        return;
    }
    IopDiscardInitialization();
    UnloadDriver();
}
