/** @file
  Where the parts of a PE image lie in its file.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef PE_LAYOUT_H_
#define PE_LAYOUT_H_

#include <Uefi.h>

#include <IndustryStandard/PeImage.h>

#include "Files.h"

//
// As many as the Windows loader takes ("PE Format", COFF file header, NumberOfSections).
//
#define PE_SECTIONS_MAX  96

///
/// Where the parts of the file lie that the hash treats apart. Offsets in bytes.
///
typedef struct {
  UINTN                             Checksum;
  UINTN                             SecurityEntry;    ///< 0 where the directory has no such entry.
  UINTN                             HeadersEnd;
  CONST EFI_IMAGE_SECTION_HEADER    *Sections;
  UINTN                             SectionCount;
  UINTN                             Certificates;
  UINTN                             CertificatesSize;
} PE_LAYOUT;

/**
  Whether a part of a file, given by its offset and size, is there.
**/
BOOLEAN
IsInFile (
  IN CONST LOADED_FILE  *File,
  IN UINT64             Offset,
  IN UINT64             Size
  );

/**
  Takes the layout from the headers and checks that the parts it names lie in the file. Sections are not checked.

  @retval EFI_UNSUPPORTED       This is not a PE image for x64.
  @retval EFI_VOLUME_CORRUPTED  It is one, but a header points outside the file.
**/
EFI_STATUS
ReadPeLayout (
  IN  CONST LOADED_FILE  *File,
  OUT PE_LAYOUT          *Layout
  );

#endif
