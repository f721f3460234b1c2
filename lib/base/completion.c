#include "base/completion.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/map.h"
#include "base/message.h"

/* The words as far as they have been read. */
struct line {
    const struct completion_option *options;
    size_t count;
    const struct completion_option *wants; /* whose argument comes next, or NULL */
    bool ended;                            /* behind "--" */
    char **tables;                         /* files that have columns */
    size_t table_count;
};

/* The unfinished word: `before` of it stays as it is, and `part` is to become an item. */
struct spot {
    struct slice before, part;
};

/* Names of columns in the making. */
struct offer {
    struct spot at;
    const char *behind; /* "=", where a value follows */
    bool in_list;
    struct map seen;
};

static bool begins(struct slice text, struct slice with)
{
    return text.length >= with.length && slice_same(text.bytes, with.bytes, with.length);
}

static struct slice rest_of(struct slice text, size_t at)
{
    return (struct slice){text.bytes + at, text.length - at};
}

static bool needs_argument(const struct completion_option *option)
{
    return option->argument != NULL && option->argument[0] != '[';
}

static bool asks_for(const struct completion_option *option, const char *what)
{
    return begins(slice_of(option->argument), slice_of(what));
}

/* By its whole name, or by the beginning of no other; NULL for none. */
static const struct completion_option *by_name(const struct line *line, struct slice name)
{
    const struct completion_option *found = NULL;
    size_t fits = 0;
    for (size_t i = 0; i < line->count; i++) {
        struct slice known = slice_of(line->options[i].name);
        if (slice_equal(known, name))
            return &line->options[i];
        if (begins(known, name) && ++fits > 0)
            found = &line->options[i];
    }
    return fits == 1 ? found : NULL;
}

/* The first of the letters of "-abc" that takes an argument, which is behind `*at` letters. */
static const struct completion_option *by_letters(const struct line *line, struct slice word,
                                                  size_t *at)
{
    for (*at = 2; *at <= word.length; ++*at)
        for (size_t i = 0; i < line->count; i++)
            if (line->options[i].letter == word.bytes[*at - 1] && line->options[i].argument != NULL)
                return &line->options[i];
    return NULL;
}

/* The option that a word names, and where its argument begins in it: at its end, in the next. */
static const struct completion_option *option_of(const struct line *line, struct slice word,
                                                 size_t *at)
{
    struct slice rest = word;
    if (!begins(word, slice_of("--")))
        return by_letters(line, word, at);
    struct slice name = slice_cut(&rest, '=');
    *at = rest.bytes == NULL ? word.length : name.length + 1;
    return by_name(line, rest_of(name, 2));
}

static void add_table(struct line *line, const char *path)
{
    line->tables[line->table_count++] = (char *)path;
}

static void read_word(struct line *line, const char *text)
{
    struct slice word = slice_of(text);
    size_t at = 0;
    const struct completion_option *option = line->wants;
    line->wants = NULL;
    if (option == NULL && (line->ended || word.length < 2 || word.bytes[0] != '-')) {
        add_table(line, text);
        return;
    }
    if (option == NULL && strcmp(text, "--") == 0) {
        line->ended = true;
        return;
    }
    if (option == NULL) {
        option = option_of(line, word, &at);
        if (option == NULL || !needs_argument(option))
            return;
        if (at == word.length && word.bytes[at - 1] != '=') {
            line->wants = option;
            return;
        }
    }
    if (option->argument != NULL && asks_for(option, "ASSIGN"))
        add_table(line, text + at);
}

/* ---- the answer ---- */

static void print_slice(struct slice text)
{
    printf("%.*s", (int)text.length, text.bytes);
}

static void print_options(const struct line *line, struct slice word)
{
    bool brief = word.length > 1 && word.bytes[1] != '-';
    struct slice typed = word.length > 1 ? rest_of(word, 2) : (struct slice){"", 0};
    puts("words");
    for (size_t i = 0; i < line->count; i++) {
        const struct completion_option *option = &line->options[i];
        if (!brief && begins(slice_of(option->name), typed))
            printf("--%s\t%s\n", option->name, option->help);
        if (brief && word.length == 2 && word.bytes[1] == option->letter)
            printf("-%c\t%s\n", option->letter, option->help);
    }
}

static void print_choices(const struct completion_option *option, struct spot at)
{
    struct slice rest = slice_of(option->argument);
    puts("words");
    while (rest.bytes != NULL) {
        struct slice choice = slice_cut(&rest, '|');
        if (!begins(choice, at.part))
            continue;
        print_slice(at.before);
        print_slice(choice);
        puts("\t");
    }
}

/* A name as a list has it, where a comma and a backslash have one before them. */
static char *written(struct slice name, bool in_list)
{
    char *text = heap_take(2 * name.length + 1, 1);
    size_t length = 0;
    for (size_t i = 0; i < name.length; i++) {
        if (in_list && (name.bytes[i] == ',' || name.bytes[i] == '\\'))
            text[length++] = '\\';
        text[length++] = name.bytes[i];
    }
    return text;
}

/* A file without a header has cells where the names should be: ids are not shown. */
static void offer_name(void *context, struct slice name)
{
    struct offer *offer = context;
    size_t number;
    if (message_hides(name) || !map_add(&offer->seen, name, &number))
        return;
    char *text = written(name, offer->in_list);
    if (begins(slice_of(text), offer->at.part) && !message_escapes(text)) {
        print_slice(offer->at.before);
        printf("%s%s\t\n", text, offer->behind);
    }
    free(text);
}

/* Cuts the argument at its last comma, where it is a list, and at the = behind that. */
static struct spot item_of(struct spot at, bool in_list)
{
    size_t start = 0;
    for (size_t i = 0; i < at.part.length; i++) {
        if (in_list && at.part.bytes[i] == '\\')
            i++;
        else if ((in_list && at.part.bytes[i] == ',') || at.part.bytes[i] == '=')
            start = i + 1;
    }
    at.before.length += start;
    at.part = rest_of(at.part, start);
    return at;
}

static void print_columns(const struct line *line, const struct completion_option *option,
                          struct spot at, completion_columns *columns)
{
    bool in_list = asks_for(option, "COLS");
    const char *equals = strchr(option->argument, '=');
    bool value = equals != NULL && equals[-1] != '[';
    bool second = equals == NULL ? in_list : strstr(equals, "COL") != NULL;
    struct offer offer = {.at = item_of(at, in_list), .in_list = in_list};
    offer.behind = value ? "=" : "";
    if (!second && memchr(at.part.bytes, '=', at.part.length) != NULL)
        return;
    puts(in_list || value ? "parts" : "words");
    for (size_t i = 0; columns != NULL && i < line->table_count; i++)
        columns(line->tables[i], offer_name, &offer);
    map_free(&offer.seen);
}

static void print_files(struct spot at)
{
    fputs("files\t", stdout);
    print_slice(at.before);
    puts("");
}

static void print_argument(const struct line *line, const struct completion_option *option,
                           struct spot at, completion_columns *columns)
{
    if (option->is_choice)
        print_choices(option, at);
    else if (asks_for(option, "COL"))
        print_columns(line, option, at, columns);
    else if (asks_for(option, "FILE") || asks_for(option, "ASSIGN") || asks_for(option, "TEMPLATE"))
        print_files(at);
}

void completion_print(const struct completion_option *options, size_t count, char *const words[],
                      size_t word_count, completion_columns *columns)
{
    struct line line = {.options = options, .count = count};
    struct slice word = slice_of(word_count > 0 ? words[word_count - 1] : "");
    size_t at = 0;
    line.tables = heap_take(word_count + 1, sizeof *line.tables);
    for (size_t i = 0; i + 1 < word_count; i++)
        read_word(&line, words[i]);
    const struct completion_option *option = line.wants;
    bool dashed = option == NULL && !line.ended && word.length > 0 && word.bytes[0] == '-';
    if (dashed)
        option = option_of(&line, word, &at);
    if (dashed && (option == NULL || !needs_argument(option) || at == 0 ||
                   (at == word.length && word.bytes[at - 1] != '=')))
        print_options(&line, word);
    else if (option != NULL)
        print_argument(&line, option, (struct spot){{word.bytes, at}, rest_of(word, at)}, columns);
    else
        print_files((struct spot){{word.bytes, 0}, word});
    free(line.tables);
}
