/** @file
  The kernel's world: prepared before there is a plan, entered with one.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef BOOT_KERNEL_H_
#define BOOT_KERNEL_H_

#include "Files.h"
#include "KernelImage.h"
#include "LoaderBlock.h"
#include "PageTables.h"
#include "hf_plan.h"

///
/// What the loader reads before it can plan the arena.
///
typedef struct {
  LOADED_FILE    Kernel;
  LOADED_FILE    Driver;
  LOADED_FILE    Trusted;
} LOADER_INPUT;

///
/// What the kernel is entered with.
///
typedef struct {
  LOADER_BLOCK    *Block;
  KERNEL_IMAGE    Kernel;
  PAGE_TABLES     Tables;
  UINT64          StackTop;    ///< Virtual.
} KERNEL_WORLD;

/**
  Lays out the kernel's world as far as it can be known before the block is reserved.

  @param[in]  Input  What was read.
  @param[out] World  The kernel, loaded and mapped; RAM is not mapped yet.

  @return EFI_SUCCESS, or why that was not possible.
**/
EFI_STATUS
PrepareKernel (
  IN  LOADER_INPUT  *Input,
  OUT KERNEL_WORLD  *World
  );

/**
  Completes the kernel's world and enters it.

  @param[in]     ImageHandle      This application.
  @param[in,out] World            As prepared.
  @param[in]     Plan             The plan.
  @param[in]     SignatureStatus  NTSTATUS.

  @return Why that was not possible.
**/
EFI_STATUS
BootKernel (
  IN     EFI_HANDLE     ImageHandle,
  IN OUT KERNEL_WORLD   *World,
  IN     CONST HF_PLAN  *Plan,
  IN     UINT32         SignatureStatus
  );

#endif
