/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The section object \Device\PhysicalMemory: opening it, mapping views of it, unmapping them. */
#include "ob.h"

#include "mm.h"
#include "model.h"
#include "vf.h"

/* DDI: nf-wdm-zwmapviewofsection: offsets and base addresses are multiples of this. */
#define ALLOCATION_GRANULARITY 0x10000ull

/* Allocation types that a view may have; MEM_COMMIT is implied. */
#define VIEW_ALLOCATION_TYPES (MEM_LARGE_PAGES | MEM_RESERVE | MEM_TOP_DOWN)

/* ZeroBits must be less. No view lies as high as the most that may be asked for would forbid. */
#define ZERO_BITS_END 21

#define SECTION_ACCESS_VALID 0x1FFFFFFFu

static const WCHAR SectionName[] = L"\\Device\\PhysicalMemory";

typedef struct {
    ULONG Protect;
    ULONG64 Flags;
    ACCESS_MASK Access;
} VIEW_PROTECTION;

/* Views are user pages, and not executable unless they ask for it. */
static const VIEW_PROTECTION Protections[] = {
    {PAGE_READONLY, PTE_USER | PTE_NO_EXECUTE, SECTION_MAP_READ},
    {PAGE_READWRITE, PTE_USER | PTE_WRITE | PTE_NO_EXECUTE, SECTION_MAP_WRITE},
    {PAGE_EXECUTE_READ, PTE_USER, SECTION_MAP_READ | SECTION_MAP_EXECUTE},
    {PAGE_EXECUTE_READWRITE, PTE_USER | PTE_WRITE, SECTION_MAP_WRITE | SECTION_MAP_EXECUTE},
};

static WCHAR Fold(WCHAR Character)
{
    return ((Character >= L'a') && (Character <= L'z')) ? Character - L'a' + L'A' : Character;
}

static BOOLEAN IsSectionName(const UNICODE_STRING *Name, BOOLEAN IgnoreCase)
{
    ULONG Length = ARRAYSIZE(SectionName) - 1;
    ULONG Index;

    if (Name->Length != Length * sizeof(WCHAR)) {
        return FALSE;
    }
    for (Index = 0; Index < Length; Index++) {
        if ((Name->Buffer[Index] != SectionName[Index]) &&
            (!IgnoreCase || (Fold(Name->Buffer[Index]) != Fold(SectionName[Index])))) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Generic rights become the section's own. */
static ACCESS_MASK MapAccess(ACCESS_MASK Access)
{
    if ((Access & (GENERIC_ALL | MAXIMUM_ALLOWED)) != 0) {
        Access |= SECTION_ALL_ACCESS;
    }
    if ((Access & GENERIC_READ) != 0) {
        Access |= SECTION_MAP_READ;
    }
    if ((Access & GENERIC_WRITE) != 0) {
        Access |= SECTION_MAP_WRITE;
    }
    return Access & SECTION_ACCESS_VALID;
}

/*
 * DDI: nf-wdm-zwopensection. PASSIVE_LEVEL. Only kernel callers may open this section (since Windows Server 2003 SP1),
 * and a driver is one. STATUS_OBJECT_NAME_NOT_FOUND for every other name: there is no other section here. A name
 * below a directory (DDI: ntdef/ns-ntdef-_object_attributes, RootDirectory) needs a handle that nobody can have here.
 */
NTSTATUS NTAPI ZwOpenSection(PHANDLE SectionHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes)
{
    const VOID *Caller = RETURN_ADDRESS();

    VfCheckZwCall(Caller);
    VfCheckZwPointer(SectionHandle, Caller);
    VfCheckZwPointer(ObjectAttributes, Caller);
    if ((ObjectAttributes == NULL) || (ObjectAttributes->Length != sizeof(*ObjectAttributes))) {
        return STATUS_INVALID_PARAMETER;
    }
    VfCheckZwString(ObjectAttributes->ObjectName, Caller);
    if (ObjectAttributes->ObjectName == NULL) {
        return STATUS_OBJECT_PATH_SYNTAX_BAD;
    }
    if (ObjectAttributes->RootDirectory != NULL) {
        return STATUS_INVALID_HANDLE;
    }
    if (!IsSectionName(ObjectAttributes->ObjectName, (ObjectAttributes->Attributes & OBJ_CASE_INSENSITIVE) != 0)) {
        return STATUS_OBJECT_NAME_NOT_FOUND;
    }
    return ObpCreateHandle(MapAccess(DesiredAccess), (ObjectAttributes->Attributes & OBJ_KERNEL_HANDLE) != 0,
                           SectionHandle);
}

static const VIEW_PROTECTION *DecodeProtect(ULONG Protect, MI_CACHE *Cache)
{
    ULONG Modifier = Protect & (PAGE_NOCACHE | PAGE_WRITECOMBINE);
    ULONG Index;

    if (Modifier == (PAGE_NOCACHE | PAGE_WRITECOMBINE)) {
        return NULL;
    }
    *Cache = MiCacheWriteBack;
    if (Modifier != 0) {
        *Cache = (Modifier == PAGE_NOCACHE) ? MiCacheUncached : MiCacheWriteCombined;
    }
    for (Index = 0; Index < ARRAYSIZE(Protections); Index++) {
        if (Protections[Index].Protect == (Protect & ~Modifier)) {
            return &Protections[Index];
        }
    }
    return NULL;
}

/*
 * Offset and size as the documentation rounds them. FALSE where the view would end behind the section, which is as long
 * as the processor's physical addresses reach: devices lie behind the last page of memory.
 */
static BOOLEAN PlaceView(ULONG64 Offset, SIZE_T Size, MI_PAGES *Pages)
{
    ULONG64 End = MiPhysicalEnd();
    ULONG64 Start = Offset & ~(ALLOCATION_GRANULARITY - 1);

    if ((Start != (Offset & ~(PAGE_SIZE - 1ull))) && ModelDecides(ModelSectionOffset)) {
        Start = Offset & ~(PAGE_SIZE - 1ull);
    }

    if (Start >= End) {
        return FALSE;
    }
    if (Size == 0) {
        Size = End - Start;
    }
    if (Size > End - Start) {
        return FALSE;
    }
    Pages->Array = NULL;
    Pages->First = Start >> PAGE_SHIFT;
    Pages->Count = BYTES_TO_PAGES(Size);
    return TRUE;
}

static NTSTATUS MapView(const OB_HANDLE *Section, ULONG64 Base, MI_PAGES *Pages, ULONG Protect, MI_MAPPING **View)
{
    MI_CACHE Cache;
    const VIEW_PROTECTION *Protection = DecodeProtect(Protect, &Cache);

    if (Protection == NULL) {
        return STATUS_INVALID_PAGE_PROTECTION;
    }
    if ((Section->Access & Protection->Access) != Protection->Access) {
        return STATUS_ACCESS_DENIED;
    }
    /* A view gets the attribute it asks for or none. */
    if (MiCacheConflicts(Pages, Cache) && !ModelDecides(ModelSectionCache)) {
        return STATUS_CONFLICTING_ADDRESSES;
    }
    *View = MiMapPages(&MiUserSpace, Base & ~(ALLOCATION_GRANULARITY - 1), Pages, Cache, Protection->Flags,
                       MiMappingView);
    if (*View == NULL) {
        return (Base != 0) ? STATUS_CONFLICTING_ADDRESSES : STATUS_INSUFFICIENT_RESOURCES;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS CheckViewArguments(HANDLE Process, ULONG_PTR ZeroBits, SECTION_INHERIT Inherit, ULONG AllocationType)
{
    if (Process != NtCurrentProcess()) {
        return STATUS_INVALID_HANDLE;
    }
    if (ZeroBits >= ZERO_BITS_END) {
        return STATUS_INVALID_PARAMETER_4;
    }
    if ((Inherit != ViewShare) && (Inherit != ViewUnmap)) {
        return STATUS_INVALID_PARAMETER_8;
    }
    if ((AllocationType & ~VIEW_ALLOCATION_TYPES) != 0) {
        return STATUS_INVALID_PARAMETER_9;
    }
    return STATUS_SUCCESS;
}

/*
 * DDI: nf-wdm-zwmapviewofsection. PASSIVE_LEVEL. The view lies in the current process's user half. The offset is
 * rounded down and the size up, and both are returned as they became.
 */
NTSTATUS NTAPI ZwMapViewOfSection(HANDLE SectionHandle, HANDLE ProcessHandle, PVOID *BaseAddress, ULONG_PTR ZeroBits,
                                  SIZE_T CommitSize, PLARGE_INTEGER SectionOffset, PSIZE_T ViewSize,
                                  SECTION_INHERIT InheritDisposition, ULONG AllocationType, ULONG Protect)
{
    const VOID *Caller = RETURN_ADDRESS();
    OB_HANDLE *Section;
    MI_PAGES Pages;
    MI_MAPPING *View;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(CommitSize);
    VfCheckZwCall(Caller);
    VfCheckZwPointer(BaseAddress, Caller);
    VfCheckZwPointer(SectionOffset, Caller);
    VfCheckZwPointer(ViewSize, Caller);
    Section = ObpReferenceHandle(SectionHandle, Caller);
    if (Section == NULL) {
        return STATUS_INVALID_HANDLE;
    }
    Status = CheckViewArguments(ProcessHandle, ZeroBits, InheritDisposition, AllocationType);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    if (!PlaceView((SectionOffset == NULL) ? 0 : (ULONG64)SectionOffset->QuadPart, *ViewSize, &Pages)) {
        return STATUS_INVALID_VIEW_SIZE;
    }
    Status = MapView(Section, (ULONG64)*BaseAddress, &Pages, Protect, &View);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    *BaseAddress = (PVOID)View->Base;
    *ViewSize = View->Pages * PAGE_SIZE;
    if (SectionOffset != NULL) {
        SectionOffset->QuadPart = (LONGLONG)(Pages.First << PAGE_SHIFT);
    }
    return STATUS_SUCCESS;
}

/*
 * DDI: nf-wdm-zwunmapviewofsection. PASSIVE_LEVEL. Any address in the view will do; STATUS_NOT_MAPPED_VIEW for one that
 * is in none, as the address of the variable that holds the base is.
 *
 * The address is a user address by nature, and is not read through. Whether Verifier counts it as the "user-mode
 * address" of 0xE3 is not documented; drivers that do this have run quietly under Verifier, so the model says no
 * unless it is told otherwise (e3-view-unmap).
 */
NTSTATUS NTAPI ZwUnmapViewOfSection(HANDLE ProcessHandle, PVOID BaseAddress)
{
    MI_MAPPING *View;

    VfCheckZwCall(RETURN_ADDRESS());
    if (VfIsEnabled(VF_SECURITY) && ((LONG64)BaseAddress > 0) && ModelDecides(ModelE3ViewUnmap)) {
        VfCheckZwPointer(BaseAddress, RETURN_ADDRESS());
    }
    if (ProcessHandle != NtCurrentProcess()) {
        return STATUS_INVALID_HANDLE;
    }
    View = MiFindMapping((ULONG64)BaseAddress);
    if ((View == NULL) || (View->Kind != MiMappingView)) {
        return STATUS_NOT_MAPPED_VIEW;
    }
    MiUnmapPages(View);
    return STATUS_SUCCESS;
}
