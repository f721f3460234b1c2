#include "base/option.h"

#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/completion.h"
#include "base/heap.h"
#include "base/leave.h"
#include "base/message.h"
#include "base/suggest.h"

#ifndef JF_VERSION
#error "the Makefile gives JF_VERSION"
#endif

enum { OPTIONS_MOST = 64, HELP_COLUMN = 30, LONG_BASE = 256, THREADS_MOST = 64 };

/* The rows of one program and the common ones, with the two that end it. */
struct all_options {
    struct option_row rows[OPTIONS_MOST];
    size_t count;
    bool help, version;
};

/* Adds rows; those of the group `of` have their targets in its model. */
static void add_rows(struct all_options *all, const struct option_row *rows,
                     const struct option_row *of)
{
    for (const struct option_row *row = rows; row->kind != OPTION_ENDS; row++) {
        if (row->kind == OPTION_IS_GROUP) {
            add_rows(all, row->group, row);
            continue;
        }
        assert(all->count < OPTIONS_MOST);
        all->rows[all->count] = *row;
        if (of != NULL)
            all->rows[all->count].target =
                (char *)of->target + ((const char *)row->target - (const char *)of->model);
        all->count++;
    }
}

static void gather(const struct option_program *program, struct all_options *all)
{
    struct common *c = program->common;
    const struct option_row output[] = {
        OPTION_TEXT('o', "output", "FILE", &c->output,
                    "write to FILE, which appears whole or not at all"),
        OPTION_MAYBE('z', "gzip", "[LEVEL]", 0, 9, 6, &c->level,
                     "write gzip; 0 (stored) to 9, default 6"),
        OPTION_END,
    };
    const struct option_row selection[] = {
        OPTION_LIST(0, "columns", "LIST", &c->columns, "write only these columns, in this order"),
        OPTION_END,
    };
    const struct option_row shared[] = {
        OPTION_FLAG(0, "decimal-comma", &c->decimal_comma, "numbers come with a decimal comma"),
        OPTION_WHOLE('j', "threads", "N", 1, THREADS_MOST, &c->threads,
                     "use N threads (default: the cores, at most 8)"),
        OPTION_FLAG(0, "progress", &c->progress, "show progress on stderr"),
        OPTION_FLAG(0, "no-progress", &c->no_progress, "never show progress"),
        OPTION_FLAG('h', "help", &all->help, "show this help and exit"),
        OPTION_FLAG('V', "version", &all->version, "show the version and exit"),
        OPTION_END,
    };
    add_rows(all, program->rows, NULL);
    add_rows(all, output, NULL);
    if (!program->draws)
        add_rows(all, selection, NULL);
    add_rows(all, shared, NULL);
}

static void print_help(const struct option_program *program, const struct all_options *all)
{
    printf("usage: %s %s\n%s\n\n", leave_program(), program->usage, program->purpose);
    for (size_t i = 0; i < all->count; i++) {
        const struct option_row *row = &all->rows[i];
        bool optional = row->argument != NULL && row->argument[0] == '[';
        int width = row->letter != 0 ? printf("  -%c, --%s", row->letter, row->name)
                                     : printf("      --%s", row->name);
        if (optional)
            width += printf("[=%s", row->argument + 1);
        else if (row->argument != NULL)
            width += printf("=%s", row->argument);
        if (width >= HELP_COLUMN)
            width = printf("\n") - 1;
        printf("%*s%s\n", HELP_COLUMN - width, "", row->help);
    }
    printf("\nNo FILE, or -: standard input. Plain or gzip. See '%s(1)' and 'jf(7)'.\n",
           leave_program());
}

/* What was printed is not there until it is written. */
_Noreturn static void leave_printed(void)
{
    bool failed = fflush(stdout) != 0 || ferror(stdout);
    if (failed && errno == EPIPE)
        leave_unread(NULL);
    if (failed)
        fail_errno("stdout: cannot write");
    leave_now(NULL, EXIT_DONE);
}

static void list_add(struct list *list, struct slice item)
{
    list->items = heap_grow(list->items, &list->room, list->count + 1, sizeof *list->items);
    list->items[list->count++] = item;
}

static void set_list(const struct option_row *row, struct slice text)
{
    struct list *list = row->target;
    if (list->given)
        misuse("--%s is given twice, and the first list would go unused; make one of them, with "
               "commas",
               row->name);
    *list = (struct list){.given = true};
    if (text.length == 0 && !row->maybe_none)
        misuse("--%s: an empty list; is a variable of the shell not set?", row->name);
    if (text.length == 0)
        return;
    char *room = heap_take(text.length, 1);
    do {
        struct slice item = slice_cut_item(&text, &room);
        if (item.length == 0)
            misuse("--%s: an empty name between commas", row->name);
        list_add(list, item);
    } while (text.bytes != NULL);
}

static void set_choice(const struct option_row *row, struct slice text)
{
    struct slice rest = slice_of(row->argument);
    struct suggest near = suggest_begin(text);
    for (unsigned i = 0; rest.bytes != NULL; i++) {
        struct slice choice = slice_cut(&rest, '|');
        if (slice_equal(choice, text)) {
            memcpy(row->target, &i, sizeof i); /* an enum without negative values is unsigned */
            return;
        }
        suggest_offer(&near, choice);
    }
    misuse("--%s: %s is not one of %s%s", row->name, quoted_given(text), row->argument,
           suggest_text(&near));
}

/* A whole number from low to high; `name` says whose it is. */
static struct whole whole(const char *name, struct slice text, uint64_t low, uint64_t high)
{
    struct whole whole = {.given = true};
    if (!slice_whole(text, &whole.value) || whole.value < low || whole.value > high)
        misuse("%s: %s is not a whole number from %llu to %llu", name, quoted_given(text),
               (unsigned long long)low, (unsigned long long)high);
    return whole;
}

static void set_whole(const struct option_row *row, const char *argument)
{
    char name[40];
    snprintf(name, sizeof name, "--%s", row->name);
    *(struct whole *)row->target = argument == NULL
                                       ? (struct whole){row->silent, true}
                                       : whole(name, slice_of(argument), row->low, row->high);
}

/* A dash is stdout; an empty name is that of an unset variable. */
static void check_output(struct common *common)
{
    if (common->output == NULL)
        return;
    if (common->output[0] == '\0')
        misuse("--output: an empty name; is a variable of the shell not set?");
    if (strcmp(common->output, "-") == 0)
        common->output = NULL;
}

/* Shared servers set it for all programs. */
static void heed_environment(struct common *common)
{
    const char *threads = getenv("JF_THREADS");
    if (!common->threads.given && threads != NULL && threads[0] != '\0')
        common->threads = whole("JF_THREADS", slice_of(threads), 1, THREADS_MOST);
}

static void set(const struct option_row *row, const char *argument)
{
    struct slice text = argument != NULL ? slice_of(argument) : (struct slice){0};
    switch (row->kind) {
    case OPTION_IS_FLAG:
        *(bool *)row->target = true;
        break;
    case OPTION_IS_TEXT:
        *(const char **)row->target = argument != NULL ? argument : row->without;
        break;
    case OPTION_IS_LIST:
        set_list(row, text);
        break;
    case OPTION_IS_MANY:
        list_add(row->target, text);
        ((struct list *)row->target)->given = true;
        break;
    case OPTION_IS_CHOICE:
        set_choice(row, text);
        break;
    case OPTION_IS_WHOLE:
        set_whole(row, argument);
        break;
    case OPTION_IS_GROUP:
    case OPTION_ENDS:
        break;
    }
}

/* getopt's own tables, made from ours. */
static void plan_getopt(const struct all_options *all, struct option *longs, char *shorts)
{
    *shorts++ = ':';
    for (size_t i = 0; i < all->count; i++) {
        const struct option_row *row = &all->rows[i];
        bool optional = row->argument != NULL && row->argument[0] == '[';
        int argument = row->argument == NULL ? no_argument
                       : optional            ? optional_argument
                                             : required_argument;
        longs[i] = (struct option){row->name, argument, NULL, LONG_BASE + (int)i};
        if (row->letter == 0)
            continue;
        *shorts++ = row->letter;
        for (int colons = argument; colons > 0; colons--)
            *shorts++ = ':';
    }
    longs[all->count] = (struct option){0};
    *shorts = '\0';
}

static const struct option_row *row_of(const struct all_options *all, int code)
{
    if (code == 0)
        return NULL;
    if (code >= LONG_BASE)
        return &all->rows[code - LONG_BASE];
    for (size_t i = 0; i < all->count; i++)
        if (all->rows[i].letter == code)
            return &all->rows[i];
    return NULL;
}

/* A long name that nobody knows, or that fits several. */
_Noreturn static void refuse_name(const struct all_options *all, const char *word)
{
    struct slice rest = slice_of(word + 2);
    struct slice name = slice_cut(&rest, '=');
    struct suggest near = suggest_begin(name);
    near.before = "--";
    size_t fits = 0;
    for (size_t i = 0; i < all->count; i++) {
        struct slice known = slice_of(all->rows[i].name);
        fits += known.length > name.length &&
                slice_equal((struct slice){known.bytes, name.length}, name);
        suggest_offer(&near, known);
    }
    misuse("%s option %s%s", fits > 1 ? "ambiguous" : "unknown",
           quoted_given((struct slice){word, name.length + 2}), suggest_text(&near));
}

/* `code` is '?' or ':'; getopt left what it stumbled on in optopt. */
_Noreturn static void refuse(const struct all_options *all, const char *word, int code)
{
    const struct option_row *row = row_of(all, optopt);
    if (row != NULL && code == ':')
        misuse("--%s needs an argument: %s", row->name, row->argument);
    if (row != NULL)
        misuse("--%s takes no argument", row->name);
    if (optopt != 0)
        misuse("unknown option %s", quoted_given((struct slice){(char[]){'-', (char)optopt}, 2}));
    refuse_name(all, word);
}

/* The program's own rows and the common ones, as the completion wants them. */
_Noreturn static void complete(const struct option_program *program, const struct all_options *all,
                               char *const words[], size_t count)
{
    struct completion_option options[OPTIONS_MOST];
    for (size_t i = 0; i < all->count; i++) {
        const struct option_row *row = &all->rows[i];
        options[i] = (struct completion_option){row->letter, row->name, row->argument, row->help,
                                                row->kind == OPTION_IS_CHOICE};
    }
    completion_print(options, all->count, words, count, program->columns);
    leave_printed();
}

int option_parse(const struct option_program *program, int argc, char **argv)
{
    struct all_options all = {.count = 0};
    struct option longs[OPTIONS_MOST + 1];
    char shorts[3 * OPTIONS_MOST + 2];
    gather(program, &all);
    if (argc > 1 && strcmp(argv[1], "--complete") == 0)
        complete(program, &all, argv + 2, (size_t)argc - 2);
    plan_getopt(&all, longs, shorts);
    opterr = 0;
    for (;;) {
        int code = getopt_long(argc, argv, shorts, longs, NULL);
        if (code == -1)
            break;
        if (code == '?' || code == ':')
            refuse(&all, argv[optind - 1], code);
        set(row_of(&all, code), optarg);
        if (all.help) {
            print_help(program, &all);
            leave_printed();
        }
        if (all.version) {
            printf("%s (jf) %s\n", leave_program(), JF_VERSION);
            leave_printed();
        }
    }
    check_output(program->common);
    heed_environment(program->common);
    return optind;
}
