#!/usr/bin/env bats
# The code is laid out as doc/hacking.md says: the folder of a file says what it may include.
#
#     cmd sees all, never another command | trial sees number, stream, base
#     number and stream see base and themselves, not each other | base sees base

load helper

setup_file()
{
    cd "$JF_ROOT" || return
    sources=$(printf '%s\n' lib/*/*.[ch] cmd/*.c)
    export sources
}

# C text without comments, line by line as before, and without the insides of strings.
code()
{
    awk '
        {
            line = $0; out = ""
            while (line != "") {
                if (inside) {
                    at = index(line, "*/")
                    if (!at) { line = ""; continue }
                    line = substr(line, at + 2); inside = 0
                } else {
                    at = index(line, "/*")
                    if (!at) { out = out line; line = ""; continue }
                    out = out substr(line, 1, at - 1); line = substr(line, at + 2); inside = 1
                }
            }
            if (out !~ /^#include/) { gsub(/\\./, "", out); gsub(/"[^"]*"/, "\"\"", out) }
            print out
        }' "$1"
}

# The rooms that a file includes: floor/room.
includes()
{
    sed -n 's/^#include "\([a-z]*\/[a-z0-9_]*\)\.h"$/\1/p' "$1"
}

# The room of a file; a part of a body that has several (scan_sse2.h) is of the room scan.
room_of()
{
    local room=${1#lib/}
    room=${room%.[ch]}
    [ -e "lib/$room.c" ] || room=${room%%_*}
    echo "$room"
}

# floor room: every room, once.
rooms()
{
    (cd lib && printf '%s\n' */*.c | sed 's/\.c$//')
}

# The names that a header gives to others: functions and types of functions, structs and
# enums, enumerators, macros. A line a name, with the room.
gives()
{
    code "$1" | awk -v room="$(room_of "$1")" '
        /^#define / { sub(/\(.*/, "", $2); print $2, room }
        /^(struct|enum) [a-z_]+ \{/ { print $1, $2, room }
        !depth && /^[A-Za-z_].*\(/ { head = $0; sub(/\(.*/, "", head); sub(/.*[ *]/, "", head); print head, room }
        !depth && /^__extension__ typedef / { name = $NF; sub(/;/, "", name); print name, room }
        /enum[ a-z_]*\{/ { listed = 1 }
        listed {
            line = $0; sub(/.*\{/, "", line)
            while (match(line, /[A-Z][A-Z0-9_]*/)) {
                print substr(line, RSTART, RLENGTH), room
                line = substr(line, RSTART + RLENGTH)
            }
        }
        /\}/ { listed = 0 }
        { depth += gsub(/\{/, "") - gsub(/\}/, "") }'
}

# The rooms whose names a file uses, by a list of what all headers give. A struct that the file,
# or its header, has only declared (struct sink;) is in brackets: it may be without the room.
uses()
{
    own=${1%.[ch]}.h
    [ -e "$own" ] || own=/dev/null
    cat "$1" "$own" | sed -n 's/^struct \([a-z_]*\);$/\1/p' >"$BATS_TEST_TMPDIR/declared"
    code "$1" | grep -v '^#include' | grep -oE '((struct|enum) )?[A-Za-z_][A-Za-z0-9_]*' | sort -u |
        awk -v own="$(room_of "$1")" '
            FILENAME ~ /declared$/ { declared[$1] }
            FILENAME ~ /given$/ { room[NF > 2 ? $1 " " $2 : $1] = $NF }
            FILENAME !~ /(declared|given)$/ && room[$0] && room[$0] != own {
                print ($1 == "struct" && $2 in declared ? "(" room[$0] ")" : room[$0]) }' \
            "$BATS_TEST_TMPDIR/declared" "$BATS_TEST_TMPDIR/given" - | sort -u
}

# Functions with their lengths: lines file:line, from the head to the closing brace.
functions()
{
    awk '
        FNR == 1 { head = 0 }
        /^[a-zA-Z_].*[),(]$/ && !head { head = FNR }
        /^$/ || /;$/ { if (!open) head = 0 }
        /^\{$/ { open = head ? head : FNR }
        /^\}$/ && open { print FNR - open + 1, FILENAME ":" open; open = head = 0 }' "$@"
}

@test "a room is a pair of files on one of four floors, and the Makefile builds them all" {
    cd "$JF_ROOT"
    [ "$(cd lib && echo *)" = 'base number stream trial' ]
    rooms | while read -r room; do
        [ -e "lib/$room.h" ] || { echo "$room has no header"; exit 1; }
    done
    for header in lib/*/*.h; do
        room=$(room_of "$header")
        [ -e "lib/$room.c" ] || { echo "$header has no body"; return 1; }
    done
    rooms | sort >"$BATS_TEST_TMPDIR/want"
    sed -n '/^BASE /,/^ROOMS /p' Makefile | awk '
        { key = tolower($1); for (i = 3; key != "rooms" && i <= NF; i++) print key "/" $i }' | sort >"$BATS_TEST_TMPDIR/got"
    same "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/got"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/want")" -le 130 ]
}

@test "a file includes only what its floor may see" {
    cd "$JF_ROOT"
    for file in $sources; do
        case $file in
        cmd/*) sees='base|number|stream|trial' ;;
        lib/trial/*) sees='base|number|stream|trial' ;;
        lib/number/*) sees='base|number' ;;
        lib/stream/*) sees='base|stream' ;;
        *) sees='base' ;;
        esac
        ! includes "$file" | grep -vE "^($sees)/" || { echo "$file must not see that"; return 1; }
        ! grep -nE '^#include "' "$file" | grep -vE '"(base|number|stream|trial)/[a-z0-9_]+\.h"$' ||
            { echo "$file includes what is no room"; return 1; }
    done
}

@test "a file includes the rooms whose names it uses, and no other" {
    cd "$JF_ROOT"
    for header in lib/*/*.h; do
        [ ! -e "${header%.h}.c" ] || gives "$header"
    done >"$BATS_TEST_TMPDIR/given"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/given")" -gt 500 ]
    for file in $sources; do
        [ "$(room_of "$file")" != stream/scan ] || continue # one body in five files
        head=${file%.c}.h
        [ -e "$head" ] || head=/dev/null
        uses "$file" >"$BATS_TEST_TMPDIR/used"
        includes "$file" | grep -vFx "$(room_of "$file")" | sort >"$BATS_TEST_TMPDIR/has"
        cat "$BATS_TEST_TMPDIR/has" <(includes "$head") | sort -u >"$BATS_TEST_TMPDIR/sees"
        ! grep -v '^(' "$BATS_TEST_TMPDIR/used" | grep -vFx -f "$BATS_TEST_TMPDIR/sees" ||
            { echo "$file uses that and does not include it"; return 1; }
        ! tr -d '()' <"$BATS_TEST_TMPDIR/used" | sort -u | comm -13 - "$BATS_TEST_TMPDIR/has" | grep . ||
            { echo "$file includes that and does not use it"; return 1; }
    done
}

@test "a small room has a second user" {
    cd "$JF_ROOT"
    rooms | while read -r room; do
        [ "$(wc -l <"lib/$room.c")" -lt 60 ] || continue
        users=$(grep -lF "\"$room.h\"" $sources | grep -vF "lib/$room." | sed 's/\.[ch]$//' | sort -u | wc -l)
        [ "$users" -gt 1 ] || { echo "$room is for $users"; exit 1; }
    done
}

@test "the rooms stand above each other: there is no circle" {
    cd "$JF_ROOT"
    for file in lib/*/*.[ch]; do
        own=$(room_of "$file")
        includes "$file" | while read -r other; do
            other=$(room_of "lib/$other.h")
            [ "$own" = "$other" ] || echo "$own $other"
        done
    done >"$BATS_TEST_TMPDIR/pairs"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/pairs")" -gt 40 ]
    tsort "$BATS_TEST_TMPDIR/pairs" >/dev/null
}

@test "zlib, xxhash, threads and libm are seen only where they are at home" {
    cd "$JF_ROOT"
    only()
    {
        grep -l "#include <$1.h>" $sources | while read -r file; do room_of "$file"; done | sort -u >"$BATS_TEST_TMPDIR/got" || true
        printf '%s\n' "${@:2}" >"$BATS_TEST_TMPDIR/want"
        same "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/got"
    }
    only zlib stream/deflate stream/gunzip stream/gzip
    only libdeflate stream/deflate
    only xxhash base/map
    only pthread stream/relay
}

@test "doubles occur in the number wing, where a cell becomes one, and in the progress line" {
    cd "$JF_ROOT"
    for file in lib/*/*.[ch]; do
        case $file in lib/number/* | lib/trial/cell.* | lib/base/progress.*) continue ;; esac
        ! code "$file" | grep -nwE 'double|float' || { echo "$file"; return 1; }
    done
}

@test "no function is over 40 lines, nine of ten are under 25" {
    cd "$JF_ROOT"
    # shellcheck disable=SC2086 # a list of files
    functions lib/*/*.c cmd/*.c | sort -rn >"$BATS_TEST_TMPDIR/lengths"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/lengths")" -gt 200 ]
    awk '$1 > 40 { print; bad = 1 } $1 >= 25 { long++ }
        END { print long " of " NR " of 25 lines or more"; exit bad || long * 10 > NR }' "$BATS_TEST_TMPDIR/lengths"
}

@test "no file is over 400 lines but gunzip, and no command over 340" {
    cd "$JF_ROOT"
    for file in $sources; do
        case $file in */gunzip.c) continue ;; esac
        [ "$(wc -l <"$file")" -le 400 ] || { wc -l "$file"; return 1; }
    done
    for file in cmd/*.c; do
        [ "$(wc -l <"$file")" -le 340 ] || { wc -l "$file"; return 1; }
    done
}

@test "a line of a comment has 100 columns at most" {
    cd "$JF_ROOT"
    ! grep -nE '^( \*|/\*| +/\*).{99}' $sources
}

@test "only leave exits" {
    cd "$JF_ROOT"
    for file in $sources; do
        [ "$file" != lib/base/leave.c ] || continue
        ! code "$file" | grep -nwE 'exit|_exit|_Exit|quick_exit|abort|longjmp|kill|raise' ||
            { echo "$file"; return 1; }
    done
}

@test "only rows knows the views of a table, and no command a sink's bytes" {
    cd "$JF_ROOT"
    for file in $sources; do
        case $file in lib/stream/rows.c | lib/stream/table.[ch]) continue ;; esac
        ! code "$file" | grep -nwE 'table_(view|view_close|look|return)' || { echo "$file"; return 1; }
    done
    for file in cmd/*.c lib/trial/*.[ch]; do
        ! code "$file" | grep -nE '(out|sink)(->|\.)(buffer|used|room|full|row_start|cells|put|torn|gzip|temporary)\b' || { echo "$file"; return 1; }
    done
}

@test "the words that must not occur do not" {
    cd "$JF_ROOT"
    words='atof|strtod|strtok|sprintf|vsprintf|setlocale|popen|system|gets|strcpy|strcat|alloca'
    for file in $sources; do
        ! code "$file" | grep -nwE "($words)" || { echo "$file"; return 1; }
    done
}

@test "what can change is static only in leave and message and in a command's options" {
    cd "$JF_ROOT"
    for file in lib/*/*.c cmd/*.c; do
        case $file in */leave.c | */message.c) continue ;; esac
        ! code "$file" | grep -nE '^ *static ' | grep -vE 'const|\(|static struct \{$' ||
            { echo "$file"; return 1; }
    done
}

@test "the project names no machine and no tool of its makers" {
    cd "$JF_ROOT"
    [ "$(git rev-parse --is-inside-work-tree 2>/dev/null)" = true ] || skip "no git checkout"
    run ! git grep -nIE '(/home/|/root/|/work/|\bTODO\b|\bFIXME\b)' -- . ':!tests/house.bats'
}
