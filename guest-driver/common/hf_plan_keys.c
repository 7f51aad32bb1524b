/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hf_plan_keys.h"

#include "hf_block.h"

static const char mNone[] = "none";

/* A value that is one of a few words; the word's place in the list is the enumerator's number. */
static const char *const mPlacements[] = {"at", "first-free", "below", "any", 0};
static const char *const mGuestStarts[] = {"last", "first", 0};
static const char *const mLocateMethods[] = {"scan", "variable", "acpi-table", 0};
static const char *const mMapApis[] = {"MmMapIoSpace", "MmAllocateMdlForIoSpace", "ZwMapViewOfSection",
                                       "MmProbeAndLockPages", "MmMapIoSpaceEx", "MmCopyMemory",
                                       "MmAllocateMappingAddress", "MmAllocateMappingAddressEx",
                                       "memremap", "ioremap", "ioremap_wc", "ioremap_cache", "direct-map",
                                       "request_mem_region", "devmem-read", "devmem-mmap", 0};
static const char *const mCaches[] = {"cached", "noncached", "writecombined", "writethrough", 0};
static const char *const mVariants[] = {"plain", "ro", "ranges", "share", "ro-share", "divisible", 0};

static const char *const mVersions[] = {"7", "8.1", "10", "11", 0};
static const char *const mPressures[] = {mNone, "full", 0};
static const char *const mReboots[] = {mNone, "kexec", "reset", 0};

/* What a key is about, and so which texts have it. */
typedef enum {
    AboutCell,          /* plans alone */
    AboutGuest          /* texts that say "wait" as well */
} KEY_SUBJECT;

/* How a key's value is written, and so the type of the member of HF_PLAN that it sets. */
typedef enum {
    ValueNonce,         /* HF_UINT8[HF_NONCE_SIZE] */
    ValueText,          /* char[HF_PLAN_TEXT_SIZE] */
    ValueTextOrNothing, /* the same, and an empty value is one */
    ValueNumber,        /* HF_UINT64 */
    ValuePages,         /* HF_UINT64 */
    ValueFlags,         /* HF_UINT32 */
    ValueMemoryType,    /* HF_UINT32 */
    ValueBatch,         /* HF_PLAN_MAPPING[HF_PLAN_BATCH_MAX], and BatchCount */
    ValueWord           /* an enumeration */
} VALUE_KIND;

typedef struct {
    const char *Key;
    VALUE_KIND Kind;
    HF_SIZE Offset;             /* of the member in HF_PLAN */
    const char *const *Words;   /* for ValueWord */
    KEY_SUBJECT Subject;
} PLAN_KEY;

#define MEMBER(Name) __builtin_offsetof(HF_PLAN, Name)

static const PLAN_KEY mKeys[] = {
    {"nonce", ValueNonce, MEMBER(Nonce), 0, AboutCell},
    {"cell", ValueText, MEMBER(Cell), 0, AboutCell},
    {"reservation.type", ValueMemoryType, MEMBER(MemoryType), 0, AboutCell},
    {"reservation.placement", ValueWord, MEMBER(Placement), mPlacements, AboutCell},
    {"reservation.from", ValueNumber, MEMBER(Place.From), 0, AboutCell},
    {"reservation.to", ValueNumber, MEMBER(Place.To), 0, AboutCell},
    {"reservation.step", ValueNumber, MEMBER(Place.Step), 0, AboutCell},
    {"reservation.pages", ValuePages, MEMBER(Pages), 0, AboutCell},
    {"guest.loader", ValueText, MEMBER(GuestLoader), 0, AboutGuest},
    {"guest.start", ValueWord, MEMBER(GuestStart), mGuestStarts, AboutGuest},
    {"guest.options", ValueTextOrNothing, MEMBER(GuestOptions), 0, AboutGuest},
    {"guest.initrd", ValueText, MEMBER(GuestInitrd), 0, AboutGuest},
    {"guest.key", ValueText, MEMBER(GuestKey), 0, AboutGuest},
    {"driver.path", ValueText, MEMBER(DriverPath), 0, AboutGuest},
    {"locate.method", ValueWord, MEMBER(LocateMethod), mLocateMethods, AboutCell},
    {"locate.from", ValueNumber, MEMBER(Locate.From), 0, AboutCell},
    {"locate.to", ValueNumber, MEMBER(Locate.To), 0, AboutCell},
    {"locate.step", ValueNumber, MEMBER(Locate.Step), 0, AboutCell},
    {"map.api", ValueWord, MEMBER(MapApi), mMapApis, AboutCell},
    {"map.cache", ValueWord, MEMBER(MapCache), mCaches, AboutCell},
    {"map.variant", ValueWord, MEMBER(MapVariant), mVariants, AboutCell},
    {"map.batch", ValueBatch, MEMBER(Batch), 0, AboutCell},
    {"pressure", ValueWord, MEMBER(Pressure), mPressures, AboutCell},
    {"reboot", ValueWord, MEMBER(Reboot), mReboots, AboutCell},
    {"verifier.flags", ValueFlags, MEMBER(VerifierFlags), 0, AboutCell},
    {"driver.task", ValueText, MEMBER(DriverTask), 0, AboutCell},
    {"model", ValueText, MEMBER(Model), 0, AboutCell},
    {"model.version", ValueWord, MEMBER(ModelVersion), mVersions, AboutCell},
};

#define KEY_COUNT (sizeof(mKeys) / sizeof(mKeys[0]))

_Static_assert(KEY_COUNT < 8 * sizeof(HF_PLAN_KEYS_SEEN), "a bit a key");

static HF_BOOL ParseMemoryType(HF_SLICE Slice, HF_UINT32 *MemoryType)
{
    if (HfSliceIs(Slice, "unreserved")) {
        *MemoryType = HF_BLOCK_TYPE_UNRESERVED;
        return HF_TRUE;
    }
    return HfSliceNumber32(Slice, HF_BLOCK_TYPE_UNRESERVED - 1, MemoryType);
}

/* "api.cache"; no API's name has a dot. */
static HF_BOOL ParseMapping(HF_SLICE Cache, HF_PLAN_MAPPING *Mapping)
{
    HF_SLICE Api = HfSliceTake(&Cache, '.');
    HF_UINT32 ApiNumber;
    HF_UINT32 CacheNumber;

    if (!HfSliceWord(Api, mMapApis, &ApiNumber) || !HfSliceWord(Cache, mCaches, &CacheNumber)) {
        return HF_FALSE;
    }
    Mapping->Api = (HF_MAP_API)ApiNumber;
    Mapping->Cache = (HF_CACHE)CacheNumber;
    return HF_TRUE;
}

/* "none", or mappings with a comma between each two. */
static HF_BOOL ParseBatch(HF_SLICE Rest, HF_PLAN *Plan)
{
    Plan->BatchCount = 0;
    if (HfSliceIs(Rest, mNone)) {
        return HF_TRUE;
    }
    if ((Rest.Length == 0) || (Rest.Start[Rest.Length - 1] == ',')) {
        return HF_FALSE;
    }
    while (Rest.Length != 0) {
        if ((Plan->BatchCount == HF_PLAN_BATCH_MAX) ||
            !ParseMapping(HfSliceTake(&Rest, ','), &Plan->Batch[Plan->BatchCount])) {
            return HF_FALSE;
        }
        Plan->BatchCount++;
    }
    return HF_TRUE;
}

static HF_BOOL SetMember(HF_PLAN *Plan, const PLAN_KEY *Key, HF_SLICE Value)
{
    void *Member = (HF_UINT8 *)Plan + Key->Offset;

    switch (Key->Kind) {
    case ValueNonce:
        return HfSliceBytes(Value, Member, HF_NONCE_SIZE);
    case ValueText:
        return HfSliceText(Value, HF_PLAN_TEXT_MAX, Member);
    case ValueTextOrNothing:
        *(char *)Member = '\0';
        return (Value.Length == 0) || HfSliceText(Value, HF_PLAN_TEXT_MAX, Member);
    case ValueNumber:
        return HfSliceNumber(Value, ~0ull, Member);
    case ValuePages:
        return HfSliceNumber(Value, HF_BLOCK_PAGES_MAX, Member) && (*(HF_UINT64 *)Member != 0);
    case ValueFlags:
        return HfSliceNumber32(Value, ~0u, Member);
    case ValueMemoryType:
        return ParseMemoryType(Value, Member);
    case ValueBatch:
        return ParseBatch(Value, Plan);
    case ValueWord:
        return HfSliceWord(Value, Key->Words, Member);
    }
    return HF_FALSE;
}

HF_PLAN_RESULT HfPlanSetKey(HF_PLAN *Plan, HF_SLICE Key, HF_SLICE Value, HF_PLAN_KEYS_SEEN *Seen)
{
    HF_UINT32 Index;

    for (Index = 0; Index < KEY_COUNT; Index++) {
        if (!HfSliceIs(Key, mKeys[Index].Key)) {
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

HF_BOOL HfPlanHasAllKeys(HF_PLAN_KEYS_SEEN Seen)
{
    return Seen == (1u << KEY_COUNT) - 1;
}

HF_BOOL HfPlanHasGuestKeysAlone(HF_PLAN_KEYS_SEEN Seen)
{
    HF_UINT32 Index;

    for (Index = 0; Index < KEY_COUNT; Index++) {
        if (((Seen >> Index) & 1u) != (mKeys[Index].Subject == AboutGuest)) {
            return HF_FALSE;
        }
    }
    return HF_TRUE;
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

const char *HfPlanVariantName(HF_MAP_VARIANT Variant)
{
    return mVariants[Variant];
}

HF_BOOL HfPlanIsNone(const char *Path)
{
    HF_SLICE Slice = {Path, sizeof(mNone) - 1};

    return HfSliceIs(Slice, mNone) && (Path[Slice.Length] == '\0');
}

const char *HfPlanModelVersionName(HF_MODEL_VERSION Version)
{
    return mVersions[Version];
}
