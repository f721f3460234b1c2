/*
 * A table with options of every kind on any command line, a line of the input an argument.
 * What is taken keeps to the table, and the same options written out in full are taken
 * for the same. (The programs' own tables are tried by their harnesses.)
 */
#include "base/option.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "base/heap.h"
#include "base/leave.h"
#include "base/message.h"

enum { ARGUMENTS_MOST = 40, WORD_BYTES = 300, LOW = 3, HIGH = 70000, SILENT = 6 };

/* Nothing asked for: a number out of its range, a choice that is none. */
struct taken {
    struct common common;
    bool flag;
    const char *text;
    struct list list, many;
    enum choice { CHOICE_A, CHOICE_BB, CHOICE_CCC, CHOICE_NONE } choice;
    struct whole whole, brief;
};
static const struct taken nothing = {.choice = CHOICE_NONE};
static const struct option_row group[] = {
    OPTION_CHOICE(0, "choice", "a|bb|ccc", (void *)&nothing.choice, "a choice"),
    OPTION_END,
};

struct line {
    int argc, first;
    char *argv[ARGUMENTS_MOST + 1];
    struct taken taken;
};

static int parse(void *context)
{
    struct line *line = context;
    struct taken *t = &line->taken;
    const struct option_row rows[] = {
        OPTION_FLAG('f', "flag", &t->flag, "a flag"),
        OPTION_TEXT('t', "text", "TEXT", &t->text, "a text"),
        OPTION_LIST('l', "list", "COLS", &t->list, "a list"),
        OPTION_MANY(0, "many", "COL", &t->many, "many"),
        OPTION_GROUP(group, &nothing, t),
        OPTION_WHOLE('w', "whole", "N", LOW, HIGH, &t->whole, "a number"),
        OPTION_MAYBE('b', "brief", "[N]", 0, HIGH, SILENT, &t->brief, "a number"),
        OPTION_END};
    const struct option_program program = {"[OPTION]...", "Try.", rows, &t->common, NULL, false};
    *t = nothing;
    leave_begin("jf-x");
    line->first = option_parse(&program, line->argc, line->argv);
    return -1;
}

static void add(struct line *line, const char *name, struct slice value)
{
    char *word = heap_take(strlen(name) + value.length + 1, 1);
    memcpy(word, name, strlen(name));
    if (value.length > 0)
        memcpy(word + strlen(name), value.bytes, value.length);
    line->argv[line->argc++] = word;
}

static void add_number(struct line *line, const char *name, uint64_t number)
{
    char text[24];
    int length = snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    add(line, name, (struct slice){text, (size_t)length});
}

/* The items with commas between them, and their own commas and backslashes marked. */
static struct slice joined(const struct list *list)
{
    size_t length = 0;
    for (size_t i = 0; i < list->count; i++)
        length += 2 * list->items[i].length + 1;
    char *text = heap_take(length + 1, 1), *at = text;
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            *at++ = ',';
        for (size_t j = 0; j < list->items[i].length; j++) {
            char byte = list->items[i].bytes[j];
            if (byte == ',' || byte == '\\')
                *at++ = '\\';
            *at++ = byte;
        }
    }
    return (struct slice){text, (size_t)(at - text)};
}

/* What was taken, in full. */
static struct line write_out(const struct line *from)
{
    static const char *const choices[] = {"--choice=a", "--choice=bb", "--choice=ccc"};
    const struct taken *t = &from->taken;
    const struct slice none = {"", 0};
    struct line line = {.argc = 0};
    add(&line, "jf", none);
    if (t->flag)
        add(&line, "--flag", none);
    if (t->text != NULL)
        add(&line, "--text=", slice_of(t->text));
    if (t->list.given)
        add(&line, "--list=", joined(&t->list));
    for (size_t i = 0; i < t->many.count && line.argc < ARGUMENTS_MOST - 5; i++)
        add(&line, "--many=", t->many.items[i]);
    if (t->choice != nothing.choice)
        add(&line, choices[t->choice], none);
    if (t->whole.given)
        add_number(&line, "-w", t->whole.value);
    if (t->brief.given)
        add_number(&line, "--brief=", t->brief.value);
    add(&line, "--", none);
    return line;
}

static void check_taken(const struct line *line)
{
    const struct taken *t = &line->taken;
    bool bounded = !t->whole.given || (t->whole.value >= LOW && t->whole.value <= HIGH);
    fuzz_check(bounded && t->brief.value <= HIGH, "a number is within its bounds");
    fuzz_check(t->choice < 3 || t->choice == nothing.choice, "a choice is one of them");
    fuzz_check(t->common.threads.value <= 64 && t->common.level.value <= 9,
               "so it is for common options");
    for (size_t i = 0; i < t->list.count; i++)
        fuzz_check(t->list.items[i].length > 0, "an item of a list is a name");
    fuzz_check(line->first >= 1 && line->first <= line->argc, "files stand behind the options");
    for (int i = line->first; i < line->argc; i++)
        fuzz_check(line->argv[i] != NULL, "files are arguments");
}

static void check_same(const struct taken *a, const struct taken *b)
{
    fuzz_check(a->flag == b->flag && a->choice == b->choice && a->whole.value == b->whole.value &&
                   a->brief.value == b->brief.value && a->many.count == b->many.count &&
                   a->list.given == b->list.given && a->list.count == b->list.count,
               "options in full are taken for the same");
    fuzz_check((a->text == NULL) == (b->text == NULL) &&
                   (a->text == NULL || strcmp(a->text, b->text) == 0),
               "a text is the same");
    for (size_t i = 0; i < a->many.count; i++)
        fuzz_check(slice_equal(a->many.items[i], b->many.items[i]), "many are the same");
    for (size_t i = 0; i < a->list.count; i++)
        fuzz_check(slice_equal(a->list.items[i], b->list.items[i]), "a list is the same");
}

/* Within one run, as what is taken lies in its memory. */
static int parse_twice(void *context)
{
    struct line *line = context;
    parse(line);
    check_taken(line);
    struct line again = write_out(line);
    fuzz_check(again.argc < ARGUMENTS_MOST, "there is room");
    optind = 0; /* getopt begins anew */
    parse(&again);
    check_same(&line->taken, &again.taken);
    return -1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char words[ARGUMENTS_MOST][WORD_BYTES];
    static char name[] = "jf";
    struct slice rest = {(const char *)data, size};
    struct line line = {.argc = 1, .argv = {name}};
    while (rest.bytes != NULL && line.argc < ARGUMENTS_MOST - 12) {
        struct slice word = fuzz_cut(&rest, "\n");
        size_t length = word.length < WORD_BYTES ? word.length : WORD_BYTES - 1;
        memcpy(words[line.argc], word.bytes, length);
        words[line.argc][length] = '\0';
        line.argv[line.argc] = words[line.argc];
        line.argc++;
    }
    struct fuzz_outcome outcome = fuzz_run(parse_twice, &line);
    fuzz_check(outcome.status != EXIT_FAILED, "arguments are good or misused");
    fuzz_check(outcome.status != EXIT_MISUSED || outcome.out.length == 0, "misuse prints nothing");
    return 0;
}
