# Completion for the jf programs: their options, as --help lists them.
_jf() {
    local word=${COMP_WORDS[COMP_CWORD]}
    case $word in
    -*) mapfile -t COMPREPLY < <(compgen -W "$("$1" --help 2>/dev/null |
        grep -oE -- '--[a-z-]+')" -- "$word") ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    esac
}
complete -o filenames -F _jf jf-split jf-hours jf-weeks jf-amounts jf-mark jf-cumsum jf-diff jf-ci jf-hist jf-plot
