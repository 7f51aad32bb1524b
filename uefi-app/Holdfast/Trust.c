/** @file
  A certificate that the guest is to trust.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Trust.h"

#include <Guid/ImageAuthentication.h>

#include <Library/BaseMemoryLib.h>
#include <Library/MemoryAllocationLib.h>
#include <Library/UefiRuntimeServicesTableLib.h>

#include "Files.h"
#include "Report.h"
#include "hf_place.h"

//
// shim's vendor GUID (linux: include/linux/efi.h, EFI_SHIM_LOCK_GUID).
//
#define SHIM_LOCK_GUID \
  { 0x605dab50, 0xe046, 0x4300, { 0xab, 0xb6, 0x3d, 0xd8, 0x10, 0xdd, 0x8b, 0x23 } }

#define CERTIFICATE_MAX  SIZE_8KB

//
// What SetVariable takes for an authenticated variable begins with this (UEFI specification, 8.2.2). Nobody checks the
// signature, which is empty, as long as there is no platform key.
//
#define AUTHENTICATION_SIZE  OFFSET_OF (EFI_VARIABLE_AUTHENTICATION_2, AuthInfo.CertData)

//
// A day that a certificate can be added at: only the order of two such days matters.
//
#define AUTHENTICATION_YEAR  2026

/**
  Writes the authentication and, behind it, a signature list of one certificate.

  @param[out]  Payload      AUTHENTICATION_SIZE bytes and the list's, all zero.
  @param[in]   Certificate  The certificate, DER.
  @param[in]   Size         Bytes of it.

  @return  Bytes of the list.
**/
STATIC
UINTN
FillPayload (
  OUT UINT8       *Payload,
  IN  CONST VOID  *Certificate,
  IN  UINTN       Size
  )
{
  STATIC CONST EFI_GUID          Owner = HF_PLACE_VENDOR;
  EFI_VARIABLE_AUTHENTICATION_2  *Authentication;
  EFI_SIGNATURE_LIST             *List;
  EFI_SIGNATURE_DATA             *Data;

  Authentication                                = (EFI_VARIABLE_AUTHENTICATION_2 *)Payload;
  Authentication->TimeStamp.Year                = AUTHENTICATION_YEAR;
  Authentication->TimeStamp.Month               = 1;
  Authentication->TimeStamp.Day                 = 1;
  Authentication->AuthInfo.Hdr.dwLength         = OFFSET_OF (WIN_CERTIFICATE_UEFI_GUID, CertData);
  Authentication->AuthInfo.Hdr.wRevision        = 0x0200;
  Authentication->AuthInfo.Hdr.wCertificateType = WIN_CERT_TYPE_EFI_GUID;
  CopyGuid (&Authentication->AuthInfo.CertType, &gEfiCertPkcs7Guid);

  List = (EFI_SIGNATURE_LIST *)(Payload + AUTHENTICATION_SIZE);
  Data = (EFI_SIGNATURE_DATA *)(List + 1);
  CopyGuid (&List->SignatureType, &gEfiCertX509Guid);
  List->SignatureSize     = (UINT32)(OFFSET_OF (EFI_SIGNATURE_DATA, SignatureData) + Size);
  List->SignatureListSize = sizeof (*List) + List->SignatureSize;
  CopyGuid (&Data->SignatureOwner, &Owner);
  CopyMem (Data->SignatureData, Certificate, Size);
  return List->SignatureListSize;
}

/**
  Sets both variables and says how that went.

  @param[in]  Certificate  The certificate, DER.
  @param[in]  Size         Bytes of it.

  @return  How MokListRT went.
**/
STATIC
EFI_STATUS
SetVariables (
  IN CONST VOID  *Certificate,
  IN UINTN       Size
  )
{
  STATIC EFI_GUID  Shim = SHIM_LOCK_GUID;
  EFI_STATUS       Mok;
  EFI_STATUS       Db;
  HF_FRAME         Frame;
  UINT8            *Payload;
  UINTN            ListSize;

  Payload = AllocateZeroPool (AUTHENTICATION_SIZE + sizeof (EFI_SIGNATURE_LIST) + sizeof (EFI_SIGNATURE_DATA) + Size);
  if (Payload == NULL) {
    return EFI_OUT_OF_RESOURCES;
  }

  ListSize = FillPayload (Payload, Certificate, Size);
  Mok      = gRT->SetVariable (
                    L"MokListRT",
                    &Shim,
                    EFI_VARIABLE_BOOTSERVICE_ACCESS | EFI_VARIABLE_RUNTIME_ACCESS,
                    ListSize,
                    Payload + AUTHENTICATION_SIZE
                    );
  Db = gRT->SetVariable (
              EFI_IMAGE_SECURITY_DATABASE,
              &gEfiImageSecurityDatabaseGuid,
              EFI_VARIABLE_NON_VOLATILE | EFI_VARIABLE_BOOTSERVICE_ACCESS | EFI_VARIABLE_RUNTIME_ACCESS |
              EFI_VARIABLE_TIME_BASED_AUTHENTICATED_WRITE_ACCESS,
              AUTHENTICATION_SIZE + ListSize,
              Payload
              );
  FreePool (Payload);

  ReportBegin (&Frame, "uefi.key");
  HfFrameHex (&Frame, "mok", Mok);
  HfFrameHex (&Frame, "db", Db);
  ReportSend (&Frame);
  return Mok;
}

EFI_STATUS
PublishKey (
  IN EFI_HANDLE   FileSystem,
  IN CONST CHAR8  *Path
  )
{
  EFI_STATUS  Status;
  UINTN       Size;
  VOID        *Certificate;

  Status = ReadFile (FileSystem, Path, &Certificate, &Size);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Status = (Size > CERTIFICATE_MAX) ? EFI_BAD_BUFFER_SIZE : SetVariables (Certificate, Size);
  FreePool (Certificate);
  return Status;
}
