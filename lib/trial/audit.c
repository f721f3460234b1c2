#include "trial/audit.h"

#include "stream/table.h"

size_t audit_arm(const struct table *row, size_t slot, const struct shares *shares)
{
    size_t arm = shares_find(shares, table_cell(row, slot));
    if (arm == SIZE_MAX)
        fail_at(table_place(row, slot), "%s is no arm of --arms; name all arms that were drawn",
                table_quoted(row, slot));
    return arm;
}

void audit_row(struct audit *a, bool right, struct place place)
{
    a->rows++;
    if (right)
        return;
    if (a->wrong < AUDIT_LINES)
        a->places[a->wrong] = place;
    a->wrong++;
}

/* A file is named with a line where it is not that of the first one. */
static struct message_part name_lines(const struct audit *a)
{
    struct message_part lines = {0};
    const char *file = a->places[0].file;
    for (size_t i = 0; i < a->wrong && i < AUDIT_LINES; i++) {
        const struct place *at = &a->places[i];
        const char *comma = i > 0 ? ", " : "";
        if (at->file == file)
            message_add(&lines, "%s%llu", comma, (unsigned long long)at->line);
        else
            message_add(&lines, "%s%s:%llu", comma, at->file, (unsigned long long)at->line);
        file = at->file;
    }
    if (a->wrong > AUDIT_LINES)
        message_add(&lines, ", ...");
    return lines;
}

void audit_check(const struct audit *a, struct slice column, const char *others)
{
    if (a->wrong == 0)
        return;
    struct message_part lines = name_lines(a);
    fail_at((struct place){a->places[0].file, 0, column},
            "%llu of %llu rows have not the arm that is drawn, on line%s %s; were cells changed, "
            "or are --salt, --arms, --within, --as or %s not those of the draw?",
            (unsigned long long)a->wrong, (unsigned long long)a->rows, a->wrong > 1 ? "s" : "",
            lines.text, others);
}

void audit_tell(const struct audit *a, const char *earlier)
{
    warn("%llu rows have the arm that is drawn%s%s%s", (unsigned long long)a->rows,
         earlier != NULL ? ", those of " : "", earlier != NULL ? earlier : "",
         earlier != NULL ? " among them" : "");
}
