/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* QEMU: docs/specs/fw_cfg.rst, "Guest-side DMA Interface". */
#include "hal.h"

#include "cpu.h"
#include "mm.h"

#include "hf_fwcfg.h"

#define PATTERN_FILE "opt/dev.holdfast/overwrite"

/* The device starts when the lower half of the command's address is written. */
#define PORT_ADDRESS_HIGH 0x514u
#define PORT_ADDRESS_LOW 0x518u

#define CONTROL_READ 0x2u
#define CONTROL_SELECT 0x8u
#define CONTROL_SELECTOR_SHIFT 16

/* Every member is big-endian. */
typedef struct {
    volatile ULONG Control;
    ULONG Length;
    ULONG64 Address;
} DMA_COMMAND;

static DMA_COMMAND Command __attribute__((aligned(sizeof(DMA_COMMAND))));
static HF_UINT16 Selector;
static HF_SIZE PatternSize;

BOOLEAN HalFindDmaPattern(VOID)
{
    return (HfFwCfgFind(PATTERN_FILE, &Selector, &PatternSize) == HfFwCfgFound) && (PatternSize != 0) &&
           (PatternSize % PAGE_SIZE == 0);
}

/* The device answers before the write to its port is over (QEMU: hw/nvram/fw_cfg.c, fw_cfg_dma_transfer). */
static BOOLEAN Transfer(ULONG64 Physical, ULONG Bytes)
{
    ULONG64 At = (ULONG64)MmGetPhysicalAddress(&Command).QuadPart;

    Command.Control = __builtin_bswap32(((ULONG)Selector << CONTROL_SELECTOR_SHIFT) | CONTROL_SELECT | CONTROL_READ);
    Command.Length = __builtin_bswap32(Bytes);
    Command.Address = __builtin_bswap64(Physical);
    KiWritePort32(PORT_ADDRESS_HIGH, __builtin_bswap32((ULONG)(At >> 32)));
    KiWritePort32(PORT_ADDRESS_LOW, __builtin_bswap32((ULONG)At));
    return Command.Control == 0;
}

BOOLEAN HalDmaFill(ULONG64 Physical, ULONG64 Bytes)
{
    ULONG Part;

    while (Bytes != 0) {
        Part = (ULONG)min(Bytes, PatternSize);
        if (!Transfer(Physical, Part)) {
            return FALSE;
        }
        Physical += Part;
        Bytes -= Part;
    }
    return TRUE;
}
