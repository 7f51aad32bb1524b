/** @file
  Statuses that the loader reports on the guest's behalf.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef NT_STATUS_H_
#define NT_STATUS_H_

///
/// From ntstatus.h.
///
#define NT_STATUS_SUCCESS               0x00000000
#define NT_STATUS_INVALID_IMAGE_FORMAT  0xC000007B
#define NT_STATUS_INVALID_IMAGE_HASH    0xC0000428
#define NT_STATUS_IMAGE_CERT_EXPIRED    0xC0000605

#endif
