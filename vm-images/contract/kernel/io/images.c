/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel as an image among images: its exports are what drivers import. */
#include "io.h"

#include "mm.h"
#include "rtl.h"

IOP_IMAGE IopKernelImage;
IOP_IMAGE IopDriverImage;

static const IMAGE_DATA_DIRECTORY *KernelDirectory(ULONG Index)
{
    const IMAGE_DOS_HEADER *Dos = (const IMAGE_DOS_HEADER *)IopKernelImage.Base;
    const IMAGE_NT_HEADERS64 *Nt = (const IMAGE_NT_HEADERS64 *)(IopKernelImage.Base + (ULONG64)Dos->e_lfanew);

    return &Nt->OptionalHeader.DataDirectory[Index];
}

VOID IopInitializeKernelImage(const LOADER_BLOCK *Block)
{
    const IMAGE_DATA_DIRECTORY *Functions;

    IopKernelImage.Base = KERNEL_IMAGE_BASE;
    IopKernelImage.Size = Block->KernelImageSize;
    Functions = KernelDirectory(IMAGE_DIRECTORY_ENTRY_EXCEPTION);
    IopKernelImage.Functions = (const RUNTIME_FUNCTION *)(IopKernelImage.Base + Functions->VirtualAddress);
    IopKernelImage.FunctionCount = Functions->Size / sizeof(RUNTIME_FUNCTION);
}

static BOOLEAN Contains(const IOP_IMAGE *Image, ULONG64 Address)
{
    return (Address >= Image->Base) && (Address - Image->Base < Image->Size);
}

const IOP_IMAGE *IopFindImage(ULONG64 Address)
{
    if (Contains(&IopKernelImage, Address)) {
        return &IopKernelImage;
    }
    return Contains(&IopDriverImage, Address) ? &IopDriverImage : NULL;
}

BOOLEAN IopIsDriverAddress(const VOID *Address)
{
    return Contains(&IopDriverImage, (ULONG64)Address);
}

int IopCompareNames(const char *Left, const char *Right)
{
    while ((*Left != '\0') && (*Left == *Right)) {
        Left++;
        Right++;
    }
    return (UCHAR)*Left - (UCHAR)*Right;
}

/* The name table is sorted. */
PVOID IopFindExport(const char *Name)
{
    ULONG64 Base = IopKernelImage.Base;
    const IMAGE_EXPORT_DIRECTORY *Exports =
        (const IMAGE_EXPORT_DIRECTORY *)(Base + KernelDirectory(IMAGE_DIRECTORY_ENTRY_EXPORT)->VirtualAddress);
    const ULONG *Names = (const ULONG *)(Base + Exports->AddressOfNames);
    const USHORT *Ordinals = (const USHORT *)(Base + Exports->AddressOfNameOrdinals);
    const ULONG *Functions = (const ULONG *)(Base + Exports->AddressOfFunctions);
    ULONG Low = 0;
    ULONG High = Exports->NumberOfNames;
    ULONG Middle;
    int Order;

    if (!IopIsExported(Name)) {
        return NULL;
    }
    while (Low < High) {
        Middle = (Low + High) / 2;
        Order = IopCompareNames(Name, (const char *)(Base + Names[Middle]));
        if (Order == 0) {
            return (PVOID)(Base + Functions[Ordinals[Middle]]);
        }
        if (Order < 0) {
            High = Middle;
        } else {
            Low = Middle + 1;
        }
    }
    return NULL;
}
