/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * MmMapIoSpaceEx (DDI: wdm/nf-wdm-mmmapiospaceex). Takes a page protection in the place of a cache type, so that a
 * mapping need not be writable, and is never executable. Returns NULL where it can't map.
 */
#include "mapping.h"
#include "routines.h"

static NTSTATUS Map(HF_MAPPING *Mapping)
{
    if (gRoutines.MapIoSpaceEx == NULL) {
        return Decided(Mapping, "MmMapIoSpaceEx", HF_STATUS_UNAVAILABLE);
    }
    Mapping->IoSpace = gRoutines.MapIoSpaceEx(Mapping->Address, Mapping->Bytes, PageProtectionFor(Mapping));
    if (Mapping->IoSpace == NULL) {
        return Decided(Mapping, "MmMapIoSpaceEx", STATUS_INSUFFICIENT_RESOURCES);
    }
    Mapping->VirtualAddress = Mapping->IoSpace;
    return Decided(Mapping, "MmMapIoSpaceEx", STATUS_SUCCESS);
}

static NTSTATUS Unmap(HF_MAPPING *Mapping)
{
    MmUnmapIoSpace(Mapping->IoSpace, Mapping->Bytes);
    return Decided(Mapping, "MmUnmapIoSpace", STATUS_SUCCESS);
}

const HF_STRATEGY gMapIoSpaceEx = {HF_VARIANT(HfVariantPlain) | HF_VARIANT(HfVariantReadOnly), Map, Unmap};
