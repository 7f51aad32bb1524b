/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "report.h"

#include "hf_frame.h"
#include "hf_uart.h"

#define DRIVER_VERSION "1.0"

static HF_CHANNEL mChannel = {HfUartPutChannelByte, NULL, 0};

const HF_CHECK_FRAMES gReportCheck = {&mChannel, "driver.damaged", "driver.checked"};

/* An NTSTATUS is 32 bits wide; widened with its sign it would read 0xFFFFFFFFC0000034. */
static void FrameStatus(HF_FRAME *Frame, NTSTATUS Status)
{
    HfFrameHex(Frame, "status", (ULONG)Status);
}

VOID ReportStart(const HF_PLAN *Plan)
{
    HF_FRAME Frame;

    HfFrameBegin(&mChannel, &Frame, "driver.start");
    HfFrameText(&Frame, "version", DRIVER_VERSION);
    HfFrameBytes(&Frame, "nonce", Plan->Nonce, HF_NONCE_SIZE);
    HfFrameCrc(&Frame, "crc", Plan->Crc);
    HfFrameSend(&mChannel, &Frame);
}

VOID ReportNoPlan(const char *Detail, ULONG Line)
{
    HF_FRAME Frame;

    HfFrameBegin(&mChannel, &Frame, "driver.no-plan");
    HfFrameText(&Frame, "detail", Detail);
    HfFrameCount(&Frame, "line", Line);
    HfFrameSend(&mChannel, &Frame);
}

VOID ReportLocating(const HF_PLAN *Plan)
{
    HF_FRAME Frame;

    HfFrameBegin(&mChannel, &Frame, "driver.locating");
    HfFrameText(&Frame, "method", HfPlanLocateMethodName(Plan->LocateMethod));
    HfFrameHex(&Frame, "from", Plan->Locate.From);
    HfFrameHex(&Frame, "to", Plan->Locate.To);
    HfFrameHex(&Frame, "step", Plan->Locate.Step);
    HfFrameSend(&mChannel, &Frame);
}

VOID ReportLocated(const HF_LOCATED *Located)
{
    HF_FRAME Frame;

    HfFrameBegin(&mChannel, &Frame, "driver.located");
    HfFrameHex(&Frame, "at", (ULONGLONG)Located->Address.QuadPart);
    HfFrameCount(&Frame, "visited", Located->Visited);
    HfFrameSend(&mChannel, &Frame);
}

VOID ReportNotLocated(const HF_LOCATED *Located, NTSTATUS Status)
{
    HF_FRAME Frame;

    HfFrameBegin(&mChannel, &Frame, "driver.not-located");
    HfFrameCount(&Frame, "visited", Located->Visited);
    FrameStatus(&Frame, Status);
    HfFrameText(&Frame, "step", Located->Step);
    HfFrameSend(&mChannel, &Frame);
}

VOID ReportMapping(const HF_PLAN *Plan, const HF_MAPPING *Mapping)
{
    HF_FRAME Frame;

    HfFrameBegin(&mChannel, &Frame, "driver.mapping");
    HfFrameText(&Frame, "api", HfPlanMapApiName(Plan->MapApi));
    HfFrameText(&Frame, "cache", HfPlanCacheName(Plan->MapCache));
    HfFrameText(&Frame, "variant", HfPlanVariantName(Plan->MapVariant));
    HfFrameHex(&Frame, "at", (ULONGLONG)Mapping->Address.QuadPart);
    HfFrameHex(&Frame, "bytes", Mapping->Bytes);
    HfFrameSend(&mChannel, &Frame);
}

VOID ReportMapped(const HF_MAPPING *Mapping, NTSTATUS Status)
{
    HF_FRAME Frame;

    HfFrameBegin(&mChannel, &Frame, "driver.mapped");
    FrameStatus(&Frame, Status);
    HfFrameText(&Frame, "step", Mapping->Step);
    if (NT_SUCCESS(Status)) {
        HfFrameHex(&Frame, "va", (ULONG_PTR)Mapping->VirtualAddress);
    }
    HfFrameSend(&mChannel, &Frame);
}

VOID ReportCheckRaised(NTSTATUS Status)
{
    HF_FRAME Frame;

    HfFrameBegin(&mChannel, &Frame, "driver.check-raised");
    FrameStatus(&Frame, Status);
    HfFrameSend(&mChannel, &Frame);
}

VOID ReportProbe(const char *Name, const char *Step, const char *Outcome, NTSTATUS Status, ULONGLONG Value)
{
    HF_FRAME Frame;

    HfFrameBegin(&mChannel, &Frame, "driver.probe");
    HfFrameText(&Frame, "name", Name);
    HfFrameText(&Frame, "step", Step);
    HfFrameText(&Frame, "outcome", Outcome);
    FrameStatus(&Frame, Status);
    HfFrameHex(&Frame, "value", Value);
    HfFrameSend(&mChannel, &Frame);
}

VOID ReportProbeEnd(const char *Name, ULONG Steps)
{
    HF_FRAME Frame;

    HfFrameBegin(&mChannel, &Frame, "driver.probe-end");
    HfFrameText(&Frame, "name", Name);
    HfFrameCount(&Frame, "steps", Steps);
    HfFrameSend(&mChannel, &Frame);
}

VOID ReportUnmapped(const HF_MAPPING *Mapping, NTSTATUS Status)
{
    HF_FRAME Frame;

    HfFrameBegin(&mChannel, &Frame, "driver.unmapped");
    FrameStatus(&Frame, Status);
    HfFrameText(&Frame, "step", Mapping->Step);
    HfFrameSend(&mChannel, &Frame);
}

VOID ReportBugCheck(const ULONG_PTR Data[5])
{
    static const char *const Keys[] = {"p1", "p2", "p3", "p4"};
    HF_FRAME Frame;
    ULONG Index;

    /* It may have come in the middle of a line. */
    HfUartPutByte(HF_UART_COM2, '\n');
    HfFrameBegin(&mChannel, &Frame, "driver.bugcheck");
    HfFrameHex(&Frame, "code", Data[0]);
    for (Index = 0; Index < RTL_NUMBER_OF(Keys); Index++) {
        HfFrameHex(&Frame, Keys[Index], Data[Index + 1]);
    }
    HfFrameSend(&mChannel, &Frame);
}

VOID ReportEnd(const HF_PLAN *Plan, NTSTATUS Status)
{
    HF_FRAME Frame;

    HfFrameBegin(&mChannel, &Frame, "driver.end");
    HfFrameBytes(&Frame, "nonce", (Plan == NULL) ? NULL : Plan->Nonce, (Plan == NULL) ? 0 : HF_NONCE_SIZE);
    HfFrameCount(&Frame, "frames", mChannel.Sequence + 1);
    FrameStatus(&Frame, Status);
    HfFrameSend(&mChannel, &Frame);
}
