#define _GNU_SOURCE /* F_SETPIPE_SZ */
#include "stream/output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/message.h"
#include "stream/descriptor.h"

enum { PIPE_BYTES = 1024 * 1024 };

size_t output_write(int fd, const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length) {
        ssize_t wrote = write(fd, bytes + at, length - at);
        if (wrote >= 0)
            at += (size_t)wrote;
        else if (!descriptor_wait(fd, POLLOUT))
            break;
    }
    return at;
}

/* The mode of a new file. That of the old one, where it takes the place of one, and
 * its group; who may not give it that gives the group nothing. */
static mode_t mode_for(int fd, const struct stat *old)
{
    if (old != NULL)
        return old->st_mode & (fchown(fd, (uid_t)-1, old->st_gid) == 0 ? 0777 : 0707);
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

_Noreturn static void fail_temporary(const struct output *output)
{
    struct rlimit limit = {0};
    int number = errno;
    getrlimit(RLIMIT_NOFILE, &limit);
    errno = number;
    if (errno == EMFILE)
        fail("%s: more files than may be open at a time (%llu, the hard limit); have it raised "
             "(ulimit -Hn), or write fewer at a time",
             output->name, (unsigned long long)limit.rlim_max);
    fail_errno("%s: cannot write beside it", output->name);
}

/* Opens a temporary file in the folder of the path. */
static void open_temporary(struct output *output, const struct stat *old, struct guard *guard)
{
    static const char name[] = ".jf-XXXXXX";
    size_t length = descriptor_folder(output->path);
    char *temporary = heap_take(length + sizeof name, 1);
    memcpy(temporary, output->path, length);
    memcpy(temporary + length, name, sizeof name);
    /* Told first, so that no signal falls between the file and its removal. */
    output->temporary = temporary;
    guard->litter = temporary;
    output->fd = mkstemp(temporary);
    if (output->fd < 0)
        fail_temporary(output);
    fcntl(output->fd, F_SETFD, FD_CLOEXEC);
    if (fchmod(output->fd, mode_for(output->fd, old)) != 0)
        fail_errno("%s: cannot set its mode", output->name);
}

/* A name that ends in a slash is no file's, and one that is too long would be found so only when
 * all is written. */
static void check_name(const struct output *output)
{
    struct stat status;
    size_t length = strlen(output->path);
    if (length == 0 || output->path[length - 1] == '/')
        errno = EISDIR;
    else if (lstat(output->path, &status) == 0 || errno != ENAMETOOLONG)
        return;
    fail_errno("%s: cannot open for writing", output->name);
}

static void open_file(struct output *output, const char *path, struct guard *guard)
{
    struct stat status;
    bool exists = stat(path, &status) == 0;
    if (exists && !S_ISREG(status.st_mode)) {
        output->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (output->fd < 0)
            fail_errno("%s: cannot open for writing", output->name);
        return;
    }
    output->path = exists ? realpath(path, NULL) : descriptor_follow(path);
    if (output->path == NULL)
        fail_errno("%s: cannot be resolved", output->name);
    if (!exists)
        check_name(output);
    open_temporary(output, exists ? &status : NULL, guard);
}

/* A pipe to the next filter is made deep, so that both can work at a time. Linux
 * has it; where it may not be, the pipe stays as it is. */
static void deepen_pipe(int fd)
{
#ifdef F_SETPIPE_SZ
    struct stat status;
    if (fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode) && fcntl(fd, F_GETPIPE_SZ) < PIPE_BYTES)
        (void)fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES);
#else
    (void)fd;
#endif
}

void output_open(struct output *output, const char *path, const char *name, struct guard *guard)
{
    int descriptor = path != NULL ? descriptor_of(path, STDOUT_FILENO) : STDOUT_FILENO;
    *output = (struct output){.name = name, .fd = -1, .descriptor = descriptor};
    if (descriptor == DESCRIPTOR_NONE)
        open_file(output, path, guard);
    else
        output->fd = descriptor == STDOUT_FILENO ? descriptor : descriptor_double(descriptor, path);
    deepen_pipe(output->fd);
}

bool output_close(struct output *output)
{
    bool in_place = output->temporary == NULL;
    int fd = in_place ? dup(output->fd) : output->fd;
    if (!in_place)
        output->fd = -1;
    return fd >= 0 && close(fd) == 0;
}

void output_appear(const struct output *output)
{
    if (output->temporary != NULL && rename(output->temporary, output->path) != 0)
        fail_errno("%s: cannot take its name", output->name);
}

void output_abandon(struct output *output)
{
    if (output->temporary != NULL)
        unlink(output->temporary);
    close(output->fd);
}

void output_free(struct output *output)
{
    free(output->path);
    free(output->temporary);
    output->path = output->temporary = NULL;
}
