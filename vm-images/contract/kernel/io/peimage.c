/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "peread.h"

#define PAGE_MASK (HF_PAGE_SIZE - 1)

#define DOS_HEADER_SIZE 64u
#define DOS_NEW_HEADER 60u          /* where the offset of the PE header stands */
#define PE_SIGNATURE 0x00004550u
#define COFF_SIZE 24u               /* signature included */
#define OPTIONAL_MIN 112u           /* up to the data directories */
#define MACHINE_X64 0x8664u
#define MAGIC_PE32_PLUS 0x20Bu
#define SUBSYSTEM_NATIVE 1u
#define RELOCATIONS_STRIPPED 0x0001u
#define SECTION_SIZE 40u
#define SECTIONS_MAX 96u

/* Offsets in the optional header. */
#define OPT_ENTRY_POINT 16u
#define OPT_IMAGE_BASE 24u
#define OPT_SECTION_ALIGNMENT 32u
#define OPT_IMAGE_SIZE 56u
#define OPT_HEADERS_SIZE 60u
#define OPT_CHECKSUM 64u
#define OPT_SUBSYSTEM 68u
#define OPT_DIRECTORY_COUNT 108u

#define DIRECTORY_IMPORT 1u
#define DIRECTORY_EXCEPTION 3u
#define DIRECTORY_RELOCATION 5u

static const char *const mResultNames[PeResults] = {
    "sound", "not-pe", "not-a-driver", "malformed", "writable-code", "checksum",
};

const char *PeResultName(PE_RESULT Result)
{
    return mResultNames[Result];
}

/* A data directory that lies in the image; zeros where it is absent. False where it lies outside. */
static HF_BOOL ReadDirectory(const PE_IMAGE *Image, const HF_UINT8 *Optional, HF_UINT32 OptionalSize, HF_UINT32 Index,
                             HF_UINT32 *Address, HF_UINT32 *Size)
{
    HF_UINT32 Offset = OPTIONAL_MIN + Index * 8;

    *Address = 0;
    *Size = 0;
    if ((Index >= PeRead32(Optional + OPT_DIRECTORY_COUNT)) || (Offset + 8 > OptionalSize)) {
        return HF_TRUE;
    }
    *Address = PeRead32(Optional + Offset);
    *Size = PeRead32(Optional + Offset + 4);
    return PeWithin(*Address, *Size, Image->ImageSize);
}

void PeSection(const PE_IMAGE *Image, HF_UINT32 Index, PE_SECTION *Section)
{
    const HF_UINT8 *Header = Image->File + Image->SectionTable + Index * SECTION_SIZE;

    Section->Address = PeRead32(Header + 12);
    Section->FileOffset = PeRead32(Header + 20);
    Section->FileSize = PeRead32(Header + 16);
    Section->Size = PeRead32(Header + 8);
    if (Section->Size == 0) {
        Section->Size = Section->FileSize;
    }
    if (Section->FileSize > Section->Size) {
        Section->FileSize = Section->Size;
    }
    Section->Characteristics = PeRead32(Header + 36);
}

/* Sections follow each other in memory, behind the headers, each in pages of its own. */
static PE_RESULT CheckSections(const PE_IMAGE *Image)
{
    HF_UINT64 End = Image->HeadersSize;
    HF_BOOL EntryIsCode = HF_FALSE;
    PE_SECTION Section;
    HF_UINT32 Index;

    for (Index = 0; Index < Image->SectionCount; Index++) {
        PeSection(Image, Index, &Section);
        if (((Section.Address & PAGE_MASK) != 0) || (Section.Address < End) ||
            !PeWithin(Section.Address, Section.Size, Image->ImageSize) ||
            !PeWithin(Section.FileOffset, Section.FileSize, Image->FileSize)) {
            return PeMalformed;
        }
        End = (HF_UINT64)Section.Address + Section.Size;
        if ((Section.Characteristics & PE_SECTION_EXECUTE) == 0) {
            continue;
        }
        if ((Section.Characteristics & PE_SECTION_WRITE) != 0) {
            return PeWritableCode;
        }
        EntryIsCode |= (Image->EntryPoint >= Section.Address) && (Image->EntryPoint < End);
    }
    return EntryIsCode ? PeSound : PeNotADriver;
}

/* The sum in the header: 16-bit words with the carry folded in, its own field as zero, plus the file's size. */
static HF_BOOL ChecksumHolds(const HF_UINT8 *File, HF_SIZE Size, HF_SIZE Field)
{
    HF_UINT64 Sum = 0;
    HF_SIZE Offset;

    for (Offset = 0; Offset + 1 < Size; Offset += 2) {
        if ((Offset != Field) && (Offset != Field + 2)) {
            Sum += PeRead16(File + Offset);
        }
    }
    if (Offset < Size) {
        Sum += File[Offset];
    }
    while ((Sum >> 16) != 0) {
        Sum = (Sum & 0xFFFF) + (Sum >> 16);
    }
    return PeRead32(File + Field) == (HF_UINT32)(Sum + Size);
}

static PE_RESULT ReadOptional(PE_IMAGE *Image, const HF_UINT8 *Optional, HF_UINT32 OptionalSize)
{
    HF_UINT32 Unused;

    Image->EntryPoint = PeRead32(Optional + OPT_ENTRY_POINT);
    Image->PreferredBase = PeRead64(Optional + OPT_IMAGE_BASE);
    Image->ImageSize = PeRead32(Optional + OPT_IMAGE_SIZE);
    Image->HeadersSize = PeRead32(Optional + OPT_HEADERS_SIZE);
    if ((PeRead32(Optional + OPT_SECTION_ALIGNMENT) < HF_PAGE_SIZE) || (Image->ImageSize == 0) ||
        (Image->ImageSize > PE_IMAGE_MAX)) {
        return PeMalformed;
    }
    Image->ImageSize = (Image->ImageSize + PAGE_MASK) & ~PAGE_MASK;
    if (!PeWithin(0, Image->HeadersSize, Image->FileSize) || (Image->HeadersSize > Image->ImageSize)) {
        return PeMalformed;
    }
    if (!ReadDirectory(Image, Optional, OptionalSize, DIRECTORY_IMPORT, &Image->Imports, &Unused) ||
        !ReadDirectory(Image, Optional, OptionalSize, DIRECTORY_EXCEPTION, &Image->Functions, &Image->FunctionsSize) ||
        !ReadDirectory(Image, Optional, OptionalSize, DIRECTORY_RELOCATION, &Image->Relocations,
                       &Image->RelocationsSize)) {
        return PeMalformed;
    }
    return (PeRead16(Optional + OPT_SUBSYSTEM) == SUBSYSTEM_NATIVE) ? PeSound : PeNotADriver;
}

/* Finds the PE header; null where this is no image for x64. */
static const HF_UINT8 *FindCoffHeader(const HF_UINT8 *Bytes, HF_SIZE Size)
{
    const HF_UINT8 *Coff;

    if ((Size < DOS_HEADER_SIZE) || (Bytes[0] != 'M') || (Bytes[1] != 'Z') ||
        !PeWithin(PeRead32(Bytes + DOS_NEW_HEADER), COFF_SIZE + OPTIONAL_MIN, Size)) {
        return (const HF_UINT8 *)0;
    }
    Coff = Bytes + PeRead32(Bytes + DOS_NEW_HEADER);
    /* The checksum is a sum of 16-bit words, so its field must not lie across two. */
    if ((PeRead32(Coff) != PE_SIGNATURE) || (PeRead16(Coff + 4) != MACHINE_X64) ||
        (PeRead16(Coff + COFF_SIZE) != MAGIC_PE32_PLUS) || (((Coff - Bytes) & 1) != 0)) {
        return (const HF_UINT8 *)0;
    }
    return Coff;
}

PE_RESULT PeOpen(const void *File, HF_SIZE Size, PE_IMAGE *Image)
{
    const HF_UINT8 *Coff = FindCoffHeader(File, Size);
    HF_UINT32 OptionalSize;
    PE_RESULT Result;

    if (Coff == (const HF_UINT8 *)0) {
        return PeNotAnImage;
    }
    OptionalSize = PeRead16(Coff + 20);
    Image->File = File;
    Image->FileSize = Size;
    Image->SectionTable = (HF_UINT32)(Coff - Image->File) + COFF_SIZE + OptionalSize;
    Image->SectionCount = PeRead16(Coff + 6);
    if ((OptionalSize < OPTIONAL_MIN) || (Image->SectionCount > SECTIONS_MAX) ||
        !PeWithin(Image->SectionTable, Image->SectionCount * SECTION_SIZE, Size)) {
        return PeMalformed;
    }
    Result = ReadOptional(Image, Coff + COFF_SIZE, OptionalSize);
    if (Result != PeSound) {
        return Result;
    }
    if ((PeRead16(Coff + 22) & RELOCATIONS_STRIPPED) != 0) {
        return PeNotADriver;
    }
    Result = CheckSections(Image);
    if (Result != PeSound) {
        return Result;
    }
    return ChecksumHolds(Image->File, Size, (HF_SIZE)(Coff - Image->File) + COFF_SIZE + OPT_CHECKSUM) ? PeSound
                                                                                                     : PeBadChecksum;
}
