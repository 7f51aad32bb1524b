/** @file
  Finds the parts of a PE image in a file, which may hold anything.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "PeLayout.h"

#include <Library/BaseMemoryLib.h>

BOOLEAN
IsInFile (
  IN CONST LOADED_FILE  *File,
  IN UINT64             Offset,
  IN UINT64             Size
  )
{
  return (Offset <= File->Size) && (Size <= File->Size - Offset);
}

/**
  Finds the headers.

  @retval NULL  This is not a PE image for x64.
**/
STATIC
CONST EFI_IMAGE_NT_HEADERS64 *
FindNtHeaders (
  IN  CONST LOADED_FILE  *File,
  OUT UINTN              *Offset
  )
{
  CONST EFI_IMAGE_DOS_HEADER    *Dos;
  CONST EFI_IMAGE_NT_HEADERS64  *Nt;

  Dos = (CONST EFI_IMAGE_DOS_HEADER *)File->Data;
  if (!IsInFile (File, 0, sizeof (*Dos)) || (Dos->e_magic != EFI_IMAGE_DOS_SIGNATURE)) {
    return NULL;
  }

  if (!IsInFile (File, Dos->e_lfanew, sizeof (*Nt)) || ((Dos->e_lfanew & 3) != 0)) {
    return NULL;
  }

  *Offset = Dos->e_lfanew;
  Nt      = (CONST EFI_IMAGE_NT_HEADERS64 *)(File->Data + *Offset);
  if ((Nt->Signature != EFI_IMAGE_NT_SIGNATURE) ||
      (Nt->FileHeader.Machine != IMAGE_FILE_MACHINE_X64) ||
      (Nt->OptionalHeader.Magic != EFI_IMAGE_NT_OPTIONAL_HDR64_MAGIC))
  {
    return NULL;
  }

  return Nt;
}

EFI_STATUS
ReadPeLayout (
  IN  CONST LOADED_FILE  *File,
  OUT PE_LAYOUT          *Layout
  )
{
  CONST EFI_IMAGE_NT_HEADERS64    *Nt;
  CONST EFI_IMAGE_DATA_DIRECTORY  *Security;
  UINTN                           NtOffset;
  UINTN                           TableOffset;

  Nt = FindNtHeaders (File, &NtOffset);
  if (Nt == NULL) {
    return EFI_UNSUPPORTED;
  }

  ZeroMem (Layout, sizeof (*Layout));
  Layout->Checksum     = NtOffset + OFFSET_OF (EFI_IMAGE_NT_HEADERS64, OptionalHeader.CheckSum);
  Layout->HeadersEnd   = Nt->OptionalHeader.SizeOfHeaders;
  Layout->SectionCount = Nt->FileHeader.NumberOfSections;

  TableOffset = NtOffset + OFFSET_OF (EFI_IMAGE_NT_HEADERS64, OptionalHeader) + Nt->FileHeader.SizeOfOptionalHeader;
  if ((Layout->SectionCount > PE_SECTIONS_MAX) ||
      !IsInFile (File, TableOffset, Layout->SectionCount * sizeof (EFI_IMAGE_SECTION_HEADER)) ||
      !IsInFile (File, 0, Layout->HeadersEnd) ||
      (Layout->HeadersEnd < NtOffset + sizeof (*Nt)))
  {
    return EFI_VOLUME_CORRUPTED;
  }

  Layout->Sections = (CONST EFI_IMAGE_SECTION_HEADER *)(File->Data + TableOffset);
  if (Nt->OptionalHeader.NumberOfRvaAndSizes <= EFI_IMAGE_DIRECTORY_ENTRY_SECURITY) {
    return EFI_SUCCESS;
  }

  Layout->SecurityEntry = NtOffset + OFFSET_OF (
                                       EFI_IMAGE_NT_HEADERS64,
                                       OptionalHeader.DataDirectory[EFI_IMAGE_DIRECTORY_ENTRY_SECURITY]
                                       );
  Security                 = &Nt->OptionalHeader.DataDirectory[EFI_IMAGE_DIRECTORY_ENTRY_SECURITY];
  Layout->Certificates     = Security->VirtualAddress;
  Layout->CertificatesSize = Security->Size;
  if (!IsInFile (File, Layout->Certificates, Layout->CertificatesSize)) {
    return EFI_VOLUME_CORRUPTED;
  }

  return EFI_SUCCESS;
}
