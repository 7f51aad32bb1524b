/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What makes sure that a block whose pages the kernel counts as its own is lost before anybody looks for it: luck is not
 * to be taken for safety.
 */
#ifndef PRESSURE_H
#define PRESSURE_H

/* Goes through all stages and says each. */
void pressure_apply(void);

#endif
