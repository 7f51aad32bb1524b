/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What the DDK headers in use here lack, with the documentation page of each: for those who call these routines, and for
 * the contract guest, which has them. Behind ntddk.h or ntifs.h.
 */
#ifndef HF_NTNEWER_H
#define HF_NTNEWER_H

/* DDI: wdm/ns-wdm-_mm_physical_address_list. NumberOfBytes and PhysicalAddress are multiples of PAGE_SIZE. */
typedef struct _MM_PHYSICAL_ADDRESS_LIST {
    PHYSICAL_ADDRESS PhysicalAddress;
    SIZE_T NumberOfBytes;
} MM_PHYSICAL_ADDRESS_LIST, *PMM_PHYSICAL_ADDRESS_LIST;

/* DDI: wdm/nf-wdm-mmallocatemdlforiospace; Windows 8. */
typedef NTSTATUS NTAPI MM_ALLOCATE_MDL_FOR_IO_SPACE(PMM_PHYSICAL_ADDRESS_LIST PhysicalAddressList,
                                                    SIZE_T NumberOfEntries, PMDL *NewMdl);

/* DDI: ntddk/ns-ntddk-_mm_copy_address. */
typedef struct _MM_COPY_ADDRESS {
    union {
        PVOID VirtualAddress;
        PHYSICAL_ADDRESS PhysicalAddress;
    };
} MM_COPY_ADDRESS, *PMMCOPY_ADDRESS;

#ifndef MM_COPY_MEMORY_PHYSICAL
#define MM_COPY_MEMORY_PHYSICAL 0x1
#define MM_COPY_MEMORY_VIRTUAL 0x2
#endif

/* DDI: ntddk/nf-ntddk-mmcopymemory; Windows 8.1. */
typedef NTSTATUS NTAPI MM_COPY_MEMORY(PVOID TargetAddress, MM_COPY_ADDRESS SourceAddress, SIZE_T NumberOfBytes,
                                      ULONG Flags, PSIZE_T NumberOfBytesTransferred);

/* DDI: ntddk/nf-ntddk-mmgetphysicalmemoryrangesex; Windows 10. PartitionObject: null for the system's own partition. */
typedef PPHYSICAL_MEMORY_RANGE NTAPI MM_GET_PHYSICAL_MEMORY_RANGES_EX(PVOID PartitionObject);

/* DDI: ntddk/nf-ntddk-mmgetphysicalmemoryrangesex2; Windows 10, version 2004. */
typedef PPHYSICAL_MEMORY_RANGE NTAPI MM_GET_PHYSICAL_MEMORY_RANGES_EX2(PVOID PartitionObject, ULONG Flags);

/* Its flags. */
#define MM_GET_PHYSICAL_MEMORY_RANGES_INCLUDE_FILE_ONLY 0x1
#define MM_GET_PHYSICAL_MEMORY_RANGES_INCLUDE_ALL_PARTITIONS 0x2

/* DDI: wdm/nf-wdm-mmmapiospaceex; Windows 10. Protect: PAGE_READONLY or PAGE_READWRITE and the like, and a cache modifier. */
typedef PVOID NTAPI MM_MAP_IO_SPACE_EX(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes, ULONG Protect);

/* DDI: wdm/nf-wdm-mmallocatemappingaddressex; Windows 10, version 2004. */
typedef PVOID NTAPI MM_ALLOCATE_MAPPING_ADDRESS_EX(SIZE_T NumberOfBytes, ULONG PoolTag, ULONG Flags);

/* Its flag: the reservation takes MDLs at any page, not only at its base. */
#ifndef MM_MAPPING_ADDRESS_DIVISIBLE
#define MM_MAPPING_ADDRESS_DIVISIBLE 0x1
#endif

/* DDI: wdm/nf-wdm-exgetfirmwareenvironmentvariable; Windows 8. */
typedef NTSTATUS NTAPI EX_GET_FIRMWARE_ENVIRONMENT_VARIABLE(PUNICODE_STRING VariableName, LPGUID VendorGuid,
                                                            PVOID Value, PULONG ValueLength, PULONG Attributes);

/* DDI: wdm/nf-wdm-mmmaplockedpagesspecifycache: bits of the priority; Windows 8. */
#ifndef MdlMappingNoWrite
#define MdlMappingNoWrite 0x80000000
#endif
#ifndef MdlMappingNoExecute
#define MdlMappingNoExecute 0x40000000
#endif

/* Exported since Windows 2000. */
NTSYSAPI NTSTATUS NTAPI ZwQuerySystemInformation(ULONG SystemInformationClass, PVOID SystemInformation,
                                                 ULONG SystemInformationLength, PULONG ReturnLength);

#endif
