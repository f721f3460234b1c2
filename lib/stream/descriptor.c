#include "stream/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"

enum { LINKS_MOST = 40 }; /* as Linux has it */

static int number_of(const char *digits)
{
    uint64_t number;
    return slice_whole(slice_of(digits), &number) && number <= INT_MAX ? (int)number
                                                                       : DESCRIPTOR_NONE;
}

size_t descriptor_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? (size_t)(slash + 1 - path) : 0;
}

/* A text of its own. */
static char *copy(const char *bytes, size_t length)
{
    char *text = heap_take(length + 1, 1);
    memcpy(text, bytes, length);
    return text;
}

/* Whether the path, up to its last slash, is the folder of descriptors; under whatever name. */
static bool among_descriptors(const char *path, size_t length)
{
    struct stat one, other;
    char *folder = copy(path, length);
    bool same = strcmp(folder, "/dev/fd/") == 0 || strcmp(folder, "/proc/self/fd/") == 0 ||
                (stat(folder, &one) == 0 && stat("/proc/self/fd", &other) == 0 &&
                 one.st_dev == other.st_dev && one.st_ino == other.st_ino);
    free(folder);
    return same;
}

/* Without regard to links at the path's end. */
static int named(const char *path)
{
    static const char *const standard[] = {"/dev/stdin", "/dev/stdout", "/dev/stderr"};
    for (int i = 0; i < 3; i++)
        if (strcmp(path, standard[i]) == 0)
            return i;
    size_t length = descriptor_folder(path);
    int number = number_of(path + length);
    return number != DESCRIPTOR_NONE && among_descriptors(path, length) ? number : DESCRIPTOR_NONE;
}

/* What the link at the path's end says, as a path; NULL where there is none. */
static char *follow_one(const char *path)
{
    char target[PATH_MAX];
    ssize_t got = readlink(path, target, sizeof target);
    if (got <= 0)
        return NULL;
    size_t length = (size_t)got, folder = target[0] == '/' ? 0 : descriptor_folder(path);
    char *next = heap_take(folder + length + 1, 1);
    memcpy(next, path, folder);
    memcpy(next + folder, target, length);
    return next;
}

/* Goes along the links to the first name of a descriptor, or to their end: then *end is the
 * path there, or NULL where they have none. */
static int walk(const char *path, char **end)
{
    char *at = copy(path, strlen(path)), *next;
    for (int links = 0; at != NULL; links++) {
        int number = named(at);
        if (number != DESCRIPTOR_NONE || (next = follow_one(at)) == NULL) {
            *end = at;
            return number;
        }
        free(at);
        at = next;
        if (links < LINKS_MOST)
            continue;
        free(at);
        at = NULL;
    }
    errno = ELOOP;
    *end = NULL;
    return DESCRIPTOR_NONE;
}

int descriptor_of(const char *path, int standard)
{
    char *end;
    if (strcmp(path, "-") == 0)
        return standard;
    int number = walk(path, &end);
    free(end);
    return number;
}

char *descriptor_follow(const char *path)
{
    char *end;
    walk(path, &end);
    return end;
}

void descriptor_check(int descriptor, const char *name, bool writes)
{
    int flags = fcntl(descriptor, F_GETFL);
    if (flags < 0)
        misuse("%s: descriptor %d is not open", quoted_text(name), descriptor);
    if ((flags & O_ACCMODE) == (writes ? O_RDONLY : O_WRONLY))
        misuse("%s: descriptor %d is not open for %s", quoted_text(name), descriptor,
               writes ? "writing" : "reading");
}

int descriptor_double(int descriptor, const char *name)
{
    int twin = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (twin < 0)
        fail_errno("%s: cannot open", name);
    return twin;
}

bool descriptor_wait(int descriptor, short events)
{
    struct pollfd one = {.fd = descriptor, .events = events};
    if (errno != EAGAIN && errno != EWOULDBLOCK)
        return errno == EINTR;
    while (poll(&one, 1, -1) < 0)
        if (errno != EINTR)
            return false;
    return true;
}
