/*
 * reads - run a command, and append what it read and how long it took to a file.
 *
 *     reads FILE COMMAND [ARGUMENT]...
 *
 * appends one line, "BYTES<TAB>SECONDS<TAB>CPU": the bytes of all its read calls (/proc/PID/io of
 * Linux, some 10 KB of them by the loader), the wall time, and the time of all its threads.
 * Nothing is appended when COMMAND fails; then its exit code is that of reads.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

/* Of a process that has ended, and was not waited for. */
static unsigned long long bytes_read(pid_t process)
{
    char path[64];
    unsigned long long bytes = 0;

    snprintf(path, sizeof path, "/proc/%ld/io", (long)process);
    FILE *io = fopen(path, "r");
    if (io == NULL || fscanf(io, "rchar: %llu", &bytes) != 1)
        fail(path);
    fclose(io);
    return bytes;
}

int main(int argc, char **argv)
{
    struct rusage used;
    siginfo_t end;
    int status;

    if (argc < 3) {
        fprintf(stderr, "usage: reads FILE COMMAND [ARGUMENT]...\n");
        return 2;
    }
    double start = now();
    pid_t child = fork();
    if (child < 0)
        fail("fork");
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (waitid(P_PID, (id_t)child, &end, WEXITED | WNOWAIT) != 0)
        fail("waitid");
    double seconds = now() - start;
    unsigned long long bytes = bytes_read(child);
    if (waitpid(child, &status, 0) != child)
        fail("waitpid");
    if (!WIFEXITED(status))
        return 128 + WTERMSIG(status);
    if (WEXITSTATUS(status) != 0)
        return WEXITSTATUS(status);
    getrusage(RUSAGE_CHILDREN, &used);
    FILE *out = fopen(argv[1], "a");
    if (out == NULL)
        fail(argv[1]);
    fprintf(out, "%llu\t%.6f\t%.6f\n", bytes, seconds,
            seconds_of(used.ru_utime) + seconds_of(used.ru_stime));
    return fclose(out) == 0 ? 0 : 1;
}
