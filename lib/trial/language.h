/*
 * language: the words, numbers and periods of a figure, in English or Danish.
 */
#ifndef JF_LANGUAGE_H
#define JF_LANGUAGE_H

#include <stdbool.h>

#include "number/period.h"

enum language { LANGUAGE_EN, LANGUAGE_DA };
#define LANGUAGE_WORDS "en|da"

enum word {
    WORD_AND,
    WORD_BY,
    WORD_MEAN,
    WORD_MEAN_OF_EACH_ARM,
    WORD_DIFFERENCE,
    WORD_STANDARDISED,
    WORD_IN,
    WORD_FROM,
    WORD_WITH_INTERVAL,
    WORD_WITH,
    WORD_PERCENT_INTERVAL,
    WORD_AND_BAND,
    WORD_PERCENT,
    WORD_POINTS,
    WORD_TREATED,
    WORD_CONTROL,
    WORD_DISTRIBUTION,
    WORD_SHARE_OF_ALL,
    WORD_PERSONS,
    WORD_FROM_TO_BELOW,
    WORD_TO,
    WORD_SHOWN,
    WORD_MASKED,
    WORD_LINES_OVER_TIME,
    WORD_ROWS_OF_DIFFERENCES,
    WORD_HISTOGRAM,
    WORD_HIGHEST,
    WORD_ABOVE,
    WORD_BELOW
};

const char *language_word(enum language language, enum word word);

/* What a period of the kind is called on an axis: `month`. */
const char *language_noun(enum language language, enum period_kind kind);

/* A plain number (see scale_tic, value_print) as it is printed: with the language's decimal sign,
 * a true minus, and thousands apart. At most LANGUAGE_ROOM bytes with a NUL. */
enum { LANGUAGE_ROOM = 128 };
const char *language_number(char *text, enum language language, const char *plain);

/* A period on an axis: `Mar 2016`; where only its year is to be told, `2016`. */
const char *language_period(char *text, enum language language, enum period_kind kind, int number,
                            bool year);

#endif
