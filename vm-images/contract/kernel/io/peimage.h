/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Reads PE images for x64 (Microsoft: "PE Format"). Knows no kernel, so that a host can build and fuzz it: nothing here
 * reads outside the file or outside the memory it is given, whatever the file says.
 */
#ifndef PEIMAGE_H
#define PEIMAGE_H

#include "hf_types.h"

typedef enum {
    PeSound,
    PeNotAnImage,           /* no PE image for x64 */
    PeNotADriver,           /* one, but not native, or without relocations or an entry point */
    PeMalformed,            /* a header points outside the file or the image */
    PeWritableCode,         /* a section that is writable and executable */
    PeBadChecksum,
    PeResults
} PE_RESULT;

/* The largest image that is taken. */
#define PE_IMAGE_MAX (64u * 1024 * 1024)

#define PE_SECTION_DISCARDABLE 0x02000000u
#define PE_SECTION_EXECUTE 0x20000000u
#define PE_SECTION_WRITE 0x80000000u

typedef struct {
    const HF_UINT8 *File;
    HF_SIZE FileSize;
    HF_UINT64 PreferredBase;
    HF_UINT32 ImageSize;        /* bytes, a multiple of the page size */
    HF_UINT32 HeadersSize;
    HF_UINT32 EntryPoint;       /* from the base, as all addresses below */
    HF_UINT32 SectionTable;     /* file offset */
    HF_UINT32 SectionCount;
    HF_UINT32 Imports;
    HF_UINT32 Relocations;
    HF_UINT32 RelocationsSize;
    HF_UINT32 Functions;        /* .pdata */
    HF_UINT32 FunctionsSize;
} PE_IMAGE;

typedef struct {
    HF_UINT32 Address;
    HF_UINT32 Size;             /* in memory */
    HF_UINT32 FileOffset;
    HF_UINT32 FileSize;         /* never more than Size */
    HF_UINT32 Characteristics;
} PE_SECTION;

/*
 * Resolves one import.
 *
 * Name  NUL-terminated; null for an import by ordinal.
 * Returns the address; 0 where there is none, and the walk goes on.
 */
typedef HF_UINT64 (*PE_RESOLVE)(void *Context, const char *Module, const char *Name, HF_UINT16 Ordinal);

/* Checks a file as a whole and finds its parts. Image is only to be used where the result is PeSound. */
PE_RESULT PeOpen(const void *File, HF_SIZE Size, PE_IMAGE *Image);

/* The section of that index, which is below SectionCount. */
void PeSection(const PE_IMAGE *Image, HF_UINT32 Index, PE_SECTION *Section);

/* Copies headers and sections to Memory, which holds ImageSize bytes of zeros. */
void PeLayOut(const PE_IMAGE *Image, void *Memory);

/* Relocates the image laid out at Memory for the address Base. */
PE_RESULT PeRelocate(const PE_IMAGE *Image, void *Memory, HF_UINT64 Base);

/* Resolves all imports of the image laid out at Memory. *Count becomes their number. PeMalformed where they do not end. */
PE_RESULT PeImport(const PE_IMAGE *Image, void *Memory, PE_RESOLVE Resolve, void *Context, HF_UINT32 *Count);

/* A result in a word for a frame, such as "malformed". */
const char *PeResultName(PE_RESULT Result);

#endif
