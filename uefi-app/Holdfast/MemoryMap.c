/** @file
  The firmware's memory map, as frames.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "MemoryMap.h"

#include <Library/MemoryAllocationLib.h>
#include <Library/UefiBootServicesTableLib.h>

#include "Report.h"

//
// The pool allocation that takes the map may itself split a descriptor or two.
//
#define SPARE_DESCRIPTORS  4

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
  Says one descriptor.

  @param[in]  Descriptor  The descriptor.
  @param[in]  Index       Its place in the map.
**/
STATIC
VOID
ReportDescriptor (
  IN CONST EFI_MEMORY_DESCRIPTOR  *Descriptor,
  IN UINTN                        Index
  )
{
  HF_FRAME  Frame;

  HfFrameBegin (&gChannel, &Frame, "uefi.map");
  HfFrameCount (&Frame, "i", Index);
  HfFrameHex (&Frame, "type", Descriptor->Type);
  HfFrameHex (&Frame, "at", Descriptor->PhysicalStart);
  HfFrameCount (&Frame, "pages", Descriptor->NumberOfPages);
  HfFrameHex (&Frame, "attr", Descriptor->Attribute);
  HfFrameSend (&gChannel, &Frame);
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
    for (Index = 0; Index < Count; Index++) {
      ReportDescriptor ((EFI_MEMORY_DESCRIPTOR *)((UINT8 *)Map + Index * DescriptorSize), Index);
    }

    FreePool (Map);
  }

  HfFrameBegin (&gChannel, &Frame, "uefi.map-end");
  HfFrameCount (&Frame, "count", Count);
  HfFrameHex (&Frame, "status", Status);
  HfFrameSend (&gChannel, &Frame);
}
