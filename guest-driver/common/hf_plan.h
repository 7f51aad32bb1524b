/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The plan: what one boot is to do, as the harness hands it over through QEMU's fw_cfg. ASCII lines that end in a line
 * feed: "holdfast-plan 1", then key=value lines in any order, each key once, then "crc32c=" with eight upper-case
 * digits over every byte before that line. A text that begins "holdfast-plan wait" has the guest's keys alone: what can
 * be prepared before there is a plan.
 */
#ifndef HF_PLAN_H
#define HF_PLAN_H

#include "hf_types.h"

/* The name of the plan's fw_cfg file. */
#define HF_PLAN_FILE "opt/dev.holdfast/plan"

#define HF_PLAN_VERSION 1u

/* Bytes of the longest plan, and of its longest line without the line feed. */
#define HF_PLAN_MAX 4096u
#define HF_PLAN_LINE_MAX 255u

/* Bytes of the longest value, and room for one with its NUL. */
#define HF_PLAN_TEXT_MAX 200u
#define HF_PLAN_TEXT_SIZE (HF_PLAN_TEXT_MAX + 1u)

/* The most mappings that one boot tries. */
#define HF_PLAN_BATCH_MAX 16u

typedef enum {
    HfPlacementAt,
    HfPlacementFirstFree,
    HfPlacementBelow,
    HfPlacementAny
} HF_PLACEMENT;

/* When the guest's loader is started. One that starts first prepares itself and calls back (HoldfastLaunch.h). */
typedef enum {
    HfGuestStartsLast,
    HfGuestStartsFirst
} HF_GUEST_START;

typedef enum {
    HfLocateScan,
    HfLocateVariable,
    HfLocateAcpiTable
} HF_LOCATE_METHOD;

typedef enum {
    HfMapIoSpace,
    HfMapMdlForIoSpace,
    HfMapSection,
    HfMapProbeAndLock,
    HfMapIoSpaceEx,
    HfMapCopy,
    HfMapReserved,
    HfMapReservedEx,
    HfMapMemremap,                      /* from here on Linux's */
    HfMapIoremap,
    HfMapIoremapWc,
    HfMapIoremapCache,
    HfMapDirect,
    HfMapRegion,                        /* request_mem_region, then memremap */
    HfMapDevMemRead,                    /* from user space, as is the next */
    HfMapDevMemMmap,
    HfMapApis
} HF_MAP_API;

/* In which of its ways an API is used; not every API has each. */
typedef enum {
    HfVariantPlain,
    HfVariantReadOnly,
    HfVariantRanges,                    /* one MDL of many ranges */
    HfVariantShare,                     /* ViewShare in the place of ViewUnmap */
    HfVariantReadOnlyShare,
    HfVariantDivisible                  /* a reservation that takes several MDLs */
} HF_MAP_VARIANT;

typedef enum {
    HfCacheCached,
    HfCacheNonCached,
    HfCacheWriteCombined,
    HfCacheWriteThrough
} HF_CACHE;

typedef struct {
    HF_MAP_API Api;
    HF_CACHE Cache;
} HF_PLAN_MAPPING;

/* What is done to the guest's memory before the block is looked for. */
typedef enum {
    HfPressureNone,
    HfPressureFull
} HF_PRESSURE;

/* What comes between the pressure and the look for the block. */
typedef enum {
    HfRebootNone,
    HfRebootKexec,                      /* into a second kernel, without firmware */
    HfRebootReset                       /* a warm reset, after which the UEFI application looks at its earlier block */
} HF_REBOOT;

/* The Windows whose routines the contract guest has; later ones compare greater. */
typedef enum {
    HfModelWindows7,
    HfModelWindows81,
    HfModelWindows10,
    HfModelWindows11
} HF_MODEL_VERSION;

/* Addresses from From up to and not including To, Step bytes apart. */
typedef struct {
    HF_UINT64 From;
    HF_UINT64 To;
    HF_UINT64 Step;
} HF_ADDRESS_WALK;

typedef struct {
    HF_UINT8 Nonce[HF_NONCE_SIZE];
    char Cell[HF_PLAN_TEXT_SIZE];
    HF_UINT32 MemoryType;               /* UEFI memory type, or HF_BLOCK_TYPE_UNRESERVED */
    HF_UINT64 Pages;                    /* header page included, 1 to HF_BLOCK_PAGES_MAX */
    HF_PLACEMENT Placement;
    HF_ADDRESS_WALK Place;              /* At uses From; Below uses To; FirstFree all three; Any none */
    char GuestLoader[HF_PLAN_TEXT_SIZE];
    HF_GUEST_START GuestStart;
    char GuestOptions[HF_PLAN_TEXT_SIZE];   /* the loader's load options; may be empty */
    char GuestInitrd[HF_PLAN_TEXT_SIZE];    /* path of what LoadFile2 gives a Linux loader; "none" */
    char GuestKey[HF_PLAN_TEXT_SIZE];       /* path of a DER certificate for MokListRT; "none" */
    char DriverPath[HF_PLAN_TEXT_SIZE];
    HF_LOCATE_METHOD LocateMethod;
    HF_ADDRESS_WALK Locate;             /* for HfLocateScan */
    HF_MAP_API MapApi;
    HF_CACHE MapCache;
    HF_MAP_VARIANT MapVariant;
    HF_PLAN_MAPPING Batch[HF_PLAN_BATCH_MAX];   /* mappings to try one after another; the first is MapApi with MapCache */
    HF_UINT32 BatchCount;               /* 0 for that one alone */
    HF_PRESSURE Pressure;
    HF_REBOOT Reboot;
    HF_UINT32 VerifierFlags;            /* Driver Verifier's /flags; 0 is off */
    char DriverTask[HF_PLAN_TEXT_SIZE]; /* what a driver with several tasks is to do; "none" for a driver with one */
    char Model[HF_PLAN_TEXT_SIZE];      /* the contract guest's switches: "name:value,name:value", or "strict" for no choice */
    HF_MODEL_VERSION ModelVersion;
    HF_UINT32 Crc;                      /* the plan's own CRC line, which held */
} HF_PLAN;

typedef enum {
    HfPlanSound,
    HfPlanWait,                         /* no plan yet, read again when told to */
    HfPlanTooLong,
    HfPlanNotAPlan,                     /* the first line is another */
    HfPlanLineTooLong,
    HfPlanMalformedLine,                /* no "key=value", or a byte that is not printable ASCII */
    HfPlanUnknownKey,
    HfPlanRepeatedKey,
    HfPlanBadValue,
    HfPlanMissingKey,
    HfPlanBadChecksum,
    HfPlanResults
} HF_PLAN_RESULT;

/*
 * Reads a plan.
 *
 * Text  Size bytes, not NUL-terminated.
 * Line  where the plan is not sound, the number from 1 of the line at fault; 0 where it is the plan as a whole.
 *
 * Plan is complete where the result is HfPlanSound. Where it is HfPlanWait, DriverPath and the members whose names begin
 * with Guest are set. Otherwise it is not to be used.
 */
HF_PLAN_RESULT HfPlanParse(const char *Text, HF_SIZE Size, HF_PLAN *Plan, HF_UINT32 *Line);

/* A result in a word for a frame, such as "unknown-key". */
const char *HfPlanResultName(HF_PLAN_RESULT Result);

/* The names that the plan uses for a way of locating, a mapping's API, its cache type and its variant. */
const char *HfPlanLocateMethodName(HF_LOCATE_METHOD Method);
const char *HfPlanMapApiName(HF_MAP_API Api);
const char *HfPlanCacheName(HF_CACHE Cache);
const char *HfPlanModelVersionName(HF_MODEL_VERSION Version);
const char *HfPlanVariantName(HF_MAP_VARIANT Variant);

/* In the place of a path: there is no such file. */
HF_BOOL HfPlanIsNone(const char *Path);

#endif
