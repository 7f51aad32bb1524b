/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hf_plan.h"

#include "hf_crc32c.h"
#include "hf_plan_keys.h"

static const char mFirstLine[] = "holdfast-plan 1";
static const char mFirstLineOfWait[] = "holdfast-plan wait";
static const char mCrcKey[] = "crc32c";

static const char *const mResultNames[HfPlanResults] = {
    "sound",       "wait",         "too-long",  "not-a-plan",  "line-too-long", "malformed-line",
    "unknown-key", "repeated-key", "bad-value", "missing-key", "bad-checksum",
};

/* Splits "key=value"; false where a byte is not printable ASCII or there is no '='. */
static HF_BOOL SplitLine(HF_SLICE Line, HF_SLICE *Key, HF_SLICE *Value)
{
    HF_SIZE Index;
    HF_SIZE Equals = Line.Length;

    for (Index = 0; Index < Line.Length; Index++) {
        if ((Line.Start[Index] < 0x20) || (Line.Start[Index] > 0x7E)) {
            return HF_FALSE;
        }
        if ((Line.Start[Index] == '=') && (Equals == Line.Length)) {
            Equals = Index;
        }
    }
    if (Equals == Line.Length) {
        return HF_FALSE;
    }
    Key->Start = Line.Start;
    Key->Length = Equals;
    Value->Start = Line.Start + Equals + 1;
    Value->Length = Line.Length - Equals - 1;
    return HF_TRUE;
}

/* Takes the next line off Rest; the line feed goes with it. A last line without one is not a whole line. */
static HF_PLAN_RESULT NextLine(HF_SLICE *Rest, HF_SLICE *Line)
{
    HF_SIZE Length = 0;

    while ((Length < Rest->Length) && (Rest->Start[Length] != '\n')) {
        Length++;
    }
    if (Length > HF_PLAN_LINE_MAX) {
        return HfPlanLineTooLong;
    }
    if (Length == Rest->Length) {
        return HfPlanMalformedLine;
    }
    Line->Start = Rest->Start;
    Line->Length = Length;
    Rest->Start += Length + 1;
    Rest->Length -= Length + 1;
    return HfPlanSound;
}

/* A walk that does not move would never end. */
static HF_BOOL WalkMoves(const HF_ADDRESS_WALK *Walk)
{
    return (Walk->Step != 0) && (Walk->Step % HF_PAGE_SIZE == 0) && (Walk->From % HF_PAGE_SIZE == 0) &&
           (Walk->From < Walk->To);
}

static HF_PLAN_RESULT CheckWhole(const HF_PLAN *Plan, HF_PLAN_KEYS_SEEN Seen)
{
    if (!HfPlanHasAllKeys(Seen)) {
        return HfPlanMissingKey;
    }
    if ((Plan->Placement == HfPlacementFirstFree) && !WalkMoves(&Plan->Place)) {
        return HfPlanBadValue;
    }
    if ((Plan->Placement == HfPlacementAt) && (Plan->Place.From % HF_PAGE_SIZE != 0)) {
        return HfPlanBadValue;
    }
    if ((Plan->LocateMethod == HfLocateScan) && !WalkMoves(&Plan->Locate)) {
        return HfPlanBadValue;
    }
    if ((Plan->BatchCount != 0) && ((Plan->Batch[0].Api != Plan->MapApi) || (Plan->Batch[0].Cache != Plan->MapCache))) {
        return HfPlanBadValue;
    }
    return HfPlanSound;
}

static HF_PLAN_RESULT CheckWait(HF_PLAN_KEYS_SEEN Seen)
{
    return HfPlanHasGuestKeysAlone(Seen) ? HfPlanWait : HfPlanMissingKey;
}

static HF_PLAN_RESULT CheckCrcLine(HF_SLICE Value, HF_UINT32 Crc, HF_SLICE Rest, HF_PLAN *Plan)
{
    HF_UINT8 Written[4];

    if ((Rest.Length != 0) || !HfSliceBytes(Value, Written, sizeof(Written))) {
        return HfPlanBadChecksum;
    }
    Plan->Crc = ((HF_UINT32)Written[0] << 24) | ((HF_UINT32)Written[1] << 16) | ((HF_UINT32)Written[2] << 8) | Written[3];
    return (Plan->Crc == Crc) ? HfPlanSound : HfPlanBadChecksum;
}

HF_PLAN_RESULT HfPlanParse(const char *Text, HF_SIZE Size, HF_PLAN *Plan, HF_UINT32 *Line)
{
    HF_SLICE Rest = {Text, Size};
    HF_SLICE Current = {Text, 0};
    HF_SLICE Key;
    HF_SLICE Value;
    HF_PLAN_KEYS_SEEN Seen = 0;
    HF_PLAN_RESULT Result;
    HF_BOOL Waits;

    *Line = 0;
    if (Size > HF_PLAN_MAX) {
        return HfPlanTooLong;
    }
    *Line = 1;
    Result = NextLine(&Rest, &Current);
    Waits = HfSliceIs(Current, mFirstLineOfWait);
    if ((Result != HfPlanSound) || !(Waits || HfSliceIs(Current, mFirstLine))) {
        return HfPlanNotAPlan;
    }
    for (;;) {
        *Line += 1;
        if (Rest.Length == 0) {
            return HfPlanBadChecksum;
        }
        Result = NextLine(&Rest, &Current);
        if (Result != HfPlanSound) {
            return Result;
        }
        if (!SplitLine(Current, &Key, &Value)) {
            return HfPlanMalformedLine;
        }
        if (HfSliceIs(Key, mCrcKey)) {
            break;
        }
        Result = HfPlanSetKey(Plan, Key, Value, &Seen);
        if (Result != HfPlanSound) {
            return Result;
        }
    }
    Result = CheckCrcLine(Value, HfCrc32c(0, Text, (HF_SIZE)(Current.Start - Text)), Rest, Plan);
    if (Result == HfPlanSound) {
        *Line = 0;
        Result = Waits ? CheckWait(Seen) : CheckWhole(Plan, Seen);
    }
    return Result;
}

const char *HfPlanResultName(HF_PLAN_RESULT Result)
{
    return mResultNames[Result];
}
