/*
 * cuts - the parts of a table are its rows, each once.
 *
 *     cuts SEED CASES PROGRAM
 *
 * A case is a random table in one to four files, plain or BGZF, read by PROGRAM (jf-split) in N
 * parts, with --all or for the persons of a list. Where each part begins is worked out here a
 * second time, by the rule as doc/cluster.md words it, from the rows and from where the blocks are
 * known to begin; what a part wrote must be those rows, byte for byte. Where the last line has no
 * line end, one part must fail, and no other. At the end the counts.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

enum { FILES = 4, BLOCK = 65280, PATTERN_BYTES = 12 };

extern char **environ;

struct text {
    char *bytes;
    size_t length, room;
};

struct row {
    unsigned file;
    uint64_t id;       /* its number */
    size_t at, length; /* in its file's text */
    bool listed;
};

struct made {
    struct text text, packed; /* the table, and the file's bytes where it is BGZF */
    bool is_packed;
    size_t *blocks, *texts; /* where each block begins in the file, and its text in the text */
    size_t block_count;
    size_t size; /* of the file */
};

static struct made files[FILES];
static unsigned file_count;
static struct row *rows;
static size_t row_count, row_room;
static struct text list, header;
static uint64_t state;

static uint64_t runs, failures, parts_without, by_kind[3];

static uint64_t draw(uint64_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (state * 0x2545f4914f6cdd1d >> 11) % below;
}

_Noreturn static void stop(const char *what)
{
    fprintf(stderr, "cuts: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void *widen(void *old, size_t size)
{
    void *wider = realloc(old, size);
    if (wider == NULL)
        stop("memory");
    return wider;
}

static void add(struct text *text, const void *bytes, size_t length)
{
    if (text->length + length > text->room) {
        text->room = 2 * (text->length + length) + 4096;
        text->bytes = widen(text->bytes, text->room);
    }
    if (length > 0)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
}

static void add_words(struct text *text, const char *format, ...)
{
    char words[256];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    add(text, words, (size_t)length);
}

/* ---- a table ---- */

static struct plan {
    unsigned columns, id;
    bool carriage, named, whole; /* CR LF; the ids are not in the first column; all lines end */
    uint64_t most_rows, most_person, longest, block, level;
} plan;

static void make_plan(void)
{
    static const uint64_t row_counts[] = {2, 30, 200, 1000}, persons[] = {1, 3, 20, 200},
                          lengths[] = {1, 12, 100, 1000}, sizes[] = {20, 300, 4000, BLOCK};
    plan = (struct plan){.columns = 1 + (unsigned)draw(4),
                         .carriage = draw(4) == 0,
                         .whole = draw(12) > 0,
                         .most_rows = row_counts[draw(4)],
                         .most_person = persons[draw(4)],
                         .longest = lengths[draw(4)],
                         .block = sizes[draw(4)],
                         .level = draw(3) == 0 ? 0 : 1 + draw(6)};
    plan.id = (unsigned)draw(plan.columns);
    if (draw(60) == 0) { /* persons of thousands of rows */
        plan.most_rows = 12000;
        plan.most_person = 5000;
        plan.longest = 12;
    }
    if (draw(60) == 0) { /* lines of a megabyte */
        plan.most_rows = 8;
        plan.columns += plan.columns == 1;
        plan.longest = 1 << 20;
    }
    if (plan.block < 4000 && plan.most_rows * plan.longest > 40000)
        plan.block = BLOCK;
}

/* A cell of any bytes that a cell may have, now and then with what a block begins with. */
static void add_cell(struct text *text)
{
    static const char head[] = "\x1f\x8b\x08\x04";
    uint64_t length =
        draw(3) == 0 ? draw(plan.longest + 1) : draw(plan.longest < 12 ? plan.longest + 1 : 12);
    for (uint64_t i = 0; i < length; i++) {
        char byte = (char)(1 + draw(255));
        bool bad = byte == '\t' || byte == '\n' || byte == '\r';
        add(text, bad ? "x" : &byte, 1);
    }
    if (draw(20) == 0)
        add(text, head, 4);
}

static void add_line_end(struct text *text)
{
    add(text, plan.carriage ? "\r\n" : "\n", 1 + (size_t)plan.carriage);
}

static void add_header(struct text *text)
{
    size_t before = text->length;
    for (unsigned i = 0; i < plan.columns; i++)
        add_words(text, "%s%s%u", i > 0 ? "\t" : "", i == plan.id ? "id" : "c", i);
    add_line_end(text);
    header.length = 0;
    add(&header, text->bytes + before, text->length - before);
}

/* Ids are words of letters, so that none is like another. */
static void add_id(struct text *text, uint64_t id)
{
    do
        add_words(text, "%c", (int)('a' + id % 26));
    while ((id /= 26) > 0);
}

static void add_row(unsigned file, uint64_t id, bool listed)
{
    struct text *text = &files[file].text;
    struct row row = {file, id, text->length, 0, listed};
    for (unsigned i = 0; i < plan.columns; i++) {
        if (i > 0)
            add(text, "\t", 1);
        if (i == plan.id)
            add_id(text, id);
        else
            add_cell(text);
    }
    add_line_end(text);
    row.length = text->length - row.at;
    if (row_count == row_room) {
        row_room = 2 * row_room + 64;
        rows = widen(rows, row_room * sizeof *rows);
    }
    rows[row_count++] = row;
}

/* Rows by persons; a person may go on in the next file, and come again. */
static void make_rows(void)
{
    uint64_t id = draw(26);
    bool listed = false;
    uint64_t left = 0, next = 26;
    list.length = row_count = 0;
    add_words(&list, "id%u\tarm\n", plan.id);
    file_count = 1 + (unsigned)draw(FILES);
    for (unsigned file = 0; file < file_count; file++) {
        files[file].text.length = 0;
        add_header(&files[file].text);
        for (uint64_t i = draw(plan.most_rows + 1); i > 0; i--) {
            if (left == 0) {
                left = 1 + draw(plan.most_person);
                id = next++;
                listed = draw(3) == 0;
                if (listed)
                    add_id(&list, id), add_words(&list, "\t%c\n", "dk"[draw(2)]);
            }
            add_row(file, id, listed);
            left--;
        }
    }
    add_words(&list, "nobody\td\n");
}

/* ---- files ---- */

static void put_block(struct made *file, const char *text, size_t length, int level)
{
    unsigned char packed[BLOCK + 1024], tail[8];
    z_stream z = {.next_in = (void *)(uintptr_t)text, .avail_in = (unsigned)length};
    z.next_out = packed;
    z.avail_out = sizeof packed;
    if (deflateInit2(&z, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK ||
        deflate(&z, Z_FINISH) != Z_STREAM_END)
        stop("deflate");
    size_t size = sizeof packed - z.avail_out;
    deflateEnd(&z);
    unsigned char head[18] = {0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, 6, 0, 'B', 'C', 2, 0};
    head[16] = (unsigned char)((size + 25) % 256);
    head[17] = (unsigned char)((size + 25) / 256);
    uint32_t crc = (uint32_t)crc32(0, (const void *)text, (unsigned)length);
    for (unsigned i = 0; i < 4; i++) {
        tail[i] = (unsigned char)(crc >> 8 * i);
        tail[4 + i] = (unsigned char)(length >> 8 * i);
    }
    add(&file->packed, head, sizeof head);
    add(&file->packed, packed, size);
    add(&file->packed, tail, sizeof tail);
}

static void pack(struct made *file)
{
    size_t at = 0;
    file->packed.length = file->block_count = 0;
    for (bool end = false; !end;) {
        size_t length = draw(15) == 0 ? 0 : 1 + draw(plan.block);
        if (length > file->text.length - at)
            length = file->text.length - at;
        end = at == file->text.length;
        file->blocks = widen(file->blocks, (file->block_count + 1) * sizeof *file->blocks);
        file->texts = widen(file->texts, (file->block_count + 1) * sizeof *file->texts);
        file->blocks[file->block_count] = file->packed.length;
        file->texts[file->block_count++] = at;
        put_block(file, file->text.bytes + at, length, (int)plan.level);
        at += length;
    }
}

static void write_file(const char *name, const struct text *text)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    for (size_t at = 0; at < text->length;) {
        ssize_t put = write(fd, text->bytes + at, text->length - at);
        if (put <= 0)
            stop(name);
        at += (size_t)put;
    }
    if (close(fd) != 0)
        stop(name);
}

static void write_files(void)
{
    char name[16];
    unsigned kind = (unsigned)draw(3); /* all plain, all BGZF, both */
    by_kind[kind]++;
    for (unsigned i = 0; i < file_count; i++) {
        struct made *file = &files[i];
        if (i + 1 == file_count && !plan.whole)
            file->text.length--;
        file->is_packed = kind == 1 || (kind == 2 && draw(2) == 0);
        if (file->is_packed)
            pack(file);
        const struct text *bytes = file->is_packed ? &file->packed : &file->text;
        file->size = bytes->length;
        snprintf(name, sizeof name, "f%u", i);
        write_file(name, bytes);
    }
    write_file("list", &list);
}

/* ---- the rule ---- */

/* The number of the first row of the part that begins at that bound. */
static size_t start_of(uint64_t bound, uint64_t all)
{
    unsigned file = 0;
    size_t text, row = 0;
    if (bound == 0)
        return 0;
    if (bound == all)
        return row_count;
    while (bound >= files[file].size)
        bound -= files[file++].size;
    text = (size_t)bound;
    if (files[file].is_packed) {
        size_t block = 0;
        while (block < files[file].block_count && files[file].blocks[block] < bound)
            block++;
        text = block < files[file].block_count ? files[file].texts[block] : files[file].text.length;
    }
    while (row < row_count &&
           (rows[row].file < file || (rows[row].file == file && rows[row].at <= text)))
        row++;
    do
        row++;
    while (row < row_count && rows[row].id == rows[row - 1].id);
    return row < row_count ? row : row_count;
}

/* ---- running ---- */

static struct text read_whole(const char *name)
{
    struct text text = {0};
    char bytes[65536];
    ssize_t got;
    int fd = open(name, O_RDONLY);
    while ((got = read(fd, bytes, sizeof bytes)) > 0)
        add(&text, bytes, (size_t)got);
    close(fd);
    return text;
}

static int run(const char *program, const char *part, const char *threads, bool every)
{
    static char names[FILES][16];
    char id[16], *arguments[24];
    unsigned n = 0;
    int status;
    pid_t child;
    posix_spawn_file_actions_t actions;
    snprintf(id, sizeof id, "--id=id%u", plan.id);
    arguments[n++] = (char *)(uintptr_t)program;
    arguments[n++] = (char *)"-alist";
    arguments[n++] = (char *)"--take=";
    arguments[n++] = (char *)(uintptr_t)threads;
    arguments[n++] = (char *)(uintptr_t)part;
    arguments[n++] = id;
    if (every)
        arguments[n++] = (char *)"--all";
    for (unsigned i = 0; i < file_count; i++) {
        snprintf(names[i], sizeof names[i], "f%u", i);
        arguments[n++] = names[i];
    }
    arguments[n] = NULL;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "out", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&actions, 2, "said", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (posix_spawn(&child, program, &actions, NULL, arguments, environ) != 0)
        stop(program);
    posix_spawn_file_actions_destroy(&actions);
    if (waitpid(child, &status, 0) != child)
        stop("waitpid");
    runs++;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void add_wanted(struct text *want, size_t from, size_t to, bool every)
{
    want->length = 0;
    add(want, header.bytes, header.length);
    if (plan.carriage)
        want->length -= 2, add(want, "\n", 1);
    for (size_t i = from; i < to; i++) {
        if (!every && !rows[i].listed)
            continue;
        add(want, files[rows[i].file].text.bytes + rows[i].at, rows[i].length);
        if (plan.carriage)
            want->length -= 2, add(want, "\n", 1);
    }
}

/* Whether the part wrote what it should, and failed where it should. */
static bool part_is_good(const char *program, unsigned i, unsigned n, bool every, uint64_t all)
{
    static struct text want;
    char part[32], threads[8];
    size_t from = start_of(all * (i - 1) / n, all), to = start_of(all * i / n, all);
    snprintf(part, sizeof part, "--part=%u/%u", i, n);
    snprintf(threads, sizeof threads, "-j%u", 1 + (unsigned)draw(4));
    int status = run(program, part, threads, every);
    parts_without += from == to;
    failures += status == 1;
    if (!plan.whole && status <= 1)
        return true;
    if (status != 0) {
        printf("part %u/%u: exit %d, rows %zu to %zu of %zu\n", i, n, status, from, to, row_count);
        return false;
    }
    struct text got = read_whole("out");
    add_wanted(&want, from, to, every);
    bool same = got.length == want.length && memcmp(got.bytes, want.bytes, got.length) == 0;
    if (!same)
        printf("part %u/%u: %zu bytes where %zu were expected, rows %zu to %zu of %zu\n", i, n,
               got.length, want.length, from, to, row_count);
    free(got.bytes);
    return same;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return fprintf(stderr, "usage: cuts SEED CASES PROGRAM\n"), 2;
    uint64_t seed = strtoull(argv[1], NULL, 10), cases = strtoull(argv[2], NULL, 10);
    for (uint64_t i = 0; i < cases; i++) {
        state = (seed + i) * 0x9e3779b97f4a7c15 | 1;
        for (unsigned j = 0; j < 20; j++)
            draw(2);
        make_plan();
        make_rows();
        if (row_count == 0)
            continue;
        plan.whole |= rows[row_count - 1].file + 1 != file_count;
        write_files();
        uint64_t all = 0;
        for (unsigned j = 0; j < file_count; j++)
            all += files[j].size;
        unsigned n = 1 + (unsigned)draw(20);
        bool every = draw(2) == 0;
        failures = 0;
        for (unsigned part = 1; part <= n; part++)
            if (!part_is_good(argv[3], part, n, every, all)) {
                printf("seed %llu: cuts %llu 1 PROGRAM shows it\n", (unsigned long long)(seed + i),
                       (unsigned long long)(seed + i));
                return 1;
            }
        if (!plan.whole && failures != 1) {
            printf("seed %llu: a last line without a line end, and %llu of %u parts failed\n",
                   (unsigned long long)(seed + i), (unsigned long long)failures, n);
            return 1;
        }
    }
    printf(
        "%llu cases (%llu plain, %llu BGZF, %llu both), %llu parts, %llu of them empty: each its "
        "rows\n",
        (unsigned long long)cases, (unsigned long long)by_kind[0], (unsigned long long)by_kind[1],
        (unsigned long long)by_kind[2], (unsigned long long)runs,
        (unsigned long long)parts_without);
    return 0;
}
