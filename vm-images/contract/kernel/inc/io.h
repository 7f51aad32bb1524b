/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Images: the kernel's own and the driver's. */
#ifndef IO_H
#define IO_H

#include "nt.h"

#include "LoaderBlock.h"

struct _RUNTIME_FUNCTION;

/* A loaded image, as unwinding and fault reports need it. */
typedef struct {
    ULONG64 Base;
    ULONG64 Size;
    const struct _RUNTIME_FUNCTION *Functions;      /* sorted by address */
    ULONG FunctionCount;
} IOP_IMAGE;

extern IOP_IMAGE IopKernelImage;
extern IOP_IMAGE IopDriverImage;

VOID IopInitializeKernelImage(const LOADER_BLOCK *Block);

/* The image that an address lies in, or null. */
const IOP_IMAGE *IopFindImage(ULONG64 Address);

/* Whether an address lies in the driver: whose call, whose fault it is. */
BOOLEAN IopIsDriverAddress(const VOID *Address);

/* As strcmp orders them. */
int IopCompareNames(const char *Left, const char *Right);

/* Whether the Windows that is modelled has a routine of this kernel's (versions.c). */
BOOLEAN IopIsExported(const char *Name);

/* The kernel's export of a name, or null; null also for what the modelled Windows is too old for. */
PVOID IopFindExport(const char *Name);

/* Loads the driver, runs it, unloads it if it wants to; reports each step. Returns only where that went well. */
VOID IopRunDriver(const LOADER_BLOCK *Block);

/* Loads the driver's image into IopDriverImage and resolves its imports. Returns its entry point. */
PVOID IopLoadDriverImage(const VOID *File, SIZE_T Size, HF_UINT32 *Imports);

/* What Windows does to sections that are only there for initialisation. */
VOID IopDiscardInitialization(VOID);

/* Unmaps the driver: whoever calls into it afterwards faults. */
VOID IopUnloadDriverImage(VOID);

#endif
