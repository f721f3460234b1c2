/*
 * A format is known by one or two signs: bytes at a place. Where the first bytes of one are
 * those of another, the longer sign stands before. All that could be the first line of a table has
 * a control byte in its sign, or is so long that no column is called that.
 *
 * A command takes FILE, or '-' for stdin behind `gzip -dc`. Those of R and DuckDB read no stdin,
 * nor does unzip. write_tsv() writes a double so that it reads back; write.table() and fwrite()
 * round, and make 1e+07 of an id that is a number. doc/recipes.md shows it.
 */
#include "stream/formats.h"

#include <string.h>

struct sign {
    size_t at, length;
    const char *bytes;
};

struct format {
    const char *name;
    struct sign signs[2];
    bool piped;                /* the command reads stdin */
    const char *before, *then; /* the command is `before`, FILE, `then` */
};

#define SIGN(at, bytes)                                                                            \
    {                                                                                              \
        (at), sizeof(bytes) - 1, (bytes)                                                           \
    }
#define R(read)                                                                                    \
    "Rscript -e 'readr::write_tsv(" read "(\"",                                                    \
        "\"), stdout(), quote = \"none\", escape = \"none\")'"
#define DUCKDB                                                                                     \
    "duckdb -c \"COPY (FROM read_parquet('",                                                       \
        "')) TO '/dev/stdout' (DELIMITER '\\t', HEADER, QUOTE '', NULLSTR 'NA')\""

static const struct format formats[] = {
    {"zstd", {SIGN(0, "\x28\xb5\x2f\xfd")}, true, "zstd -dc ", ""},
    {"xz", {SIGN(0, "\xfd\x37zXZ\0")}, true, "xz -dc ", ""},
    {"bzip2", {SIGN(0, "BZh"), SIGN(4, "1AY&SY")}, true, "bzip2 -dc ", ""},
    {"lz4", {SIGN(0, "\x04\x22\x4d\x18")}, true, "lz4 -dc ", ""},
    {"lz4", {SIGN(0, "\x02\x21\x4c\x18")}, true, "lz4 -dc ", ""},
    {"a workbook",
     {SIGN(0, "PK\3\4"), SIGN(30, "[Content_Types].xml")},
     false,
     R("readxl::read_excel")},
    {"a workbook", {SIGN(0, "PK\3\4"), SIGN(30, "_rels/")}, false, R("readxl::read_excel")},
    {"a workbook", {SIGN(0, "PK\3\4"), SIGN(30, "docProps/")}, false, R("readxl::read_excel")},
    {"a workbook", {SIGN(0, "PK\3\4"), SIGN(30, "xl/")}, false, R("readxl::read_excel")},
    {"a workbook", {SIGN(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")}, false, R("readxl::read_excel")},
    {"a zip archive", {SIGN(0, "PK\3\4")}, false, "unzip -p ", ""},
    {"a Parquet file", {SIGN(0, "PAR1\x15")}, false, DUCKDB},
    {"an Arrow file", {SIGN(0, "ARROW1\0")}, false, R("arrow::read_feather")},
    {"a SAS data set",
     {SIGN(0, "\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60")},
     false,
     R("haven::read_sas")},
    {"a SAS transport file", {SIGN(0, "HEADER RECORD*******LIB")}, false, R("haven::read_xpt")},
    {"a Stata data set", {SIGN(0, "<stata_dta>")}, false, R("haven::read_dta")},
    {"a Stata data set", {SIGN(1, "\1\1")}, false, R("haven::read_dta")},
    {"a Stata data set", {SIGN(1, "\2\1")}, false, R("haven::read_dta")},
    {"an SPSS file", {SIGN(0, "$FL2@(#)")}, false, R("haven::read_sav")},
    {"an SPSS file", {SIGN(0, "$FL3@(#)")}, false, R("haven::read_sav")},
    {"a tar archive", {SIGN(257, "ustar")}, true, "tar -xOf ", ""},
    {"UTF-32", {SIGN(0, "\xff\xfe\0\0")}, true, "iconv -f UTF-32 -t UTF-8 ", ""},
    {"UTF-32", {SIGN(0, "\0\0\xfe\xff")}, true, "iconv -f UTF-32 -t UTF-8 ", ""},
    {"UTF-16", {SIGN(0, "\xff\xfe")}, true, "iconv -f UTF-16 -t UTF-8 ", ""},
    {"UTF-16", {SIGN(0, "\xfe\xff")}, true, "iconv -f UTF-16 -t UTF-8 ", ""},
};

/* A format of one sign has a second one of no bytes, which stands everywhere. */
static bool bears(struct slice first, const struct sign *sign)
{
    return sign->length == 0 || (sign->at + sign->length <= first.length &&
                                 memcmp(first.bytes + sign->at, sign->bytes, sign->length) == 0);
}

bool formats_enough(struct slice first)
{
    return first.length >= FORMATS_BYTES ||
           (first.length > 0 && memchr(first.bytes, '\n', first.length) != NULL &&
            memchr(first.bytes, '\0', first.length) == NULL);
}

void formats_refuse(struct slice first, bool in_gzip, struct place place)
{
    const struct format *f = formats, *end = formats + sizeof formats / sizeof *formats;
    while (f < end && !(bears(first, &f->signs[0]) && bears(first, &f->signs[1])))
        f++;
    if (f == end)
        return;
    if (!in_gzip)
        fail_at(place, "%s; convert it with %sFILE%s |", f->name, f->before, f->then);
    if (f->piped)
        fail_at(place, "%s in gzip; convert it with gzip -dc FILE | %s-%s |", f->name, f->before,
                f->then);
    fail_at(place, "%s in gzip; convert it with gzip -dc FILE >PLAIN; %sPLAIN%s |", f->name,
            f->before, f->then);
}
