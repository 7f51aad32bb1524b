/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hf_check.h"

/* The first pages at fault tell what happened; a frame for each of a million would only take time. */
#define DAMAGED_FRAMES_MAX 8

typedef struct {
    const HF_CHECK_FRAMES *Frames;
    HF_UINT32 Said;
} DAMAGES;

static void OnDamaged(void *Context, const HF_BLOCK_DAMAGE *Damage)
{
    DAMAGES *Damages = Context;
    HF_FRAME Frame;

    if (Damages->Said == DAMAGED_FRAMES_MAX) {
        return;
    }
    Damages->Said++;
    HfFrameBegin(Damages->Frames->Channel, &Frame, Damages->Frames->Damaged);
    HfFrameCount(&Frame, "page", Damage->Page);
    HfFrameCount(&Frame, "offset", Damage->Offset);
    HfFrameHex(&Frame, "expected", Damage->Expected);
    HfFrameHex(&Frame, "seen", Damage->Seen);
    HfFrameSend(Damages->Frames->Channel, &Frame);
}

HF_BOOL HfCheckBlock(const HF_CHECK_FRAMES *Frames, const HF_PLAN *Plan, const void *Block, HF_UINT64 Address)
{
    DAMAGES Damages = {Frames, 0};
    HF_BLOCK_IDENTITY Identity;
    HF_BLOCK_RESULT Result;
    HF_UINT32 Index;

    for (Index = 0; Index < HF_NONCE_SIZE; Index++) {
        Identity.Nonce[Index] = Plan->Nonce[Index];
    }
    Identity.Pages = Plan->Pages;
    Identity.Address = Address;
    Identity.MemoryType = Plan->MemoryType;
    HfBlockCheck(Block, &Identity, OnDamaged, &Damages, &Result);
    HfCheckSay(Frames, Plan, &Result);
    return Result.Intact == Plan->Pages;
}

void HfCheckSay(const HF_CHECK_FRAMES *Frames, const HF_PLAN *Plan, const HF_BLOCK_RESULT *Result)
{
    HF_FRAME Frame;

    HfFrameBegin(Frames->Channel, &Frame, Frames->Checked);
    HfFrameCount(&Frame, "pages", Plan->Pages);
    HfFrameCount(&Frame, "intact", Result->Intact);
    HfFrameCrc(&Frame, "crc", Result->Crc);
    HfFrameSend(Frames->Channel, &Frame);
}
