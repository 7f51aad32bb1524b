/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Declarations that the DDK headers in use here lack. Routines that are types Windows 7 does not export, so a driver that
 * is to load there looks them up with MmGetSystemRoutineAddress.
 */
#ifndef HF_NTMISSING_H
#define HF_NTMISSING_H

#include <ntddk.h>

#include "ntnewer.h"

/* The bug check's code and its four parameters, once there is one (WDD: kernel/reading-bug-check-callback-data). */
__declspec(dllimport) extern ULONG_PTR KiBugCheckData[5];

#endif
