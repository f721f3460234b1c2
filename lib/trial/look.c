#include "trial/look.h"

#include <stdio.h>

enum { STATES = 8, COLOURS = 7 };

/* The control's is light and all others are dark, so that a grey print tells it from them; those of
 * states are light and dark in turn. */
static const char *const colours[COLOURS] = {"56B4E9", "A6400A", "00684B", "7B3294",
                                             "000000", "8C5A00", "44546A"};
static const char *const states[STATES] = {"F0C04A", "44546A", "BBBBBB", "00684B",
                                           "E8A0C0", "7B3294", "DDDD88", "661100"};

static const char *colour_of(int colour)
{
    if (colour >= LOOK_STATES)
        return states[(colour - LOOK_STATES) % STATES];
    return colour == LOOK_GREY ? "777777" : colours[colour % COLOURS];
}

int look_of_arm(size_t arm)
{
    return LOOK_FIRST + (int)(arm % (COLOURS - 1));
}

/* A terminal has characters for colours: gnuplot's, in the order of its line types. */
static const char pens[] = "*#$%@&=";

static int place_of(int colour)
{
    return colour >= LOOK_STATES ? colour - LOOK_STATES : colour == LOOK_GREY ? 3 : colour;
}

char look_character(int colour)
{
    return pens[place_of(colour) % COLOURS];
}

static struct look plain_look(int colour)
{
    struct look look;
    int pen = place_of(colour) % COLOURS;
    snprintf(look.text, sizeof look.text, "lt %d", pen + 1);
    return look;
}

/* The control is dashed: a grey print tells it. */
struct look look_line(bool plain, int colour)
{
    struct look look;
    if (plain)
        return plain_look(colour);
    snprintf(look.text, sizeof look.text, "lc rgb '#%s' lw 2%s", colour_of(colour),
             colour == LOOK_CONTROL                       ? " dt (6,3)"
             : colour < LOOK_GREY && colour / COLOURS > 0 ? " dt 4"
                                                          : "");
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

struct look look_band(bool plain, int colour)
{
    struct look look;
    if (plain)
        return plain_look(colour);
    snprintf(look.text, sizeof look.text, "lc rgb '#%s' fs transparent solid 0.2 noborder",
             colour_of(colour));
    return look;
}
