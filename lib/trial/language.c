#include "trial/language.h"

#include <stdio.h>
#include <string.h>

#include "base/slice.h"
#include "number/digits.h"

static const char *const words[][2] = {
    [WORD_AND] = {" and ", " og "},
    [WORD_BY] = {" by ", " efter "},
    [WORD_MEAN] = {"mean", "gennemsnit"},
    [WORD_MEAN_OF_EACH_ARM] = {"mean of each arm", "gennemsnit i hver gruppe"},
    [WORD_DIFFERENCE] = {"difference", "forskel"},
    [WORD_STANDARDISED] = {"standardised mean difference", "standardiseret forskel"},
    [WORD_IN] = {" in ", " i "},
    [WORD_FROM] = {" from ", " i forhold til "},
    [WORD_WITH_INTERVAL] = {", with confidence interval", ", med konfidensinterval"},
    [WORD_WITH] = {", with ", ", med "},
    [WORD_PERCENT_INTERVAL] = {"% confidence interval", " pct. konfidensinterval"},
    [WORD_AND_BAND] = {" and, outside it, simultaneous band", " og, uden om det, simultant bånd"},
    [WORD_PERCENT] = {"pct.", "pct."},
    [WORD_POINTS] = {"percentage points", "procentpoint"},
    [WORD_TREATED] = {"treated", "indsats"},
    [WORD_CONTROL] = {"control", "kontrol"},
    [WORD_DISTRIBUTION] = {"Distribution", "Fordeling"},
    [WORD_SHARE_OF_ALL] = {"share of all, pct.", "andel af alle, pct."},
    [WORD_PERSONS] = {"persons", "personer"},
    [WORD_FROM_TO_BELOW] = {"from - to below", "fra - til under"},
    [WORD_TO] = {" to ", " til "},
    [WORD_SHOWN] = {" shown", " vist"},
    [WORD_MASKED] = {"Small counts are masked and not drawn.",
                     "Små antal er skjult og ikke tegnet."},
    [WORD_LINES_OVER_TIME] = {"Lines over time", "Kurver over tid"},
    [WORD_ROWS_OF_DIFFERENCES] = {"A row for each difference", "En række for hver forskel"},
    [WORD_HISTOGRAM] = {"A histogram", "Et histogram"},
    [WORD_ABOVE] = {"above", "øverst"},
    [WORD_BELOW] = {"below", "nederst"},
    [WORD_HIGHEST] = {"highest at ", "højest ved "},
};

const char *language_word(enum language language, enum word word)
{
    return words[word][language];
}

const char *language_noun(enum language language, enum period_kind kind)
{
    static const char *const nouns[][2] = {
        [PERIOD_MONTH] = {"month", "måned"},     [PERIOD_QUARTER] = {"quarter", "kvartal"},
        [PERIOD_HALF] = {"half-year", "halvår"}, [PERIOD_YEAR] = {"year", "år"},
        [PERIOD_WINDOW] = {"window", "vindue"},  [PERIOD_WEEK] = {"week", "uge"},
        [PERIOD_WAVE] = {"period", "periode"},
    };
    return nouns[kind][language];
}

const char *language_number(char *text, enum language language, const char *plain)
{
    static const char *const points[] = {".", ","}, *const groups[] = {",", "."};
    size_t at = 0, digits = 0;
    const char *from = plain + (plain[0] == '-');
    if (plain[0] == '-')
        at = (size_t)snprintf(text, LANGUAGE_ROOM, "\342\210\222");
    while (digits_byte(from[digits]))
        digits++;
    for (size_t left = digits; left > 0 && at < LANGUAGE_ROOM - 4; left--) {
        text[at++] = *from++;
        if (left % 3 == 1 && left > 1)
            text[at++] = *groups[language];
    }
    if (*from == '.')
        at += (size_t)snprintf(text + at, LANGUAGE_ROOM - at, "%s", points[language]);
    snprintf(text + at, LANGUAGE_ROOM - at, "%s", from + (*from == '.'));
    return text;
}

/* In Danish the parts of a year have names too; in English they are as the table has them. */
const char *language_period(char *text, enum language language, enum period_kind kind, int number,
                            bool year)
{
    static const char *const months[2][12] = {
        {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
        {"jan.", "feb.", "mar.", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.",
         "dec."}};
    char week[3] = "";
    struct slice plain = period_print(text, kind, number);
    int years = kind == PERIOD_WAVE ? 0 : period_month(kind, number) / 12;
    bool danish = language == LANGUAGE_DA;
    if (year && kind != PERIOD_WAVE)
        snprintf(text, LANGUAGE_ROOM, "%d", years);
    else if (kind == PERIOD_MONTH)
        snprintf(text, LANGUAGE_ROOM, "%s %d", months[danish][number % 12], years);
    else if (kind == PERIOD_QUARTER && danish)
        snprintf(text, LANGUAGE_ROOM, "%d. kvt. %d", number % 4 + 1, years);
    else if (kind == PERIOD_HALF && danish)
        snprintf(text, LANGUAGE_ROOM, "%d. halvår %d", number % 2 + 1, years);
    else if (kind == PERIOD_WEEK && danish)
        snprintf(text, LANGUAGE_ROOM, "uge %.2s %d",
                 (char *)memcpy(week, plain.bytes + plain.length - 2, 2), years);
    return text;
}
