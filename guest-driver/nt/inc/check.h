/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef HF_CHECK_H
#define HF_CHECK_H

#include "mapping.h"

/*
 * Reads every byte of the mapped block, says what it saw, and returns STATUS_SUCCESS where all pages are intact,
 * STATUS_CRC_ERROR where some are not, or the exception that reading raised.
 */
NTSTATUS CheckBlock(const HF_PLAN *Plan, const HF_MAPPING *Mapping);

#endif
