/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What drivers want to be called for in a bug check. */
#include "ke.h"

/* The states are KBUGCHECK_BUFFER_DUMP_STATE; KeInitializeCallbackRecord makes a record empty. */
static LIST_ENTRY Callbacks = {&Callbacks, &Callbacks};

/* What the record must still be when its turn comes: a driver that wrote over it is not called. */
static ULONG_PTR ChecksumOf(const KBUGCHECK_CALLBACK_RECORD *Record)
{
    return (ULONG_PTR)Record->CallbackRoutine + (ULONG_PTR)Record->Buffer + Record->Length +
           (ULONG_PTR)Record->Component;
}

/*
 * DDI: nf-wdm-keregisterbugcheckcallback. Any IRQL. FALSE where the record is not empty, as one that is registered
 * already. Record and buffer are the caller's, and resident, until it deregisters.
 */
BOOLEAN NTAPI KeRegisterBugCheckCallback(PKBUGCHECK_CALLBACK_RECORD CallbackRecord,
                                         PKBUGCHECK_CALLBACK_ROUTINE CallbackRoutine, PVOID Buffer, ULONG Length,
                                         PUCHAR Component)
{
    if (CallbackRecord->State != BufferEmpty) {
        return FALSE;
    }
    CallbackRecord->CallbackRoutine = CallbackRoutine;
    CallbackRecord->Buffer = Buffer;
    CallbackRecord->Length = Length;
    CallbackRecord->Component = Component;
    CallbackRecord->Checksum = ChecksumOf(CallbackRecord);
    CallbackRecord->State = BufferInserted;
    InsertTailList(&Callbacks, &CallbackRecord->Entry);
    return TRUE;
}

/* DDI: nf-wdm-kederegisterbugcheckcallback. Any IRQL. FALSE where the record is not registered. */
BOOLEAN NTAPI KeDeregisterBugCheckCallback(PKBUGCHECK_CALLBACK_RECORD CallbackRecord)
{
    if (CallbackRecord->State != BufferInserted) {
        return FALSE;
    }
    RemoveEntryList(&CallbackRecord->Entry);
    CallbackRecord->State = BufferEmpty;
    return TRUE;
}

/* DDI: nc-wdm-kbugcheck_callback_routine: at HIGH_LEVEL, without a chance to allocate or to wait. */
VOID KiRunBugCheckCallbacks(VOID)
{
    PLIST_ENTRY Entry;
    PKBUGCHECK_CALLBACK_RECORD Record;

    for (Entry = Callbacks.Flink; Entry != &Callbacks; Entry = Entry->Flink) {
        Record = CONTAINING_RECORD(Entry, KBUGCHECK_CALLBACK_RECORD, Entry);
        if ((Record->State != BufferInserted) || (Record->Checksum != ChecksumOf(Record))) {
            return;     /* overwritten, and so is where the next one would be */
        }
        Record->State = BufferStarted;
        Record->CallbackRoutine(Record->Buffer, Record->Length);
        Record->State = BufferFinished;
    }
}
