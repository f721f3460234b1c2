/*
 * template: the names of many files, made of text, cells of a row and the shard of its id.
 *
 *     out/{arm}-{shard}.tsv
 */
#ifndef JF_TEMPLATE_H
#define JF_TEMPLATE_H

#include "joined.h"

struct template
{
    struct template_piece *pieces;
    size_t count;
    uint64_t shards; /* 0: there are none */
};

/* Takes a template apart; what is wrong with it is misuse of --into. */
struct template template_read(const char *text, uint64_t shards, struct joined *joined);

/* The name for the row at hand: its length, in `path`, of TEMPLATE_ROOM bytes. A cell that
 * cannot be part of a file's name is an error. */
enum { TEMPLATE_ROOM = 4096 };
size_t template_path(const struct template *template, const struct joined *joined,
                     const struct person *person, struct slice id, char *path);

void template_free(struct template *template);

#endif
