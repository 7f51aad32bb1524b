/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A UEFI application without a development kit: it keeps a word in a page at a fixed address, waits for a key, and says
 * whether the word is still there. Of the tables it declares what it uses (UEFI 2.10, sections 4.3, 7.2, 12.3 and 12.4).
 */
typedef unsigned long long UINT64;
typedef unsigned short CHAR16;
typedef UINT64 EFI_STATUS;

typedef struct {
    unsigned short ScanCode;
    CHAR16 UnicodeChar;
} EFI_INPUT_KEY;

typedef struct EFI_INPUT {
    void *Reset;
    EFI_STATUS (*ReadKeyStroke)(struct EFI_INPUT *This, EFI_INPUT_KEY *Key);
} EFI_INPUT;

typedef struct EFI_OUTPUT {
    void *Reset;
    EFI_STATUS (*OutputString)(struct EFI_OUTPUT *This, const CHAR16 *String);
} EFI_OUTPUT;

typedef struct {
    char Header[24];
    void *RaiseTpl;
    void *RestoreTpl;
    EFI_STATUS (*AllocatePages)(int Type, int MemoryType, UINT64 Pages, UINT64 *Memory);
} EFI_BOOT_SERVICES;

typedef struct {
    char Header[24];
    void *FirmwareVendor;
    UINT64 FirmwareRevision;
    void *ConsoleInHandle;
    EFI_INPUT *ConIn;
    void *ConsoleOutHandle;
    EFI_OUTPUT *ConOut;
    void *StandardErrorHandle;
    void *StdErr;
    void *RuntimeServices;
    EFI_BOOT_SERVICES *BootServices;
} EFI_SYSTEM_TABLE;

enum { ALLOCATE_ADDRESS = 2, EFI_RESERVED_MEMORY_TYPE = 0 };

static const char Word[] = "a word of mine";

EFI_STATUS efi_main(void *Image, EFI_SYSTEM_TABLE *System)
{
    UINT64 Memory = 0x200000;
    volatile char *Kept = (volatile char *)Memory;
    EFI_INPUT_KEY Key;
    unsigned Index;

    (void)Image;
    if (System->BootServices->AllocatePages(ALLOCATE_ADDRESS, EFI_RESERVED_MEMORY_TYPE, 1, &Memory) != 0) {
        System->ConOut->OutputString(System->ConOut, L"the page is taken\r\n");
        return 1;
    }
    for (Index = 0; Index < sizeof(Word); Index++) {
        Kept[Index] = Word[Index];
    }
    System->ConOut->OutputString(System->ConOut, L"kept at 0x200000; press a key\r\n");
    while (System->ConIn->ReadKeyStroke(System->ConIn, &Key) != 0) {
    }
    for (Index = 0; (Index < sizeof(Word)) && (Kept[Index] == Word[Index]); Index++) {
    }
    System->ConOut->OutputString(System->ConOut, (Index == sizeof(Word)) ? L"it is still there\r\n" : L"it is gone\r\n");
    for (;;) {
    }
}
