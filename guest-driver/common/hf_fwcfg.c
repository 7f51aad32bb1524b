/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hf_fwcfg.h"

#include "hf_os.h"

#define PORT_SELECTOR 0x510u
#define PORT_DATA 0x511u

#define KEY_SIGNATURE 0x0000u
#define KEY_FILE_DIRECTORY 0x0019u

#define FILE_NAME_SIZE 56u

/* QEMU itself keeps at most this many files by default; a device that claims more is none. */
#define FILES_MAX 4096u

typedef struct {
    HF_UINT32 Size;
    HF_UINT16 Selector;
    char Name[FILE_NAME_SIZE];
} FWCFG_FILE;

static void Select(HF_UINT16 Key)
{
    HfOsPortWrite16(PORT_SELECTOR, Key);
}

static void ReadBytes(void *Buffer, HF_SIZE Size)
{
    HF_UINT8 *Byte = Buffer;

    while (Size-- != 0) {
        *Byte++ = HfOsPortRead8(PORT_DATA);
    }
}

/* The directory's numbers are big-endian. */
static HF_UINT32 ReadBigEndian(HF_UINT32 Bytes)
{
    HF_UINT32 Value = 0;

    while (Bytes-- != 0) {
        Value = (Value << 8) | HfOsPortRead8(PORT_DATA);
    }
    return Value;
}

static HF_BOOL DevicePresent(void)
{
    char Signature[4];

    Select(KEY_SIGNATURE);
    ReadBytes(Signature, sizeof(Signature));
    return (Signature[0] == 'Q') && (Signature[1] == 'E') && (Signature[2] == 'M') && (Signature[3] == 'U');
}

static void ReadEntry(FWCFG_FILE *File)
{
    File->Size = ReadBigEndian(4);
    File->Selector = (HF_UINT16)ReadBigEndian(2);
    (void)ReadBigEndian(2);
    ReadBytes(File->Name, FILE_NAME_SIZE);
    File->Name[FILE_NAME_SIZE - 1] = '\0';
}

static HF_BOOL SameName(const char *Left, const char *Right)
{
    while ((*Left != '\0') && (*Left == *Right)) {
        Left++;
        Right++;
    }
    return *Left == *Right;
}

static HF_BOOL FindFile(const char *Name, FWCFG_FILE *File)
{
    HF_UINT32 Count;

    Select(KEY_FILE_DIRECTORY);
    Count = ReadBigEndian(4);
    if (Count > FILES_MAX) {
        return HF_FALSE;
    }
    while (Count-- != 0) {
        ReadEntry(File);
        if (SameName(File->Name, Name)) {
            return HF_TRUE;
        }
    }
    return HF_FALSE;
}

HF_FWCFG_RESULT HfFwCfgFind(const char *Name, HF_UINT16 *Selector, HF_SIZE *Size)
{
    FWCFG_FILE File;

    if (!DevicePresent()) {
        return HfFwCfgNoDevice;
    }
    if (!FindFile(Name, &File)) {
        return HfFwCfgNoFile;
    }
    *Selector = File.Selector;
    *Size = File.Size;
    return HfFwCfgFound;
}

HF_FWCFG_RESULT HfFwCfgRead(const char *Name, void *Buffer, HF_SIZE Capacity, HF_SIZE *Size)
{
    HF_UINT16 Selector;
    HF_FWCFG_RESULT Result = HfFwCfgFind(Name, &Selector, Size);

    if (Result != HfFwCfgFound) {
        return Result;
    }
    if (*Size > Capacity) {
        return HfFwCfgTooLarge;
    }
    Select(Selector);
    ReadBytes(Buffer, *Size);
    return HfFwCfgFound;
}
