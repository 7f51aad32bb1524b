/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Page tables of four levels: Intel SDM volume 3, 4.5. They are reached through the physical map. */
#include "mm.h"

#include "cpu.h"

#define PTE_LARGE 0x080ull
#define TABLE_ENTRIES 512

/* Intermediate entries allow everything; the last one decides. */
#define TABLE_FLAGS (PTE_VALID | PTE_WRITE | PTE_USER)

#define LEVEL_PAGE 0
#define LEVEL_DIRECTORY 1
#define LEVEL_ROOT 3

static ULONG64 *TableAt(ULONG64 Entry)
{
    return MiPhysicalToVirtual(Entry & PTE_PAGE_MASK);
}

static ULONG64 *EntryIn(ULONG64 *Table, ULONG64 Address, ULONG Level)
{
    return &Table[(Address >> (PAGE_SHIFT + 9 * Level)) & (TABLE_ENTRIES - 1)];
}

/* The entry that maps an address, at whatever level it is; null where a table is missing. */
static ULONG64 *FindLeaf(ULONG64 Address, ULONG *Level)
{
    ULONG64 *Entry = EntryIn(TableAt(KiReadCr3()), Address, LEVEL_ROOT);

    for (*Level = LEVEL_ROOT; *Level > LEVEL_PAGE;) {
        if ((*Entry & PTE_VALID) == 0) {
            return NULL;
        }
        if ((*Level < LEVEL_ROOT) && ((*Entry & PTE_LARGE) != 0)) {
            return Entry;
        }
        (*Level)--;
        Entry = EntryIn(TableAt(*Entry), Address, *Level);
    }
    return Entry;
}

ULONG64 *MiFindPte(ULONG64 Address)
{
    ULONG Level;

    return FindLeaf(Address, &Level);
}

static ULONG64 *MakePte(ULONG64 Address)
{
    ULONG64 *Entry = EntryIn(TableAt(KiReadCr3()), Address, LEVEL_ROOT);
    PFN_NUMBER Table;
    ULONG Level;

    for (Level = LEVEL_ROOT; Level > LEVEL_PAGE; Level--) {
        if ((*Entry & PTE_VALID) == 0) {
            Table = MiAllocatePage(MiPagePageTable);
            if (Table == 0) {
                return NULL;
            }
            RtlZeroMemory(MiPhysicalToVirtual(Table << PAGE_SHIFT), PAGE_SIZE);
            *Entry = (Table << PAGE_SHIFT) | TABLE_FLAGS;
        }
        Entry = EntryIn(TableAt(*Entry), Address, Level - 1);
    }
    return Entry;
}

BOOLEAN MiMapPage(ULONG64 Address, PFN_NUMBER Page, ULONG64 Flags)
{
    ULONG64 *Pte = MakePte(Address);

    if (Pte == NULL) {
        return FALSE;
    }
    *Pte = (Page << PAGE_SHIFT) | Flags | PTE_VALID;
    return TRUE;
}

PFN_NUMBER MiUnmapPage(ULONG64 Address)
{
    ULONG64 *Pte = MiFindPte(Address);
    PFN_NUMBER Page = (*Pte & PTE_PAGE_MASK) >> PAGE_SHIFT;

    *Pte = 0;
    KiInvalidatePage(Address);
    return Page;
}

VOID MiProtectPage(ULONG64 Address, ULONG64 Flags)
{
    ULONG64 *Pte = MiFindPte(Address);

    *Pte = (*Pte & PTE_PAGE_MASK) | Flags | PTE_VALID;
    KiInvalidatePage(Address);
}

BOOLEAN MiTranslate(ULONG64 Address, ULONG64 *Physical, BOOLEAN *Writable)
{
    ULONG Level;
    const ULONG64 *Entry = FindLeaf(Address, &Level);
    ULONG64 OffsetMask;

    if ((Entry == NULL) || ((*Entry & PTE_VALID) == 0)) {
        return FALSE;
    }
    OffsetMask = (1ull << (PAGE_SHIFT + 9 * Level)) - 1;
    *Physical = ((*Entry & PTE_PAGE_MASK) & ~OffsetMask) | (Address & OffsetMask);
    *Writable = (*Entry & PTE_WRITE) != 0;
    return TRUE;
}

BOOLEAN MiIsPhysicallyMapped(PFN_NUMBER Page)
{
    ULONG64 Physical;
    BOOLEAN Writable;

    return (Page < (PHYSICAL_MAP_LIMIT >> PAGE_SHIFT)) &&
           MiTranslate((ULONG64)MiPhysicalToVirtual(Page << PAGE_SHIFT), &Physical, &Writable);
}

VOID MiDropIdentityMap(VOID)
{
    ULONG64 *Root = TableAt(KiReadCr3());

    RtlZeroMemory(Root, TABLE_ENTRIES / 2 * sizeof(*Root));
    KiWriteCr3(KiReadCr3());
}
