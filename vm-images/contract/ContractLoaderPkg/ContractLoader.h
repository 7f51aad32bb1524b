/** @file
  What the parts of the contract guest's loader know of each other.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef CONTRACT_LOADER_H_
#define CONTRACT_LOADER_H_

#include <Uefi.h>

#include <Library/BaseLib.h>
#include <Library/BaseMemoryLib.h>
#include <Library/MemoryAllocationLib.h>
#include <Library/UefiBootServicesTableLib.h>

#include <IndustryStandard/PeImage.h>

#include "hf_frame.h"
#include "hf_plan.h"
#include "LoaderBlock.h"

///
/// The statuses that the guest reports, from ntstatus.h.
///
#define NT_STATUS_SUCCESS               0x00000000
#define NT_STATUS_INVALID_IMAGE_FORMAT  0xC000007B
#define NT_STATUS_INVALID_IMAGE_HASH    0xC0000428

///
/// A file in boot services pool.
///
typedef struct {
  UINT8    *Data;
  UINTN    Size;
} LOADED_FILE;

///
/// What the loader reads before it can plan the arena.
///
typedef struct {
  LOADED_FILE    Kernel;
  LOADED_FILE    Driver;
  LOADED_FILE    Trusted;
} LOADER_INPUT;

///
/// The kernel as laid out for its virtual address.
///
typedef struct {
  UINT64    EntryPoint;    ///< Virtual.
  UINT64    Base;          ///< Physical.
  UINT64    Size;          ///< In bytes, a multiple of the page size.
} KERNEL_IMAGE;

///
/// The pages that the kernel keeps. Taken in one piece so that it can tell them from all others.
///
typedef struct {
  EFI_PHYSICAL_ADDRESS    Base;
  UINTN                   Pages;
  UINTN                   UsedPages;
} ARENA;

///
/// Page tables under construction, taken from the arena.
///
typedef struct {
  UINT64    *Root;
  UINT8     *Next;
  UINTN     FreePages;
} PAGE_TABLES;

///
/// What the kernel is entered with.
///
typedef struct {
  LOADER_BLOCK    *Block;
  KERNEL_IMAGE    Kernel;
  PAGE_TABLES     Tables;
  UINT64          StackTop;    ///< Virtual.
} KERNEL_WORLD;

typedef struct {
  UINT32         Status;    ///< NTSTATUS.
  CONST CHAR8    *Reason;   ///< One word for the frame.
} SIGNATURE_VERDICT;

//
// Channel.c
//

/**
  Begins a frame of source "guest".
**/
VOID
BeginFrame (
  OUT HF_FRAME     *Frame,
  IN  CONST CHAR8  *Event
  );

/**
  Sends a frame and counts it.
**/
VOID
SendFrame (
  IN OUT HF_FRAME  *Frame
  );

/**
  The number that the next frame will have: where the kernel goes on.
**/
UINT32
NextFrameNumber (
  VOID
  );

/**
  Says guest.fatal and guest.end, waits for the harness and leaves the machine.

  @param[in] Nonce   The plan's nonce, NULL where no plan was readable.
  @param[in] Reason  A word.
  @param[in] Detail  What it was about, NULL for nothing.
  @param[in] Status  NTSTATUS or EFI_STATUS.

  @return EFI_ABORTED, on a machine without isa-debug-exit.
**/
EFI_STATUS
EndFatally (
  IN CONST UINT8  *Nonce   OPTIONAL,
  IN CONST CHAR8  *Reason,
  IN CONST CHAR8  *Detail  OPTIONAL,
  IN UINT64       Status
  );

//
// Files.c
//

/**
  Reads a file that lies in the folder this application was loaded from.

  @param[in]  ImageHandle  This application.
  @param[in]  Name         The file's name, without a folder.
  @param[out] File         The contents; the caller frees Data.
**/
EFI_STATUS
ReadSiblingFile (
  IN  EFI_HANDLE    ImageHandle,
  IN  CONST CHAR16  *Name,
  OUT LOADED_FILE   *File
  );

/**
  Reads a file by its path on the file system this application was loaded from.

  @param[in]  ImageHandle  This application.
  @param[in]  Path         ASCII, with backslashes.
  @param[out] File         The contents; the caller frees Data.
**/
EFI_STATUS
ReadFileByPath (
  IN  EFI_HANDLE   ImageHandle,
  IN  CONST CHAR8  *Path,
  OUT LOADED_FILE  *File
  );

//
// PeLayout.c
//

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

//
// ImageHash.c
//

#define IMAGE_HASH_SIZE  32

/**
  Computes the Authenticode hash of an x64 PE image and finds its attribute certificate.

  @param[in]  File             The image, untrusted.
  @param[out] Hash             SHA-256.
  @param[out] Certificate      The first PKCS #7 certificate; NULL where the image has none.
  @param[out] CertificateSize  In bytes.

  @retval EFI_SUCCESS       The hash was computed.
  @retval EFI_UNSUPPORTED   This is not a PE image for x64.
  @retval EFI_VOLUME_CORRUPTED  It is one, but a header points outside the file.
**/
EFI_STATUS
HashPeImage (
  IN  CONST LOADED_FILE  *File,
  OUT UINT8              Hash[IMAGE_HASH_SIZE],
  OUT CONST UINT8        **Certificate,
  OUT UINTN              *CertificateSize
  );

//
// Pkcs7Digest.c
//

/**
  Finds the image digest that an Authenticode signature carries.

  AuthenticodeVerify trusts the structure that this function walks, so a signature it refuses must not be handed over.

  @param[in]  Data        The PKCS #7 message, DER, untrusted.
  @param[in]  Size        In bytes.
  @param[out] Digest      Points into Data.
  @param[out] DigestSize  In bytes.

  @retval TRUE   The message is signed data over a SpcIndirectDataContent.
  @retval FALSE  It is not.
**/
BOOLEAN
FindSignedDigest (
  IN  CONST UINT8  *Data,
  IN  UINTN        Size,
  OUT CONST UINT8  **Digest,
  OUT UINTN        *DigestSize
  );

//
// Authenticode.c
//

/**
  Checks a driver's embedded signature against the one certificate that this machine trusts.

  @param[in]  Driver   The image, untrusted.
  @param[in]  Trusted  The certificate, DER.
  @param[out] Verdict  What a kernel would say.

  @retval TRUE   Verdict is set.
  @retval FALSE  This is not a PE image.
**/
BOOLEAN
CheckDriverSignature (
  IN  CONST LOADED_FILE  *Driver,
  IN  CONST LOADED_FILE  *Trusted,
  OUT SIGNATURE_VERDICT  *Verdict
  );

//
// Arena.c
//

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

//
// KernelImage.c
//

/**
  Tells how many pages the kernel takes once it is loaded.
**/
EFI_STATUS
GetKernelPages (
  IN  LOADED_FILE  *File,
  OUT UINTN        *Pages
  );

/**
  Loads the kernel into the arena, relocated to KERNEL_IMAGE_BASE.
**/
EFI_STATUS
LoadKernelImage (
  IN     LOADED_FILE   *File,
  IN OUT ARENA         *Arena,
  OUT    KERNEL_IMAGE  *Kernel
  );

/**
  Maps the kernel's headers and sections with the protection that each section asks for.

  @retval EFI_SECURITY_VIOLATION  A section would be writable and executable.
**/
EFI_STATUS
MapKernelImage (
  IN     CONST KERNEL_IMAGE  *Kernel,
  IN OUT PAGE_TABLES         *Tables
  );

//
// PageTables.c
//

#define PAGE_PRESENT     BIT0
#define PAGE_WRITE       BIT1
#define PAGE_LARGE       BIT7
#define PAGE_NO_EXECUTE  BIT63

/**
  An upper bound of the tables that the kernel's address space takes.

  @param[in] RamTop       The end of RAM.
  @param[in] KernelPages  Pages of the kernel's image.
**/
UINTN
CountPageTables (
  IN UINT64  RamTop,
  IN UINTN   KernelPages
  );

/**
  Maps one 4 KiB page.
**/
EFI_STATUS
MapPage (
  IN OUT PAGE_TABLES  *Tables,
  IN     UINT64       VirtualAddress,
  IN     UINT64       PhysicalAddress,
  IN     UINT64       Flags
  );

/**
  Maps one 2 MiB page; mapping it twice is no error.
**/
EFI_STATUS
MapLargePage (
  IN OUT PAGE_TABLES  *Tables,
  IN     UINT64       VirtualAddress,
  IN     UINT64       PhysicalAddress,
  IN     UINT64       Flags
  );

/**
  The end of the RAM that a memory map describes.
**/
UINT64
FindRamTop (
  IN CONST VOID  *MemoryMap,
  IN UINTN       MapSize,
  IN UINTN       DescriptorSize
  );

/**
  Maps all RAM at PHYSICAL_MAP_BASE, writable and not executable.
**/
EFI_STATUS
MapRam (
  IN OUT PAGE_TABLES  *Tables,
  IN     CONST VOID   *MemoryMap,
  IN     UINTN        MapSize,
  IN     UINTN        DescriptorSize
  );

//
// BootKernel.c
//

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

//
// Handover.c
//

/**
  Leaves boot services and enters the kernel.

  @param[in]     ImageHandle  This application.
  @param[in,out] Block        In the arena; completed with the final memory map.
  @param[in]     MapCapacity  Bytes at Block->MemoryMap.
  @param[in]     EntryPoint   The kernel's, virtual.
  @param[in]     StackTop     Virtual.

  @return Why boot services could not be left; otherwise this does not return.
**/
EFI_STATUS
EnterKernel (
  IN     EFI_HANDLE    ImageHandle,
  IN OUT LOADER_BLOCK  *Block,
  IN     UINTN         MapCapacity,
  IN     UINT64        EntryPoint,
  IN     UINT64        StackTop
  );

VOID
EFIAPI
SwitchToKernel (
  IN UINT64  PageTableRoot,
  IN UINT64  StackTop,
  IN UINT64  EntryPoint,
  IN UINT64  LoaderBlock
  );

#endif
