#!/usr/bin/env bats
# All runs on a bare Debian after `make deps`: no command is used that is not there. The tests find no other
# (tests/run, tests/bare); here are the scripts and recipes that no other test runs. `make check-fresh` is
# the whole truth, and takes minutes.

export NEEDS=bin/jobfirst-register
load helper

setup_file()
{
    sh "$JF_ROOT/tests/bare" "$BATS_FILE_TMPDIR/commands" || skip 'no dpkg here'
    unset MAKEFLAGS MFLAGS
}

# bare COMMAND...: finds only the commands of a bare Debian, and those of the test's own folder `more`.
# A script may go on without a command, so what the shell says of it counts too.
bare()
{
    PATH=$PWD/more:$BATS_FILE_TMPDIR/commands "$@" >out 2>&1 && ! grep -i 'not found' out || { cat out; return 1; }
}

# more NAME: stdin becomes a command of that name.
more()
{
    mkdir -p more
    cat >"more/$1"
    chmod +x "more/$1"
}

@test "a command that neither Debian's essential packages nor tests/deps bring is not found" {
    for name in sh bash awk sed grep sort od make cc git bats bc mandoc gnuplot pkg-config gzip; do
        bare command -v "$name"
    done
    for name in col column python3 ruby node xxd jq file gawk clang valgrind; do
        run ! bare command -v "$name"
    done
    [ -z "${JF_ALONE:-}" ] || skip 'the tests were not begun by tests/run'
    [[ $PATH == *:$JF_BUILD/bare && $PATH != *:/usr/bin:* ]]
}

@test "where another awk is the chosen one, the bare Debian's own is found" {
    more update-alternatives <<'END'
#!/bin/sh
case $1 in
--get-selections) echo 'awk auto /opt/another-awk' ;;
--list) printf '%s\n' /opt/another-awk /usr/bin/mawk ;;
esac
END
    bare sh "$JF_ROOT/tests/bare" "$PWD/commands"
    [ "$(readlink commands/awk)" = /usr/bin/mawk ]
}

@test "the recipes that install, build and test" {
    more cc <<'END'
#!/bin/sh
while [ $# -gt 0 ]; do
    [ "$1" != -o ] || : >"$2"
    shift
done
END
    printf '@test "one" {\n    true\n}\n' >one.bats
    bare make -s -C "$JF_ROOT" deps
    bare make -s -C "$JF_ROOT" BUILD="$PWD/build" CC=cc TESTS="$PWD/one.bats" check
    grep -x '1 passed, 0 failed, 0 skipped' out
    bare make -s -C "$JF_ROOT" BUILD="$PWD/build" CC=cc DESTDIR="$PWD/root" install
}

@test "the demo, and the other examples" {
    bare make -s -C "$JF_ROOT/examples/jobfirst" JF="$(dirname "$(command -v jf-ci)")" PERSONS=2500 OUT="$PWD/jobfirst"
    bare make -s -C "$JF_ROOT/examples/nsw" JF="$(dirname "$(command -v jf-ci)")" OUT="$PWD/nsw"
    bare make -s -C "$JF_ROOT/examples/own" JF="$(dirname "$(command -v jf-ci)")" OUT="$PWD/own"
}

@test "the scripts of valgrind and of the fuzzer" {
    more valgrind <<'END'
#!/bin/sh
while [ "$1" != "${1#--}" ]; do shift; done
exec "$@"
END
    JF_BUILD=$(dirname "$(dirname "$(command -v jf-ci)")") bare bash "$JF_ROOT/tests/valgrind"
    mkdir -p build/fuzz
    printf '#!/bin/sh\necho stat::number_of_executed_units: 1\necho Done 1 runs in 1 second\n' >build/fuzz/decimal
    chmod +x build/fuzz/decimal
    JF_BUILD=$PWD/build HARNESSES=decimal SECONDS_EACH=1 bare bash "$JF_ROOT/tests/fuzz/fuzz"
}
