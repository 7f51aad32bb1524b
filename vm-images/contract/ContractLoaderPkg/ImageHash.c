/** @file
  The Authenticode hash of a PE image, as "Windows Authenticode Portable Executable Signature Format" computes it: all
  of the file but the checksum, the security directory's entry and the attribute certificates.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "ImageHash.h"

#include <Guid/WinCertificate.h>
#include <Library/BaseCryptLib.h>
#include <Library/BaseMemoryLib.h>
#include <Library/MemoryAllocationLib.h>

#include "PeLayout.h"

/**
  Lists the sections that have data in the file, in the order in which they lie there.

  @return Their number.
**/
STATIC
UINTN
SortSections (
  IN  CONST PE_LAYOUT                 *Layout,
  OUT CONST EFI_IMAGE_SECTION_HEADER  *Sorted[PE_SECTIONS_MAX]
  )
{
  UINTN  Count;
  UINTN  Index;
  UINTN  Place;

  Count = 0;
  for (Index = 0; Index < Layout->SectionCount; Index++) {
    if (Layout->Sections[Index].SizeOfRawData == 0) {
      continue;
    }

    for (Place = Count; Place > 0; Place--) {
      if (Sorted[Place - 1]->PointerToRawData <= Layout->Sections[Index].PointerToRawData) {
        break;
      }

      Sorted[Place] = Sorted[Place - 1];
    }

    Sorted[Place] = &Layout->Sections[Index];
    Count++;
  }

  return Count;
}

STATIC
BOOLEAN
HashHeaders (
  IN VOID               *Context,
  IN CONST LOADED_FILE  *File,
  IN CONST PE_LAYOUT    *Layout
  )
{
  UINTN  Resume;

  Resume = Layout->Checksum + sizeof (UINT32);
  if (!Sha256Update (Context, File->Data, Layout->Checksum)) {
    return FALSE;
  }

  if (Layout->SecurityEntry != 0) {
    if (!Sha256Update (Context, File->Data + Resume, Layout->SecurityEntry - Resume)) {
      return FALSE;
    }

    Resume = Layout->SecurityEntry + sizeof (EFI_IMAGE_DATA_DIRECTORY);
  }

  return Sha256Update (Context, File->Data + Resume, Layout->HeadersEnd - Resume);
}

/**
  Hashes the sections, then what lies between them and the certificates.
**/
STATIC
EFI_STATUS
HashBody (
  IN VOID               *Context,
  IN CONST LOADED_FILE  *File,
  IN CONST PE_LAYOUT    *Layout
  )
{
  CONST EFI_IMAGE_SECTION_HEADER  *Sorted[PE_SECTIONS_MAX];
  UINTN                           Count;
  UINTN                           Index;
  UINTN                           End;
  UINT64                          Hashed;

  Hashed = Layout->HeadersEnd;
  Count  = SortSections (Layout, Sorted);
  for (Index = 0; Index < Count; Index++) {
    if (!IsInFile (File, Sorted[Index]->PointerToRawData, Sorted[Index]->SizeOfRawData)) {
      return EFI_VOLUME_CORRUPTED;
    }

    if (!Sha256Update (Context, File->Data + Sorted[Index]->PointerToRawData, Sorted[Index]->SizeOfRawData)) {
      return EFI_ABORTED;
    }

    Hashed += Sorted[Index]->SizeOfRawData;
  }

  End = File->Size - Layout->CertificatesSize;
  if ((Layout->CertificatesSize != 0) && (Layout->Certificates != End)) {
    return EFI_VOLUME_CORRUPTED;
  }

  if (Hashed > End) {
    return EFI_VOLUME_CORRUPTED;
  }

  return Sha256Update (Context, File->Data + Hashed, End - (UINTN)Hashed) ? EFI_SUCCESS : EFI_ABORTED;
}

/**
  Finds the first PKCS #7 certificate in the attribute certificate table, whose entries are 8 bytes aligned.
**/
STATIC
VOID
FindCertificate (
  IN  CONST LOADED_FILE  *File,
  IN  CONST PE_LAYOUT    *Layout,
  OUT CONST UINT8        **Certificate,
  OUT UINTN              *CertificateSize
  )
{
  CONST WIN_CERTIFICATE  *Entry;
  UINT64                 Offset;
  UINT64                 End;

  *Certificate     = NULL;
  *CertificateSize = 0;
  Offset           = Layout->Certificates;
  End              = Offset + Layout->CertificatesSize;
  while ((Offset < End) && (End - Offset >= sizeof (*Entry))) {
    Entry = (CONST WIN_CERTIFICATE *)(File->Data + Offset);
    if ((Entry->dwLength < sizeof (*Entry)) || (Entry->dwLength > End - Offset)) {
      return;
    }

    if (Entry->wCertificateType == WIN_CERT_TYPE_PKCS_SIGNED_DATA) {
      *Certificate     = (CONST UINT8 *)(Entry + 1);
      *CertificateSize = Entry->dwLength - sizeof (*Entry);
      return;
    }

    Offset += ALIGN_VALUE ((UINT64)Entry->dwLength, 8);
  }
}

EFI_STATUS
HashPeImage (
  IN  CONST LOADED_FILE  *File,
  OUT UINT8              Hash[IMAGE_HASH_SIZE],
  OUT CONST UINT8        **Certificate,
  OUT UINTN              *CertificateSize
  )
{
  EFI_STATUS  Status;
  PE_LAYOUT   Layout;
  VOID        *Context;

  Status = ReadPeLayout (File, &Layout);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Context = AllocatePool (Sha256GetContextSize ());
  if (Context == NULL) {
    return EFI_OUT_OF_RESOURCES;
  }

  Status = EFI_ABORTED;
  if (Sha256Init (Context) && HashHeaders (Context, File, &Layout)) {
    Status = HashBody (Context, File, &Layout);
    if (!EFI_ERROR (Status) && !Sha256Final (Context, Hash)) {
      Status = EFI_ABORTED;
    }
  }

  FreePool (Context);
  if (!EFI_ERROR (Status)) {
    FindCertificate (File, &Layout, Certificate, CertificateSize);
  }

  return Status;
}
