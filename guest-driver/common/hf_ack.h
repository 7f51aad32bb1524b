/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The end of a boot: whoever sent the last frame stays until the harness has seen the block from outside.
 */
#ifndef HF_ACK_H
#define HF_ACK_H

/*
 * Waits on COM2 for the harness's acknowledgement, HF_UART_ACK, for about ten seconds of the CMOS clock at the most:
 * a machine that somebody started by hand must end as well.
 */
void HfAckAwait(void);

#endif
