/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * QEMU's firmware configuration device, read through its x86 I/O ports (QEMU: docs/specs/fw_cfg.rst).
 */
#ifndef HF_FWCFG_H
#define HF_FWCFG_H

#include "hf_types.h"

typedef enum {
    HfFwCfgFound,
    HfFwCfgNoDevice,    /* no QEMU, or fw_cfg is off */
    HfFwCfgNoFile,
    HfFwCfgTooLarge
} HF_FWCFG_RESULT;

/*
 * Looks for a file.
 *
 * Name      at most 55 bytes.
 * Selector  the device's number for it, for HfFwCfgFound.
 * Size      in bytes, for HfFwCfgFound.
 */
HF_FWCFG_RESULT HfFwCfgFind(const char *Name, HF_UINT16 *Selector, HF_SIZE *Size);

/*
 * Reads a file.
 *
 * Name      at most 55 bytes.
 * Buffer    takes up to Capacity bytes; untouched unless the result is HfFwCfgFound.
 * Size      the file's size in bytes, for HfFwCfgFound and HfFwCfgTooLarge.
 *
 * The device keeps one read position, so no two readers may run at once.
 */
HF_FWCFG_RESULT HfFwCfgRead(const char *Name, void *Buffer, HF_SIZE Capacity, HF_SIZE *Size);

#endif
