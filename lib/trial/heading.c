#include "trial/heading.h"

#include "trial/language.h"

/* What the y axis of means is: the outcome, unless the facets' names say it. */
struct slice heading_of_means(struct figure *figure)
{
    struct slice outcome = {0};
    if (figure->options->ylabel != NULL)
        return figure_text(figure, figure->options->ylabel);
    if (figure->outcomes.raw.count == 1)
        outcome = figure->outcomes.shown[0];
    struct slice text =
        figure_join(figure, outcome, ", ", figure_word(figure, WORD_MEAN_OF_EACH_ARM));
    if (figure->options->percent)
        text = figure_join(figure, text, ", ", figure_word(figure, WORD_PERCENT));
    return text;
}

/* "difference, deltager - kontrol, with 95% confidence interval". */
struct slice heading_of_differences(struct figure *figure, bool arms)
{
    struct slice text = figure_word(figure, WORD_DIFFERENCE), pair;
    if (arms && figure->arms.raw.count == 1) {
        pair = figure_join(figure, figure->arms.shown[0], " - ", figure->control);
        text = figure_join(figure, text, ", ", pair);
    } else if (arms) {
        text = figure_join(figure, text, "", figure_word(figure, WORD_FROM));
        text = figure_join(figure, text, "", figure->control);
    }
    if (figure->options->percent)
        text = figure_join(figure, text, ", ", figure_word(figure, WORD_POINTS));
    return figure_join(figure, text, "", figure->interval);
}

struct slice heading_of_figure(struct figure *figure)
{
    struct slice title = {0}, pair;
    if (figure->outcomes.raw.count == 1)
        title = figure->outcomes.shown[0];
    if (figure->arms.raw.count > 1)
        return title;
    pair = figure_join(figure, figure->arms.shown[0],
                       language_word(figure->options->language, WORD_AND), figure->control);
    return figure_join(figure, title, ": ", pair);
}
