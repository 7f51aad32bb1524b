/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * MmMapIoSpace (DDI: wdm/nf-wdm-mmmapiospace). Returns NULL where it can't map; Driver Verifier stops the system where
 * the pages are memory that nobody locked down (C4: 0x83).
 */
#include "mapping.h"

static NTSTATUS Map(HF_MAPPING *Mapping)
{
    Mapping->IoSpace = MmMapIoSpace(Mapping->Address, Mapping->Bytes, Mapping->CacheType);
    if (Mapping->IoSpace == NULL) {
        return Decided(Mapping, "MmMapIoSpace", STATUS_INSUFFICIENT_RESOURCES);
    }
    Mapping->VirtualAddress = Mapping->IoSpace;
    return Decided(Mapping, "MmMapIoSpace", STATUS_SUCCESS);
}

static NTSTATUS Unmap(HF_MAPPING *Mapping)
{
    MmUnmapIoSpace(Mapping->IoSpace, Mapping->Bytes);
    return Decided(Mapping, "MmUnmapIoSpace", STATUS_SUCCESS);
}

const HF_STRATEGY gMapIoSpace = {HF_VARIANT(HfVariantPlain), Map, Unmap};
