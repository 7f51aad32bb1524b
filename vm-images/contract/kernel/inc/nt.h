/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The DDK's own headers, seen from the side that implements them: the makefile defines _NTOSKRNL_ and its kin, so that
 * the prototypes are exports and the compiler holds every routine here to the signature that drivers call.
 */
#ifndef NT_H
#define NT_H

#include <ntddk.h>
#include <ntimage.h>

#include "ntmissing.h"

/* Where a routine's caller, the driver, goes on. */
#define RETURN_ADDRESS() __builtin_return_address(0)

#endif
