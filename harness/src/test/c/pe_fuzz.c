/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Feeds the contract guest's PE reader with damaged images, under the compiler's sanitizers. One command a run:
 *
 *   mutate FILE SEED COUNT   says how many images had which result; the same seed makes the same images
 *   bomb FILE                an import table that refers to itself, over and over: must end in a result
 *   overrun FILE             a buffer that is a page too short, on purpose: must not end in a result
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peimage.h"
#include "peread.h"

#define PE_OFFSET 60
#define COFF_SIZE 24
#define OPT_CHECKSUM 64
#define OPT_DIRECTORIES 112
#define BASE 0xFFFFF80200000000ull

/* Values that arithmetic goes wrong with. */
static const uint32_t Interesting[] = {
    0, 1, 7, 8, 0xFFF, 0x1000, 0x1001, 0x7FFFFFFF, 0x80000000, 0xFFFFF000, 0xFFFFFFF8, 0xFFFFFFFF, 64u << 20, (64u << 20) + 1,
};

static uint64_t Random;

static uint32_t Next(void)
{
    Random ^= Random << 13;
    Random ^= Random >> 7;
    Random ^= Random << 17;
    return (uint32_t)(Random >> 16);
}

static size_t ReadFile(const char *Path, uint8_t **Bytes)
{
    FILE *File = fopen(Path, "rb");
    long Size;

    if ((File == NULL) || (fseek(File, 0, SEEK_END) != 0)) {
        exit(2);
    }
    Size = ftell(File);
    rewind(File);
    *Bytes = malloc((size_t)Size);
    if (fread(*Bytes, 1, (size_t)Size, File) != (size_t)Size) {
        exit(2);
    }
    fclose(File);
    return (size_t)Size;
}

static void Put32(uint8_t *Bytes, uint32_t Value)
{
    memcpy(Bytes, &Value, sizeof(Value));
}

/* Makes the checksum right, so that damage behind it is reached. */
static void Seal(uint8_t *Image, size_t Size)
{
    uint32_t Header = (Size < PE_OFFSET + 4) ? 0 : PeRead32(Image + PE_OFFSET);
    size_t Field = (size_t)Header + COFF_SIZE + OPT_CHECKSUM;
    uint64_t Sum = 0;

    if (Field + 4 > Size) {
        return;
    }
    Put32(Image + Field, 0);
    for (size_t Offset = 0; Offset + 1 < Size; Offset += 2) {
        Sum += PeRead16(Image + Offset);
    }
    if (Size % 2 != 0) {
        Sum += Image[Size - 1];
    }
    while ((Sum >> 16) != 0) {
        Sum = (Sum & 0xFFFF) + (Sum >> 16);
    }
    Put32(Image + Field, (uint32_t)(Sum + Size));
}

static HF_UINT64 Resolve(void *Context, const char *Module, const char *Name, HF_UINT16 Ordinal)
{
    uint64_t *Seen = Context;

    *Seen += strlen(Module) + ((Name == NULL) ? Ordinal : strlen(Name));
    return BASE + *Seen;
}

/* Takes an image all the way, in memory of just its size less what is to be missing. */
static PE_RESULT Load(const uint8_t *File, size_t Size, size_t Missing)
{
    PE_IMAGE Image;
    PE_RESULT Result = PeOpen(File, Size, &Image);
    PE_SECTION Section;
    HF_UINT32 Count;
    uint64_t Seen = 0;
    uint8_t *Memory;

    if (Result != PeSound) {
        return Result;
    }
    for (HF_UINT32 Index = 0; Index < Image.SectionCount; Index++) {
        PeSection(&Image, Index, &Section);
    }
    Memory = calloc(1, Image.ImageSize - Missing);
    PeLayOut(&Image, Memory);
    Result = PeRelocate(&Image, Memory, BASE);
    if (Result == PeSound) {
        Result = PeImport(&Image, Memory, Resolve, &Seen, &Count);
    }
    free(Memory);
    return Result;
}

/* Where damage is worth most: the headers, a data directory, what the import and relocation directories point at. */
static size_t Aim(const uint8_t *Original, size_t Size, const PE_IMAGE *Image)
{
    uint32_t Directory = (Next() % 2 != 0) ? Image->Imports : Image->Relocations;
    PE_SECTION Section;

    switch (Next() % 4) {
    case 0:
        return Next() % 0x400;
    case 1:
        return PeRead32(Original + PE_OFFSET) + Next() % 0x110;
    case 2:
        for (HF_UINT32 Index = 0; Index < Image->SectionCount; Index++) {
            PeSection(Image, Index, &Section);
            if ((Directory >= Section.Address) && (Directory - Section.Address < Section.FileSize)) {
                return (Section.FileOffset + Directory - Section.Address + Next() % 0x200) % Size;
            }
        }
        return Next() % Size;
    default:
        return Next() % Size;
    }
}

static void Damage(uint8_t *Image, size_t Size, const uint8_t *Original, const PE_IMAGE *Sound)
{
    for (uint32_t Left = 1 + Next() % 6; Left != 0; Left--) {
        size_t At = Aim(Original, Size, Sound) % Size;

        if ((Next() % 3 == 0) || (At + 4 > Size)) {
            Image[At] ^= (uint8_t)(1 + Next() % 255);
        } else if (Next() % 2 != 0) {
            Put32(Image + At, Interesting[Next() % (sizeof(Interesting) / sizeof(Interesting[0]))]);
        } else {
            Put32(Image + At, Next() % Sound->ImageSize);
        }
    }
}

static void Mutate(const char *Path, uint64_t Seed, unsigned Count)
{
    unsigned Results[PeResults] = {0};
    uint8_t *Original;
    size_t Size = ReadFile(Path, &Original);
    PE_IMAGE Sound;

    Random = Seed;
    if (PeOpen(Original, Size, &Sound) != PeSound) {
        exit(2);
    }
    for (unsigned Done = 0; Done < Count; Done++) {
        size_t Kept = (Next() % 16 == 0) ? 1 + Next() % Size : Size;
        uint8_t *Image = malloc(Kept);

        memcpy(Image, Original, Kept);
        Damage(Image, Kept, Original, &Sound);
        if (Next() % 16 != 0) {
            Seal(Image, Kept);
        }
        Results[Load(Image, Kept, 0)]++;
        free(Image);
    }
    free(Original);
    for (int Result = 0; Result < PeResults; Result++) {
        printf("%s=%u\n", PeResultName((PE_RESULT)Result), Results[Result]);
    }
}

/* Puts one section over the whole file's tail, full of descriptors that all name one endless list of thunks. */
static void Bomb(const char *Path)
{
    enum { LIST = 0x100000, DESCRIPTORS = 0x40000 };
    uint8_t *Original;
    size_t Size = ReadFile(Path, &Original);
    uint8_t *Image = calloc(1, Size + LIST + DESCRIPTORS);
    uint8_t *Coff;
    uint8_t *Section;
    PE_IMAGE Sound;
    PE_SECTION Last;

    memcpy(Image, Original, Size);
    Coff = Image + PeRead32(Image + PE_OFFSET);
    if (PeOpen(Image, Size, &Sound) != PeSound) {
        exit(2);
    }
    PeSection(&Sound, Sound.SectionCount - 1, &Last);
    Section = Image + Sound.SectionTable + 40 * (Sound.SectionCount - 1);
    Put32(Section + 8, LIST + DESCRIPTORS);
    Put32(Section + 16, LIST + DESCRIPTORS);
    Put32(Section + 20, (uint32_t)Size);
    Put32(Coff + COFF_SIZE + 56, (Last.Address + LIST + DESCRIPTORS + 0xFFF) & ~0xFFFu);
    Put32(Coff + COFF_SIZE + OPT_DIRECTORIES + 8, Last.Address + LIST);
    Put32(Coff + COFF_SIZE + OPT_DIRECTORIES + 12, DESCRIPTORS);
    Put32(Coff + COFF_SIZE + OPT_DIRECTORIES + 5 * 8, 0);
    Put32(Coff + COFF_SIZE + OPT_DIRECTORIES + 5 * 8 + 4, 0);
    for (size_t Offset = 0; Offset < LIST - 8; Offset += 8) {
        Image[Size + Offset + 7] = 0x80;    /* by ordinal */
    }
    for (size_t Offset = 0; Offset + 40 < DESCRIPTORS; Offset += 20) {
        Put32(Image + Size + LIST + Offset, Last.Address);
        Put32(Image + Size + LIST + Offset + 12, 2);
        Put32(Image + Size + LIST + Offset + 16, Last.Address);
    }
    Seal(Image, Size + LIST + DESCRIPTORS);
    printf("%s\n", PeResultName(Load(Image, Size + LIST + DESCRIPTORS, 0)));
    free(Image);
    free(Original);
}

int main(int Count, char **Arguments)
{
    uint8_t *Image;
    size_t Size;

    if ((Count == 5) && (strcmp(Arguments[1], "mutate") == 0)) {
        Mutate(Arguments[2], strtoull(Arguments[3], NULL, 0), (unsigned)strtoul(Arguments[4], NULL, 0));
    } else if ((Count == 3) && (strcmp(Arguments[1], "bomb") == 0)) {
        Bomb(Arguments[2]);
    } else if ((Count == 3) && (strcmp(Arguments[1], "overrun") == 0)) {
        Size = ReadFile(Arguments[2], &Image);
        printf("%s\n", PeResultName(Load(Image, Size, HF_PAGE_SIZE)));
    } else {
        return 2;
    }
    return 0;
}
