/*
 * All programs in one, which needs no library: it is the program by whose name it is called, or
 * the one that its first argument names. Of ten static programs each would bring the same libc.
 *
 * The recipe compiles each command with its main under another name, and gives PROGRAMS, such as
 * PROGRAM(jf_split) PROGRAM(jf_diff).
 */
#include <stdio.h>
#include <string.h>

#ifndef PROGRAMS
#error "doc/packaging/rules.mk gives PROGRAMS"
#endif

#define PROGRAM(name) int main_##name(int argc, char **argv);
PROGRAMS
#undef PROGRAM
#define PROGRAM(name) {#name, main_##name},

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} programs[] = {PROGRAMS};
enum { COUNT = sizeof programs / sizeof programs[0] };

/* In C a name has no dash. */
static int same(const char *name, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash != NULL)
        path = slash + 1;
    for (; *name != '\0' && *name == (*path == '-' ? '_' : *path); name++)
        path++;
    return *name == '\0' && *path == '\0';
}

int main(int argc, char **argv)
{
    for (int by = 0; by < 2 && by < argc; by++)
        for (int i = 0; i < COUNT; i++)
            if (same(programs[i].name, argv[by]))
                return programs[i].run(argc - by, argv + by);
    fputs("jf: no program of that name; say one first, such as jf-diff --help\n", stderr);
    return 2;
}
