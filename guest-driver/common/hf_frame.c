/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hf_frame.h"

#include "hf_crc32c.h"

static const char mUpperDigits[] = "0123456789ABCDEF";
static const char mLowerDigits[] = "0123456789abcdef";
static const char mTruncated[] = "truncated=1 ";

/* Every field ends in a space, so the space before the '#' is there already. */
#define FIELD_LIMIT (HF_FRAME_MAX - HF_FRAME_TAIL - (sizeof(mTruncated) - 1))

static HF_BOOL Put(HF_FRAME *Frame, char Character)
{
    if (Frame->Length >= FIELD_LIMIT) {
        return HF_FALSE;
    }
    Frame->Text[Frame->Length++] = Character;
    return HF_TRUE;
}

static HF_BOOL PutText(HF_FRAME *Frame, const char *Text)
{
    while (*Text != '\0') {
        if (!Put(Frame, *Text++)) {
            return HF_FALSE;
        }
    }
    return HF_TRUE;
}

static HF_BOOL PutNumber(HF_FRAME *Frame, HF_UINT64 Value, HF_UINT32 Base)
{
    char Digits[20];
    HF_UINT32 Count = 0;

    do {
        Digits[Count++] = mUpperDigits[Value % Base];
        Value /= Base;
    } while (Value != 0);
    while (Count != 0) {
        if (!Put(Frame, Digits[--Count])) {
            return HF_FALSE;
        }
    }
    return HF_TRUE;
}

static HF_BOOL PutEscaped(HF_FRAME *Frame, HF_UINT8 Byte)
{
    if ((Byte > 0x20) && (Byte < 0x7F) && (Byte != '%') && (Byte != '#') && (Byte != '=')) {
        return Put(Frame, (char)Byte);
    }
    return Put(Frame, '%') && Put(Frame, mUpperDigits[Byte >> 4]) && Put(Frame, mUpperDigits[Byte & 0xF]);
}

static HF_BOOL PutKey(HF_FRAME *Frame, const char *Key)
{
    return PutText(Frame, Key) && Put(Frame, '=');
}

/* A field is there as a whole or not at all: half an address is worse than none. */
static void EndField(HF_FRAME *Frame, HF_SIZE Start, HF_BOOL Complete)
{
    if (!Complete || !Put(Frame, ' ')) {
        Frame->Length = Start;
        Frame->Truncated = HF_TRUE;
    }
}

void HfFrameBegin(const HF_CHANNEL *Channel, HF_FRAME *Frame, const char *Event)
{
    Frame->Length = 0;
    Frame->Truncated = HF_FALSE;
    (void)PutText(Frame, "HF1 ");
    (void)PutNumber(Frame, Channel->Sequence, 10);
    (void)Put(Frame, ' ');
    (void)PutText(Frame, Event);
    (void)Put(Frame, ' ');
}

void HfFrameHex(HF_FRAME *Frame, const char *Key, HF_UINT64 Value)
{
    HF_SIZE Start = Frame->Length;

    EndField(Frame, Start, PutKey(Frame, Key) && PutText(Frame, "0x") && PutNumber(Frame, Value, 16));
}

void HfFrameCount(HF_FRAME *Frame, const char *Key, HF_UINT64 Value)
{
    HF_SIZE Start = Frame->Length;

    EndField(Frame, Start, PutKey(Frame, Key) && PutNumber(Frame, Value, 10));
}

void HfFrameText(HF_FRAME *Frame, const char *Key, const char *Text)
{
    HF_SIZE Start = Frame->Length;
    HF_BOOL Complete = PutKey(Frame, Key);

    while (Complete && (*Text != '\0')) {
        Complete = PutEscaped(Frame, (HF_UINT8)*Text++);
    }
    EndField(Frame, Start, Complete);
}

void HfFrameBytes(HF_FRAME *Frame, const char *Key, const HF_UINT8 *Bytes, HF_SIZE Size)
{
    HF_SIZE Start = Frame->Length;
    HF_BOOL Complete = PutKey(Frame, Key);

    while (Complete && (Size-- != 0)) {
        Complete = Put(Frame, mLowerDigits[*Bytes >> 4]) && Put(Frame, mLowerDigits[*Bytes & 0xF]);
        Bytes++;
    }
    EndField(Frame, Start, Complete);
}

/* The caller has seen to it that there is room: Put's limit leaves HF_FRAME_TAIL bytes free. */
static void AppendCrcDigits(HF_FRAME *Frame, HF_UINT32 Crc)
{
    HF_UINT32 Shift;

    for (Shift = 32; Shift != 0; Shift -= 4) {
        Frame->Text[Frame->Length++] = mUpperDigits[(Crc >> (Shift - 4)) & 0xF];
    }
}

void HfFrameCrc(HF_FRAME *Frame, const char *Key, HF_UINT32 Crc)
{
    HF_SIZE Start = Frame->Length;
    HF_BOOL Complete = PutKey(Frame, Key) && (Frame->Length + 8 < FIELD_LIMIT);

    if (Complete) {
        AppendCrcDigits(Frame, Crc);
    }
    EndField(Frame, Start, Complete);
}

void HfFrameSend(HF_CHANNEL *Channel, HF_FRAME *Frame)
{
    HF_SIZE Index;
    HF_UINT32 Crc;

    if (Frame->Truncated) {
        for (Index = 0; Index < sizeof(mTruncated) - 1; Index++) {
            Frame->Text[Frame->Length++] = mTruncated[Index];
        }
    }
    Crc = HfCrc32c(0, Frame->Text, Frame->Length);
    Frame->Text[Frame->Length++] = '#';
    AppendCrcDigits(Frame, Crc);
    Frame->Text[Frame->Length++] = '\n';
    for (Index = 0; Index < Frame->Length; Index++) {
        Channel->PutByte(Channel->Context, (HF_UINT8)Frame->Text[Index]);
    }
    Channel->Sequence++;
}
