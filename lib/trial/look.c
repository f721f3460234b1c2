#include "trial/look.h"

#include <stdio.h>

enum { STATES = 8, COLOURS = 7, ARMS_MOST = 24 };

/* Of the arms that have the colours for the first, second, ... time. */
static const char *const dashes[] = {"", " dt (14,4)", " dt (2,3)", " dt (14,4,2,4)"};

/* The control's is light and all others are dark, so that a grey print tells it from them; those of
 * states are light and dark in turn. */
static const char *const colours[COLOURS] = {"56B4E9", "A6400A", "00684B", "7B3294",
                                             "000000", "8C5A00", "44546A"};
static const char *const states[STATES] = {"F0C04A", "6B8CB0", "CFCFCF", "00684B",
                                           "E8A0C0", "7B3294", "DDDD88", "661100"};

static const char *colour_of(int colour)
{
    if (colour >= LOOK_STATES)
        return states[(colour - LOOK_STATES) % STATES];
    if (colour == LOOK_GREY)
        return "777777";
    return colours[colour == LOOK_CONTROL ? 0 : 1 + (colour - LOOK_FIRST) % (COLOURS - 1)];
}

int look_of_arm(size_t arm)
{
    return LOOK_FIRST + (int)(arm % (ARMS_MOST));
}

/* A terminal has characters for colours: gnuplot's, in the order of its line types. */
static const char pens[] = "*#$%@&=";

static int pen_of(int colour)
{
    if (colour >= LOOK_STATES)
        return (colour - LOOK_STATES) % COLOURS;
    if (colour == LOOK_GREY)
        return 3;
    return colour == LOOK_CONTROL ? 0 : 1 + (colour - LOOK_FIRST) % (COLOURS - 1);
}

char look_character(int colour)
{
    return pens[pen_of(colour)];
}

static struct look plain_look(int colour)
{
    struct look look;
    snprintf(look.text, sizeof look.text, "lt %d", pen_of(colour) + 1);
    return look;
}

/* The control is dashed: a grey print tells it. So are arms that are too many for the colours. */
struct look look_line(bool plain, int colour)
{
    struct look look;
    if (plain)
        return plain_look(colour);
    size_t turn =
        colour > 0 && colour < LOOK_GREY ? (size_t)(colour - LOOK_FIRST) / (COLOURS - 1) : 0;
    snprintf(look.text, sizeof look.text, "lc rgb '#%s' lw 2%s", colour_of(colour),
             colour == LOOK_CONTROL ? " dt (6,3)" : dashes[turn]);
    return look;
}

struct look look_area(bool plain, int colour)
{
    struct look look;
    if (plain)
        return plain_look(colour);
    snprintf(look.text, sizeof look.text, "lc rgb '#%s' fs solid 1 noborder", colour_of(colour));
    return look;
}

struct look look_dots(bool plain, int colour)
{
    struct look look;
    if (plain)
        snprintf(look.text, sizeof look.text, "pt '%c'", look_character(colour));
    else
        snprintf(look.text, sizeof look.text, "lc rgb '#%s' pt 7 ps 0.5", colour_of(colour));
    return look;
}

static struct look shade(bool plain, int colour, const char *share)
{
    struct look look;
    if (plain)
        return plain_look(colour);
    snprintf(look.text, sizeof look.text, "lc rgb '#%s' fs transparent solid %s noborder",
             colour_of(colour), share);
    return look;
}

struct look look_interval(bool plain, int colour)
{
    return shade(plain, colour, "0.2");
}

struct look look_band(bool plain, int colour)
{
    return shade(plain, colour, "0.12");
}

struct look look_edge(bool plain, int colour)
{
    struct look look;
    if (plain)
        return plain_look(colour);
    snprintf(look.text, sizeof look.text, "lc rgb '#%s' lw 0.75", colour_of(colour));
    return look;
}
