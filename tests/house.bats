#!/usr/bin/env bats
# The code is as doc/hacking.md says it is.

load helper

# The rows of the table of rooms: room, floor, includes, system, reals.
rooms()
{
    awk -F' *[|] *' '/^\| [a-z]+ \| (ground|stream|number|bridge) \|/ {
        print $2 "|" $3 "|" $5 "|" $6 "|" $7 }' "$JF_ROOT/doc/hacking.md"
}

# The project's headers that a file includes, by name.
includes()
{
    cat "$@" | sed -n 's/^#include "\([a-z0-9_]*\)\.h"$/\1/p' | sort -u
}

# The files of a room: its door, its body, and the parts of a body that has several (scan_sse2.h).
files()
{
    (shopt -s nullglob; printf '%s\n' "$JF_ROOT/lib/$1".[ch] "$JF_ROOT/lib/$1"_*.h)
}

# C text without comments and the insides of strings.
code()
{
    cat "$@" | tr '\n' '\001' | sed 's,/\*[^*]*\*\+\([^/*][^*]*\*\+\)*/,,g' | tr '\001' '\n' |
        sed 's/"[^"]*"/""/g'
}

@test "every room stands in the table of doc/hacking.md, and every row is a room" {
    rooms | cut -d'|' -f1 | sort >want
    (cd "$JF_ROOT/lib" && printf '%s\n' *.c | sed 's/\.c$//' | sort) >got
    same want got
}

@test "a room includes what its row says and nothing else" {
    rooms | while IFS='|' read -r room _ inside _; do
        printf '%s\n' "$inside" | tr -s ' ' '\n' | grep . | sort >want || true
        mapfile -t parts < <(files "$room")
        includes "${parts[@]}" | grep -vE "^$room(_.*)?\$" >got || true
        same want got || { echo "room $room"; exit 1; }
    done
}

@test "a room stands on what is above it in the table, so there is no circle" {
    rooms | awk -F'|' '{ n = split($3, need, " ")
        for (i = 1; i <= n; i++) if (!(need[i] in seen)) { print $1 " needs " need[i]; bad = 1 }
        seen[$1] = 1 } END { exit bad }'
}

@test "the two wings do not see each other" {
    rooms | awk -F'|' '{ floor[$1] = $2; n = split($3, need, " ")
        for (i = 1; i <= n; i++) {
            f = floor[need[i]]
            if ($2 != "bridge" && f != "ground" && f != $2) { print $1 " sees " need[i]; bad = 1 }
        } } END { exit bad }'
}

@test "zlib, xxhash, threads and libm are seen only where the table says" {
    for library in zlib xxhash pthread math; do
        rooms | awk -F'|' -v l="$library" '$4 == l { print $1 }' | sort >want
        (cd "$JF_ROOT/lib" && grep -l "#include <$library.h>" ./*.[ch] | sed 's,./,,; s/\.[ch]$//' |
            sort -u) >got || true
        same want got || { echo "library $library"; return 1; }
    done
}

@test "doubles occur only in the rooms of reals" {
    rooms | awk -F'|' '$5 != "yes" { print $1 }' | while read -r room; do
        mapfile -t parts < <(files "$room")
        ! code "${parts[@]}" | grep -nw -e double -e float || { echo "room $room"; exit 1; }
    done
}

@test "no command includes another, or a system library but libm" {
    run ! grep -n '#include .*\(cmd\|jf-\)' "$JF_ROOT"/cmd/*.c
    run ! grep -n -E '#include <(zlib|xxhash|pthread)' "$JF_ROOT"/cmd/*.c
}

@test "no function is over 80 lines, and nine of ten are under 36" {
    awk '
        FNR == 1 { start = 0 }
        /^[a-z_].*\)$/ || /^[a-z_].*,$/ || /^[a-z_].*\($/ { if (!start) head = FILENAME ":" FNR ": " $0 }
        /^\{/ { start = FNR }
        /^\}$/ && start { n++; lines = FNR - start + 2; long += lines >= 36
            if (lines > 80) { print head; bad = 1 }; start = 0 }
        END { print n " functions, " long " of 36 lines or more"; exit bad || n < 200 || long * 10 > n }
    ' "$JF_ROOT"/lib/*.c "$JF_ROOT"/cmd/*.c
}

@test "the words that must not occur do not" {
    words='atof|strtod|strtok|sprintf|vsprintf|setlocale|popen|system|gets|strcpy|strcat|alloca'
    code "$JF_ROOT"/lib/*.[ch] "$JF_ROOT"/cmd/*.c >all
    run ! grep -nwE "($words)" all
}

@test "what can change is static only in message and in a command's options" {
    for file in "$JF_ROOT"/lib/*.c "$JF_ROOT"/cmd/*.c; do
        case $file in */message.c) continue ;; esac
        ! code "$file" | grep -nE '^ *static ' | grep -vE 'const|\(|static struct \{$' ||
            { echo "$file"; return 1; }
    done
}

@test "the project names no machine and no tool of its makers" {
    cd "$JF_ROOT"
    [ "$(git rev-parse --is-inside-work-tree 2>/dev/null)" = true ] || skip "no git checkout"
    run ! git grep -nIE '(/home/|/root/|/work/|\bTODO\b|\bFIXME\b)' -- . ':!tests/house.bats'
}
