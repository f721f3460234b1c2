#!/usr/bin/env bats
# Nothing is lost and nothing wrong gets out, whatever fails. Short forms of what `make torture`
# does at length.

export NEEDS='fault/shim.so bin/jobfirst-register'
load helper

@test "whatever call fails: exit 1, one message, no part of a table, and the old file as it was" {
    TORTURE=short run -0 bash "$JF_ROOT/tests/fault/torture"
    [[ ${lines[-1]} == 'faults injected: '*', wrong: 0' ]]
}

@test "whichever stage is killed, whenever: no wrong table, in plain sh" {
    TORTURE=short run -0 bash "$JF_ROOT/tests/fault/kills"
    [[ ${lines[-1]} == 'kills: '*', wrong: 0' ]]
}

@test "whatever path a program is given, and whatever becomes of an input: no file is lost, no wrong table" {
    PATHS=short run -0 bash "$JF_ROOT/tests/fault/paths"
    [[ ${lines[-1]} == *', wrong: 0' ]]
}

@test "where memory runs out for good, between two blocks too, one line says so and no row comes twice" {
    awk 'BEGIN { print "id\tarm\tperiod\thours"
        for (i = 0; i < 9000; i++) printf "%06d\tdeltager\t2016-01\t%d.5\n", i, i }' >long.tsv
    jf-cumsum long.tsv >want
    for every in 0 1; do
        for ((k = 1; ; k++)); do
            : >report
            LD_PRELOAD=$JF_BUILD/fault/shim.so ASAN_OPTIONS=verify_asan_link_order=0:${ASAN_OPTIONS:-} FAULT_CLASS=memory \
                FAULT_KIND=ENOMEM FAULT_AT=$k FAULT_EVERY=$every FAULT_REPORT=report jf-cumsum -z1 -j 3 long.tsv >out.gz 2>err || true
            [ -s report ] || break
            ! grep -q thread report || continue
            echo "call $k, every $every"
            [ "$(grep -c '' err)" -eq 1 ]
            grep -q '^jf-cumsum: out of memory' err
            gzip -dc <out.gz 2>/dev/null >out || cp out.gz out
            [ ! -s out ] || [ "$(tail -n 1 out)" = "#jf-error	$(cat err)" ]
            head -n -1 out >rows
            cmp -n "$(wc -c <rows)" rows want
        done
        [ "$k" -gt 20 ]
    done
}

@test "a signal while a program is failing: its reader is told, and nothing is left behind" {
    awk 'BEGIN { print "id\tarm\tperiod\thours"
        for (i = 0; i < 9000; i++) printf "%06d\tdeltager\t2016-01\t%d.5\n", i, i; print "short" }' >bad.tsv
    export FAULT_AT FAULT_KIND=SIGTERM ASAN_OPTIONS=verify_asan_link_order=0:${ASAN_OPTIONS:-}
    for FAULT_AT in 1 2 3; do
        LD_PRELOAD=$JF_BUILD/fault/shim.so FAULT_CLASS=write run -143 sh -c 'exec jf-cumsum bad.tsv >out 2>err'
        tail -n 1 out | grep -q '^#jf-error.jf-cumsum: '
    done
    FAULT_AT=1
    LD_PRELOAD=$JF_BUILD/fault/shim.so FAULT_CLASS=unlink run -143 sh -c 'exec jf-cumsum -o new.tsv bad.tsv 2>err'
    run ! compgen -G 'new.tsv*'
}
