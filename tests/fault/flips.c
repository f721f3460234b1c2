/*
 * flips - a file with every fault of one kind, put before a program.
 *
 *     flips FILE WANT PROGRAM [ARG]...
 *
 * FILE is cut after every byte, and every single bit of it is turned. Each of these
 * is given to PROGRAM as its last argument, once with -j1 and once with -j2. A fault is
 *     detected   exit 1, one message, and on stdout the same message behind #jf-error
 *     harmless   exit 0, no message, and the bytes of WANT on stdout
 *     shorter    the same with other bytes, of a cut: the offset is printed
 *     silent     anything else; it is printed with what came out
 * It is silent too if the two runs do not say and write the same. With FLIPS_SHORT set
 * only every third bit is turned, and -j1 and -j2 take turns. At the end the counts:
 * cuts, detected, harmless, shorter, flips, detected, harmless, silent ones.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SECONDS = 20, TEXT_BYTES = 64 * 1024 };

enum outcome { DETECTED, HARMLESS, SHORTER, SILENT, OUTCOMES };

struct text {
    char *bytes;
    size_t length;
};

/* What a run came to. */
struct run {
    int status;
    struct text out, err;
};

static pid_t running;
extern char **environ;

_Noreturn static void stop(const char *what)
{
    fprintf(stderr, "flips: %s: %s\n", what, strerror(errno));
    exit(2);
}

/* A run that hangs is ended; its status tells. */
static void end_running(int number)
{
    (void)number;
    kill(running, SIGKILL);
}

static struct text read_all(int fd)
{
    struct text text = {malloc(TEXT_BYTES), 0};
    ssize_t got = -1;
    if (text.bytes == NULL)
        stop("memory");
    while (text.length < TEXT_BYTES &&
           (got = pread(fd, text.bytes + text.length, TEXT_BYTES - text.length,
                        (off_t)text.length)) > 0)
        text.length += (size_t)got;
    if (got < 0)
        stop("read");
    return text;
}

static struct text read_file(const char *path)
{
    int fd = open(path, O_RDONLY);
    if (fd < 0)
        stop(path);
    struct text text = read_all(fd);
    close(fd);
    return text;
}

static void write_file(int fd, struct text text)
{
    if (ftruncate(fd, 0) != 0 || pwrite(fd, text.bytes, text.length, 0) != (ssize_t)text.length)
        stop("write");
}

static bool same(struct text a, struct text b)
{
    return a.length == b.length && memcmp(a.bytes, b.bytes, a.length) == 0;
}

static int scratch(void)
{
    FILE *file = tmpfile();
    if (file == NULL)
        stop("temporary file");
    return fileno(file);
}

static struct run run(char **command, int out, int err)
{
    struct run run;
    posix_spawn_file_actions_t actions;
    if (ftruncate(out, 0) != 0 || ftruncate(err, 0) != 0 || lseek(out, 0, SEEK_SET) != 0 ||
        lseek(err, 0, SEEK_SET) != 0)
        stop("scratch");
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
    if ((errno = posix_spawnp(&running, command[0], &actions, NULL, command, environ)) != 0)
        stop(command[0]);
    posix_spawn_file_actions_destroy(&actions);
    alarm(SECONDS);
    while (waitpid(running, &run.status, 0) < 0)
        if (errno != EINTR)
            stop("wait");
    alarm(0);
    run.out = read_all(out);
    run.err = read_all(err);
    return run;
}

static void drop(struct run run)
{
    free(run.out.bytes);
    free(run.err.bytes);
}

/* One line on stderr, and the same on stdout behind the mark. */
static bool says(struct run run)
{
    static const char mark[] = "#jf-error\t";
    size_t length = sizeof mark - 1;
    return run.err.length > 4 && memcmp(run.err.bytes, "jf-", 3) == 0 &&
           memchr(run.err.bytes, '\n', run.err.length) == run.err.bytes + run.err.length - 1 &&
           run.out.length == length + run.err.length && memcmp(run.out.bytes, mark, length) == 0 &&
           memcmp(run.out.bytes + length, run.err.bytes, run.err.length) == 0;
}

static enum outcome judge(struct run one, struct run two, struct text want, bool cut)
{
    if (one.status != two.status || !same(one.out, two.out) || !same(one.err, two.err) ||
        !WIFEXITED(one.status))
        return SILENT;
    if (WEXITSTATUS(one.status) == 1 && says(one))
        return DETECTED;
    if (WEXITSTATUS(one.status) != 0 || one.err.length > 0)
        return SILENT;
    if (same(one.out, want))
        return HARMLESS;
    return cut ? SHORTER : SILENT;
}

struct trial {
    char **command; /* the last two arguments are the threads and the file */
    size_t threads;
    bool brief;
    int out, err, bad;
    struct text want;
    unsigned long counts[2][OUTCOMES];
};

static struct run run_with(struct trial *t, const char *threads)
{
    t->command[t->threads] = (char *)threads;
    return run(t->command, t->out, t->err);
}

static void print_run(struct run run)
{
    printf("status %d\n%.*s%.*s", run.status, (int)run.err.length, run.err.bytes,
           (int)run.out.length, run.out.bytes);
}

static void try(struct trial *t, struct text text, bool cut, size_t at)
{
    static const char *const threads[] = {"-j1", "-j2"};
    write_file(t->bad, text);
    struct run one = run_with(t, threads[t->brief && at % 2 == 1]);
    struct run two = t->brief ? one : run_with(t, threads[1]);
    enum outcome outcome = judge(one, two, t->want, cut);
    t->counts[cut][outcome]++;
    if (outcome == SHORTER)
        printf("shorter %zu\n", at);
    if (outcome == SILENT) {
        printf("silent: %s %zu\n", cut ? "cut at byte" : "bit", at);
        print_run(one);
        print_run(two);
    }
    drop(one);
    if (!t->brief)
        drop(two);
}

static void try_all(struct trial *t, struct text file)
{
    for (size_t length = 0; length < file.length; length++)
        try(t, (struct text){file.bytes, length}, true, length);
    for (size_t bit = 0; bit < 8 * file.length; bit += t->brief ? 3 : 1) {
        file.bytes[bit / 8] = (char)(file.bytes[bit / 8] ^ 1 << bit % 8);
        try(t, file, false, bit);
        file.bytes[bit / 8] = (char)(file.bytes[bit / 8] ^ 1 << bit % 8);
    }
}

int main(int argc, char **argv)
{
    static char bad[] = "flipped";
    if (argc < 4) {
        fprintf(stderr, "usage: flips FILE WANT PROGRAM [ARG]...\n");
        return 2;
    }
    struct text file = read_file(argv[1]);
    struct trial t = {.command = calloc((size_t)argc, sizeof *t.command),
                      .threads = (size_t)argc - 3,
                      .brief = getenv("FLIPS_SHORT") != NULL,
                      .out = scratch(),
                      .err = scratch(),
                      .bad = open(bad, O_RDWR | O_CREAT | O_CLOEXEC, 0666),
                      .want = read_file(argv[2])};
    if (t.command == NULL || t.bad < 0)
        stop(bad);
    memcpy(t.command, argv + 3, t.threads * sizeof *t.command);
    t.command[t.threads + 1] = bad;
    signal(SIGALRM, end_running);
    try_all(&t, file);
    const unsigned long *cuts = t.counts[1], *flips = t.counts[0];
    unsigned long silent = cuts[SILENT] + flips[SILENT];
    printf("%zu %lu %lu %lu %lu %lu %lu %lu\n", file.length, cuts[DETECTED], cuts[HARMLESS],
           cuts[SHORTER], flips[DETECTED] + flips[HARMLESS] + flips[SILENT], flips[DETECTED],
           flips[HARMLESS], silent);
    free(file.bytes);
    free(t.want.bytes);
    free(t.command);
    return silent > 0;
}
