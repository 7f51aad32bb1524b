/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hf_place.h"

_Static_assert(sizeof(HF_PLACE) == 32, "the variable's value");
_Static_assert(sizeof(HF_PLACE_TABLE) == 68, "an ACPI header and a place");

#define CREATOR_ID HF_PLACE_TABLE_SIGNATURE

static HF_UINT8 SumOf(const void *Bytes, HF_SIZE Size)
{
    const HF_UINT8 *Next = Bytes;
    HF_UINT8 Sum = 0;

    while (Size-- > 0) {
        Sum = (HF_UINT8)(Sum + *Next++);
    }
    return Sum;
}

static void FillText(HF_UINT8 *Field, const char *Text, HF_SIZE Size)
{
    HF_SIZE Index;

    for (Index = 0; Index < Size; Index++) {
        Field[Index] = (HF_UINT8)Text[Index];
    }
}

void HfPlaceTableFill(HF_PLACE_TABLE *Table, const HF_PLACE *Place)
{
    Table->Signature = HF_PLACE_TABLE_SIGNATURE;
    Table->Length = sizeof(*Table);
    Table->Revision = HF_PLACE_TABLE_REVISION;
    Table->Checksum = 0;
    FillText(Table->OemId, "HLDFST", sizeof(Table->OemId));
    FillText(Table->OemTableId, "HOLDFAST", sizeof(Table->OemTableId));
    Table->OemRevision = HF_PLACE_TABLE_REVISION;
    Table->CreatorId = CREATOR_ID;
    Table->CreatorRevision = HF_PLACE_TABLE_REVISION;
    Table->Place = *Place;
    Table->Checksum = (HF_UINT8)(0u - SumOf(Table, sizeof(*Table)));
}

HF_BOOL HfPlaceTableIsSound(const HF_PLACE_TABLE *Table, HF_SIZE Size)
{
    return (Size >= sizeof(*Table)) && (Table->Signature == HF_PLACE_TABLE_SIGNATURE) &&
           (Table->Length == sizeof(*Table)) && (Table->Revision == HF_PLACE_TABLE_REVISION) &&
           (SumOf(Table, sizeof(*Table)) == 0);
}
