/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Makes a program that this is preloaded into a server of itself. The dynamic linker has done its work when the C library's entry is
 * reached, and no thread has been started; there the server waits, and each machine that is asked for is a fork of it that goes on into
 * the program with arguments of its own.
 *
 * It connects to the UNIX socket that FORKSERVER_SOCKET names. What goes over it are messages: three numbers of 32 bits, most significant
 * byte first (kind, machine, length of the body), and the body. A machine's number is the asker's choice, of those that are not in use.
 * The server ends when that connection does, and takes its machines with it; so does the kernel if the server is killed.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum message {
    /* Asked: a file to be open for reading as INPUT_DESCRIPTOR, if it has a name, and the arguments; each ends with a NUL. */
    START = 1,
    /* Asked: SIGKILL. */
    KILL = 2,
    /* Told, once: machines may be asked for. */
    READY = 3,
    /* Told: what a machine said on its standard output or error. */
    SAID = 4,
    /* Told, and the last of a machine: its exit status, or 128 + the signal that ended it, as a number of 32 bits. */
    ENDED = 5,
};

#define INPUT_DESCRIPTOR 9
#define MAX_MACHINES 4096
#define MAX_BODY (1024 * 1024)
#define MAX_ARGUMENTS 1024
#define PORTION 4096
/* What a pipe holds, in portions. */
#define PIPE_PORTIONS 16
#define CANNOT_START 127

typedef int program(int argc, char **argv, char **environment);
typedef int entry(program *main, int argc, char **argv, void (*init)(void), void (*fini)(void), void (*rtld_fini)(void), void *stack_end);

static struct machine {
    uint32_t number;
    pid_t process;
    int said;
} machines[MAX_MACHINES];
static size_t machine_count;

static int asker;
static int ended_children;
static sigset_t usual_signals;

/* Where the program's arguments lie, which is what ps(1) shows. */
static char *title;
static size_t title_bytes;

static void leave(void)
{
    for (size_t i = 0; i < machine_count; i++) {
        kill(machines[i].process, SIGKILL);
    }
    _exit(0);
}

static void send_all(const void *from, size_t bytes)
{
    while (bytes != 0) {
        ssize_t count = send(asker, from, bytes, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            leave();
        }
        from = (const char *)from + count;
        bytes -= count;
    }
}

static void receive_all(void *to, size_t bytes)
{
    while (bytes != 0) {
        ssize_t count = recv(asker, to, bytes, 0);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            leave();
        }
        to = (char *)to + count;
        bytes -= count;
    }
}

static void tell(enum message kind, uint32_t number, const void *body, uint32_t bytes)
{
    uint32_t head[] = {htonl(kind), htonl(number), htonl(bytes)};

    send_all(head, sizeof(head));
    send_all(body, bytes);
}

static void tell_ended(uint32_t number, uint32_t status)
{
    status = htonl(status);
    tell(ENDED, number, &status, sizeof(status));
}

/* Passes on a portion of what was said, if there is any; returns how much. */
static ssize_t pass_on(const struct machine *machine)
{
    char portion[PORTION];
    ssize_t count = read(machine->said, portion, sizeof(portion));

    if (count > 0) {
        tell(SAID, machine->number, portion, count);
    }
    return count;
}

static void bury(pid_t process, int status)
{
    for (size_t i = 0; i < machine_count; i++) {
        if (machines[i].process == process) {
            struct machine gone = machines[i];
            machines[i] = machines[--machine_count];
            for (int portions = 0; portions < PIPE_PORTIONS && pass_on(&gone) > 0; portions++) {
            }
            close(gone.said);
            tell_ended(gone.number, WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
            return;
        }
    }
}

static void bury_the_dead(void)
{
    struct signalfd_siginfo information;
    pid_t process;
    int status;

    if (read(ended_children, &information, sizeof(information)) < 0 && errno != EAGAIN && errno != EINTR) {
        leave();
    }
    while ((process = waitpid(-1, &status, WNOHANG)) > 0) {
        bury(process, status);
    }
}

static void refuse_to_start(const char *what)
{
    dprintf(STDERR_FILENO, "%s: %s\n", what, strerror(errno));
    _exit(CANNOT_START);
}

static void show(char **words)
{
    size_t used = 0;

    memset(title, 0, title_bytes);
    for (; *words != NULL && used + strlen(*words) + 1 < title_bytes; words++) {
        strcpy(title + used, *words);
        used += strlen(*words) + 1;
    }
}

/* In the fork: makes it a process of its own, as if it had been started from scratch. */
static void become(pid_t server, int output, const char *input, char **words)
{
    int nothing;

    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != server) {
        _exit(CANNOT_START);
    }
    /* A terminal's Ctrl-C is not for it. */
    setsid();
    close(asker);
    close(ended_children);
    for (size_t i = 0; i < machine_count; i++) {
        close(machines[i].said);
    }
    nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    if (nothing > STDERR_FILENO) {
        close(nothing);
    }
    close(output);
    if (*input != '\0') {
        int file = open(input, O_RDONLY);
        if (file < 0) {
            refuse_to_start(input);
        }
        if (file != INPUT_DESCRIPTOR) {
            dup2(file, INPUT_DESCRIPTOR);
            close(file);
        }
    }
    show(words);
    sigprocmask(SIG_SETMASK, &usual_signals, NULL);
}

/* Splits a body into at most MAX_ARGUMENTS texts; returns how many there are, or 0 if it is not made of such. */
static size_t split(char *body, uint32_t bytes, char **texts)
{
    size_t count = 0;

    if (bytes == 0 || body[bytes - 1] != '\0') {
        return 0;
    }
    for (char *text = body; text < body + bytes; text += strlen(text) + 1) {
        if (count == MAX_ARGUMENTS) {
            return 0;
        }
        texts[count++] = text;
    }
    texts[count] = NULL;
    return count;
}

/* Returns the number of words, which are then in a process of their own, or 0 in the server. */
static int start(uint32_t number, char *body, uint32_t bytes, char ***words)
{
    static char *texts[MAX_ARGUMENTS + 1];
    size_t count = split(body, bytes, texts);
    pid_t server = getpid();
    pid_t process;
    int output[2];

    if (count < 2 || machine_count == MAX_MACHINES || pipe2(output, O_CLOEXEC) != 0) {
        tell_ended(number, CANNOT_START);
        return 0;
    }
    fcntl(output[0], F_SETFL, O_NONBLOCK);
    process = fork();
    if (process == 0) {
        close(output[0]);
        become(server, output[1], texts[0], texts + 1);
        *words = texts + 1;
        return (int)count - 1;
    }
    close(output[1]);
    if (process < 0) {
        close(output[0]);
        tell_ended(number, CANNOT_START);
        return 0;
    }
    machines[machine_count++] = (struct machine){number, process, output[0]};
    return 0;
}

static void end_machine(uint32_t number)
{
    for (size_t i = 0; i < machine_count; i++) {
        if (machines[i].number == number) {
            kill(machines[i].process, SIGKILL);
        }
    }
}

/* As start() does. */
static int answer(char ***words)
{
    uint32_t head[3];
    uint32_t bytes;
    char *body;
    int count = 0;

    receive_all(head, sizeof(head));
    bytes = ntohl(head[2]);
    if (bytes > MAX_BODY) {
        leave();
    }
    body = malloc(bytes + 1);
    if (body == NULL) {
        leave();
    }
    receive_all(body, bytes);
    if (ntohl(head[0]) == START) {
        count = start(ntohl(head[1]), body, bytes, words);
    } else if (ntohl(head[0]) == KILL) {
        end_machine(ntohl(head[1]));
    }
    if (count == 0) {
        free(body);
    }
    return count;
}

/* Returns in each machine, with its arguments and their number. */
static int serve(char ***words)
{
    struct pollfd watched[2 + MAX_MACHINES];

    tell(READY, 0, NULL, 0);
    for (;;) {
        size_t count = machine_count;
        watched[0] = (struct pollfd){asker, POLLIN, 0};
        watched[1] = (struct pollfd){ended_children, POLLIN, 0};
        for (size_t i = 0; i < count; i++) {
            watched[2 + i] = (struct pollfd){machines[i].said, POLLIN, 0};
        }
        if (poll(watched, 2 + count, -1) < 0 && errno != EINTR) {
            leave();
        }
        for (size_t i = 0; i < count; i++) {
            if (watched[2 + i].revents != 0 && pass_on(&machines[i]) == 0) {
                close(machines[i].said);
                machines[i].said = -1;
            }
        }
        if (watched[1].revents != 0) {
            bury_the_dead();
        }
        if (watched[0].revents != 0) {
            int words_count = answer(words);
            if (words_count != 0) {
                return words_count;
            }
        }
    }
}

/* A fork has only the thread that made it, and would wait for ever for what another was doing. */
static void require_one_thread(void)
{
    DIR *tasks = opendir("/proc/self/task");
    int count = 0;

    for (struct dirent *entry = tasks == NULL ? NULL : readdir(tasks); entry != NULL; entry = readdir(tasks)) {
        count += entry->d_name[0] != '.';
    }
    if (count != 1) {
        dprintf(STDERR_FILENO, "the program has %d threads before it begins\n", count);
        _exit(CANNOT_START);
    }
    closedir(tasks);
}

static void prepare(const char *path, int argc, char **argv)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    sigset_t children;

    require_one_thread();
    title = argv[0];
    title_bytes = argv[argc - 1] + strlen(argv[argc - 1]) + 1 - title;
    strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    sigprocmask(SIG_BLOCK, &children, &usual_signals);
    ended_children = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
    asker = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (ended_children < 0 || asker < 0 || connect(asker, (struct sockaddr *)&address, sizeof(address)) != 0) {
        refuse_to_start(path);
    }
}

/*
 * In the place of the C library's: what a program's first instructions call, with its main function. glibc's does not look beyond the
 * arguments for the environment where it is a shared library (csu/libc-start.c); its constructors and the program's run in each fork.
 */
int __libc_start_main(program *main, int argc, char **argv, void (*init)(void), void (*fini)(void), void (*rtld_fini)(void),
                      void *stack_end)
{
    entry *real = (entry *)dlsym(RTLD_NEXT, "__libc_start_main");
    char *path = getenv("FORKSERVER_SOCKET");

    if (path != NULL) {
        prepare(path, argc, argv);
        /* What a machine may start is no server. */
        unsetenv("LD_PRELOAD");
        unsetenv("FORKSERVER_SOCKET");
        argc = serve(&argv);
    }
    return real(main, argc, argv, init, fini, rtld_fini, stack_end);
}
