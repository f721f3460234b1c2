# shellcheck shell=bash
# GNU datamash.

peer datamash datamash --version

does group <<'END'
datamash -s -g 3,2 --header-in count 4 mean 4 svar 4 <long.tsv | sed '1i\
period	arm	n	mean	variance'
END
