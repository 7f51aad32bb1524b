/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Says on standard output what the guest programs' portable core does, for a test to compare with the harness.
 * One command a run; arguments are text, standard input and output are bytes.
 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hf_block.h"
#include "hf_crc32c.h"
#include "hf_frame.h"
#include "hf_os.h"
#include "hf_place.h"
#include "hf_plan.h"
#include "hf_uart.h"

void HfOsMemoryFence(void)
{
}

static void ParseNonce(const char *Text, HF_UINT8 *Nonce)
{
    for (int Index = 0; Index < (int)HF_NONCE_SIZE; Index++) {
        unsigned Byte;
        sscanf(Text + 2 * Index, "%2x", &Byte);
        Nonce[Index] = (HF_UINT8)Byte;
    }
}

static void PrintConstants(void)
{
    printf("page=%u\nnonce=%u\n", HF_PAGE_SIZE, HF_NONCE_SIZE);
    printf("block.version=%u\nblock.header=%u\nblock.pages.max=%u\n", HF_BLOCK_VERSION, HF_BLOCK_HEADER_SIZE, HF_BLOCK_PAGES_MAX);
    printf("block.unreserved=%u\n", HF_BLOCK_TYPE_UNRESERVED);
    printf("block.at.version=%zu\n", offsetof(HF_BLOCK_HEADER, Version));
    printf("block.at.header=%zu\n", offsetof(HF_BLOCK_HEADER, HeaderSize));
    printf("block.at.nonce=%zu\n", offsetof(HF_BLOCK_HEADER, Nonce));
    printf("block.at.pages=%zu\n", offsetof(HF_BLOCK_HEADER, Pages));
    printf("block.at.address=%zu\n", offsetof(HF_BLOCK_HEADER, Address));
    printf("block.at.type=%zu\n", offsetof(HF_BLOCK_HEADER, MemoryType));
    printf("block.at.payloadcrc=%zu\n", offsetof(HF_BLOCK_HEADER, PayloadCrc));
    printf("block.at.headercrc=%zu\n", offsetof(HF_BLOCK_HEADER, HeaderCrc));
    printf("frame.max=%u\n", HF_FRAME_MAX);
    printf("plan.file=%s\nplan.version=%u\nplan.max=%u\n", HF_PLAN_FILE, HF_PLAN_VERSION, HF_PLAN_MAX);
    printf("plan.line.max=%u\nplan.text.max=%u\n", HF_PLAN_LINE_MAX, HF_PLAN_TEXT_MAX);
    printf("uart.ack=%u\nuart.go=%u\n", HF_UART_ACK, HF_UART_GO);
}

/* fill NONCE PAGES ADDRESS TYPE: a block's bytes. */
static void PrintBlock(char **Arguments)
{
    HF_BLOCK_IDENTITY Identity;

    ParseNonce(Arguments[0], Identity.Nonce);
    Identity.Pages = strtoull(Arguments[1], NULL, 0);
    Identity.Address = strtoull(Arguments[2], NULL, 0);
    Identity.MemoryType = (HF_UINT32)strtoull(Arguments[3], NULL, 0);
    void *Block = aligned_alloc(HF_PAGE_SIZE, Identity.Pages * HF_PAGE_SIZE);
    HfBlockFill(Block, &Identity);
    fwrite(Block, HF_PAGE_SIZE, Identity.Pages, stdout);
    free(Block);
}

/* table NONCE ADDRESS BYTES: an ACPI table's bytes, and whether it is still sound with each of them changed. */
static void PrintTable(char **Arguments)
{
    HF_PLACE Place = {strtoull(Arguments[1], NULL, 0), strtoull(Arguments[2], NULL, 0), {0}};
    HF_PLACE_TABLE Table;
    HF_UINT8 *Bytes = (HF_UINT8 *)&Table;

    ParseNonce(Arguments[0], Place.Nonce);
    HfPlaceTableFill(&Table, &Place);
    fwrite(&Table, sizeof(Table), 1, stdout);
    putchar(HfPlaceTableIsSound(&Table, sizeof(Table)) ? 'S' : 'U');
    putchar(HfPlaceTableIsSound(&Table, sizeof(Table) - 1) ? 'S' : 'U');
    for (HF_SIZE Index = 0; Index < sizeof(Table); Index++) {
        Bytes[Index] ^= 1;
        putchar(HfPlaceTableIsSound(&Table, sizeof(Table)) ? 'S' : 'U');
        Bytes[Index] ^= 1;
    }
}

static void PutToStdout(void *Context, HF_UINT8 Byte)
{
    (void)Context;
    putchar(Byte);
}

static void PrintFrames(void)
{
    HF_CHANNEL Channel = {PutToStdout, NULL, 0};
    static const HF_UINT8 Nonce[HF_NONCE_SIZE] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    HF_FRAME Frame;
    char Long[2000];

    HfFrameBegin(&Channel, &Frame, "driver.mapped");
    HfFrameHex(&Frame, "status", 0);
    HfFrameHex(&Frame, "va", 0xFFFF800000001000ull);
    HfFrameCount(&Frame, "pages", 16);
    HfFrameBytes(&Frame, "nonce", Nonce, sizeof(Nonce));
    HfFrameCrc(&Frame, "crc", 0x0000ABCDu);
    HfFrameSend(&Channel, &Frame);

    HfFrameBegin(&Channel, &Frame, "guest.bugcheck");
    HfFrameText(&Frame, "text", "a b=c#d%e\n\x1B[31m\xFF");
    HfFrameText(&Frame, "empty", "");
    HfFrameSend(&Channel, &Frame);

    memset(Long, '#', sizeof(Long) - 1);
    Long[sizeof(Long) - 1] = '\0';
    HfFrameBegin(&Channel, &Frame, "guest.fatal");
    HfFrameText(&Frame, "reason", "short");
    HfFrameText(&Frame, "detail", Long);
    HfFrameSend(&Channel, &Frame);
}

/* Reads a plan from standard input. */
static void PrintPlan(void)
{
    static char Text[2 * HF_PLAN_MAX];
    static HF_PLAN Plan;
    HF_UINT32 Line;
    HF_SIZE Size = fread(Text, 1, sizeof(Text), stdin);
    HF_PLAN_RESULT Result = HfPlanParse(Text, Size, &Plan, &Line);

    printf("%s\n", HfPlanResultName(Result));
    if (Result != HfPlanSound) {
        return;
    }
    for (HF_UINT32 Index = 0; Index < HF_NONCE_SIZE; Index++) {
        printf("%02x", Plan.Nonce[Index]);
    }
    printf("\n%s\n%u %llu\n", Plan.Cell, Plan.MemoryType, (unsigned long long)Plan.Pages);
    printf("%d %llx %llx %llx\n", Plan.Placement, (unsigned long long)Plan.Place.From, (unsigned long long)Plan.Place.To,
           (unsigned long long)Plan.Place.Step);
    printf("%s\n%s\n", Plan.GuestLoader, Plan.DriverPath);
    printf("%llx %llx %llx\n", (unsigned long long)Plan.Locate.From, (unsigned long long)Plan.Locate.To,
           (unsigned long long)Plan.Locate.Step);
    printf("%s.%s %s %x\n", HfPlanMapApiName(Plan.MapApi), HfPlanCacheName(Plan.MapCache), HfPlanVariantName(Plan.MapVariant),
           Plan.VerifierFlags);
    printf("[%s] [%s] [%s]%s%s\n", Plan.GuestOptions, Plan.GuestInitrd, Plan.GuestKey,
           HfPlanIsNone(Plan.GuestInitrd) ? " no-initrd" : "", HfPlanIsNone(Plan.GuestKey) ? " no-key" : "");
    for (HF_UINT32 Index = 0; Index < Plan.BatchCount; Index++) {
        printf("%s.%s ", HfPlanMapApiName(Plan.Batch[Index].Api), HfPlanCacheName(Plan.Batch[Index].Cache));
    }
    printf("pressure %d reboot %d\n", Plan.Pressure, Plan.Reboot);
    printf("%s %s %s\n%08X\n", Plan.DriverTask, Plan.Model, HfPlanModelVersionName(Plan.ModelVersion), Plan.Crc);
}

int main(int Count, char **Arguments)
{
    const char *Command = Count > 1 ? Arguments[1] : "";

    if (strcmp(Command, "constants") == 0) {
        PrintConstants();
    } else if ((strcmp(Command, "fill") == 0) && (Count == 6)) {
        PrintBlock(Arguments + 2);
    } else if ((strcmp(Command, "table") == 0) && (Count == 5)) {
        PrintTable(Arguments + 2);
    } else if (strcmp(Command, "frames") == 0) {
        PrintFrames();
    } else if (strcmp(Command, "plan") == 0) {
        PrintPlan();
    } else if ((strcmp(Command, "crc") == 0) && (Count == 3)) {
        printf("%08X\n", HfCrc32c(0, Arguments[2], strlen(Arguments[2])));
    } else {
        return 2;
    }
    return 0;
}
