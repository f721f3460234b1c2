#include "stream/ends.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "stream/descriptor.h"

/* What a file is to a run; it may be several. */
enum role { LIST, INPUT, PIPE_INPUT, WRITTEN, STREAM, PIPE_WRITTEN, ROLES };

#define ROLE(role) (1u << (role))
#define INPUTS     (ROLE(LIST) | ROLE(INPUT))
#define OUTPUTS    (ROLE(WRITTEN) | ROLE(STREAM))

/* How an end is called in messages. */
struct called {
    const char *option; /* or another word of ours, or NULL */
    const char *path;
    bool is_input;
};

struct known {
    struct called as[ROLES]; /* zeroed: not in this role */
};

/* What a path leads to. */
struct end {
    int descriptor; /* or DESCRIPTOR_NONE */
    bool is_pipe;
    size_t length; /* of the identity; 0: it is compared with nothing */
    char identity[sizeof(dev_t) + sizeof(ino_t) + NAME_MAX + 1];
};

static void add_bytes(struct end *end, const void *bytes, size_t length)
{
    memcpy(end->identity + end->length, bytes, length);
    end->length += length;
}

static void add_inode(struct end *end, const struct stat *status)
{
    add_bytes(end, &status->st_dev, sizeof status->st_dev);
    add_bytes(end, &status->st_ino, sizeof status->st_ino);
}

/* A file that is not there yet. */
static void identify_new(struct end *end, const char *path)
{
    struct stat status;
    char *target = descriptor_follow(path);
    size_t length = target != NULL ? descriptor_folder(target) : 0;
    const char *name = target != NULL ? target + length : "";
    char *folder = heap_take(length + 2, 1);
    memcpy(folder, length > 0 ? target : ".", length > 0 ? length : 1);
    if (*name != '\0' && strlen(name) <= NAME_MAX && stat(folder, &status) == 0) {
        add_inode(end, &status);
        add_bytes(end, name, strlen(name));
    }
    free(folder);
    free(target);
}

static struct end identify(const char *path, int standard)
{
    struct stat status;
    struct end end = {.descriptor = descriptor_of(path, standard)};
    bool by_path = end.descriptor == DESCRIPTOR_NONE;
    bool exists = (by_path ? stat(path, &status) : fstat(end.descriptor, &status)) == 0;
    end.is_pipe = exists && by_path && S_ISFIFO(status.st_mode);
    if (exists && (S_ISREG(status.st_mode) || end.is_pipe))
        add_inode(&end, &status);
    else if (!exists && by_path)
        identify_new(&end, path);
    return end;
}

static const char *name_of(struct called called)
{
    return called.option != NULL ? called.option : quoted_text(called.path);
}

static bool is_known(struct called called)
{
    return called.option != NULL || called.path != NULL;
}

/* Knows the end in its role. Returns how it is called in one of the roles that it must not have
 * as well, or a zeroed name. */
static struct called meet(struct ends *ends, struct slice identity, enum role role,
                          struct called called, unsigned against)
{
    size_t number;
    struct called other = {0};
    if (identity.length == 0)
        return other;
    if (map_add(&ends->files, identity, &number)) {
        ends->known = heap_grow(ends->known, &ends->room, number + 1, sizeof *ends->known);
        ends->known[number] = (struct known){0};
    }
    struct called *as = ends->known[number].as;
    for (unsigned i = 0; i < ROLES; i++)
        if ((against & ROLE(i)) != 0 && is_known(as[i]))
            other = as[i];
    as[role] = called;
    return other;
}

/* Each file is open to the end, as its last row is known only then. Where the limit may not be
 * raised, it stays. */
static void raise_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static struct slice identity_of(const struct end *end)
{
    return (struct slice){end->identity, end->length};
}

void ends_begin(struct ends *ends)
{
    static const char *const names[] = {"stdin", "stdout", "stderr"};
    *ends = (struct ends){0};
    raise_limit();
    for (int fd = STDERR_FILENO; fd >= STDOUT_FILENO; fd--) {
        struct end end = identify("-", fd);
        meet(ends, identity_of(&end), STREAM, (struct called){names[fd], NULL, false}, 0);
    }
}

/* A descriptor has one place in its file, and who reads first leaves nothing. */
static void check_reader(struct ends *ends, int descriptor, struct called called)
{
    struct slice identity = {(const char *)&descriptor, sizeof descriptor};
    struct called other = meet(ends, identity, INPUT, called, INPUTS);
    if (!is_known(other))
        return;
    if (descriptor == STDIN_FILENO)
        misuse("%s and %s cannot both come from stdin", name_of(other), name_of(called));
    misuse("%s and %s cannot both come from descriptor %d", name_of(other), name_of(called),
           descriptor);
}

static void add_input(struct ends *ends, enum role role, struct called called, const char *path)
{
    struct end end = identify(path, STDIN_FILENO);
    if (end.descriptor > STDIN_FILENO || (end.descriptor == STDIN_FILENO && strcmp(path, "-") != 0))
        descriptor_check(end.descriptor, path, false);
    if (end.is_pipe)
        role = PIPE_INPUT;
    struct called other =
        meet(ends, identity_of(&end), role, called, role == INPUT ? ROLE(INPUT) : 0);
    if (is_known(other))
        misuse("%s and %s are one file, which would count twice; name it once", name_of(other),
               name_of(called));
    if (end.descriptor != DESCRIPTOR_NONE)
        check_reader(ends, end.descriptor, called);
}

void ends_list(struct ends *ends, const char *option, const char *path)
{
    add_input(ends, LIST, (struct called){option, path, true}, path);
}

void ends_files(struct ends *ends, char *const files[], size_t count)
{
    const struct called standard = {"stdin", NULL, true};
    for (size_t i = 0; i < count; i++) {
        bool dash = strcmp(files[i], "-") == 0;
        add_input(ends, INPUT, dash ? standard : (struct called){NULL, files[i], true}, files[i]);
    }
    if (count == 0)
        add_input(ends, INPUT, standard, "-");
}

/* What an output must not be, where it has this role. */
static unsigned against(const struct ends *ends, enum role role, const char *option)
{
    bool takes_place = strcmp(option, "-o") == 0 && !ends->shared;
    if (role == STREAM)
        return INPUTS | ROLE(WRITTEN);
    if (role == PIPE_WRITTEN)
        return ROLE(PIPE_INPUT);
    return OUTPUTS | (takes_place ? ROLE(LIST) : INPUTS);
}

void ends_output(struct ends *ends, const char *option, const char *path)
{
    struct called called = {path != NULL ? option : "stdout", path, false};
    if (path == NULL && strcmp(option, "-o") != 0)
        return;
    struct end end = identify(path != NULL ? path : "-", STDOUT_FILENO);
    enum role role = end.descriptor != DESCRIPTOR_NONE ? STREAM
                     : end.is_pipe                     ? PIPE_WRITTEN
                                                       : WRITTEN;
    if (end.descriptor != DESCRIPTOR_NONE && path != NULL)
        descriptor_check(end.descriptor, path, true);
    struct called other = meet(ends, identity_of(&end), role, called, against(ends, role, option));
    if (!is_known(other))
        return;
    if (role == STREAM && other.is_input)
        misuse("%s and %s are the same file, which cannot be written while it is read; write to "
               "another, or with -o, which takes its place when all is read",
               name_of(called), name_of(other));
    misuse("%s and %s are the same file; give each a name of its own", name_of(called),
           name_of(other));
}

const char *ends_clash(struct ends *ends, const char *option, const char *path)
{
    struct end end = identify(path, DESCRIPTOR_NONE);
    if (end.descriptor != DESCRIPTOR_NONE)
        return "an open descriptor";
    enum role role = end.is_pipe ? PIPE_WRITTEN : WRITTEN;
    struct called other = meet(ends, identity_of(&end), role, (struct called){option, NULL, false},
                               against(ends, role, option));
    return is_known(other) ? name_of(other) : NULL;
}

void ends_check(const char *output, char *const files[], size_t count, const char *option,
                const char *list)
{
    ends_check_shared(false, output, files, count, option, list);
}

void ends_check_shared(bool shared, const char *output, char *const files[], size_t count,
                       const char *option, const char *list)
{
    struct ends ends;
    ends_begin(&ends);
    ends.shared = shared;
    ends_files(&ends, files, count);
    if (list != NULL)
        ends_list(&ends, option, list);
    ends_output(&ends, "-o", output);
    ends_free(&ends);
}

void ends_free(struct ends *ends)
{
    map_free(&ends->files);
    free(ends->known);
}
