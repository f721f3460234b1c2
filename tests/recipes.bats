#!/usr/bin/env bats
# doc/recipes.md: each recipe is run as it stands there, where the other programs are. make check finds Miller,
# zstd and xz of them (tests/bare); `bats tests/recipes.bats` finds all that are installed.

load helper

page=$JF_ROOT/doc/recipes.md

# needs NAME...: commands, R:PACKAGE and python:MODULE; where one is not there the test is skipped.
needs()
{
    local name
    for name in "$@"; do
        case $name in
        R:*) command -v Rscript >/dev/null && Rscript -e "library(${name#R:})" >/dev/null 2>&1 ;;
        python:*) command -v python3 >/dev/null && python3 -c "import ${name#python:}" 2>/dev/null ;;
        *) command -v "$name" >/dev/null ;;
        esac || skip "no $name here"
    done
}

# recipe TITLE [NEEDED...]: the page's files are written, and the section's sessions print what it shows.
recipe()
{
    needs "${@:2}"
    cp "$JF_DATA"/recipes/trial.* .
    awk -v title="## $1" '
        /^## / { on = $0 == title }
        !/^    / { file = ""; next }
        { line = substr($0, 5) }
        line ~ /^# [A-Za-z.]+$/ { file = substr(line, 3) }
        file != "" { print line >file; next }
        on { print line }' "$page" >want
    grep -q '^\$ ' want
    session <want >got
    same want got
}

@test "a program that fails" { recipe 'A program that fails'; }
@test "CSV" { recipe 'CSV' mlr; }
@test "fixed width" { recipe 'Fixed width'; }
@test "zstd and xz" { recipe 'zstd and xz' zstd xz; }
@test "Parquet" { recipe 'Parquet' duckdb; }
@test "Stata" { recipe 'Stata' R:haven R:readr; }
@test "SAS" { recipe 'SAS' R:haven R:readr; }
@test "SPSS" { recipe 'SPSS' R:haven R:readr; }
@test "what rounds on the way" { recipe 'What rounds on the way' R:haven R:readr R:data.table readstat; }
@test "into R" { recipe 'Into R' R:readr R:data.table; }
@test "names of broom" { recipe 'Names of broom' Rscript; }
@test "into Python" { recipe 'Into Python' python:pandas; }
@test "into Excel" { recipe 'Into Excel'; }
@test "Markdown, LaTeX and Word" { recipe 'Markdown, LaTeX and Word' mlr pandoc; }
@test "JSON" { recipe 'JSON' mlr; }
@test "make" { recipe 'make'; }
@test "snakemake" { recipe 'snakemake' snakemake; }
@test "JF_GZIP=0 and the last stage" { recipe 'JF_GZIP=0 and the last stage'; }

@test "every recipe of the page is run, and is told of at its head" {
    sed -n 's/^## //p' "$page" >want
    sed -n "s/^@test .* recipe '\([^']*\)'.*/\1/p" "$BATS_TEST_FILENAME" | same want -
    sed 's/[^a-z0-9_ ]//gi;s/ /-/g' want | tr A-Z a-z | sed 1d | sort >anchors
    sed '/^## /,$d' "$page" | tr '\n' ' ' | grep -o '](#[^)]*)' | tr -d '](#)' | sort | same anchors -
}

@test "a message about a file names the command of the page" {
    cp "$JF_DATA"/recipes/trial.* .
    for file in trial.dta trial.sas7bdat trial.xpt trial.sav trial.parquet trial.csv; do
        run -1 --separate-stderr jf-cumsum $file
        # shellcheck disable=SC2154 # bats sets it
        said=${stderr#*convert * with }
        said=${said/%| (no iconv*/|}
        said=${said//FILE/$file}
        grep -qF -- "\$ ${said% |}" "$page" || { echo "$stderr"; return 1; }
    done
}
