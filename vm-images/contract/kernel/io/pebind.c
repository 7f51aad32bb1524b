/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* From a file that was checked to an image that can run: layout, relocations, imports. */
#include "peread.h"

#define RELOCATION_BLOCK_HEADER 8u
#define RELOCATION_ABSOLUTE 0u
#define RELOCATION_DIR64 10u

#define IMPORT_DESCRIPTOR_SIZE 20u
#define IMPORT_ORDINAL (1ull << 63)
#define NAME_MAX 256u

/* More than any driver has. Tables may refer to each other, so that their size alone sets no bound to the work. */
#define MODULES_MAX 256u
#define IMPORTS_MAX 8192u

static void Write64(HF_UINT8 *Bytes, HF_UINT64 Value)
{
    HF_UINT32 Index;

    for (Index = 0; Index < 8; Index++) {
        Bytes[Index] = (HF_UINT8)(Value >> (8 * Index));
    }
}

static void CopyBytes(HF_UINT8 *To, const HF_UINT8 *From, HF_SIZE Size)
{
    while (Size-- != 0) {
        *To++ = *From++;
    }
}

void PeLayOut(const PE_IMAGE *Image, void *Memory)
{
    PE_SECTION Section;
    HF_UINT32 Index;

    CopyBytes(Memory, Image->File, Image->HeadersSize);
    for (Index = 0; Index < Image->SectionCount; Index++) {
        PeSection(Image, Index, &Section);
        CopyBytes((HF_UINT8 *)Memory + Section.Address, Image->File + Section.FileOffset, Section.FileSize);
    }
}

static PE_RESULT RelocatePage(const PE_IMAGE *Image, HF_UINT8 *Memory, HF_UINT64 Delta, HF_UINT32 Block,
                              HF_UINT32 BlockSize)
{
    HF_UINT32 Page = PeRead32(Memory + Block);
    HF_UINT32 Offset;
    HF_UINT32 Entry;
    HF_UINT64 Target;

    for (Offset = Block + RELOCATION_BLOCK_HEADER; Offset + 2 <= Block + BlockSize; Offset += 2) {
        Entry = PeRead16(Memory + Offset);
        if ((Entry >> 12) == RELOCATION_ABSOLUTE) {
            continue;
        }
        Target = (HF_UINT64)Page + (Entry & 0xFFF);
        if (((Entry >> 12) != RELOCATION_DIR64) || !PeWithin(Target, 8, Image->ImageSize)) {
            return PeMalformed;
        }
        Write64(Memory + Target, PeRead64(Memory + Target) + Delta);
    }
    return PeSound;
}

PE_RESULT PeRelocate(const PE_IMAGE *Image, void *Memory, HF_UINT64 Base)
{
    HF_UINT32 Block = Image->Relocations;
    HF_UINT32 End = Image->Relocations + Image->RelocationsSize;
    HF_UINT32 Size;
    PE_RESULT Result = PeSound;

    while ((Result == PeSound) && (End - Block >= RELOCATION_BLOCK_HEADER)) {
        Size = PeRead32((HF_UINT8 *)Memory + Block + 4);
        if ((Size < RELOCATION_BLOCK_HEADER) || (Size > End - Block)) {
            return PeMalformed;
        }
        Result = RelocatePage(Image, Memory, Base - Image->PreferredBase, Block, Size);
        Block += Size;
    }
    return Result;
}

/* A string in the image that ends there, or null. */
static const char *StringAt(const PE_IMAGE *Image, const HF_UINT8 *Memory, HF_UINT64 Address)
{
    HF_UINT64 Length;

    for (Length = 0; (Length < NAME_MAX) && PeWithin(Address, Length + 1, Image->ImageSize); Length++) {
        if (Memory[Address + Length] == '\0') {
            return (const char *)Memory + Address;
        }
    }
    return (const char *)0;
}

/* Goes through one module's thunks: names come from Lookup, addresses go to Table. */
static PE_RESULT ImportModule(const PE_IMAGE *Image, HF_UINT8 *Memory, const HF_UINT8 *Descriptor, PE_RESOLVE Resolve,
                              void *Context, HF_UINT32 *Count)
{
    HF_UINT64 Table = PeRead32(Descriptor + 16);
    HF_UINT64 Lookup = (PeRead32(Descriptor) != 0) ? PeRead32(Descriptor) : Table;
    const char *Module = StringAt(Image, Memory, PeRead32(Descriptor + 12));
    const char *Name;
    HF_UINT64 Thunk;

    for (;; Lookup += 8, Table += 8, (*Count)++) {
        if ((Module == (const char *)0) || !PeWithin(Lookup, 8, Image->ImageSize) ||
            !PeWithin(Table, 8, Image->ImageSize) || (*Count > IMPORTS_MAX)) {
            return PeMalformed;
        }
        Thunk = PeRead64(Memory + Lookup);
        if (Thunk == 0) {
            return PeSound;
        }
        Name = (const char *)0;
        if ((Thunk & IMPORT_ORDINAL) == 0) {
            Name = StringAt(Image, Memory, Thunk + 2);      /* behind the hint */
            if (Name == (const char *)0) {
                return PeMalformed;
            }
        }
        Write64(Memory + Table, Resolve(Context, Module, Name, (HF_UINT16)Thunk));
    }
}

PE_RESULT PeImport(const PE_IMAGE *Image, void *Memory, PE_RESOLVE Resolve, void *Context, HF_UINT32 *Count)
{
    HF_UINT64 Offset = Image->Imports;
    const HF_UINT8 *Descriptor;
    HF_UINT32 Modules = 0;
    PE_RESULT Result = PeSound;

    *Count = 0;
    if (Image->Imports == 0) {
        return PeSound;
    }
    for (; Result == PeSound; Offset += IMPORT_DESCRIPTOR_SIZE) {
        if (!PeWithin(Offset, IMPORT_DESCRIPTOR_SIZE, Image->ImageSize) || (Modules++ == MODULES_MAX)) {
            return PeMalformed;
        }
        Descriptor = (const HF_UINT8 *)Memory + Offset;
        if (PeRead32(Descriptor + 12) == 0) {
            break;
        }
        Result = ImportModule(Image, Memory, Descriptor, Resolve, Context, Count);
    }
    return Result;
}
