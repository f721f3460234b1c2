# Completion for fish. What fits is what the program says: PROGRAM --complete WORD...

function __jf_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    set -l lines ($program --complete $words "$word" 2>/dev/null)
    if string match -q 'files*' -- $lines[1]
        set -l before (string replace -r '^files\t' '' -- $lines[1])
        set -l path (string sub -s (math 1 + (string length -- "$before")) -- "$word")
        for found in (__fish_complete_path "$path")
            echo -- $before$found
        end
    else
        # Fish ends what is the only one by a blank; a comma might follow, so it is not the only one.
        if test "$lines[1]" = parts -a (count $lines) -eq 2; and not string match -qr '=\t' -- $lines[2]
            set -a lines (string replace -r '\t.*' ',' -- $lines[2])
        end
        set -e lines[1]
        string join \n -- $lines
    end
end

for program in jf-draw jf-split jf-hours jf-weeks jf-amounts jf-mark jf-cumsum jf-diff jf-permute jf-joint jf-contrast jf-test jf-ci jf-hist jf-plot
    complete -c $program -f -a '(__jf_complete)'
end
