/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* DDI: wdm/nf-wdm-zwopensection, nf-wdm-zwmapviewofsection, nf-wdm-zwunmapviewofsection: what is refused, and how. */
#include "violation.h"

/* Bases and offsets are multiples of it. */
#define GRANULARITY 0x10000ull

/* No handle that anybody has got. */
#define NO_HANDLE ((HANDLE)(ULONG_PTR)0x7FF4)

/* The arguments of ZwMapViewOfSection, but for those that are the same each time. */
typedef struct {
    HANDLE Section;
    HANDLE Process;
    PVOID Base;
    ULONG_PTR ZeroBits;
    ULONGLONG Offset;
    SIZE_T Size;
    SECTION_INHERIT Inherit;
    ULONG Type;
    ULONG Protect;
} VIEW;

static NTSTATUS Open(PCWSTR Name, ULONG Flags, HANDLE Root, ACCESS_MASK Access, PHANDLE Section)
{
    UNICODE_STRING String;
    OBJECT_ATTRIBUTES Attributes;

    RtlInitUnicodeString(&String, Name);
    InitializeObjectAttributes(&Attributes, &String, OBJ_KERNEL_HANDLE | Flags, Root, NULL);
    return ZwOpenSection(Section, Access, &Attributes);
}

static VOID SayOpen(const char *Name, PCWSTR Object, ULONG Flags, HANDLE Root)
{
    HANDLE Section;
    NTSTATUS Status = Open(Object, Flags, Root, SECTION_MAP_READ, &Section);

    Say(Name, (ULONG)Status);
    if (NT_SUCCESS(Status)) {
        (VOID)ZwClose(Section);
    }
}

static VOID OpenSections(BOOLEAN Properly)
{
    OBJECT_ATTRIBUTES Attributes;
    HANDLE Section;

    UNREFERENCED_PARAMETER(Properly);
    SayOpen("exact", SECTION_NAME, 0, NULL);
    SayOpen("other-case", L"\\device\\physicalmemory", OBJ_CASE_INSENSITIVE, NULL);
    SayOpen("other-case-exactly", L"\\device\\physicalmemory", 0, NULL);
    SayOpen("other-name", L"\\Device\\PhysicalMemorx", 0, NULL);
    SayOpen("longer-name", SECTION_NAME L"2", 0, NULL);
    SayOpen("empty-name", L"", 0, NULL);
    SayOpen("below-a-directory", L"PhysicalMemory", 0, NO_HANDLE);
    InitializeObjectAttributes(&Attributes, NULL, OBJ_KERNEL_HANDLE, NULL, NULL);
    Say("no-name", (ULONG)ZwOpenSection(&Section, SECTION_MAP_READ, &Attributes));
    Say("close-of-nothing", (ULONG)ZwClose(NO_HANDLE));
}

static NTSTATUS Map(VIEW *View)
{
    LARGE_INTEGER Offset = {.QuadPart = (LONGLONG)View->Offset};

    return ZwMapViewOfSection(View->Section, View->Process, &View->Base, View->ZeroBits, 0, &Offset, &View->Size, View->Inherit,
                              View->Type, View->Protect);
}

static VOID SayMap(const char *Name, VIEW View)
{
    NTSTATUS Status = Map(&View);

    Say(Name, (ULONG)Status);
    if (NT_SUCCESS(Status)) {
        (VOID)ZwUnmapViewOfSection(ZwCurrentProcess(), View.Base);
    }
}

/* A view of the block as it should be, with what a caller changes in it. */
#define SAY_MAP(Name, ...) \
    do { \
        VIEW Changed = Usual; \
        __VA_ARGS__; \
        SayMap(Name, Changed); \
    } while (0)

static VOID MapViews(BOOLEAN Properly)
{
    HANDLE ReadOnly;
    VIEW Usual = {NULL, ZwCurrentProcess(), NULL, 0, (ULONGLONG)BlockAddress().QuadPart, PAGE_SIZE, ViewUnmap, 0, PAGE_READWRITE};
    VIEW Taken;

    UNREFERENCED_PARAMETER(Properly);
    (VOID)Open(SECTION_NAME, 0, NULL, SECTION_MAP_READ, &ReadOnly);
    (VOID)Open(SECTION_NAME, 0, NULL, SECTION_MAP_READ | SECTION_MAP_WRITE, &Usual.Section);
    SAY_MAP("usual", (VOID)0);
    SAY_MAP("no-handle", Changed.Section = NO_HANDLE);
    SAY_MAP("other-process", Changed.Process = NO_HANDLE);
    SAY_MAP("read-of-read-only", Changed.Section = ReadOnly, Changed.Protect = PAGE_READONLY);
    SAY_MAP("write-of-read-only", Changed.Section = ReadOnly);
    SAY_MAP("execute-of-read-write", Changed.Protect = PAGE_EXECUTE_READ);
    SAY_MAP("no-protection", Changed.Protect = 0);
    SAY_MAP("two-protections", Changed.Protect = PAGE_READONLY | PAGE_READWRITE);
    SAY_MAP("two-modifiers", Changed.Protect = PAGE_READWRITE | PAGE_NOCACHE | PAGE_WRITECOMBINE);
    SAY_MAP("no-inheritance", Changed.Inherit = 0);
    SAY_MAP("committed", Changed.Type = MEM_COMMIT);
    SAY_MAP("zero-bits-20", Changed.ZeroBits = 20);
    SAY_MAP("zero-bits-21", Changed.ZeroBits = 21);
    SAY_MAP("device", Changed.Offset = DEVICE_ADDRESS, Changed.Protect |= PAGE_NOCACHE);
    SAY_MAP("offset-behind-the-end", Changed.Offset = UNADDRESSABLE);
    SAY_MAP("size-behind-the-end", Changed.Size = UNADDRESSABLE);
    SAY_MAP("all-of-it", Changed.Size = 0);
    Taken = Usual;
    Say("first", (ULONG)Map(&Taken));
    SAY_MAP("where-one-is", Changed.Base = Taken.Base);
    SAY_MAP("inside-one", Changed.Base = (PUCHAR)Taken.Base + PAGE_SIZE);
    SAY_MAP("behind-one", Changed.Base = (PUCHAR)Taken.Base + GRANULARITY);
    (VOID)ZwUnmapViewOfSection(ZwCurrentProcess(), Taken.Base);
    (VOID)ZwClose(Usual.Section);
    (VOID)ZwClose(ReadOnly);
    SAY_MAP("closed", (VOID)0);
}

static VOID SayUnmap(const char *Name, HANDLE Process, PVOID Address)
{
    Say(Name, (ULONG)ZwUnmapViewOfSection(Process, Address));
}

static VOID UnmapViews(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(PAGE_SIZE);
    VIEW View = {NULL, ZwCurrentProcess(), NULL, 0, (ULONGLONG)BlockAddress().QuadPart, 2 * PAGE_SIZE, ViewUnmap, 0, PAGE_READONLY};
    PVOID User = MmMapLockedPagesSpecifyCache(Described.Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);

    UNREFERENCED_PARAMETER(Properly);
    (VOID)Open(SECTION_NAME, 0, NULL, SECTION_MAP_READ, &View.Section);
    (VOID)Map(&View);
    (VOID)ZwClose(View.Section);
    SayUnmap("null", ZwCurrentProcess(), NULL);
    SayUnmap("before-it", ZwCurrentProcess(), (PUCHAR)View.Base - 1);
    SayUnmap("behind-it", ZwCurrentProcess(), (PUCHAR)View.Base + 2 * PAGE_SIZE);
    SayUnmap("its-variable", ZwCurrentProcess(), &View.Base);
    SayUnmap("mdls-mapping", ZwCurrentProcess(), User);
    SayUnmap("other-process", NO_HANDLE, View.Base);
    Say("valid-still", MmIsAddressValid(View.Base));
    SayUnmap("inside-it", ZwCurrentProcess(), (PUCHAR)View.Base + PAGE_SIZE + 1);
    Say("valid-after", MmIsAddressValid(View.Base));
    SayUnmap("again", ZwCurrentProcess(), View.Base);
    MmUnmapLockedPages(User, Described.Mdl);
    MmUnlockPages(Described.Mdl);
    Forget(&Described);
}

const VIOLATION gViewUses[] = {
    {"use-open-section", OpenSections},
    {"use-map-view", MapViews},
    {"use-unmap-view", UnmapViews},
    {NULL, NULL},
};
