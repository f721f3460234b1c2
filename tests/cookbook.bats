#!/usr/bin/env bats
# doc/cookbook.md: each recipe prints what the page shows.

export NEEDS=bin/jobfirst-register
load helper

@test "doc/cookbook.md shows what its commands print, twenty recipes and more" {
    page "$JF_ROOT/doc/cookbook.md" 30
    # numbered from 1, each with a command
    sed -n 's/^### \([0-9]*\)\. .*/\1/p' "$JF_ROOT/doc/cookbook.md" >numbers
    seq "$(wc -l <numbers)" | same - numbers
    [ "$(wc -l <numbers)" -ge 20 ]
    awk '/^### / { if (recipe && !commands) print recipe; recipe = $0; commands = 0 } /^    \$ / { commands++ }' \
        "$JF_ROOT/doc/cookbook.md" >without
    [ ! -s without ] || { cat without; return 1; }
}
