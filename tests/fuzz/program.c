#define _GNU_SOURCE /* fdopendir */
#include "program.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "stream/table.h"

enum { ARGUMENTS_MOST = 40, LETTERS_MOST = 12, FILES_MOST = 3, BYTES_MOST = 1 << 16 };

static const char id_mark[] = "<pnr>";

/* A command line in the making. */
struct command {
    const struct fuzz_program *program;
    int argc;
    char *argv[ARGUMENTS_MOST + 1];
    bool elsewhere; /* the result goes to files, or there is none */
    bool ids_first; /* and nothing says that they stand elsewhere */
};

static void add(struct command *c, const char *argument)
{
    if (c->argc < ARGUMENTS_MOST)
        c->argv[c->argc++] = (char *)argument;
}

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static void add_choice(struct command *c, char letter)
{
    const char *choice =
        c->program->choices[(unsigned char)(letter - 'a') % c->program->choice_count];
    c->elsewhere |=
        begins(choice, "-o") || begins(choice, "--into") || strcmp(choice, "--check") == 0;
    c->ids_first &= !begins(choice, "--id") && strcmp(choice, "--from-sums") != 0;
    add(c, choice);
}

/* The same bytes with the mark before each row, where they are plain; a line of the stream's
 * own (#jf-error) stays one. The header has no id. */
static struct slice with_marks(struct slice part)
{
    static char marked[BYTES_MOST];
    size_t at = 0, mark = sizeof id_mark - 1;
    if (part.length > 1 && memcmp(part.bytes, "\x1f\x8b", 2) == 0)
        return part;
    for (size_t i = 0; i < part.length && at + mark + 1 < sizeof marked; i++) {
        marked[at++] = part.bytes[i];
        if (part.bytes[i] != '\n' || i + 1 == part.length || part.bytes[i + 1] == '#')
            continue;
        memcpy(marked + at, id_mark, mark);
        at += mark;
    }
    return (struct slice){marked, at};
}

/* ---- what must hold ---- */

static bool contains(struct slice text, const char *part)
{
    return text.length > 0 && memmem(text.bytes, text.length, part, strlen(part)) != NULL;
}

static int read_table(void *path)
{
    struct table table;
    struct common common = {.no_progress = true, .threads.value = 1};
    char *files[] = {path};
    table_open(&table, files, 1, &common);
    while (table_next(&table))
        ;
    table_close(&table);
    return 0;
}

static void check_table(struct slice bytes, const char *property)
{
    char *path = fuzz_file(FUZZ_FILES - 1, bytes);
    fuzz_check(fuzz_run(read_table, path).status == 0, property);
}

static size_t count_tabs(struct slice line)
{
    size_t tabs = 0;
    for (size_t i = 0; i < line.length; i++)
        tabs += line.bytes[i] == '\t';
    return tabs;
}

/* What a program that failed has written. */
struct broken {
    const char *path;
    struct slice message; /* with its line end */
    bool holds_back;
};

/* The last line, which is the first that is no row. */
static void check_error_line(const struct broken *broken, struct slice line)
{
    size_t mark = sizeof LEAVE_MARK - 1;
    struct slice text = {line.bytes + mark, line.length - mark};
    struct slice message = {broken->message.bytes, broken->message.length - 1};
    fuzz_check(slice_equal(text, message) || contains(message, ": an earlier stage failed: "),
               "the reader is told the message, or that of the earlier stage");
}

static int read_broken(void *context)
{
    const struct broken *broken = context;
    struct source source;
    struct slice line;
    size_t rows = 0, tabs = 0;
    bool told = false;
    source_open(&source, broken->path, 1, NULL, false);
    while (source_line(&source, &line)) {
        fuzz_check(!told, "nothing follows the error line");
        told = begins(line.bytes, LEAVE_MARK);
        if (told) {
            check_error_line(broken, line);
            continue;
        }
        tabs = rows++ == 0 ? count_tabs(line) : tabs;
        fuzz_check(count_tabs(line) == tabs, "rows before the error line are whole");
        fuzz_check(!broken->holds_back, "a result that is held back is not written");
    }
    source_close(&source);
    fuzz_check(told, "a failed program's output ends with the error line");
    return 0;
}

/* The message outlives the run that reads the output. */
static void check_broken(const struct command *c, struct fuzz_outcome outcome)
{
    static char message[BYTES_MOST];
    fuzz_check(outcome.said.length < sizeof message, "a message is short");
    memcpy(message, outcome.said.bytes, outcome.said.length);
    struct broken broken = {.path = fuzz_file(FUZZ_FILES - 1, outcome.out),
                            .message = {message, outcome.said.length},
                            .holds_back = c->program->holds_back};
    fuzz_check(fuzz_run(read_broken, &broken).status == 0, "a failed program's output is lines");
}

static void check_message(struct slice said, bool marked)
{
    fuzz_check(said.length > 4 && memcmp(said.bytes, "jf-", 3) == 0 && contains(said, ": ") &&
                   memchr(said.bytes, '\n', said.length) == said.bytes + said.length - 1,
               "a failure is one line with the program's name");
    fuzz_check(!marked || !contains(said, id_mark), "no message shows an id");
}

/* What is said of a run that is good all the same: lines of the program. */
static void check_remarks(struct slice said, bool marked)
{
    while (said.length > 0) {
        struct slice line = slice_cut(&said, '\n');
        fuzz_check(said.bytes != NULL && line.length > 4 && memcmp(line.bytes, "jf-", 3) == 0 &&
                       contains(line, ": "),
                   "a remark is a line with the program's name");
        fuzz_check(!marked || !contains(line, id_mark), "no remark shows an id");
    }
}

/* Whether output would name it so. */
static bool is_temporary(const char *name)
{
    return strlen(name) == sizeof ".jf-XXXXXX" - 1 && begins(name, ".jf-");
}

/* The files that a run has left, which are removed. */
static void check_files(int status, bool tables)
{
    static char bytes[BYTES_MOST];
    int directory = openat(fuzz_directory(), ".", O_RDONLY | O_DIRECTORY);
    DIR *list = fdopendir(directory);
    for (const struct dirent *entry; (entry = readdir(list)) != NULL;) {
        fuzz_check(!is_temporary(entry->d_name), "no temporary file is left");
        if (entry->d_name[0] == '.')
            continue;
        fuzz_check(status == 0, "a run that failed leaves no file");
        int fd = openat(directory, entry->d_name, O_RDONLY);
        ssize_t length = read(fd, bytes, sizeof bytes);
        close(fd);
        unlinkat(directory, entry->d_name, 0);
        if (length < BYTES_MOST && tables)
            check_table((struct slice){bytes, (size_t)length},
                        "a file that was written is a table");
    }
    closedir(list);
}

static void check_outcome(const struct command *c, struct fuzz_outcome outcome, bool marked)
{
    int status = outcome.status;
    fuzz_check(status >= EXIT_DONE && status <= EXIT_MISUSED, "a program exits with 0, 1 or 2");
    if (status == EXIT_DONE)
        check_remarks(outcome.said, marked);
    else
        check_message(outcome.said, marked);
    if (status == EXIT_MISUSED || c->elsewhere)
        fuzz_check(outcome.out.length == 0, "nothing is written where nothing is to be");
    else if (status == EXIT_DONE && !c->program->draws)
        check_table(outcome.out, "what was written can be read as a table");
    else if (status != EXIT_DONE)
        check_broken(c, outcome);
    check_files(status, !c->program->draws);
}

/* ---- runs ---- */

/* The program changes its options, and is to find them as they were. */
static struct fuzz_outcome run(struct command *c, int (*body)(void *context))
{
    char before[1024];
    fuzz_check(c->program->opt_size <= sizeof before, "the options are held");
    memcpy(before, c->program->opt, c->program->opt_size);
    struct fuzz_outcome outcome = fuzz_run(body, c);
    memcpy(c->program->opt, before, c->program->opt_size);
    return outcome;
}

static int run_main(void *context)
{
    const struct command *c = context;
    return c->program->main(c->argc, (char **)c->argv);
}

static int run_parser(void *context)
{
    const struct command *c = context;
    leave_begin("jf-x");
    int first = option_parse(c->program->table, c->argc, (char **)c->argv);
    fuzz_check(first > 0 && first <= c->argc, "files stand behind the options");
    return 0;
}

/* Its options may be anything, so that it is not run. */
static void try_parser(struct command *c, struct slice rest)
{
    static char words[BYTES_MOST];
    size_t at = 0;
    while (rest.bytes != NULL && c->argc < ARGUMENTS_MOST) {
        struct slice word = fuzz_cut(&rest, "\n");
        if (at + word.length + 1 > sizeof words)
            break;
        memcpy(words + at, word.bytes, word.length);
        words[at + word.length] = '\0';
        add(c, words + at);
        at += word.length + 1;
    }
    struct fuzz_outcome outcome = run(c, run_parser);
    fuzz_check(outcome.status == EXIT_DONE || outcome.status == EXIT_MISUSED,
               "arguments are good or misused");
    if (outcome.status == EXIT_MISUSED)
        check_message(outcome.said, false);
}

static void add_file(struct command *c, unsigned number, struct slice bytes, bool marked)
{
    add(c, fuzz_file(number, marked ? with_marks(bytes) : bytes));
}

/* The options stand in the command, which is a copy. Returns the status. */
static int try_files(struct command c, struct slice rest, bool marked)
{
    if (c.program->listed) {
        add(&c, "-a");
        add_file(&c, 0, fuzz_cut(&rest, "%%\n"), marked);
    }
    if (c.program->first != NULL) {
        add(&c, c.program->first);
        add_file(&c, 0, fuzz_cut(&rest, "%%\n"), false);
    }
    for (unsigned i = 1; i <= FILES_MOST && (i == 1 || rest.bytes != NULL); i++)
        add_file(&c, i, fuzz_cut(&rest, "%%\n"), marked);
    struct fuzz_outcome outcome = run(&c, run_main);
    check_outcome(&c, outcome, marked);
    return outcome.status;
}

/* What fails is tried once more with ids that a message would give away. */
static void try_program(struct command *c, struct slice letters, struct slice rest)
{
    add(c, "-j1");
    for (size_t i = 0; i < letters.length && i < LETTERS_MOST; i++)
        add_choice(c, letters.bytes[i]);
    int status = try_files(*c, rest, false);
    if (status == EXIT_FAILED && c->ids_first && !contains(rest, id_mark))
        try_files(*c, rest, true);
}

int fuzz_program(const struct fuzz_program *program, const uint8_t *data, size_t size)
{
    struct slice rest = {(const char *)data, size};
    struct command command = {.program = program, .ids_first = !program->no_ids};
    add(&command, "jf");
    if (size > 0 && data[0] == '!') {
        fuzz_cut(&rest, "!");
        try_parser(&command, rest);
    } else {
        struct slice letters = fuzz_cut(&rest, "\n");
        try_program(&command, letters, rest);
    }
    return 0;
}
