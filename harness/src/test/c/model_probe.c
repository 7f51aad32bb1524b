/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The contract guest's switches as its own table has them: a line each, name, default and other values. What the table's
 * file wants of NT and of the guest's channel stands here, in the place of headers that a host's compiler does not have.
 */
#include <stdio.h>
#include <string.h>

#include "hf_frame.h"

#define NT_H
#define HAL_H

#define VOID void
#define TRUE 1
#define FALSE 0
#define STATUS_INVALID_PARAMETER 0
#define RtlZeroMemory(Memory, Bytes) memset((Memory), 0, (Bytes))
#define RtlCopyMemory(To, From, Bytes) memcpy((To), (From), (Bytes))
#define HalBeginFrame(Frame, Event) ((VOID)(Event), memset((Frame), 0, sizeof(*(Frame))))
#define HalSendFrame(Frame) ((VOID)(Frame))
#define HalEndFatally(Reason, Detail, Status) ((VOID)(Detail))

typedef unsigned char BOOLEAN;
typedef unsigned int ULONG;

#include "../../../../vm-images/contract/kernel/vf/model.c"

int main(void)
{
    ULONG Index;
    ULONG Reading;

    for (Index = 0; Index < ModelSwitches; Index++) {
        printf("%s", Switches[Index].Name);
        for (Reading = 0; (Reading < READINGS_MAX) && (Switches[Index].Values[Reading] != NULL); Reading++) {
            printf(" %s", Switches[Index].Values[Reading]);
        }
        printf("\n");
    }
    return 0;
}
