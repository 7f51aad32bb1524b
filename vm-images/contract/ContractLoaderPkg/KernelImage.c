/** @file
  Loads kernel.exe for its address in the kernel half.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "KernelImage.h"

#include <Library/BaseMemoryLib.h>
#include <Library/PeCoffLib.h>

#include "LoaderBlock.h"

/**
  Reads from a file in memory, refusing what lies outside it.
**/
STATIC
RETURN_STATUS
EFIAPI
ReadKernelFile (
  IN     VOID   *FileHandle,
  IN     UINTN  FileOffset,
  IN OUT UINTN  *ReadSize,
  OUT    VOID   *Buffer
  )
{
  CONST LOADED_FILE  *File;

  File = FileHandle;
  if ((FileOffset > File->Size) || (*ReadSize > File->Size - FileOffset)) {
    *ReadSize = 0;
    return RETURN_INVALID_PARAMETER;
  }

  CopyMem (Buffer, File->Data + FileOffset, *ReadSize);
  return RETURN_SUCCESS;
}

STATIC
EFI_STATUS
OpenKernelImage (
  IN  LOADED_FILE                   *File,
  OUT PE_COFF_LOADER_IMAGE_CONTEXT  *Context
  )
{
  RETURN_STATUS  Status;

  ZeroMem (Context, sizeof (*Context));
  Context->Handle    = File;
  Context->ImageRead = ReadKernelFile;
  Status             = PeCoffLoaderGetImageInfo (Context);
  if (RETURN_ERROR (Status)) {
    return Status;
  }

  if ((Context->SectionAlignment != EFI_PAGE_SIZE) || Context->RelocationsStripped || Context->IsTeImage) {
    return EFI_UNSUPPORTED;
  }

  return EFI_SUCCESS;
}

EFI_STATUS
GetKernelPages (
  IN  LOADED_FILE  *File,
  OUT UINTN        *Pages
  )
{
  EFI_STATUS                    Status;
  PE_COFF_LOADER_IMAGE_CONTEXT  Context;

  Status = OpenKernelImage (File, &Context);
  if (!EFI_ERROR (Status)) {
    *Pages = EFI_SIZE_TO_PAGES ((UINTN)Context.ImageSize);
  }

  return Status;
}

EFI_STATUS
LoadKernelImage (
  IN     LOADED_FILE   *File,
  IN OUT ARENA         *Arena,
  OUT    KERNEL_IMAGE  *Kernel
  )
{
  EFI_STATUS                    Status;
  PE_COFF_LOADER_IMAGE_CONTEXT  Context;

  Status = OpenKernelImage (File, &Context);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Context.ImageAddress       = TakePages (Arena, EFI_SIZE_TO_PAGES ((UINTN)Context.ImageSize));
  Context.DestinationAddress = KERNEL_IMAGE_BASE;
  if (Context.ImageAddress == 0) {
    return EFI_OUT_OF_RESOURCES;
  }

  Status = PeCoffLoaderLoadImage (&Context);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Status = PeCoffLoaderRelocateImage (&Context);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Kernel->Base       = Context.ImageAddress;
  Kernel->Size       = EFI_PAGES_TO_SIZE (EFI_SIZE_TO_PAGES ((UINTN)Context.ImageSize));
  Kernel->EntryPoint = Context.EntryPoint - Context.ImageAddress + KERNEL_IMAGE_BASE;
  return EFI_SUCCESS;
}

/**
  Maps a part of the image.

  @param[in] Start  Bytes from the image's base, page-aligned.
  @param[in] Size   In bytes.
**/
STATIC
EFI_STATUS
MapImagePart (
  IN     CONST KERNEL_IMAGE  *Kernel,
  IN OUT PAGE_TABLES         *Tables,
  IN     UINT64              Start,
  IN     UINT64              Size,
  IN     UINT64              Flags
  )
{
  EFI_STATUS  Status;
  UINT64      Offset;

  if ((Start > Kernel->Size) || (Size > Kernel->Size - Start)) {
    return EFI_LOAD_ERROR;
  }

  Status = EFI_SUCCESS;
  for (Offset = Start; (Offset < Start + Size) && !EFI_ERROR (Status); Offset += EFI_PAGE_SIZE) {
    Status = MapPage (Tables, KERNEL_IMAGE_BASE + Offset, Kernel->Base + Offset, Flags);
  }

  return Status;
}

EFI_STATUS
MapKernelImage (
  IN     CONST KERNEL_IMAGE  *Kernel,
  IN OUT PAGE_TABLES         *Tables
  )
{
  EFI_STATUS                Status;
  EFI_IMAGE_NT_HEADERS64    *Nt;
  EFI_IMAGE_SECTION_HEADER  *Section;
  UINTN                     Index;
  UINT64                    Flags;

  Nt      = (EFI_IMAGE_NT_HEADERS64 *)(UINTN)(Kernel->Base + ((EFI_IMAGE_DOS_HEADER *)(UINTN)Kernel->Base)->e_lfanew);
  Section = (EFI_IMAGE_SECTION_HEADER *)((UINT8 *)&Nt->OptionalHeader + Nt->FileHeader.SizeOfOptionalHeader);
  Status  = MapImagePart (Kernel, Tables, 0, Nt->OptionalHeader.SizeOfHeaders, PAGE_PRESENT | PAGE_NO_EXECUTE);

  for (Index = 0; (Index < Nt->FileHeader.NumberOfSections) && !EFI_ERROR (Status); Index++, Section++) {
    if ((Section->Characteristics & EFI_IMAGE_SCN_MEM_DISCARDABLE) != 0) {
      continue;
    }

    Flags = PAGE_PRESENT;
    if ((Section->Characteristics & EFI_IMAGE_SCN_MEM_WRITE) != 0) {
      Flags |= PAGE_WRITE;
    }

    if ((Section->Characteristics & EFI_IMAGE_SCN_MEM_EXECUTE) == 0) {
      Flags |= PAGE_NO_EXECUTE;
    } else if ((Flags & PAGE_WRITE) != 0) {
      return EFI_SECURITY_VIOLATION;
    }

    Status = MapImagePart (
               Kernel,
               Tables,
               Section->VirtualAddress,
               ALIGN_VALUE (Section->Misc.VirtualSize, EFI_PAGE_SIZE),
               Flags
               );
  }

  return Status;
}
