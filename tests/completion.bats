#!/usr/bin/env bats
# What a shell offers where the cursor is: the programs say it, from their tables of options, and
# three shells ask them.

load helper

setup()
{
    cd "$BATS_TEST_TMPDIR" || return
    quick
    sample jf-split
    gzip -c jf-split.tsv >extract.tsv.gz
    mkdir folder
}

# offers WANT PROGRAM WORD...: the answer's first line, and what it offers, in one line.
offers()
{
    local want=$1 program=$2
    shift 2
    "$program" --complete "$@" >answer 2>err || return
    [ ! -s err ] || return
    [ "$(cut -f 1 answer | paste -s -d ' ')" = "$want" ] || { echo "$program $*"; cat answer; return 1; }
}

@test "a choice is offered its words" {
    offers 'words zero na drop' jf-hours --missing ''
    offers 'words na' jf-hours --wide x --missing n
    offers 'words --missing=zero' jf-hours --missing=z
    offers 'words --miss=zero' jf-hours --miss=z
    offers 'words keep drop' jf-split -a assign.tsv --absent ''
    offers 'words welch pooled' jf-diff --variance ''
}

@test "names of options are offered with their help" {
    offers 'words --missing' jf-hours --mis
    offers 'words -y' jf-diff -y
    jf-hours --complete --mis | grep -qxe $'--missing\t.*[a-z]'
    for program in $PROGRAMS; do
        "$program" --complete -- | tail -n +2 | cut -f 1 | sort >got
        "$program" --help | grep -oE '^ +(-[a-zA-Z], )?--[a-z-]+' | grep -oE -- '--[a-z-]+' | sort >want
        same want got || { echo "$program"; return 1; }
        [ "$("$program" --complete -- | head -n 1)" = words ]
        run ! grep -qE '(^|[^-])--complete' <("$program" --help)
    done
}

@test "a choice of the completion is one that --help shows, in every program" {
    for program in $PROGRAMS; do
        "$program" --help | sed -n 's/^.*--\([a-z-]*\)=\([a-z0-9-]*|[a-z0-9|-]*\).*$/\1 \2/p' >choices
        while read -r name words; do
            offers "words ${words//|/ }" "$program" "--$name" ''
        done <choices
    done
}

@test "columns are those of the files on the line, plain and gzip, and of the assignment list" {
    all='PNR y_1601 grad_2016_01 grad_2016_02'
    for file in jf-split.tsv extract.tsv.gz; do
        offers "parts $all" jf-hours "$file" --keep ''
        offers "parts $all" jf-hours --missing zero "$file" --progress --keep ''
    done
    offers 'words PNR' jf-hours --missing zero extract.tsv.gz --until P
    offers "parts person= arm= group= PNR= y_1601= grad_2016_01= grad_2016_02=" jf-split -a assign.tsv extract.tsv.gz --where ''
    offers 'parts arm' jf-split --assign=assign.tsv --take a
    offers 'parts arm' jf-split -aassign.tsv --take a
    offers 'words PNR=person PNR=arm PNR=group' jf-split -a assign.tsv --id PNR=
    offers parts jf-split --take ''
    offers parts jf-split -a none.tsv --take ''
    # the extract is no file; or none that is a table, which ends the answer
    offers 'parts person arm group' jf-split -a assign.tsv folder --take ''
    printf '\037\213\010cut' >cut.gz
    run -1 --separate-stderr jf-split --complete -a assign.tsv cut.gz --take ''
    [ "$(cut -f 1 <<<"$output" | paste -s -d ' ')" = 'parts person arm group' ]
}

@test "in a list a column is offered behind each comma, as it is written there" {
    table <<<'id arm hours a,b c\d' >in.tsv
    offers 'parts arm,hours' jf-diff in.tsv -y arm,h
    offers 'parts --outcome=arm,hours' jf-diff in.tsv --outcome=arm,h
    offers 'parts -yarm,hours' jf-diff in.tsv -yarm,h
    offers 'parts a\,b,hours' jf-diff in.tsv -y 'a\,b,h'
    offers 'parts a\,b' jf-diff in.tsv -y 'a\'
    offers 'parts c\\d' jf-diff in.tsv -y 'c'
    offers 'parts x,new=hours' jf-hours in.tsv --keep x,new=h
    offers 'words a,b' jf-diff in.tsv --arm a,
}

@test "a path is the shell's to find; where only the user knows nothing is offered" {
    offers files jf-hours ''
    offers files jf-split -a ''
    offers files jf-hours -- -
    [ "$(jf-split --complete --assign=as)" = $'files\t--assign=' ]
    [ "$(jf-split --complete -aas)" = $'files\t-a' ]
    offers '' jf-diff --min-cell ''
    offers '' jf-diff --control ''
    offers '' jf-split -a assign.tsv --where arm=
    offers files jf-split
}

@test "no id is offered, and nothing but a file is read" {
    printf '010190-1234\ta\tb\npnr01\tc\td\n' >no-header.tsv
    printf 'id\tx0101901234\tarm\n' >odd.tsv
    run -1 --separate-stderr jf-diff --complete no-header.tsv -y ''
    [ "$output" = parts ]
    offers 'parts id arm' jf-diff odd.tsv -y ''
    mkfifo pipe
    PATH=$PATH timeout 10 jf-diff --complete pipe -y '' | same - <(echo parts)
    echo 'id arm' | timeout 10 jf-diff --complete - /dev/stdin -y '' | same - <(echo parts)
}

# In bash: COMPREPLY as the function leaves it, for the words of a line, the last of them at the cursor.
in_bash()
{
    local want=$1 program=$2
    shift 2
    COMP_WORDS=("$program" "$@") COMP_CWORD=$#
    _jf "$program" "${*: -1}" ''
    printf '%s\n' "${COMPREPLY[@]}" >answer
    [ "$(paste -s -d ' ' answer)" = "$want" ] || { echo "$program $*"; cat answer; return 1; }
}

@test "bash: choices, columns, files and options, by the function that it calls" {
    # shellcheck source=/dev/null
    . "$JF_ROOT/cmd/jf-completion.bash"
    for program in $PROGRAMS; do
        [ "$(complete -p "$program")" = "complete -F _jf $program" ]
    done
    in_bash 'zero na drop' jf-hours --missing ''
    in_bash 'zero' jf-hours --missing = z
    in_bash 'zero na drop' jf-hours --missing =
    in_bash '--missing' jf-hours --mis
    in_bash 'grad_2016_01 grad_2016_02' jf-hours extract.tsv.gz --keep g
    in_bash 'y_1601,grad_2016_01 y_1601,grad_2016_02' jf-hours "'extract.tsv.gz'" --keep y_1601,g
    in_bash 'y_1601' jf-hours extract.tsv.gz --keep PNR,new = y
    in_bash 'person' jf-hours assign.tsv --since p
    in_bash 'assign.tsv' jf-split -a ass
    in_bash 'assign.tsv' jf-split --assign = ass
    in_bash '-aassign.tsv' jf-split -aass
    in_bash 'extract.tsv.gz' jf-hours ext
    in_bash 'folder' jf-plot fo
    table <<<'id arm my$col' >'in put.tsv'
    sed -i 's/my/my /' 'in put.tsv'
    in_bash 'my\ \$col' jf-hours 'in\ put.tsv' --until m
    in_bash 'my\ \$col' jf-hours '"in put.tsv"' --until m
}

# terminal SHELL-COMMAND: a shell on a terminal of its own, in tmux.
terminal()
{
    command -v tmux >/dev/null || skip 'no tmux here'
    env -u TMUX SHELL=/bin/sh TERM=xterm tmux -f /dev/null -S "$PWD/tmux" new-session -d -x 100 -y 30 "$1" 2>err ||
        skip "tmux: $(cat err)"
    screen -u -e 'ready>'
}

# screen KEYS... -e TEXT: types the keys, and waits until the text is to be seen.
screen()
{
    local text=${*: -1}
    set -- "${@:1:$#-2}"
    [ "$1" = -u ] || tmux -S "$PWD/tmux" send-keys "$@"
    for ((i = 0; i < 100; i++)); do
        tmux -S "$PWD/tmux" capture-pane -p >screen.txt
        ! grep -qF -- "$text" screen.txt || return 0
        sleep 0.1
    done
    cat screen.txt
    return 1
}

teardown()
{
    [ ! -S tmux ] || tmux -S "$PWD/tmux" kill-server || true
}

# the_same_in_a_terminal: what is typed and what the shell makes of it, in any of the three.
the_same_in_a_terminal()
{
    screen 'jf-hours --miss' Tab -e '--missing'
    screen 'z' Tab -e '--missing zero'
    screen 'ext' Tab -e '--missing zero extract.tsv.gz'
    screen ' --keep y' Tab -e '--keep y_1601'
    screen ',P' Tab -e '--keep y_1601,PNR'
    screen C-u 'jf-split -a ass' Tab -e '-a assign.tsv'
    screen ' --absent=k' Tab -e '--absent=keep'
    screen C-u 'jf-hours --missing ' Tab Tab -e 'drop'
    grep -q 'zero' screen.txt
    grep -q 'na' screen.txt
}

@test "bash: on a terminal" {
    printf '%s\n' "PS1='ready> '" "bind 'set enable-bracketed-paste off'" ". '$JF_ROOT/cmd/jf-completion.bash'" >rc
    terminal 'bash --noprofile --rcfile rc -i'
    the_same_in_a_terminal
}

@test "zsh: on a terminal" {
    command -v zsh >/dev/null || skip 'no zsh here'
    mkdir functions
    cp "$JF_ROOT/cmd/jf-completion.zsh" functions/_jf
    printf '%s\n' "PS1='ready> '" 'fpath=($PWD/functions $fpath)' 'autoload -U compinit' 'compinit -u -D' >.zshrc
    ZDOTDIR=$PWD terminal 'zsh -d -i'
    the_same_in_a_terminal
}

@test "fish: on a terminal, and as it says itself" {
    command -v fish >/dev/null || skip 'no fish here'
    export HOME=$PWD XDG_CONFIG_HOME=$PWD/config XDG_DATA_HOME=$PWD/data
    says()
    {
        fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$JF_ROOT/cmd/jf-completion.fish" "$2" |
            cut -f 1 | sort | paste -s -d ' ' >got
        [ "$(cat got)" = "$1" ] || { echo "$2"; cat got; return 1; }
    }
    says 'drop na zero' 'jf-hours --missing '
    says '--missing=na' 'jf-hours --missing=n'
    says 'grad_2016_01 grad_2016_02' 'jf-hours extract.tsv.gz --keep g'
    says 'y_1601,PNR y_1601,PNR,' 'jf-hours extract.tsv.gz --keep y_1601,P'
    says '--assign=assign.tsv' 'jf-split --assign=ass'
    says 'assign.tsv' 'jf-split -a ass'
    printf '%s\n' 'function fish_prompt; echo "ready> "; end' 'set -g fish_greeting' "source '$JF_ROOT/cmd/jf-completion.fish'" >rc.fish
    terminal 'fish --no-config -i -C "source rc.fish"'
    the_same_in_a_terminal
}

@test "the shells' files name the programs that the Makefile builds" {
    # shellcheck disable=SC2046 # a list of words
    printf '%s\n' $(sed -n 's/^FILTERS *= *//p' "$JF_ROOT/Makefile") jf-plot | sort -u >want
    for shell in bash zsh fish; do
        sed -n 's/^complete -F _jf //p; s/^#compdef //p; s/^for program in \(.*\)/\1/p' "$JF_ROOT/cmd/jf-completion.$shell" |
            tr ' ' '\n' | sort -u | same want -
    done
}
