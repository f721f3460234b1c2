# Completion for bash. What fits is what the program says: PROGRAM --complete WORD...

# Bash breaks words at = and : too; the program wants them as they were typed, without quotes.
_jf_words() {
    local word glued=
    words=()
    for word in "$@"; do
        word=${word//[\'\"\\]/}
        word=${word/#~\//$HOME/}
        if [[ ${#words[@]} -gt 0 && ( $glued || $word =~ ^[=:]+$ ) ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
        glued=
        [[ ! $word =~ ^[=:]+$ ]] || glued=1
    done
}

# What stands before the cursor's own part of the last word is not bash's to put there again.
_jf() {
    local words lines word part=${COMP_WORDS[COMP_CWORD]//[\'\"\\]/} before blank=$'\t'
    COMPREPLY=()
    _jf_words "${COMP_WORDS[@]:1:COMP_CWORD}"
    [[ ! $part =~ ^[=:]+$ ]] || part=
    part=${part/#~\//$HOME/}
    before=${words[-1]%"$part"}
    mapfile -t lines < <("${1/#~\//$HOME/}" --complete "${words[@]}" 2>/dev/null)
    case ${lines[0]-} in
    files*)
        compopt -o filenames 2>/dev/null || :
        word=${lines[0]#*"$blank"}
        part=${words[-1]#"$word"}
        mapfile -t COMPREPLY < <(compgen -f -- "$part")
        COMPREPLY=("${COMPREPLY[@]/#/$word}") ;;
    parts) compopt -o nospace 2>/dev/null || : ;;&
    *)
        for word in "${lines[@]:1}"; do
            word=${word%%"$blank"*}
            [[ ! $word =~ [][[:space:]\'\"\\\$\&\|\;\<\>\(\)*?{}!#~\`] ]] || printf -v word %q "$word"
            COMPREPLY+=("$word")
        done ;;
    esac
    COMPREPLY=("${COMPREPLY[@]#"$before"}")
}
complete -F _jf jf-draw jf-split jf-hours jf-weeks jf-amounts jf-mark jf-cumsum jf-diff jf-permute jf-joint jf-contrast jf-test jf-ci jf-hist jf-plot
