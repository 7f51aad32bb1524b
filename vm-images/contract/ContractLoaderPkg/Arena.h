/** @file
  The pages that survive the hand-over.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef ARENA_H_
#define ARENA_H_

#include <Uefi.h>

///
/// The pages that the kernel keeps. Taken in one piece so that it can tell them from all others.
///
typedef struct {
  EFI_PHYSICAL_ADDRESS    Base;
  UINTN                   Pages;
  UINTN                   UsedPages;
} ARENA;

/**
  Takes the arena, zeroed.
**/
EFI_STATUS
AllocateArena (
  IN  UINTN  Pages,
  OUT ARENA  *Arena
  );

/**
  Takes zeroed pages from the arena.

  @return Their address, 0 where the arena is used up.
**/
EFI_PHYSICAL_ADDRESS
TakePages (
  IN OUT ARENA  *Arena,
  IN     UINTN  Pages
  );

/**
  Copies a buffer into pages of the arena.

  @return Its address, 0 where the arena is used up.
**/
EFI_PHYSICAL_ADDRESS
CopyToArena (
  IN OUT ARENA       *Arena,
  IN     CONST VOID  *Data,
  IN     UINTN       Size
  );

#endif
