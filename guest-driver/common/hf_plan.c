/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hf_plan.h"

#include "hf_block.h"
#include "hf_crc32c.h"

static const char mFirstLine[] = "holdfast-plan 1";
static const char mWait[] = "holdfast-plan wait\n";
static const char mCrcKey[] = "crc32c";

static const char *const mResultNames[HfPlanResults] = {
    "sound",       "wait",         "too-long",  "not-a-plan",  "line-too-long", "malformed-line",
    "unknown-key", "repeated-key", "bad-value", "missing-key", "bad-checksum",
};

/* A value that is one of a few words; the word's place in the list is the enumerator's number. */
static const char *const mPlacements[] = {"at", "first-free", "below", "any", 0};
static const char *const mLocateMethods[] = {"scan", 0};
static const char *const mMapApis[] = {"MmMapIoSpace", "MmAllocateMdlForIoSpace", "ZwMapViewOfSection",
                                       "MmProbeAndLockPages", 0};
static const char *const mCaches[] = {"cached", "noncached", "writecombined", 0};

typedef struct {
    const char *Start;
    HF_SIZE Length;
} SLICE;

static HF_BOOL SliceIs(SLICE Slice, const char *Text)
{
    HF_SIZE Index;

    for (Index = 0; Index < Slice.Length; Index++) {
        if ((Text[Index] == '\0') || (Text[Index] != Slice.Start[Index])) {
            return HF_FALSE;
        }
    }
    return Text[Slice.Length] == '\0';
}

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

static HF_BOOL ParseNumber(SLICE Slice, HF_UINT64 Maximum, HF_UINT64 *Value)
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

static HF_BOOL ParseNumber32(SLICE Slice, HF_UINT32 Maximum, HF_UINT32 *Value)
{
    HF_UINT64 Wide;

    if (!ParseNumber(Slice, Maximum, &Wide)) {
        return HF_FALSE;
    }
    *Value = (HF_UINT32)Wide;
    return HF_TRUE;
}

static HF_BOOL ParseWord(SLICE Slice, const char *const Words[], HF_UINT32 *Index)
{
    for (*Index = 0; Words[*Index] != 0; ++*Index) {
        if (SliceIs(Slice, Words[*Index])) {
            return HF_TRUE;
        }
    }
    return HF_FALSE;
}

static HF_BOOL ParseText(SLICE Slice, char Text[HF_PLAN_TEXT_SIZE])
{
    HF_SIZE Index;

    if ((Slice.Length == 0) || (Slice.Length > HF_PLAN_TEXT_MAX)) {
        return HF_FALSE;
    }
    for (Index = 0; Index < Slice.Length; Index++) {
        Text[Index] = Slice.Start[Index];
    }
    Text[Index] = '\0';
    return HF_TRUE;
}

static HF_BOOL ParseNonce(SLICE Slice, HF_UINT8 Nonce[HF_NONCE_SIZE])
{
    HF_UINT32 Index;
    HF_UINT32 High;
    HF_UINT32 Low;

    if (Slice.Length != 2 * HF_NONCE_SIZE) {
        return HF_FALSE;
    }
    for (Index = 0; Index < HF_NONCE_SIZE; Index++) {
        High = DigitValue(Slice.Start[2 * Index]);
        Low = DigitValue(Slice.Start[2 * Index + 1]);
        if ((High > 15) || (Low > 15)) {
            return HF_FALSE;
        }
        Nonce[Index] = (HF_UINT8)((High << 4) | Low);
    }
    return HF_TRUE;
}

static HF_BOOL ParseMemoryType(SLICE Slice, HF_UINT32 *MemoryType)
{
    if (SliceIs(Slice, "unreserved")) {
        *MemoryType = HF_BLOCK_TYPE_UNRESERVED;
        return HF_TRUE;
    }
    return ParseNumber32(Slice, HF_BLOCK_TYPE_UNRESERVED - 1, MemoryType);
}

/* How a key's value is written, and so the type of the member of HF_PLAN that it sets. */
typedef enum {
    ValueNonce,         /* HF_UINT8[HF_NONCE_SIZE] */
    ValueText,          /* char[HF_PLAN_TEXT_SIZE] */
    ValueNumber,        /* HF_UINT64 */
    ValuePages,         /* HF_UINT64 */
    ValueFlags,         /* HF_UINT32 */
    ValueMemoryType,    /* HF_UINT32 */
    ValueWord           /* an enumeration */
} VALUE_KIND;

typedef struct {
    const char *Key;
    VALUE_KIND Kind;
    HF_SIZE Offset;             /* of the member in HF_PLAN */
    const char *const *Words;   /* for ValueWord */
} PLAN_KEY;

#define MEMBER(Name) __builtin_offsetof(HF_PLAN, Name)

static const PLAN_KEY mKeys[] = {
    {"nonce", ValueNonce, MEMBER(Nonce), 0},
    {"cell", ValueText, MEMBER(Cell), 0},
    {"reservation.type", ValueMemoryType, MEMBER(MemoryType), 0},
    {"reservation.placement", ValueWord, MEMBER(Placement), mPlacements},
    {"reservation.from", ValueNumber, MEMBER(Place.From), 0},
    {"reservation.to", ValueNumber, MEMBER(Place.To), 0},
    {"reservation.step", ValueNumber, MEMBER(Place.Step), 0},
    {"reservation.pages", ValuePages, MEMBER(Pages), 0},
    {"guest.loader", ValueText, MEMBER(GuestLoader), 0},
    {"driver.path", ValueText, MEMBER(DriverPath), 0},
    {"locate.method", ValueWord, MEMBER(LocateMethod), mLocateMethods},
    {"locate.from", ValueNumber, MEMBER(Locate.From), 0},
    {"locate.to", ValueNumber, MEMBER(Locate.To), 0},
    {"locate.step", ValueNumber, MEMBER(Locate.Step), 0},
    {"map.api", ValueWord, MEMBER(MapApi), mMapApis},
    {"map.cache", ValueWord, MEMBER(MapCache), mCaches},
    {"verifier.flags", ValueFlags, MEMBER(VerifierFlags), 0},
};

static HF_BOOL SetMember(HF_PLAN *Plan, const PLAN_KEY *Key, SLICE Value)
{
    void *Member = (HF_UINT8 *)Plan + Key->Offset;

    switch (Key->Kind) {
    case ValueNonce:
        return ParseNonce(Value, Member);
    case ValueText:
        return ParseText(Value, Member);
    case ValueNumber:
        return ParseNumber(Value, ~0ull, Member);
    case ValuePages:
        return ParseNumber(Value, HF_BLOCK_PAGES_MAX, Member) && (*(HF_UINT64 *)Member != 0);
    case ValueFlags:
        return ParseNumber32(Value, ~0u, Member);
    case ValueMemoryType:
        return ParseMemoryType(Value, Member);
    case ValueWord:
        return ParseWord(Value, Key->Words, Member);
    }
    return HF_FALSE;
}

#define KEY_COUNT (sizeof(mKeys) / sizeof(mKeys[0]))

/* Splits "key=value"; false where a byte is not printable ASCII or there is no '='. */
static HF_BOOL SplitLine(SLICE Line, SLICE *Key, SLICE *Value)
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

static HF_PLAN_RESULT SetKey(HF_PLAN *Plan, SLICE Key, SLICE Value, HF_UINT32 *Seen)
{
    HF_UINT32 Index;

    for (Index = 0; Index < KEY_COUNT; Index++) {
        if (!SliceIs(Key, mKeys[Index].Key)) {
            continue;
        }
        if ((*Seen & (1u << Index)) != 0) {
            return HfPlanRepeatedKey;
        }
        *Seen |= 1u << Index;
        return SetMember(Plan, &mKeys[Index], Value) ? HfPlanSound : HfPlanBadValue;
    }
    return HfPlanUnknownKey;
}

/* Takes the next line off Rest; the line feed goes with it. A last line without one is not a whole line. */
static HF_PLAN_RESULT NextLine(SLICE *Rest, SLICE *Line)
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

static HF_PLAN_RESULT CheckWhole(const HF_PLAN *Plan, HF_UINT32 Seen)
{
    if (Seen != (1u << KEY_COUNT) - 1) {
        return HfPlanMissingKey;
    }
    if ((Plan->Placement == HfPlacementFirstFree) && !WalkMoves(&Plan->Place)) {
        return HfPlanBadValue;
    }
    if ((Plan->Placement == HfPlacementAt) && (Plan->Place.From % HF_PAGE_SIZE != 0)) {
        return HfPlanBadValue;
    }
    return WalkMoves(&Plan->Locate) ? HfPlanSound : HfPlanBadValue;
}

static HF_PLAN_RESULT CheckCrcLine(SLICE Value, HF_UINT32 Crc, SLICE Rest, HF_PLAN *Plan)
{
    HF_UINT32 Index;
    HF_UINT32 Written = 0;
    HF_UINT32 Digit;

    if ((Value.Length != 8) || (Rest.Length != 0)) {
        return HfPlanBadChecksum;
    }
    for (Index = 0; Index < 8; Index++) {
        Digit = DigitValue(Value.Start[Index]);
        if (Digit > 15) {
            return HfPlanBadChecksum;
        }
        Written = (Written << 4) | Digit;
    }
    Plan->Crc = Crc;
    return (Written == Crc) ? HfPlanSound : HfPlanBadChecksum;
}

HF_PLAN_RESULT HfPlanParse(const char *Text, HF_SIZE Size, HF_PLAN *Plan, HF_UINT32 *Line)
{
    SLICE Rest = {Text, Size};
    SLICE Current = {Text, 0};
    SLICE Key;
    SLICE Value;
    HF_UINT32 Seen = 0;
    HF_PLAN_RESULT Result;

    *Line = 0;
    if (Size > HF_PLAN_MAX) {
        return HfPlanTooLong;
    }
    if (SliceIs(Rest, mWait)) {
        return HfPlanWait;
    }
    *Line = 1;
    Result = NextLine(&Rest, &Current);
    if ((Result != HfPlanSound) || !SliceIs(Current, mFirstLine)) {
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
        if (SliceIs(Key, mCrcKey)) {
            break;
        }
        Result = SetKey(Plan, Key, Value, &Seen);
        if (Result != HfPlanSound) {
            return Result;
        }
    }
    Result = CheckCrcLine(Value, HfCrc32c(0, Text, (HF_SIZE)(Current.Start - Text)), Rest, Plan);
    if (Result == HfPlanSound) {
        *Line = 0;
        Result = CheckWhole(Plan, Seen);
    }
    return Result;
}

const char *HfPlanResultName(HF_PLAN_RESULT Result)
{
    return mResultNames[Result];
}

const char *HfPlanLocateMethodName(HF_LOCATE_METHOD Method)
{
    return mLocateMethods[Method];
}

const char *HfPlanMapApiName(HF_MAP_API Api)
{
    return mMapApis[Api];
}

const char *HfPlanCacheName(HF_CACHE Cache)
{
    return mCaches[Cache];
}
