/* jf-plot on any options and any bytes, up to the script: gnuplot is not run. */
#include "program.h"

#include <string.h>

#include "stream/script.h"

/* In place of gnuplot: every text is between quotes that end on its line, and nothing that could run
 * a command stands outside. */
static void draw_nothing(struct slice script, struct script *picture)
{
    while (script.length > 0) {
        struct slice line = slice_cut(&script, '\n');
        char quote = '\0';
        for (size_t i = 0; i < line.length; i++) {
            char byte = line.bytes[i];
            fuzz_check((unsigned char)byte >= ' ' && byte != 0x7f, "no control byte in a script");
            fuzz_check(quote != '\0' || byte != '`', "no command in a script");
            if (quote == '\0' && (byte == '\'' || byte == '"'))
                quote = byte;
            else if (byte == quote)
                quote = '\0';
        }
        fuzz_check(quote == '\0', "a text ends where its quotes do");
        fuzz_check(line.length < 6 || memcmp(line.bytes, "system", 6) != 0, "no system()");
    }
    script_put(picture, slice_of("<svg>\n<title>t</title>\n<desc>d</desc>\n</svg>\n"));
}

#define main        program_main
#define gnuplot_run draw_nothing
#include "../../cmd/jf-plot.c"
#undef main

static const char *const choices[] = {
    "--format=svg", "--format=pdf",    "--format=txt", "--lang=da",
    "--percent",    "--free-y",        "--overlay",    "--every=3",
    "--stack",      "--counts",        "--outline",    "--mark=2016-03",
    "--mark=1=x",   "--label=a=Label", "--control=b",  "--title=It's %s",
    "--xlabel=x",   "--ylabel=y",      "--note=n",     "--decimal-comma",
    "-z6",          "-oout.svg",
};

FUZZ_PROGRAM(.holds_back = true, .no_ids = true, .draws = true)
