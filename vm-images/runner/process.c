/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#define _GNU_SOURCE
#include "process.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define INPUT_MAX_BYTES (64 * 1024)
#define PORTION_BYTES (64 * 1024)
#define WORDS_MAX 512
#define NOT_EXECUTABLE 127

typedef struct {
    pid_t Pid; /* 0: this entry is free */
    uint32_t Id;
    int Input;  /* pipes' ends of this program; -1: closed */
    int Output;
    int Error;
    int Ended;
    int32_t Status;
    int InputEnds;
    size_t Unread;
    uint8_t *Pending;
} PROCESS;

static PROCESS mProcesses[PROCESSES_MAX];

static PROCESS *Find(uint32_t Id)
{
    for (int i = 0; i < PROCESSES_MAX; i++) {
        if ((mProcesses[i].Pid != 0) && (mProcesses[i].Id == Id)) {
            return &mProcesses[i];
        }
    }
    return NULL;
}

static PROCESS *Free(void)
{
    for (int i = 0; i < PROCESSES_MAX; i++) {
        if (mProcesses[i].Pid == 0) {
            return &mProcesses[i];
        }
    }
    return NULL;
}

static void Close(int *Descriptor)
{
    if (*Descriptor >= 0) {
        close(*Descriptor);
        *Descriptor = -1;
    }
}

static void SendExit(uint32_t Id, int32_t Status)
{
    uint8_t status[4];

    StoreLe32(status, (uint32_t)Status);
    FrameSend(FrameExit, Id, status, sizeof(status), NULL, 0);
}

/* Never returns. Its own group, so that a shell's children end with the shell. */
static void Become(char **Words, int Input, int Output, int Error)
{
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if ((getppid() != 0) && (dup2(Input, 0) >= 0) && (dup2(Output, 1) >= 0) && (dup2(Error, 2) >= 0)) {
        execvp(Words[0], Words);
        dprintf(2, "%s: %s", Words[0], strerror(errno));
    }
    _exit(NOT_EXECUTABLE);
}

/* Splits a frame's contents in its words; 0 where there are none, or too many, or the last one has no end. */
static int Split(const FRAME *Frame, char **Words)
{
    int count = 0;
    uint8_t *at = Frame->Bytes;
    uint8_t *end = Frame->Bytes + Frame->Length;

    if ((Frame->Length == 0) || (end[-1] != 0)) {
        return 0;
    }
    while (at < end) {
        if (count == WORDS_MAX) {
            return 0;
        }
        Words[count++] = (char *)at;
        at += strlen((char *)at) + 1;
    }
    Words[count] = NULL;
    return count;
}

void ProcessRun(const FRAME *Frame)
{
    char *words[WORDS_MAX + 1];
    int pipes[3][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
    PROCESS *process = Free();
    uint8_t *pending = malloc(INPUT_MAX_BYTES);
    pid_t pid = -1;

    if ((process == NULL) || (Find(Frame->Id) != NULL)) {
        errno = EAGAIN;
    } else if (!Split(Frame, words)) {
        errno = E2BIG;
    } else if ((pending != NULL) && (pipe2(pipes[0], O_CLOEXEC) == 0) && (pipe2(pipes[1], O_CLOEXEC) == 0) &&
               (pipe2(pipes[2], O_CLOEXEC) == 0)) {
        pid = fork();
    }
    if (pid == 0) {
        Become(words, pipes[0][0], pipes[1][1], pipes[2][1]);
    }
    int failure = errno;

    Close(&pipes[0][0]);
    Close(&pipes[1][1]);
    Close(&pipes[2][1]);
    if (pid < 0) {
        Close(&pipes[0][1]);
        Close(&pipes[1][0]);
        Close(&pipes[2][0]);
        free(pending);
        SendExit(Frame->Id, -failure);
        return;
    }
    /* The child does the same: whichever comes first, it has its group before it can be killed by it. */
    setpgid(pid, pid);
    *process = (PROCESS){.Pid = pid, .Id = Frame->Id, .Input = pipes[0][1], .Output = pipes[1][0], .Error = pipes[2][0],
                         .Pending = pending};
    fcntl(process->Input, F_SETFL, O_NONBLOCK);
    fcntl(process->Output, F_SETFL, O_NONBLOCK);
    fcntl(process->Error, F_SETFL, O_NONBLOCK);
}

/* As much as the process takes. */
static void Flush(PROCESS *Process)
{
    while ((Process->Unread > 0) && (Process->Input >= 0)) {
        ssize_t taken = write(Process->Input, Process->Pending, Process->Unread);

        if (taken < 0) {
            if (errno == EAGAIN) {
                return;
            }
            Process->Unread = 0;
            Close(&Process->Input);
            return;
        }
        Process->Unread -= (size_t)taken;
        memmove(Process->Pending, Process->Pending + taken, Process->Unread);
    }
    if (Process->InputEnds) {
        Close(&Process->Input);
    }
}

void ProcessInput(const FRAME *Frame)
{
    PROCESS *process = Find(Frame->Id);

    if ((process == NULL) || (process->Input < 0)) {
        return;
    }
    if (Frame->Length > INPUT_MAX_BYTES - process->Unread) {
        ProcessKill(Frame->Id);
        return;
    }
    memcpy(process->Pending + process->Unread, Frame->Bytes, Frame->Length);
    process->Unread += Frame->Length;
    process->InputEnds |= Frame->Length == 0;
    Flush(process);
}

void ProcessKill(uint32_t Id)
{
    PROCESS *process = Find(Id);

    if ((process != NULL) && !process->Ended) {
        kill(-process->Pid, SIGKILL);
    }
}

nfds_t ProcessPoll(struct pollfd *Entries)
{
    nfds_t count = 0;

    for (PROCESS *process = mProcesses; process < mProcesses + PROCESSES_MAX; process++) {
        if (process->Pid == 0) {
            continue;
        }
        if ((process->Input >= 0) && (process->Unread > 0)) {
            Entries[count++] = (struct pollfd){.fd = process->Input, .events = POLLOUT};
        }
        if (process->Output >= 0) {
            Entries[count++] = (struct pollfd){.fd = process->Output, .events = POLLIN};
        }
        if (process->Error >= 0) {
            Entries[count++] = (struct pollfd){.fd = process->Error, .events = POLLIN};
        }
    }
    return count;
}

/* One portion, so that a process that writes without end leaves the others their turn. Returns 0 where there is no more for now. */
static int PassOn(int *Descriptor, uint8_t Kind, uint32_t Id)
{
    static uint8_t mPortion[PORTION_BYTES];
    ssize_t length = (*Descriptor < 0) ? -1 : read(*Descriptor, mPortion, sizeof(mPortion));

    if (length > 0) {
        FrameSend(Kind, Id, mPortion, (size_t)length, NULL, 0);
        return 1;
    }
    if ((length == 0) || ((errno != EAGAIN) && (errno != EINTR))) {
        Close(Descriptor);
    }
    return 0;
}

static void Reap(void)
{
    int status;

    for (pid_t pid = waitpid(-1, &status, WNOHANG); pid > 0; pid = waitpid(-1, &status, WNOHANG)) {
        for (int i = 0; i < PROCESSES_MAX; i++) {
            if ((mProcesses[i].Pid == pid) && !mProcesses[i].Ended) {
                mProcesses[i].Ended = 1;
                mProcesses[i].Status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
            }
        }
    }
}

void ProcessServe(void)
{
    Reap();
    for (PROCESS *process = mProcesses; process < mProcesses + PROCESSES_MAX; process++) {
        if (process->Pid == 0) {
            continue;
        }
        Flush(process);
        int more = PassOn(&process->Output, FrameOutput, process->Id) | PassOn(&process->Error, FrameError, process->Id);

        if (process->Ended && !more) {
            Close(&process->Input);
            Close(&process->Output);
            Close(&process->Error);
            free(process->Pending);
            /* Whoever learns of a process's end has all that it had written. */
            FileServe();
            SendExit(process->Id, process->Status);
            process->Pid = 0;
        }
    }
}
