#!/usr/bin/env bats
# How jf gets onto a machine: what make says and keeps, what install puts and uninstall takes away, the package,
# the tarball, the static programs.

export NEEDS=bin/jobfirst-register
load helper

setup()
{
    unset MAKEFLAGS MFLAGS CFLAGS CPPFLAGS LDFLAGS LDLIBS PREFIX DESTDIR V
    cd "$BATS_TEST_TMPDIR" || return
    quick
}

# built GOAL...: make in the project's folder, with the programs that are built already.
built()
{
    make -s -C "$JF_ROOT" BUILD="$JF_BUILD" "$@" >out 2>&1 || { cat out; return 1; }
}

# in_files FOLDER: its files, one a line.
in_files()
{
    (cd "$1" && find . -not -type d | sed 's|^\./||' | LC_ALL=C sort)
}

version()
{
    sed -n 's/^VERSION *= *//p' "$JF_ROOT/Makefile"
}

# ---- make ----

@test "a line says what is made, V=1 the command, and make -s nothing" {
    make -C "$JF_ROOT" --no-print-directory BUILD="$PWD/b" "$PWD/b/lib/base/slice.o" >out 2>&1
    [ "$(cat out)" = '  CC lib/base/slice.o' ]
    make -C "$JF_ROOT" --no-print-directory BUILD="$PWD/b" V=1 -B "$PWD/b/lib/base/slice.o" >out 2>&1
    run ! grep '^  CC' out
    grep -q -e '-o .*b/lib/base/slice.o lib/base/slice.c' out
    make -s -C "$JF_ROOT" BUILD="$PWD/b" -B "$PWD/b/lib/base/slice.o" >out 2>&1
    [ ! -s out ]
}

@test "CC, CFLAGS, CPPFLAGS, LDFLAGS and LDLIBS of the environment, or of make's own line, are kept" {
    for way in 'env' 'make'; do
        set -- CC=/none/cc CFLAGS=-Oone CPPFLAGS=-Dtwo LDFLAGS=-Wl,three LDLIBS=-lfour
        if [ $way = env ]; then
            env "$@" make -n -B -C "$JF_ROOT" BUILD="$PWD/b" V=1 "$PWD/b/bin/jf-ci" >out 2>&1
        else
            make -n -B -C "$JF_ROOT" BUILD="$PWD/b" V=1 "$@" "$PWD/b/bin/jf-ci" >out 2>&1
        fi
        grep -qE '^/none/cc .*-Dtwo -Oone .*-c -o .*/slice.o' out
        grep -qE '^/none/cc .*-Dtwo -Oone .*-Wl,three .*/bin/jf-ci .*-lfour' out
    done
    # who checks calls by himself is not told otherwise
    make -n -B -C "$JF_ROOT" BUILD="$PWD/b" V=1 CPPFLAGS=-D_FORTIFY_SOURCE=2 "$PWD/b/lib/base/slice.o" >out 2>&1
    [ "$(grep -o 'FORTIFY_SOURCE' out | wc -l)" -eq 1 ]
}

@test "a flag that the linker does not know is left out" {
    [ -z "${JF_SANITIZED:-}" ] || skip 'sanitized'
    cat >strange <<'END'
#!/bin/sh
case " $* " in *,relro*) echo 'ld: unknown option: -z' >&2; exit 1 ;; esac
exec cc "$@"
END
    chmod +x strange
    make -n -B -C "$JF_ROOT" BUILD="$PWD/b" V=1 CC="$PWD/strange" "$PWD/b/bin/jf-ci" >out 2>&1
    grep -e ' -pie ' out | grep -qe ' -Wl,-z,now '
    run ! grep -e relro out
}

@test "what building needs and is not here is said in one line, which names make deps" {
    make -C "$JF_ROOT" --no-print-directory BUILD="$PWD/b" PKG_CONFIG=/none/pkg-config >out 2>&1 && return 1
    [ "$(grep -c . out)" -eq 1 ]
    grep -q '\*\*\* not here: /none/pkg-config; `make deps` installs what building needs' out
    printf '#!/bin/sh\n[ "$1 $2" != "--exists libxxhash" ]\n' >none
    chmod +x none
    make -C "$JF_ROOT" --no-print-directory -j2 BUILD="$PWD/b" PKG_CONFIG="$PWD/none" >out 2>&1 && return 1
    [ "$(grep -c '\*\*\*' out)" -eq 1 ]
    grep -q '\*\*\* not here: libxxhash; ' out
    run ! grep -q 'fatal error' out
}

@test "with libdeflate where it is there, without where it is not or is not wanted" {
    printf '#!/bin/sh\n[ "$1 $2" != "--exists libdeflate" ]\n' >without
    printf '#!/bin/sh\n[ "$1" = --exists ] || echo "-l$3"\n' >with
    chmod +x with without
    compiled() { make -n -B -C "$JF_ROOT" BUILD="$PWD/b" V=1 LIBDEFLATE= "$@" "$PWD/b/lib/stream/deflate.o"; }
    compiled PKG_CONFIG="$PWD/with" | grep -q -e -DJF_LIBDEFLATE
    run ! grep -e -DJF_LIBDEFLATE <(compiled PKG_CONFIG="$PWD/without")
    run ! grep -e -DJF_LIBDEFLATE <(compiled PKG_CONFIG="$PWD/with" LIBDEFLATE=no)
}

@test "a make that is too old, or not GNU's, and a compiler for 32 bits are refused in a line" {
    make -C "$JF_ROOT" --no-print-directory MAKE_VERSION=3.81 help >out 2>&1 && return 1
    [ "$(wc -l <out)" -eq 1 ]
    grep -q 'this is GNU make 3.81, and jf needs 4.0 or newer' out
    for example in jobfirst own; do
        make -C "$JF_ROOT/examples/$example" --no-print-directory .FEATURES= MAKE_VERSION=4.2 >out 2>&1 && return 1
        grep -q 'this is GNU make 4.2; the rules here need 4.3 or newer' out
    done
    cc -U__SIZEOF_INT128__ -std=c17 -fsyntax-only -I "$JF_ROOT/lib" "$JF_ROOT/lib/base/slice.c" >out 2>&1 && return 1
    [ "$(grep -c error: out)" -eq 1 ]
    grep -q 'jf is for 64-bit systems' out
    command -v bmake >/dev/null || skip 'no bmake here'
    (cd "$JF_ROOT" && bmake -n) >out 2>&1 && return 1
    head -n 1 out | grep -q 'this Makefile is for GNU make, .* gmake'
    run ! grep -q 'Need an operator' out
}

@test "a folder with a blank in its name: build, install, tests" {
    [ -z "${JF_SANITIZED:-}" ] || skip 'sanitized'
    mkdir 'a b'
    (cd "$JF_ROOT" && cp -Rp Makefile README.md CHANGELOG.md LICENSE cmd lib doc tests examples "$OLDPWD/a b")
    mkdir 'a b/build'
    cp -Rp "$JF_BUILD/bin" "$JF_BUILD/lib" 'a b/build'
    cd 'a b'
    touch lib/base/slice.c
    make >out 2>&1 || { cat out; return 1; }
    grep -qx '  CC lib/base/slice.o' out
    grep -qx '  LD bin/jf-split' out
    make -s install DESTDIR="$PWD/to here" PREFIX='/opt/j f'
    "to here/opt/j f/bin/jf-ci" --version | grep -q "$(version)"
    printf '%s\n' 'load helper' '@test "one" {' '    [[ $(command -v jf-ci) = *"/a b/build/bin/jf-ci" ]]' '    jf-ci -V' '}' >tests/one.bats
    env -u JF_BUILD -u JF_BIN sh tests/run tests/one.bats tests/nist.bats >out 2>&1 || { cat out; return 1; }
    grep -qE '^[2-9] passed, 0 failed, 0 skipped$' out
    make -s -C examples/nsw JF="$PWD/build/bin" OUT=out | grep -q '^NSW: 1794 dollars'
}

# ---- install ----

@test "install puts programs, pages, documents, examples and three completions; uninstall leaves nothing" {
    to="$PWD/a place/top"
    built install DESTDIR="$to" PREFIX=/usr
    in_files "$to/usr" >got
    for program in $PROGRAMS; do
        printf '%s\n' bin/$program share/man/man1/$program.1 share/bash-completion/completions/$program \
            share/fish/vendor_completions.d/$program.fish
    done >want
    (cd "$JF_ROOT" && printf 'share/doc/jf/%s\n' README.md CHANGELOG.md LICENSE doc/*.md doc/*.svg \
        examples/*/*.* examples/*/Makefile examples/cluster/{slurm,Snakefile} tests/data/ORIGIN.md tests/data/nsw/*.tsv) >>want
    printf '%s\n' share/man/man7/jf.7 share/zsh/site-functions/_jf libexec/jf/jobfirst-register >>want
    LC_ALL=C sort want | same - got
    [ "$(find "$to" -type f -perm 755 | sed 's|/[^/]*$||' | sort | uniq -c | wc -l)" -eq 2 ]
    [ -z "$(find "$to/usr/bin" "$to/usr/libexec" -type f ! -perm 755)" ]
    built uninstall DESTDIR="$to" PREFIX=/usr
    [ -z "$(find "$to" -mindepth 1)" ]
}

@test "uninstall takes nothing that is another's, and no folder above the prefix" {
    built install DESTDIR= PREFIX="$PWD/p q"
    echo mine >'p q/share/doc/jf/mine'
    echo mine >'p q/bin/mine'
    built uninstall DESTDIR= PREFIX="$PWD/p q"
    printf '%s\n' bin/mine share/doc/jf/mine | same - <(in_files 'p q')
    rm 'p q/bin/mine' 'p q/share/doc/jf/mine'
    built install DESTDIR= PREFIX="$PWD/p q"
    rmdir 'p q/bin' 2>/dev/null || built uninstall DESTDIR= PREFIX="$PWD/p q"
    [ -d 'p q' ]
}

@test "links of the installed documents lead somewhere, and the examples run from there" {
    built install DESTDIR="$PWD/top" PREFIX=/usr
    docs=$PWD/top/usr/share/doc/jf
    (cd "$docs" && grep -oE '\]\([^):#]+' README.md doc/*.md) | sed 's/:\](/ /; s/^\](/README.md /' |
        while read -r page link; do
            case $link in
            *.[17]) [ -e "top/usr/share/man/man${link##*.}/${link##*/}" ] ;;
            *) [ -e "$docs/$(dirname "$page")/$link" ] ;;
            esac || { echo "$page: $link"; exit 1; }
        done
    # the programs, and what makes the data, are found where they are installed; the folder is not written
    find "$docs" | sort >before
    PATH=$PWD/top/usr/bin:$JF_BUILD/bare:/usr/bin:/bin
    make -s -C "$docs/examples/nsw" OUT="$PWD/nsw" | grep -q '^NSW: 1794 dollars'
    make -s -C "$docs/examples/jobfirst" OUT="$PWD/made" PERSONS=3000 "$PWD/made/annex1.tsv"
    head -n 1 made/annex1.tsv | grep -q ci_high
    find "$docs" | sort | same before -
}

@test "the pages' footers, and the programs, say the version that the Makefile has" {
    for page in "$JF_ROOT"/doc/*.[17]; do
        [ "$(grep '^\.Os' "$page")" = ".Os jf $(version)" ] || { echo "$page"; return 1; }
        mandoc -T ascii "$page" | tail -n 1 | grep -q "^jf $(version) "
    done
    for program in $PROGRAMS; do
        [ "$($program -V)" = "$program (jf) $(version)" ]
    done
    grep -q "^## $(version) " "$JF_ROOT/CHANGELOG.md"
}

@test "make html: a page for each page, and links between them that lead somewhere" {
    built html
    [ "$(ls "$JF_BUILD"/html/*.html | wc -l)" -eq "$(ls "$JF_ROOT"/doc/*.[17] | wc -l)" ]
    cd "$JF_BUILD/html"
    for page in *.html; do
        grep -q '</html>' "$page"
        grep -oE 'href="[^"#]+' "$page" | cut -c 7- | grep -v ^https: | while read -r link; do
            [ -s "$link" ] || { echo "$page: $link"; exit 1; }
        done
    done
    grep -q 'href="jf-split.1.html"' jf.7.html
}

# ---- packages ----

@test "make deb: what is installed, no word from lintian, and the same bytes again" {
    [ -z "${JF_SANITIZED:-}" ] || skip 'sanitized'
    command -v dpkg-shlibdeps >/dev/null || skip 'no dpkg-dev here'
    deb=$JF_BUILD/jf_$(version)_$(dpkg --print-architecture).deb
    built deb
    mv "$deb" one.deb
    (umask 077; TZ=Asia/Tokyo built deb)
    cmp one.deb "$deb"
    dpkg-deb -x "$deb" root
    built install DESTDIR="$PWD/other" PREFIX=/usr ZSHDIR=share/zsh/vendor-completions
    in_files other | sed '/\/LICENSE$/d; s|\(/man/.*\)|\1.gz|' >want
    printf 'usr/share/doc/jf/%s\n' copyright changelog.gz >>want
    LC_ALL=C sort want | same - <(in_files root)
    [ "$(dpkg-deb -f "$deb" Version)" = "$(version)" ]
    dpkg-deb -f "$deb" Depends | grep -q 'libc6.*zlib1g'
    (cd root && dpkg-deb -I "$deb" md5sums | md5sum -c --quiet)
    root/usr/bin/jf-ci -V
    command -v lintian >/dev/null || skip 'no lintian here'
    PATH=$PATH:/usr/bin:/bin lintian --allow-root "$deb" >out 2>&1 || true
    grep -v 'root privileges is not recommended' out | same /dev/null -
}

@test "make static: programs that need no library, small, and the same bytes of every table" {
    [ -z "${JF_SANITIZED:-}" ] || skip 'sanitized'
    echo 'int main(void) { return 0; }' >one.c
    cc -static -o one one.c 2>/dev/null || skip 'no static libc here'
    built -j2 static
    folder=$JF_BUILD/jf-$(version)-static
    [ "$(du -sk "$folder" | cut -f 1)" -lt 8192 ]
    run ! grep -q 'INTERP\|DYNAMIC' <(readelf -lW "$folder/jf")
    for program in $PROGRAMS; do
        sample "$program"
        filter "$program.tsv" >want
        PATH=$folder:$PATH filter "$program.tsv" >got
        same want got
        filter -z "$program.tsv" | cmp - <(PATH=$folder:$PATH filter -z "$program.tsv")
        "$program" --help | same - <("$folder/jf" "$program" --help)
        [ "$("$folder/$program" -V)" = "$("$program" -V)" ]
    done
    run -2 "$folder/jf" jf-none
    run -2 "$folder/jf"
}

@test "make dist: the same bytes from another folder, time zone, umask and user; it builds without git" {
    command -v git >/dev/null && git -c safe.directory='*' -C "$JF_ROOT" rev-parse HEAD >/dev/null 2>&1 || skip 'no git checkout'
    export GIT_CONFIG_GLOBAL=$PWD/gitconfig
    printf '[safe]\n\tdirectory = *\n[tar]\n\tumask = user\n[core]\n\tautocrlf = true\n' >gitconfig
    git -c core.autocrlf=false clone -q --no-hardlinks "$JF_ROOT" one
    sleep 1
    mkdir -p 'else where'
    (umask 077; TZ=Pacific/Auckland git -c core.autocrlf=false clone -q --no-hardlinks "$JF_ROOT" 'else where/two')
    make -s -C one dist
    as=
    if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null && setpriv --reuid=65534 --regid=65534 --clear-groups true; then
        chown -R 65534:65534 'else where/two'
        chmod a+rx . .. ../.. ../../.. "$JF_ROOT" 2>/dev/null || true
        setpriv --reuid=65534 --regid=65534 --clear-groups test -w 'else where/two' &&
            as='setpriv --reuid=65534 --regid=65534 --clear-groups'
    fi
    (umask 077; TZ=America/Lima LC_ALL=C.UTF-8 $as make -s -C 'else where/two' dist)
    tarball=jf-$(version).tar.gz
    cmp "one/build/$tarball" "else where/two/build/$tarball"
    cmp "one/build/$tarball.sha256" "else where/two/build/$tarball.sha256"
    (cd one/build && sha256sum -c --quiet "$tarball.sha256")
    tar -xzf "one/build/$tarball"
    in_files "jf-$(version)" | same <(git -C one ls-files | LC_ALL=C sort) -
    mkdir "jf-$(version)/build"
    make -n -C "jf-$(version)" >/dev/null
}
