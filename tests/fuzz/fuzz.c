/*
 * How a run is undone
 * -------------------
 * A program that fails leaves with all that it holds, as is right for a process. Here
 * there is one process for millions of runs, so the way out of `leave` is a jump back to
 * fuzz_run, and the linker puts (--wrap) functions of this file before some of the C
 * library's and zlib's:
 *
 *     malloc ... free  note what is live; what still is after a run is freed
 *     inflateInit2_,   make zlib, which is not linked with us, take memory by the same
 *     deflateInit2_    functions
 *     read             gives short reads where a harness wants them
 *
 * The rooms leave and message are included, for their statics; stderr of message is a
 * buffer here, so that descriptor 2 stays with the sanitizers. Descriptors that a run
 * opened are those from the lowest one that was free before, with small gaps; fuzz_run
 * closes them.
 *
 * What is undone is the harness's own, too: a body may leave what it took to fuzz_run.
 */
#define _GNU_SOURCE /* memfd_create */
#include "fuzz.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/heap.h"

#include "../../lib/base/leave.c"

static FILE *said;

#undef stderr
#define stderr said
#include "../../lib/base/message.c"
#undef stderr

enum { LIVE_MOST = 1 << 16, GAP_MOST = 8, SHOWN_BYTES = 400 };

static struct {
    bool ready, running;
    jmp_buf way_back;
    void *live[LIVE_MOST];
    size_t live_count;
    int first_free; /* descriptor before the run */
    size_t read_most;
    int out, files[FUZZ_FILES];
    char paths[FUZZ_FILES][32];
    int directory, before;
    char directory_name[256];
    char *said_bytes;
    size_t said_length;
    char *out_bytes;
    size_t out_room;
    uint64_t trace;
    struct fuzz_outcome last;
} fuzz;

/* ---- in the place of the C library ---- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void __real_free(void *block);
ssize_t __real_read(int fd, void *into, size_t length);
int __real_inflateInit2_(z_stream *z, int bits, const char *version, int size);
int __real_deflateInit2_(z_stream *z, int level, int method, int bits, int memory, int strategy,
                         const char *version, int size);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
void __wrap_free(void *block);
ssize_t __wrap_read(int fd, void *into, size_t length);
int __wrap_inflateInit2_(z_stream *z, int bits, const char *version, int size);
int __wrap_deflateInit2_(z_stream *z, int level, int method, int bits, int memory, int strategy,
                         const char *version, int size);

static void *note(void *block)
{
    if (fuzz.running && block != NULL) {
        fuzz_check(fuzz.live_count < LIVE_MOST, "a run holds few blocks of memory");
        fuzz.live[fuzz.live_count++] = block;
    }
    return block;
}

/* Blocks mostly die young. What is not there came before the run, or from the C library. */
static void forget(const void *block)
{
    for (size_t i = fuzz.live_count; i-- > 0;)
        if (fuzz.live[i] == block) {
            fuzz.live[i] = fuzz.live[--fuzz.live_count];
            return;
        }
}

void *__wrap_malloc(size_t size)
{
    return note(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return note(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size)
{
    forget(old);
    return note(__real_realloc(old, size));
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return note(__real_aligned_alloc(alignment, size));
}

void __wrap_free(void *block)
{
    forget(block);
    __real_free(block);
}

ssize_t __wrap_read(int fd, void *into, size_t length)
{
    bool cut = fuzz.running && fuzz.read_most > 0 && fuzz.read_most < length;
    return __real_read(fd, into, cut ? fuzz.read_most : length);
}

static void *take_for_zlib(void *context, unsigned count, unsigned size)
{
    (void)context;
    return note(__real_calloc(count, size));
}

static void free_for_zlib(void *context, void *block)
{
    (void)context;
    __wrap_free(block);
}

int __wrap_inflateInit2_(z_stream *z, int bits, const char *version, int size)
{
    z->zalloc = take_for_zlib;
    z->zfree = free_for_zlib;
    return __real_inflateInit2_(z, bits, version, size);
}

int __wrap_deflateInit2_(z_stream *z, int level, int method, int bits, int memory, int strategy,
                         const char *version, int size)
{
    z->zalloc = take_for_zlib;
    z->zfree = free_for_zlib;
    return __real_deflateInit2_(z, level, method, bits, memory, strategy, version, size);
}

/* ---- runs ---- */

static void must(bool good, const char *what)
{
    if (!good) {
        perror(what);
        abort();
    }
}

static void show(const char *what, struct slice bytes)
{
    fprintf(stderr, "%s: ", what);
    fwrite(bytes.bytes, 1, bytes.length < SHOWN_BYTES ? bytes.length : SHOWN_BYTES, stderr);
    fputc('\n', stderr);
}

void fuzz_check(bool holds, const char *property)
{
    if (holds)
        return;
    fprintf(stderr, "fuzz: it does not hold that %s\n", property);
    fprintf(stderr, "status: %d\n", fuzz.last.status);
    if (fuzz.said_length > 0)
        show("said", (struct slice){fuzz.said_bytes, fuzz.said_length});
    if (fuzz.last.out.length > 0)
        show("out", fuzz.last.out);
    abort();
}

static void remove_directory(void)
{
    for (unsigned i = 0; i < FUZZ_FILES; i++)
        unlinkat(fuzz.directory, fuzz.paths[i], 0);
    rmdir(fuzz.directory_name);
}

static void open_directory(void)
{
    const char *parent = getenv("TMPDIR");
    snprintf(fuzz.directory_name, sizeof fuzz.directory_name, "%s/jf-fuzz-XXXXXX",
             parent != NULL ? parent : "/tmp");
    must(mkdtemp(fuzz.directory_name) != NULL, fuzz.directory_name);
    fuzz.directory = open(fuzz.directory_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    fuzz.before = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    must(fuzz.directory >= 0 && fuzz.before >= 0, fuzz.directory_name);
    atexit(remove_directory);
}

/* Once: what stays open for all runs. */
static void get_ready(void)
{
    if (fuzz.ready)
        return;
    fuzz.ready = true;
    unsetenv("JF_GZIP");
    unsetenv("JF_THREADS");
    said = open_memstream(&fuzz.said_bytes, &fuzz.said_length);
    fuzz.out = memfd_create("out", MFD_CLOEXEC);
    must(said != NULL && fuzz.out >= 0, "memfd");
    open_directory();
    for (unsigned i = 0; i < FUZZ_FILES; i++) {
        snprintf(fuzz.paths[i], sizeof fuzz.paths[i], ".in%u", i);
        fuzz.files[i] = openat(fuzz.directory, fuzz.paths[i], O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        must(fuzz.files[i] >= 0, "an input");
    }
}

/* A status of 0 must not look like the first return of setjmp. */
static void jump_back(int status)
{
    longjmp(fuzz.way_back, status + 1);
}

/* A failure closes descriptor 1, so it is made anew for each run. */
static void begin_run(void)
{
    get_ready();
    fflush(said);
    rewind(said);
    optind = 0; /* getopt begins anew */
    must(ftruncate(fuzz.out, 0) == 0 && lseek(fuzz.out, 0, SEEK_SET) == 0 &&
             dup2(fuzz.out, STDOUT_FILENO) == STDOUT_FILENO && fchdir(fuzz.directory) == 0,
         "begin a run");
    fuzz.first_free = dup(fuzz.out);
    close(fuzz.first_free);
    fuzz.running = true;
    way_out = jump_back;
}

static void read_out(void)
{
    off_t length = lseek(fuzz.out, 0, SEEK_END);
    fuzz.out_bytes = heap_grow(fuzz.out_bytes, &fuzz.out_room, (size_t)length + 1, 1);
    must(pread(fuzz.out, fuzz.out_bytes, (size_t)length, 0) == length, "read what was written");
    fuzz.last.out = (struct slice){fuzz.out_bytes, (size_t)length};
}

static void end_run(int status)
{
    fuzz.running = false;
    way_out = exit;
    guards = NULL;
    status_shown = false;
    quote_next = 0;
    program_name = "jf";
    while (fuzz.live_count > 0)
        __real_free(fuzz.live[--fuzz.live_count]);
    for (int fd = fuzz.first_free, gap = 0; gap < GAP_MOST; fd++)
        gap = close(fd) == 0 ? 0 : gap + 1;
    must(fchdir(fuzz.before) == 0, "go back");
    fflush(said);
    read_out();
    fuzz.last.status = status;
    fuzz.last.said = (struct slice){fuzz.said_bytes, fuzz.said_length};
    fuzz.trace = fuzz_hash(fuzz.trace, &status, sizeof status);
    fuzz.trace = fuzz_hash(fuzz.trace, fuzz.out_bytes, fuzz.last.out.length);
    fuzz.trace = fuzz_hash(fuzz.trace, fuzz.said_bytes, fuzz.said_length);
}

struct fuzz_outcome fuzz_run(int (*body)(void *context), void *context)
{
    begin_run();
    int left = setjmp(fuzz.way_back);
    if (left == 0)
        end_run(body(context));
    else
        end_run(left - 1);
    return fuzz.last;
}

int fuzz_directory(void)
{
    return fuzz.directory;
}

uint64_t fuzz_trace(void)
{
    uint64_t trace = fuzz.trace;
    fuzz.trace = 0;
    return trace;
}

/* ---- inputs ---- */

char *fuzz_file(unsigned number, struct slice bytes)
{
    get_ready();
    int fd = fuzz.files[number];
    must(ftruncate(fd, 0) == 0 && pwrite(fd, bytes.bytes, bytes.length, 0) == (ssize_t)bytes.length,
         "write an input");
    return fuzz.paths[number];
}

void fuzz_stdin(struct slice bytes)
{
    fuzz_file(0, bytes);
    must(dup2(fuzz.files[0], STDIN_FILENO) == STDIN_FILENO && lseek(STDIN_FILENO, 0, SEEK_SET) == 0,
         "stdin");
}

void fuzz_stdin_pipe(struct slice bytes)
{
    int ends[2];
    must(bytes.length <= FUZZ_PIPE && pipe(ends) == 0 &&
             write(ends[1], bytes.bytes, bytes.length) == (ssize_t)bytes.length &&
             dup2(ends[0], STDIN_FILENO) == STDIN_FILENO,
         "a pipe");
    close(ends[0]);
    close(ends[1]);
}

void fuzz_read_most(size_t bytes)
{
    fuzz.read_most = bytes;
}

struct slice fuzz_cut(struct slice *rest, const char *mark)
{
    struct slice part = *rest;
    size_t length = strlen(mark);
    for (size_t at = 0; at + length <= rest->length; at++)
        if (memcmp(rest->bytes + at, mark, length) == 0) {
            part.length = at;
            *rest = (struct slice){rest->bytes + at + length, rest->length - at - length};
            return part;
        }
    *rest = (struct slice){NULL, 0};
    return part;
}

uint64_t fuzz_hash(uint64_t from, const void *bytes, size_t length)
{
    uint64_t hash = from ^ 0xcbf29ce484222325;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3;
    return hash;
}
