/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hf_slice.h"

HF_BOOL HfSliceIs(HF_SLICE Slice, const char *Text)
{
    HF_SIZE Index;

    for (Index = 0; Index < Slice.Length; Index++) {
        if ((Text[Index] == '\0') || (Text[Index] != Slice.Start[Index])) {
            return HF_FALSE;
        }
    }
    return Text[Slice.Length] == '\0';
}

/* 16 for what is no hexadecimal digit. */
static HF_UINT32 DigitValue(char Digit)
{
    if ((Digit >= '0') && (Digit <= '9')) {
        return (HF_UINT32)(Digit - '0');
    }
    if ((Digit >= 'a') && (Digit <= 'f')) {
        return (HF_UINT32)(Digit - 'a' + 10);
    }
    if ((Digit >= 'A') && (Digit <= 'F')) {
        return (HF_UINT32)(Digit - 'A' + 10);
    }
    return 16;
}

HF_BOOL HfSliceNumber(HF_SLICE Slice, HF_UINT64 Maximum, HF_UINT64 *Value)
{
    HF_UINT64 Base = 10;
    HF_SIZE Index = 0;
    HF_UINT32 Digit;

    if ((Slice.Length > 2) && (Slice.Start[0] == '0') && (Slice.Start[1] == 'x')) {
        Base = 16;
        Index = 2;
    }
    if (Index == Slice.Length) {
        return HF_FALSE;
    }
    for (*Value = 0; Index < Slice.Length; Index++) {
        Digit = DigitValue(Slice.Start[Index]);
        if ((Digit >= Base) || (Digit > Maximum) || (*Value > (Maximum - Digit) / Base)) {
            return HF_FALSE;
        }
        *Value = *Value * Base + Digit;
    }
    return HF_TRUE;
}

HF_BOOL HfSliceNumber32(HF_SLICE Slice, HF_UINT32 Maximum, HF_UINT32 *Value)
{
    HF_UINT64 Wide;

    if (!HfSliceNumber(Slice, Maximum, &Wide)) {
        return HF_FALSE;
    }
    *Value = (HF_UINT32)Wide;
    return HF_TRUE;
}

HF_BOOL HfSliceWord(HF_SLICE Slice, const char *const Words[], HF_UINT32 *Index)
{
    for (*Index = 0; Words[*Index] != 0; ++*Index) {
        if (HfSliceIs(Slice, Words[*Index])) {
            return HF_TRUE;
        }
    }
    return HF_FALSE;
}

HF_SLICE HfSliceTake(HF_SLICE *Rest, char Separator)
{
    HF_SLICE Part = *Rest;

    for (Part.Length = 0; (Part.Length < Rest->Length) && (Rest->Start[Part.Length] != Separator);) {
        Part.Length++;
    }
    Rest->Start += Part.Length;
    Rest->Length -= Part.Length;
    if (Rest->Length != 0) {
        Rest->Start++;
        Rest->Length--;
    }
    return Part;
}

HF_BOOL HfSliceText(HF_SLICE Slice, HF_SIZE Maximum, char *Text)
{
    HF_SIZE Index;

    if ((Slice.Length == 0) || (Slice.Length > Maximum)) {
        return HF_FALSE;
    }
    for (Index = 0; Index < Slice.Length; Index++) {
        Text[Index] = Slice.Start[Index];
    }
    Text[Index] = '\0';
    return HF_TRUE;
}

HF_BOOL HfSliceBytes(HF_SLICE Slice, HF_UINT8 *Bytes, HF_SIZE Size)
{
    HF_SIZE Index;
    HF_UINT32 High;
    HF_UINT32 Low;

    if (Slice.Length != 2 * Size) {
        return HF_FALSE;
    }
    for (Index = 0; Index < Size; Index++) {
        High = DigitValue(Slice.Start[2 * Index]);
        Low = DigitValue(Slice.Start[2 * Index + 1]);
        if ((High > 15) || (Low > 15)) {
            return HF_FALSE;
        }
        Bytes[Index] = (HF_UINT8)((High << 4) | Low);
    }
    return HF_TRUE;
}
