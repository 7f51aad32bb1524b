/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The first process of a container, by which the harness runs others there: it starts and ends processes, hands on what they say, and
 * reads and writes files, as frames on its standard input ask for, until that ends. The container then ends with it, and the kernel
 * ends whatever still runs there. So it does where the harness has been silent for as long as it said at the start: a computer that
 * has lost its power closes no connection.
 *
 * usage: procmux SECONDS FOLDER
 */
#define _GNU_SOURCE
#include "file.h"
#include "process.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* As often as the harness looks at what a machine says. */
#define FOLLOW_MILLISECONDS 2

static void SilentForTooLong(int Signal)
{
    (void)Signal;
    _exit(0);
}

static void Obey(const FRAME *Frame)
{
    switch (Frame->Kind) {
    case FrameRun:
        ProcessRun(Frame);
        break;
    case FrameInput:
        ProcessInput(Frame);
        break;
    case FrameKill:
        ProcessKill(Frame->Id);
        break;
    case FrameWrite:
        FileWrite(Frame);
        break;
    case FrameRead:
        FileRead(Frame);
        break;
    case FrameFollow:
        FileFollow(Frame);
        break;
    case FrameLeave:
        FileLeave(Frame->Id);
        break;
    case FramePing:
        break;
    case FrameQuit:
        exit(0);
    default:
        fprintf(stderr, "procmux: a frame of the unknown kind 0x%02X\n", Frame->Kind);
        exit(1);
    }
}

int main(int Count, char **Words)
{
    struct pollfd entries[2 + PROCESSES_MAX * PROCESS_DESCRIPTORS];
    sigset_t children;
    int silence = (Count == 3) ? atoi(Words[1]) : 0;

    if ((silence <= 0) || (chdir(Words[2]) != 0)) {
        fprintf(stderr, "usage: procmux SECONDS FOLDER\n");
        return 2;
    }
    /* The first process of a container has no signal's default action: without a handler it would never notice. */
    signal(SIGALRM, SilentForTooLong);
    signal(SIGTERM, SilentForTooLong);
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    sigprocmask(SIG_BLOCK, &children, NULL);
    entries[0] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
    entries[1] = (struct pollfd){.fd = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK), .events = POLLIN};
    alarm((unsigned)silence);
    for (;;) {
        int following = FileServe();
        struct signalfd_siginfo signals[8];
        FRAME frame;

        poll(entries, 2 + ProcessPoll(entries + 2), following ? FOLLOW_MILLISECONDS : -1);
        if ((entries[0].revents != 0) && FrameReceive(&frame)) {
            alarm((unsigned)silence);
            Obey(&frame);
        } else if (entries[0].revents != 0) {
            return 0;
        }
        if ((entries[1].revents != 0) && (read(entries[1].fd, signals, sizeof(signals)) < 0)) {
            continue;
        }
        ProcessServe();
    }
}
