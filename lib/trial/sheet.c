#include "trial/sheet.h"

#include "trial/language.h"

enum {
    APART = 20,
    HIGH = 380,
    LESS_HIGH = 280,
    LITTLE_HIGH = 140,
    MANY = 6,
    PLAIN_TEXTS = 9,
    PLAIN_LEAST = 5
};

static int room_of(const struct canvas *canvas, int across)
{
    int apart = canvas->plain ? 2 : APART;
    return (canvas->width - 2 * canvas->gap - (across - 1) * apart) / across;
}

/* So that 15 facets are a page of paper. A terminal is narrow. */
static int choose_across(size_t facets, bool plain)
{
    if (plain || facets < 2)
        return 1;
    return facets > MANY ? 3 : 2;
}

struct sheet sheet_begin(struct figure *figure, struct canvas *canvas, struct slice title)
{
    struct sheet sheet = {
        .canvas = canvas,
        .figure = figure,
        .across = choose_across(figure->facets.raw.count, canvas->plain),
    };
    if (figure->options->title != NULL)
        title = figure_text(figure, figure->options->title);
    figure->title = title;
    canvas_paragraph(canvas, CANVAS_TITLE, title);
    return sheet;
}

size_t sheet_row(const struct sheet *sheet, size_t first)
{
    size_t left = sheet->figure->facets.raw.count - first, across = (size_t)sheet->across;
    return left < across ? left : across;
}

struct panel sheet_column(const struct sheet *sheet, size_t facet)
{
    const struct canvas *canvas = sheet->canvas;
    int room = room_of(canvas, sheet->across), place = (int)(facet % (size_t)sheet->across);
    int left = canvas->gap + place * (room + (canvas->plain ? 2 : APART));
    return (struct panel){left, left + room, canvas->height, canvas->height};
}

/* Texts beside each other, from the height used so far, which grows by the highest. */
static void put_texts(struct sheet *sheet, size_t first, const struct slice *texts, size_t step)
{
    struct canvas *canvas = sheet->canvas;
    int highest = 0;
    for (size_t i = 0; i < sheet_row(sheet, first); i++) {
        struct panel column = sheet_column(sheet, first + i);
        int height = canvas_lines(canvas, column.left, column.right, canvas->height, CANVAS_TEXT,
                                  texts[i * step]);
        highest = height > highest ? height : highest;
    }
    canvas->height += highest;
}

void sheet_headings(struct sheet *sheet, size_t first)
{
    if (sheet->figure->facets.shown[first].length == 0)
        return;
    sheet->canvas->height += sheet->canvas->plain ? 0 : sheet->canvas->gap;
    put_texts(sheet, first, sheet->figure->facets.shown + first, 1);
    sheet->named = true;
    sheet->canvas->height += sheet->canvas->plain ? 0 : sheet->canvas->gap;
}

/* A name right above it belongs to the same area. */
void sheet_line(struct sheet *sheet, size_t first, struct slice text)
{
    if (sheet->named && !sheet->canvas->plain)
        sheet->canvas->height -= sheet->canvas->gap;
    sheet->named = false;
    put_texts(sheet, first, &text, 0);
    sheet->canvas->height += sheet->canvas->plain ? 0 : sheet->canvas->gap;
}

struct panel sheet_panel(const struct sheet *sheet, size_t facet, int tics, int height,
                         const struct scale *y)
{
    struct panel panel = sheet_column(sheet, facet);
    int steps = (int)(y->last - y->first);
    panel.left += tics;
    panel.right -= sheet->canvas->plain ? 1 : 2;
    if (sheet->canvas->plain && height > steps)
        height -= height % steps;
    panel.bottom = panel.top + height;
    return panel;
}

int sheet_height(const struct sheet *sheet, int parts)
{
    static const int pixels[] = {HIGH, LESS_HIGH, LITTLE_HIGH};
    int height = sheet->canvas->tall - PLAIN_TEXTS;
    if (!sheet->canvas->plain)
        return pixels[sheet->across - 1] * parts / 100;
    height = height * parts / 100;
    return height > PLAIN_LEAST ? height : PLAIN_LEAST;
}

void sheet_below(struct sheet *sheet, int bottom, bool labelled)
{
    struct canvas *canvas = sheet->canvas;
    sheet->named = false;
    canvas->height = bottom + (canvas->plain ? 1 : canvas->gap);
    if (labelled)
        canvas->height += canvas->line;
}

void sheet_end(struct sheet *sheet, struct slice xlabel)
{
    struct canvas *canvas = sheet->canvas;
    const struct figure_options *options = sheet->figure->options;
    if (options->xlabel != NULL)
        xlabel = figure_text(sheet->figure, options->xlabel);
    int width = canvas_width(canvas, xlabel, CANVAS_TEXT);
    if (width <= canvas->width - 2 * canvas->gap && xlabel.length > 0) {
        canvas_text(canvas, canvas->width / 2, canvas->height + canvas->line / 2, CANVAS_CENTER,
                    CANVAS_TEXT, xlabel);
        canvas->height += canvas->line;
    } else {
        canvas_paragraph(canvas, CANVAS_TEXT, xlabel);
    }
    canvas->height += canvas->plain ? 0 : canvas->gap / 2;
    canvas_paragraph(canvas, CANVAS_NOTE, figure_text(sheet->figure, options->note));
    if (sheet->figure->hidden)
        canvas_paragraph(canvas, CANVAS_NOTE,
                         slice_of(language_word(options->language, WORD_MASKED)));
    canvas->height += canvas->plain ? 0 : canvas->gap / 2;
}
