/** @file
  The firmware's memory map, as frames.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "MemoryMap.h"

#include <Library/MemoryAllocationLib.h>
#include <Library/PrintLib.h>
#include <Library/UefiBootServicesTableLib.h>

#include "Report.h"

//
// The pool allocation that takes the map may itself split a descriptor or two.
//
#define SPARE_DESCRIPTORS  4

//
// Bytes of a frame's text for descriptors, and of the longest of them: a comma, two 32-bit or 64-bit numbers in decimal,
// two in hexadecimal, three colons and a NUL.
//
#define ENTRIES_TEXT_MAX  900
#define ENTRY_TEXT_MAX    (1 + 10 + 20 + 18 + 18 + 3 + 1)

/**
  Takes the memory map.

  @param[out]  Map             The descriptors; the caller frees them with FreePool.
  @param[out]  MapSize         Bytes of them all.
  @param[out]  DescriptorSize  Bytes from one to the next.

  @retval EFI_SUCCESS           Map is valid.
  @retval EFI_OUT_OF_RESOURCES  There was no memory to take it.
  @return                       What GetMemoryMap returned.
**/
STATIC
EFI_STATUS
GetMap (
  OUT EFI_MEMORY_DESCRIPTOR  **Map,
  OUT UINTN                  *MapSize,
  OUT UINTN                  *DescriptorSize
  )
{
  EFI_STATUS  Status;
  UINTN       Key;
  UINT32      Version;

  *MapSize = 0;
  Status   = gBS->GetMemoryMap (MapSize, NULL, &Key, DescriptorSize, &Version);
  if (Status != EFI_BUFFER_TOO_SMALL) {
    return EFI_ERROR (Status) ? Status : EFI_NOT_FOUND;
  }

  *MapSize += SPARE_DESCRIPTORS * *DescriptorSize;
  *Map      = AllocatePool (*MapSize);
  if (*Map == NULL) {
    return EFI_OUT_OF_RESOURCES;
  }

  Status = gBS->GetMemoryMap (MapSize, *Map, &Key, DescriptorSize, &Version);
  if (EFI_ERROR (Status)) {
    FreePool (*Map);
  }

  return Status;
}

/**
  Writes one descriptor as "type:start:pages:attribute". What follows from the descriptor before it in the same frame, a
  start where that one ended and an attribute that is the same, is left empty.

  @param[out]  Text        The text, NUL-terminated.
  @param[in]   Size        Bytes of room.
  @param[in]   Descriptor  The descriptor.
  @param[in]   Before      The one before it in the frame, or NULL.

  @return  Bytes written, without the NUL.
**/
STATIC
UINTN
WriteDescriptor (
  OUT CHAR8                        *Text,
  IN  UINTN                        Size,
  IN  CONST EFI_MEMORY_DESCRIPTOR  *Descriptor,
  IN  CONST EFI_MEMORY_DESCRIPTOR  *Before OPTIONAL
  )
{
  BOOLEAN  Adjoins;
  UINTN    Length;

  Adjoins = (BOOLEAN)((Before != NULL) &&
                      (Descriptor->PhysicalStart == Before->PhysicalStart + EFI_PAGES_TO_SIZE (Before->NumberOfPages)));
  Length  = Adjoins ?
            AsciiSPrint (Text, Size, ",%u::%lu:", Descriptor->Type, Descriptor->NumberOfPages) :
            AsciiSPrint (
              Text,
              Size,
              "%a%u:0x%lX:%lu:",
              (Before == NULL) ? "" : ",",
              Descriptor->Type,
              Descriptor->PhysicalStart,
              Descriptor->NumberOfPages
              );
  if ((Before == NULL) || (Descriptor->Attribute != Before->Attribute)) {
    Length += AsciiSPrint (Text + Length, Size - Length, "0x%lX", Descriptor->Attribute);
  }

  return Length;
}

/**
  Says as many descriptors as fit into one frame: each byte costs a write to the serial port.

  @param[in]  Map             The descriptors.
  @param[in]  DescriptorSize  Bytes from one to the next.
  @param[in]  First           Index of the first to say.
  @param[in]  Count           How many there are in all.

  @return  Index of the first descriptor that was not said.
**/
STATIC
UINTN
ReportDescriptors (
  IN CONST UINT8  *Map,
  IN UINTN        DescriptorSize,
  IN UINTN        First,
  IN UINTN        Count
  )
{
  CONST EFI_MEMORY_DESCRIPTOR  *Descriptor;
  CONST EFI_MEMORY_DESCRIPTOR  *Before;
  HF_FRAME                     Frame;
  CHAR8                        Text[ENTRIES_TEXT_MAX];
  UINTN                        Length;
  UINTN                        Index;

  Length = 0;
  Before = NULL;
  for (Index = First; (Index < Count) && (sizeof (Text) - Length > ENTRY_TEXT_MAX); Index++) {
    Descriptor = (CONST EFI_MEMORY_DESCRIPTOR *)(Map + Index * DescriptorSize);
    Length    += WriteDescriptor (Text + Length, sizeof (Text) - Length, Descriptor, Before);
    Before     = Descriptor;
  }

  ReportBegin (&Frame, "uefi.map");
  HfFrameCount (&Frame, "i", First);
  HfFrameText (&Frame, "entries", Text);
  ReportSend (&Frame);
  return Index;
}

VOID
ReportMemoryMap (
  VOID
  )
{
  EFI_MEMORY_DESCRIPTOR  *Map;
  EFI_STATUS             Status;
  UINTN                  MapSize;
  UINTN                  DescriptorSize;
  UINTN                  Count;
  UINTN                  Index;
  HF_FRAME               Frame;

  Count  = 0;
  Status = GetMap (&Map, &MapSize, &DescriptorSize);
  if (!EFI_ERROR (Status)) {
    Count = MapSize / DescriptorSize;
    Index = 0;
    while (Index < Count) {
      Index = ReportDescriptors ((UINT8 *)Map, DescriptorSize, Index, Count);
    }

    FreePool (Map);
  }

  ReportBegin (&Frame, "uefi.map-end");
  HfFrameCount (&Frame, "count", Count);
  HfFrameHex (&Frame, "status", Status);
  ReportSend (&Frame);
}
