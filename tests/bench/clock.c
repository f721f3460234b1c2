/*
 * clock - run a command, and append how long it took to a file.
 *
 *     clock FILE COMMAND [ARGUMENT]...
 *
 * appends one line, "SECONDS<TAB>KIB": wall time to the nanosecond, from before the fork to after
 * the wait, and the peak of the resident memory of the largest process among COMMAND and those it
 * waited for. Nothing is appended when COMMAND fails; then its exit code is clock's.
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

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

int main(int argc, char **argv)
{
    struct rusage used;
    int status;

    if (argc < 3) {
        fprintf(stderr, "usage: clock FILE COMMAND [ARGUMENT]...\n");
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
    if (waitpid(child, &status, 0) != child)
        fail("waitpid");
    double seconds = now() - start;
    if (!WIFEXITED(status))
        return 128 + WTERMSIG(status);
    if (WEXITSTATUS(status) != 0)
        return WEXITSTATUS(status);
    getrusage(RUSAGE_CHILDREN, &used);
    FILE *out = fopen(argv[1], "a");
    if (out == NULL)
        fail(argv[1]);
    fprintf(out, "%.9f\t%ld\n", seconds, used.ru_maxrss);
    if (fclose(out) != 0)
        fail(argv[1]);
    return 0;
}
