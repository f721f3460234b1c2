#!/usr/bin/env bats
# The manual says what the programs do: options, examples, exit codes.

load helper

pages()
{
    for program in $PROGRAMS; do
        printf '%s\n' "$program"
    done
}

# What stands in an example, as a reader sees it: \e is a backslash.
example_lines()
{
    awk '/^\.Sh EXAMPLES/ { on = 1 } /^\.Sh/ && !/EXAMPLES/ { on = 0 }
        /^\.Ed/ { block = 0 } on && block { print } /^\.Bd/ { block = 1 }' "$1" | sed 's/\\e/\\/g'
}

@test "the pages are clean mdoc" {
    for page in "$JF_ROOT"/doc/*.[17]; do
        mandoc -T lint -W warning "$page"
    done
}

@test "a page names the options that --help lists, and no others" {
    for program in $(pages); do
        "$program" --help | grep -oE '^ +(-[a-zA-Z], )?--[a-z-]+' | grep -oE -- '--[a-z-]+' | sort -u >want
        mandoc -T ascii "$JF_ROOT/doc/$program.1" | sed $'s/.\b//g' | sed '/^EXAMPLES/,/^SEE ALSO/d' |
            grep -oE -- '(^|[^a-z-])--[a-z][a-z-]*' | grep -oE -- '--[a-z-]+' | sort -u >got
        same want got || { echo "$program"; return 1; }
    done
}

@test "--help is a table of two columns, 80 characters wide at most" {
    for program in $(pages); do
        "$program" --help >help
        awk '/^$/ { blank++ } blank == 1 && NF' help >options
        [ "$(wc -l <options)" -gt 3 ]
        # an option and what it does, from column 31 on; on a line of its own where there is no room
        ! grep -vE '^  (-[a-zA-Z],|   ) --.{21} [^ ]|^  (-[a-zA-Z],|   ) --[^ ]{22,}$|^ {30}[^ ]' options ||
            { echo "$program"; return 1; }
        ! grep -E '.{81}' help || { echo "$program"; return 1; }
    done
}

@test "the examples print what the pages show" {
    for program in $(pages); do
        example_lines "$JF_ROOT/doc/$program.1" >want
        grep -q '^\$ ' want
        session <want >got
        same want got || { echo "$program"; return 1; }
    done
}

@test "every page tells the exit codes, and jf(7) names every program" {
    for program in $(pages); do
        grep -A 1 '^\.Sh EXIT STATUS' "$JF_ROOT/doc/$program.1" | grep -q '0 done, 1 .*, 2 wrong usage'
        grep -q "^\.It Xr $program 1" "$JF_ROOT/doc/jf.7"
    done
}
