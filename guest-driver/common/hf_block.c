/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hf_block.h"

#include "hf_crc32c.h"
#include "hf_os.h"

#define WORDS_PER_PAGE (HF_PAGE_SIZE / sizeof(HF_UINT64))
#define HEADER_WORDS (HF_BLOCK_HEADER_SIZE / sizeof(HF_UINT64))
#define HEADER_CRC_SIZE (HF_BLOCK_HEADER_SIZE - sizeof(HF_UINT32))

_Static_assert(sizeof(HF_BLOCK_HEADER) == HF_BLOCK_HEADER_SIZE, "the header is as it stands in memory");

/*
 * "HOLDFAST", SUB, "BLOCK", CR, LF, each byte complemented: a scan of memory for the magic finds blocks and never the
 * image of a program that looks for it. Volatile, so that no compiler complements it at build time.
 */
static const volatile HF_UINT8 mInvertedMagic[HF_BLOCK_MAGIC_SIZE] = {
    0xB7, 0xB0, 0xB3, 0xBB, 0xB9, 0xBE, 0xAC, 0xAB, 0xE5, 0xBD, 0xB3, 0xB0, 0xBC, 0xB4, 0xF2, 0xF5,
};

static HF_UINT8 MagicByte(HF_UINT32 Index)
{
    return (HF_UINT8)~mInvertedMagic[Index];
}

static HF_UINT64 LoadLittleEndian64(const HF_UINT8 *Bytes)
{
    HF_UINT64 Value = 0;
    HF_UINT32 Index;

    for (Index = 8; Index != 0; Index--) {
        Value = (Value << 8) | Bytes[Index - 1];
    }
    return Value;
}

/* SplitMix64's finaliser (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). */
static HF_UINT64 Mix(HF_UINT64 Value)
{
    Value = (Value ^ (Value >> 30)) * 0xBF58476D1CE4E5B9ull;
    Value = (Value ^ (Value >> 27)) * 0x94D049BB133111EBull;
    return Value ^ (Value >> 31);
}

/* The nonce as two numbers, taken once for all words of a block. */
typedef struct {
    HF_UINT64 Low;
    HF_UINT64 High;
} SEED;

static SEED SeedOf(const HF_BLOCK_IDENTITY *Identity)
{
    SEED Seed = {LoadLittleEndian64(Identity->Nonce), LoadLittleEndian64(Identity->Nonce + 8)};

    return Seed;
}

static HF_UINT64 WordOf(SEED Seed, HF_UINT64 Page, HF_UINT32 Index)
{
    if ((Page != 0) && (Index == 0)) {
        return Page;
    }
    if ((Page != 0) && (Index == 1)) {
        return Seed.Low ^ Seed.High ^ Page;
    }
    return Mix(Seed.Low + 0x9E3779B97F4A7C15ull * (Page * WORDS_PER_PAGE + Index + 1)) ^ Seed.High;
}

HF_UINT64 HfBlockWord(const HF_BLOCK_IDENTITY *Identity, HF_UINT64 Page, HF_UINT32 Index)
{
    return WordOf(SeedOf(Identity), Page, Index);
}

static void SetHeader(const HF_BLOCK_IDENTITY *Identity, HF_UINT32 PayloadCrc, HF_BLOCK_HEADER *Header)
{
    HF_UINT32 Index;

    for (Index = 0; Index < HF_BLOCK_MAGIC_SIZE; Index++) {
        Header->Magic[Index] = MagicByte(Index);
    }
    for (Index = 0; Index < HF_NONCE_SIZE; Index++) {
        Header->Nonce[Index] = Identity->Nonce[Index];
    }
    Header->Version = HF_BLOCK_VERSION;
    Header->HeaderSize = HF_BLOCK_HEADER_SIZE;
    Header->Pages = Identity->Pages;
    Header->Address = Identity->Address;
    Header->MemoryType = Identity->MemoryType;
    Header->PayloadCrc = PayloadCrc;
    Header->Reserved0 = 0;
    Header->Reserved1 = 0;
    Header->HeaderCrc = HfCrc32c(0, Header, HEADER_CRC_SIZE);
}

/* A header on the stack holds the magic as a block does, where a scan may reach it: leave no second one behind. */
static void ForgetMagic(HF_BLOCK_HEADER *Header)
{
    volatile HF_UINT8 *Magic = Header->Magic;
    HF_UINT32 Index;

    for (Index = 0; Index < HF_BLOCK_MAGIC_SIZE; Index++) {
        Magic[Index] = 0;
    }
}

void HfBlockHeader(const HF_BLOCK_IDENTITY *Identity, HF_BLOCK_HEADER *Header)
{
    SEED Seed = SeedOf(Identity);
    HF_UINT32 Crc = 0;
    HF_UINT64 Page;
    HF_UINT32 Index;
    HF_UINT64 Word;

    for (Page = 1; Page < Identity->Pages; Page++) {
        for (Index = 0; Index < WORDS_PER_PAGE; Index++) {
            Word = WordOf(Seed, Page, Index);
            Crc = HfCrc32c(Crc, &Word, sizeof(Word));
        }
    }
    SetHeader(Identity, Crc, Header);
}

void HfBlockFill(void *Block, const HF_BLOCK_IDENTITY *Identity)
{
    SEED Seed = SeedOf(Identity);
    HF_UINT64 *Words = Block;
    volatile HF_UINT8 *Bytes = Block;
    HF_BLOCK_HEADER Header;
    const HF_UINT8 *HeaderBytes = (const HF_UINT8 *)&Header;
    HF_UINT64 Page;
    HF_UINT32 Index;

    for (Page = 0; Page < Identity->Pages; Page++) {
        for (Index = (Page == 0) ? HEADER_WORDS : 0; Index < WORDS_PER_PAGE; Index++) {
            Words[Page * WORDS_PER_PAGE + Index] = WordOf(Seed, Page, Index);
        }
    }
    SetHeader(Identity, HfCrc32c(0, Words + WORDS_PER_PAGE, (HF_SIZE)(Identity->Pages - 1) * HF_PAGE_SIZE), &Header);
    for (Index = HF_BLOCK_MAGIC_SIZE; Index < HF_BLOCK_HEADER_SIZE; Index++) {
        Bytes[Index] = HeaderBytes[Index];
    }
    HfOsMemoryFence();
    for (Index = 0; Index < HF_BLOCK_MAGIC_SIZE; Index++) {
        Bytes[Index] = HeaderBytes[Index];
    }
    ForgetMagic(&Header);
}

HF_BOOL HfBlockRecognise(const void *Page, const HF_UINT8 Nonce[HF_NONCE_SIZE])
{
    const HF_BLOCK_HEADER *Header = Page;
    HF_UINT32 Index;

    for (Index = 0; Index < HF_BLOCK_MAGIC_SIZE; Index++) {
        if (Header->Magic[Index] != MagicByte(Index)) {
            return HF_FALSE;
        }
    }
    for (Index = 0; Index < HF_NONCE_SIZE; Index++) {
        if (Header->Nonce[Index] != Nonce[Index]) {
            return HF_FALSE;
        }
    }
    return (Header->Version == HF_BLOCK_VERSION) && (Header->HeaderSize == HF_BLOCK_HEADER_SIZE) &&
           (Header->HeaderCrc == HfCrc32c(0, Header, HEADER_CRC_SIZE));
}

/* Compares bytes and fills in the first that differs; true where none does. */
static HF_BOOL Same(const HF_UINT8 *Seen, const HF_UINT8 *Expected, HF_UINT32 Size, HF_BLOCK_DAMAGE *Damage)
{
    HF_UINT32 Index;

    for (Index = 0; Index < Size; Index++) {
        if (Seen[Index] != Expected[Index]) {
            Damage->Offset = Index;
            Damage->Expected = Expected[Index];
            Damage->Seen = Seen[Index];
            return HF_FALSE;
        }
    }
    return HF_TRUE;
}

static HF_BOOL PageIntact(const HF_UINT8 *Seen, SEED Seed, HF_UINT64 Page, const HF_BLOCK_HEADER *Header,
                          HF_BLOCK_DAMAGE *Damage)
{
    HF_UINT32 Index = 0;
    HF_UINT64 Expected;

    Damage->Page = Page;
    if (Page == 0) {
        if (!Same(Seen, (const HF_UINT8 *)Header, HF_BLOCK_HEADER_SIZE, Damage)) {
            return HF_FALSE;
        }
        Index = HEADER_WORDS;
    }
    for (; Index < WORDS_PER_PAGE; Index++) {
        Expected = WordOf(Seed, Page, Index);
        if (*(const HF_UINT64 *)(const void *)(Seen + Index * sizeof(Expected)) != Expected) {
            (void)Same(Seen + Index * sizeof(Expected), (const HF_UINT8 *)&Expected, sizeof(Expected), Damage);
            Damage->Offset += Index * (HF_UINT32)sizeof(Expected);
            return HF_FALSE;
        }
    }
    return HF_TRUE;
}

void HfBlockCheck(const void *Block, const HF_BLOCK_IDENTITY *Identity, HF_BLOCK_DAMAGED Damaged, void *Context,
                  HF_BLOCK_RESULT *Result)
{
    SEED Seed = SeedOf(Identity);
    const HF_UINT8 *Seen = Block;
    HF_BLOCK_HEADER Header;
    HF_BLOCK_DAMAGE Damage;
    HF_UINT64 Page;

    HfBlockHeader(Identity, &Header);
    Result->Intact = 0;
    Result->Crc = 0;
    for (Page = 0; Page < Identity->Pages; Page++, Seen += HF_PAGE_SIZE) {
        Result->Crc = HfCrc32c(Result->Crc, Seen, HF_PAGE_SIZE);
        if (PageIntact(Seen, Seed, Page, &Header, &Damage)) {
            Result->Intact++;
        } else if (Damaged != 0) {
            Damaged(Context, &Damage);
        }
    }
    ForgetMagic(&Header);
}
