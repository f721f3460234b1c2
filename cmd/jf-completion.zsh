#compdef jf-draw jf-split jf-hours jf-weeks jf-amounts jf-mark jf-cumsum jf-diff jf-permute jf-joint jf-contrast jf-test jf-ci jf-hist jf-plot
# Completion for zsh. What fits is what the program says: PROGRAM --complete WORD...

local tab=$'\t' before line
local -a lines fits shown end
lines=("${(@f)$(${(Q)~words[1]} --complete "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
case $lines[1] in
files*)
    before=${lines[1]#*$tab}
    compset -P "${(b)before}"
    _files
    return ;;
'')
    return 1 ;;
parts)
    end=(-S '') ;;
esac
for line in "${(@)lines[2,-1]}"; do
    fits+=("${line%%$tab*}")
    shown+=("${${line/$tab/  }%  }")
done
compadd -l "${end[@]}" -d shown -a fits
