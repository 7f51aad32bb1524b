/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The questions that Microsoft's documentation leaves open, and the reading that is in force for each. Every reading
 * that this build can take is in the table in model.c; each is announced in a guest.model frame.
 */
#ifndef MODEL_H
#define MODEL_H

#include "nt.h"

/* Sends one guest.model frame a switch. */
VOID ModelReport(VOID);

#endif
