#!/usr/bin/env bats
# A catalogue of bad input: one fault each, the whole message, and no table. What looks bad and is
# not has its exact answer. The files are in data/bad; what is large is made here.

load helper

# says MESSAGE COMMAND...: exit 1, nothing but this line on stderr, no table.
says()
{
    local message=$1
    shift
    refuses 1 '' "$@"
    [ "$(cat "$BATS_TEST_TMPDIR/refused.err")" = "$1: $message" ] ||
        { printf '%s\n want %s\n  got %s\n' "$*" "$1: $message" "$(cat "$BATS_TEST_TMPDIR/refused.err")"; return 1; }
}

# cut_row ROW: fault, command and message, which may end in a bar.
cut_row()
{
    IFS='|' read -r fault command _ <<<"$1"
    message=${1#"$fault|$command|"}
}

# The faults: what it is, the program and its options, what it says.
faults()
{
    cat <<'END'
a byte order mark alone|jf-diff --control kontrol bom-alone.tsv|bom-alone.tsv: is empty; a header line was expected
a byte order mark and a line end|jf-hist --width 1 bom-line-end.tsv|bom-line-end.tsv:1: an empty line; a header line was expected
two byte order marks|jf-cumsum bom-twice.tsv|bom-twice.tsv:1: a second byte order mark (EF BB BF) in the header; was the file made of several? take it out
CR CR LF|jf-cumsum crlf-twice.tsv|crlf-twice.tsv:1: a carriage return inside the header; lines end in LF or CR LF here: take it out with tr -d '\r'
CR CR LF in a row|jf-cumsum crlf-twice-row.tsv|crlf-twice-row.tsv:2: hours: '1\x0d' has blanks, quotes or a carriage return beside its number; take them out
CR alone|jf-hist --width 1 cr-alone.tsv|cr-alone.tsv:1: lines that end in CR alone; convert them with tr '\r' '\n'
CR before a number|jf-diff --control kontrol cr-inside.tsv|cr-inside.tsv:3: hours: '\x0d2' has blanks, quotes or a carriage return beside its number; take them out
a NUL byte|jf-diff --control kontrol nul.tsv|nul.tsv:3: a NUL byte, so this is no text; fetch the file anew
a NUL byte|jf-split -a list.tsv nul.tsv|nul.tsv:3: a NUL byte, so this is no text; fetch the file anew
a NUL byte in the header|jf-ci nul-header.tsv|nul-header.tsv:1: byte 0x00 in the header, so this is no text; tab-separated text is expected, plain or gzip
no final line end|jf-cumsum no-final-line-end.tsv|no-final-line-end.tsv:3: the last line has no line end, so the file may be cut short; if it is whole, end it with a line end
a header without line end|jf-hist --width 1 no-line-end-header.tsv|no-line-end-header.tsv:1: the last line has no line end, so the file may be cut short; if it is whole, end it with a line end
an empty file|jf-hours empty.tsv|empty.tsv: is empty; a header line was expected
an empty file for a list|jf-split -a empty.tsv good.tsv|empty.tsv: is empty; a header line was expected
an empty first line|jf-ci empty-line.tsv|empty-line.tsv:1: an empty line; a header line was expected
a header only|jf-diff --control kontrol header-only.tsv|header-only.tsv: arm: there is no row, so none of the control arm 'kontrol'; see what the stage before leaves out
a list without a person|jf-split -a list-none.tsv wide.tsv|list-none.tsv: no person in the list, only a header; is this the list?
two columns of one name|jf-diff --control kontrol two-names.tsv|two-names.tsv:1: columns 2 and 4 are both called 'hours'; rename one
a column without a name|jf-hist --width 1 no-name.tsv|no-name.tsv:1: column 3 has no name; give it one
a cell too few|jf-diff --control kontrol ragged-short.tsv|ragged-short.tsv:3: 3 cells where the header has 4; mend the row or fetch the file anew
a cell too many|jf-hist --width 1 ragged-long.tsv|ragged-long.tsv:3: 5 cells where the header has 4; mend the row or fetch the file anew
a blank line|jf-cumsum blank-line.tsv|blank-line.tsv:3: 1 cell where the header has 4; mend the row or fetch the file anew
a blank line at the end|jf-diff --control kontrol blank-line-end.tsv|blank-line-end.tsv:4: 1 cell where the header has 4; mend the row or fetch the file anew
decimal commas|jf-diff --control kontrol decimal-commas.tsv|decimal-commas.tsv:3: hours: '2,5' has a decimal comma; say --decimal-comma
decimal commas|jf-hours decimal-commas-wide.tsv|decimal-commas-wide.tsv:2: grad_2016_01: '0,1' has a decimal comma; say --decimal-comma
decimal points for commas|jf-hist --width 1 --decimal-comma decimal-mixed.tsv|decimal-mixed.tsv:3: hours: '2.5' has a decimal point; leave out --decimal-comma or mend the file
SAS dots, not said to be 0|jf-hours sas-dots.tsv|sas-dots.tsv:2: grad_2016_01: the first of 2 missing degrees; say --missing zero if that means no wage hours (as in DREAM), na to write NA, or drop to leave those months out
SAS special missing|jf-hours --missing zero sas-special.tsv|sas-special.tsv:2: grad_2016_01: '.A' is not a number; missing is written NA, '.', \N or nothing
thousands: commas|jf-diff --control kontrol thousands-comma.tsv|thousands-comma.tsv:3: hours: '1,234.5' has thousands kept apart; write it in digits and a decimal sign
thousands: points|jf-diff --control kontrol thousands-point.tsv|thousands-point.tsv:3: hours: '1.234,5' has thousands kept apart; write it in digits and a decimal sign
thousands: two commas|jf-cumsum thousands-two.tsv|thousands-two.tsv:3: hours: '1,234,567' has thousands kept apart; write it in digits and a decimal sign
thousands: blanks|jf-hist --width 1 thousands-blank.tsv|thousands-blank.tsv:3: hours: '1 234' has thousands kept apart; write it in digits and a decimal sign
thousands: no-break spaces|jf-cumsum thousands-nbsp.tsv|thousands-nbsp.tsv:3: hours: '1 234' has thousands kept apart; write it in digits and a decimal sign
thousands or decimals: a comma|jf-cumsum thousands-or-decimals.tsv|thousands-or-decimals.tsv:3: hours: '1,234' has a comma; say --decimal-comma if it is the decimal sign, mend the file if it keeps thousands apart
thousands or decimals: a point|jf-cumsum --decimal-comma thousands-point-or-decimals.tsv|thousands-point-or-decimals.tsv:3: hours: '1.234' has a point; leave out --decimal-comma if it is the decimal sign, mend the file if it keeps thousands apart
quotes|jf-diff --control kontrol quotes.tsv|quotes.tsv:3: hours: '"2"' has blanks, quotes or a carriage return beside its number; take them out
a blank before a number|jf-cumsum blanks-around.tsv|blanks-around.tsv:3: hours: ' 2' has blanks, quotes or a carriage return beside its number; take them out
400 digits|jf-diff --control kontrol digits-400.tsv|digits-400.tsv:3: hours: '############################################################...' has more digits than are held (38, 36 of them decimals); round it
400 decimals|jf-hist --width 1 decimals-400.tsv|decimals-400.tsv:3: hours: '#.##########################################################...' has more digits than are held (38, 36 of them decimals); round it
1e999|jf-diff --control kontrol 1e999.tsv|1e999.tsv:3: hours: '1e999' has more digits than are held (38, 36 of them decimals); round it
1e-999|jf-cumsum 1e-999.tsv|1e-999.tsv:3: hours: '1e-999' has more digits than are held (38, 36 of them decimals); round it
nan|jf-diff --control kontrol nan.tsv|nan.tsv:3: hours: 'nan' is not a number; missing is written NA, '.', \N or nothing
inf|jf-hist --width 1 inf.tsv|inf.tsv:3: hours: '-inf' is not a number; missing is written NA, '.', \N or nothing
hex|jf-cumsum hex.tsv|hex.tsv:3: hours: '0x1F' is not a number; missing is written NA, '.', \N or nothing
months out of order|jf-hours --long --period month --value degree --missing drop months-down.tsv|months-down.tsv:3: month: a period before that of the last row; sort the rows: gzip -cdf -- months-down.tsv | { IFS= read -r h; printf '%s\n' "$h"; LC_ALL=C sort -t "$(printf '\t')" -k1,1 -k2,2; }
months out of order|jf-cumsum months-down-hours.tsv|months-down-hours.tsv:3: period: a period before that of the last row; sort the rows: gzip -cdf -- months-down-hours.tsv | { IFS= read -r h; printf '%s\n' "$h"; LC_ALL=C sort -t "$(printf '\t')" -k1,1 -k3,3; }
a month without a row|jf-cumsum month-hole.tsv|month-hole.tsv:6: period: this group has no 2016-02, as the first one (line 2) has; write such months with jf-hours --missing zero|na; or if a group's rows stand apart, sort the rows: gzip -cdf -- month-hole.tsv | { IFS= read -r h; printf '%s\n' "$h"; LC_ALL=C sort -t "$(printf '\t')" -k1,1 -k2,2; }
a late beginning|jf-cumsum months-late.tsv|months-late.tsv:5: period: this group has no 2016-01, as the first one (line 2) has; write such months with jf-hours --missing zero|na; or if a group's rows stand apart, sort the rows: gzip -cdf -- months-late.tsv | { IFS= read -r h; printf '%s\n' "$h"; LC_ALL=C sort -t "$(printf '\t')" -k1,1 -k2,2; }
an early end|jf-cumsum months-early-end.tsv|months-early-end.tsv:6: period: this group has no 2016-03, as the first one (line 2) has; write such months with jf-hours --missing zero|na; or if a group's rows stand apart, sort the rows: gzip -cdf -- months-early-end.tsv | { IFS= read -r h; printf '%s\n' "$h"; LC_ALL=C sort -t "$(printf '\t')" -k1,1 -k2,2; }
more months than the first person has|jf-cumsum months-more.tsv|months-more.tsv:6: period: the first group (line 2) has no 2016-03, as this one has; write such months with jf-hours --missing zero|na; or if a group's rows stand apart, sort the rows: gzip -cdf -- months-more.tsv | { IFS= read -r h; printf '%s\n' "$h"; LC_ALL=C sort -t "$(printf '\t')" -k1,1 -k2,2; }
a person in two places|jf-cumsum person-halves.tsv|person-halves.tsv:4: period: this group has no 2016-02, as the first one (line 2) has; write such months with jf-hours --missing zero|na; or if a group's rows stand apart, sort the rows: gzip -cdf -- person-halves.tsv | { IFS= read -r h; printf '%s\n' "$h"; LC_ALL=C sort -t "$(printf '\t')" -k1,1 -k2,2; }
Stata's months|jf-cumsum months-stata.tsv|months-stata.tsv:2: period: '2016m1' has no order that is known here; write periods as 2016-03, 2016-Q1, 2016-H1, 2016-W07, 2016-03/2022-08, or plain numbers
periods of two forms|jf-cumsum periods-mixed.tsv|periods-mixed.tsv:3: period: '2016-Q2' is of another form than the first period (line 2); periods of one form are compared only with each other, so write all alike
a missing period|jf-cumsum period-missing.tsv|period-missing.tsv:3: period: the period is missing; give the row one, or leave the row out
a period twice|jf-cumsum period-twice.tsv|period-twice.tsv:3: period: a period twice in a group; name what tells the rows apart in --within, or if nothing does mend the rows
a person torn apart|jf-hours --long --period month --value degree --missing drop months-torn.tsv|months-torn.tsv:4: month: a group that stood before comes again after another; sort the rows: gzip -cdf -- months-torn.tsv | { IFS= read -r h; printf '%s\n' "$h"; LC_ALL=C sort -t "$(printf '\t')" -k1,1 -k2,2; }
a month missing from the range|jf-hours month-missing.tsv|month-missing.tsv:1: no column 'grad_2016_03' for 2016-03, a month of the range; narrow it with --from and --to
a month before the range|jf-hours --from 2015-12 --to 2016-02 month-missing.tsv|month-missing.tsv:1: no column 'grad_2015_12' for 2015-12, a month of the range; narrow it with --from and --to
a month written as in a spreadsheet|jf-hours month-unpadded.tsv|month-unpadded.tsv:1: column 'grad_2016_9' fits 'grad_%Y_%m' but for case, padding or blanks; rename it, or mend --wide
a month in upper case|jf-hours month-upper.tsv|month-upper.tsv:1: column 'GRAD_2016_03' fits 'grad_%Y_%m' but for case, padding or blanks; rename it, or mend --wide
a value without a month|jf-hours --long --period month --value degree --missing drop value-no-month.tsv|value-no-month.tsv:3: degree: a value in a row without a period, which stands for a person without months; mend the row
a person without months, and with one|jf-hours --long --period month --value degree --missing drop monthless-twice.tsv|monthless-twice.tsv:3: a row without a period, which stands for a person without months, of a person who has other rows; leave it out
month 13|jf-hours month-13.tsv|month-13.tsv:1: column 'grad_2016_13' fits 'grad_%Y_%m', but there is no such month; rename it, or mend --wide
a month twice|jf-hours month-twice.tsv|month-twice.tsv:1: columns 'Grad_2016_01' and 'graD_2016_01' are of the same month; leave one out
week 53 of a year that has none|jf-hours --wide y_%y%V week-53-none.tsv|week-53-none.tsv:1: column 'y_1653' fits 'y_%y%V', but there is no such week; rename it, or mend --wide
a week missing from the range|jf-hours --wide y_%y%V --from 2015-W52 --to 2016-W02 week-53.tsv|week-53.tsv:1: no column 'y_1602' for 2016-W02, a week of the range; narrow it with --from and --to
a window that leaves the data|jf-hours --windows before=2015-12:2016-01 month-missing.tsv|month-missing.tsv:1: no column 'grad_2015_12' for 2015-12, a month of the range; narrow it with --from and --to
a lot after the last month|jf-hours --since lot=0:1 lots.tsv|lots.tsv:3: lot: a lot after 2016-02, the last month that there is; take a register of later months, or leave the person out
a lot that is no month|jf-hours --since town=0:1 lots.tsv|lots.tsv:2: town: 'Vejle' is no month, such as 2016-03, and no day, such as 2016-03-31; mend it
a lot that is missing|jf-hours --since end=0:1 lots.tsv|lots.tsv:2: end: the lot is missing (--since), and every person has one; fill it in, or leave the person out
an end that is no month|jf-hours --until town lots.tsv|lots.tsv:2: town: 'Vejle' is no month, such as 2016-03, and no day, such as 2016-03-31; mend it
a column of lots that is none|jf-hours --since lots=0:1 lots.tsv|lots.tsv:1: no column 'lots' among 6; did you mean 'lot'?
week 53 for a month|jf-hours --wide y_%y%m week-53.tsv|week-53.tsv:1: column 'y_1552' fits 'y_%y%m', but there is no such month; rename it, or mend --wide
week 53 in rows|jf-hours --long --period month --value degree --missing drop week-53-long.tsv|week-53-long.tsv:2: month: '####-##' is not a month such as 2016-03; mend it
weeks, not months|jf-hours week-53.tsv|week-53.tsv:1: no column fits 'grad_%Y_%m'; say --wide PATTERN, or --long for a row a month
an id twice|jf-split -a list.tsv --once id-twice.tsv|id-twice.tsv:4: an id that stood before; with --once an extract has a row a person
a part of gzip of one member|jf-split -a list.tsv --part 1/2 one-member.tsv.gz|one-member.tsv.gz: --part reads gzip only from where a block begins, and this is not BGZF; make it so: gzip -dc FILE | bgzip >NEW.gz
a part of stdin|jf-amounts --wide v%n --part 1/2 -|stdin: --part reads its share of a file's bytes, and this is no file; put it into a plain one, or BGZF: ... | bgzip >FILE.gz
a part of an empty file|jf-hours --part 1/2 empty.tsv|empty.tsv: is empty; a header line was expected
a fault in a part|jf-hours --part 2/2 --missing zero part-bad.tsv|part-bad.tsv (part 2/2):4: grad_2016_01: 'x' is not a number; missing is written NA, '.', \N or nothing
an id twice in the list|jf-split -a list-id-twice.tsv wide.tsv|list-id-twice.tsv:4: column 1: the id of line 2 again; a person stands once in the list
an empty id in the list|jf-split -a list-empty-id.tsv wide.tsv|list-empty-id.tsv:3: column 1: an empty id; every person of the list needs one
arms with trailing blanks|jf-diff --control kontrol arms-blank.tsv|arms-blank.tsv:4: arm: arm 'deltager ' beside 'deltager' (line 2) and control 'kontrol'; mend the label, or name the arms with --treated; did you mean 'deltager'?
a control with trailing blanks|jf-diff --control kontrol arms-blank-control.tsv|arms-blank-control.tsv:3: arm: arm 'kontrol ' beside 'deltager' (line 2) and control 'kontrol'; mend the label, or name the arms with --treated; did you mean 'kontrol'?
a blank arm, declared|jf-diff --control kontrol --treated deltager arms-blank.tsv|arms-blank.tsv:4: arm: arm 'deltager ' is neither --control nor --treated; mend the label, or name it; did you mean 'deltager'?
a missing arm|jf-diff --control kontrol arm-missing.tsv|arm-missing.tsv:4: arm: a missing arm; a person of the trial has one (jf-split --all keeps those who are not in it)
a list with a blank behind an arm|jf-split -a list-arm-blank.tsv wide.tsv|list-arm-blank.tsv:4: arm: 'deltager ' differs from a label before it only in blanks at its ends; mend it
three arms|jf-diff --control kontrol arms-three.tsv|arms-three.tsv:4: arm: arm 'andre' beside 'deltager' (line 2) and control 'kontrol'; mend the label, or name the arms with --treated
one arm|jf-diff --control kontrol arms-one.tsv|arms-one.tsv: arm: every row has the control arm 'kontrol', so there is nothing to compare; see --arm
an arm that is not there|jf-diff --control kontrol --treated deltager,andre good.tsv|good.tsv: arm: no row has the treated arm 'andre'; see --treated
a control that is not there|jf-diff --control Kontrol good.tsv|good.tsv:3: arm: arm 'kontrol' beside 'deltager' (line 2) and control 'Kontrol'; mend the label, or name the arms with --treated; did you mean 'Kontrol'?
percent|jf-hours percent.tsv|percent.tsv:2: grad_2016_01: a degree above 1.5 (--max); is the file in percent (--percent)? raise --max if it is right
percent, said, above --max|jf-hours --percent --max 0.9 percent.tsv|percent.tsv:2: grad_2016_01: a degree above 0.9 (--max), as a share of 1; raise --max if it is right
a code that nobody covers|jf-weeks --states states.tsv codes.tsv|codes.tsv:3: y_1553: '140' is a code that no row of 'states.tsv' has; give it one, or a row * to the rest
rows of a table of states that overlap|jf-weeks --states states-overlap.tsv codes.tsv|states-overlap.tsv:4: from: its codes overlap with those of line 3; a code has one state
a state from 139 to 135|jf-weeks --states states-backward.tsv codes.tsv|states-backward.tsv:3: from: from '139' to '135': the first code is after the last; turn them
codes that are missing|jf-weeks --states states.tsv codes-missing.tsv|codes-missing.tsv:2: y_1552: the first of 2 missing codes; say --missing zero if such a week has the empty code, na to write NA, or drop to leave those periods out
a week of the range that is missing|jf-weeks --states states.tsv --to 2016-01 codes.tsv|codes.tsv:1: no column 'y_1601' for 2016-W01, a week of the range; narrow it with --from and --to
an amount that is text|jf-amounts --wide hours%n amounts.tsv|amounts.tsv:3: hours2: 'much' is not a number; missing is written NA, '.', \N or nothing
amounts nobody told where|jf-amounts --wide pay_%Y amounts.tsv|amounts.tsv:1: no column fits 'pay_%Y'; say --wide PATTERN, or --long for a row a year
a negative degree|jf-hours negative.tsv|negative.tsv:2: grad_2016_02: a degree below 0; mend the file
a missing outcome|jf-diff --control kontrol missing.tsv|missing.tsv:3: hours: a missing outcome; say --missing drop to leave such rows out and count them
semicolons|jf-diff --control kontrol semicolons.tsv|semicolons.tsv:1: one column with ';' in its name, as in CSV; convert the file with iconv -f latin1 -t utf-8 FILE | mlr --icsv --ifs ';' --otsv cat | (no iconv for a file in UTF-8; tr ';' '\t' for mlr where no cell is quoted)
commas|jf-hours commas.tsv|commas.tsv:1: one column with ',' in its name, as in CSV; convert the file with iconv -f latin1 -t utf-8 FILE | mlr --icsv --ifs ',' --otsv cat | (no iconv for a file in UTF-8; tr ',' '\t' for mlr where no cell is quoted)
bars|jf-hist --width 1 bars.tsv|bars.tsv:1: one column with '|' in its name, as in CSV; convert the file with iconv -f latin1 -t utf-8 FILE | mlr --icsv --ifs '|' --otsv cat | (no iconv for a file in UTF-8; tr '|' '\t' for mlr where no cell is quoted)
blanks|jf-diff --control kontrol blanks.tsv|blanks.tsv:1: the only column is not 'period'; columns are kept apart by tabs here
semicolons and tabs|jf-hist --width 1 semicolons-some.tsv|semicolons-some.tsv:1: no column 'arm' among 2; see the header's names with head -n 1
a list with semicolons|jf-split -a semicolons.tsv good.tsv|semicolons.tsv:1: one column with ';' in its name, as in CSV; convert the file with iconv -f latin1 -t utf-8 FILE | mlr --icsv --ifs ';' --otsv cat | (no iconv for a file in UTF-8; tr ';' '\t' for mlr where no cell is quoted)
UTF-16|jf-cumsum utf16.tsv|utf16.tsv:1: UTF-16; convert it with iconv -f UTF-16 -t UTF-8 FILE |
no header|jf-split -a list.tsv no-header.tsv|no-header.tsv:1: a person of list.tsv stands in the header's place; put a header line before the rows
a list without a header|jf-split -a no-header.tsv good.tsv|no-header.tsv:1: a person of good.tsv stands in the header's place; put a header line before the rows
no header, and the id is a number|jf-hours number-header.tsv|number-header.tsv:1: column 1 is called by a number, as in a row; put a header line before the rows (the number is not shown, as it may be an id)
no header, and the id is named by a dashed number|jf-split -a list.tsv number-header.tsv|number-header.tsv:1: column 1 is called by a number, as in a row; put a header line before the rows (the number is not shown, as it may be an id)
no header in the second file|jf-diff --control kontrol good.tsv no-header.tsv|no-header.tsv:1: column 1 is not called 'PNR' as in good.tsv; all files need the same header line
a person without a row|jf-split -a list-absent.tsv good.tsv|list-absent.tsv: 1 of 3 persons has no row in the extract; say --absent keep if they are in the trial all the same (a register of jobs), or --absent drop (a shard, a beginning of the extract)
persons left out by a column of the extract|jf-split -a list.tsv --where arm=kontrol good.tsv|list.tsv: 1 of 2 persons has only rows that --where leaves out; say --absent keep if they are in the trial all the same (a register of jobs), or --absent drop (a shard, a beginning of the extract)
a zero before an id of the list|jf-split -a list-ids-damaged.tsv --absent drop good.tsv|list-ids-damaged.tsv:2: an id, the first of 1 (of 2), that the extract has only with other leading zeros, blanks, quotes or dashes; all ids there have 5 bytes, so mend those of the list
a value that nobody of the list has|jf-split -a list.tsv --where group=kontroll,deltager good.tsv|list.tsv: group: no person of the list has 'kontroll' (--where); did you mean 'kontrol'?
a value that no row has|jf-split -a list.tsv --where arm=kontroll good.tsv|good.tsv: arm: no row that was read has 'kontroll' (--where); did you mean 'kontrol'?
nobody of the list|jf-split -a list.tsv nobody.tsv|nobody.tsv: none of the 2 ids of list.tsv stands in column 1; check --id, leading zeros and quotes
zeros and blanks before ids|jf-split -a list.tsv ids.tsv|list.tsv:2: an id, the first of 1 (of 2), that the extract has only with other leading zeros, blanks, quotes or dashes; all ids here have 5 bytes, so mend those of the extract
a mark of a column that is none|jf-mark six=run>=6 good.tsv|good.tsv:1: no column 'run' among 4; see the header's names with head -n 1
a mark of a column that is nearly there|jf-mark full=hour>=150 good.tsv|good.tsv:1: no column 'hour' among 4; did you mean 'hours'?
a mark called like a column|jf-mark hours=hours>0 good.tsv|good.tsv:1: mark 'hours' is called like a column; give it another name
a mark of a mark|jf-mark more=hours+hours much=more>3 good.tsv|good.tsv:1: no column 'more': it is a mark, and marks are made of columns; pass them on to another jf-mark
a difference of columns that are none|jf-mark gain=after-before good.tsv|good.tsv:1: no column 'after' among 4; see the header's names with head -n 1
a file of a month for a mark|jf-mark data=2016-03-01.tsv good.tsv|good.tsv:1: '2016-03-01.tsv' has no + or - with a column on either side; see the header's names with head -n 1, and write a FILE as ./FILE
a difference that may be two|jf-mark x=a-b-c signs.tsv|signs.tsv:1: it may be 'a' - 'b-c' or 'a-b' - 'c'; give a column another name
a bound of a text|jf-mark x=arm>0 good.tsv|good.tsv:2: arm: 'deltager' is not a number; missing is written NA, '.', \N or nothing
a town with a blank|jf-mark a=town=A stratum-blank.tsv|stratum-blank.tsv:3: town: 'A ' differs from the text of mark 'a' only in outer blanks; mend the label
a bound of ids|jf-mark x=pnr>0 good.tsv|good.tsv:2: PNR: the cell is not a number; missing is written NA, '.', \N or nothing
a difference of decimal commas|jf-mark x=hours-hours decimal-commas.tsv|decimal-commas.tsv:3: hours: '2,5' has a decimal comma; say --decimal-comma
a column that the output has not|jf-cumsum --columns PNR,huors good.tsv|--columns: no column 'huors' among 4 of the output; did you mean 'hours'?
a column of the input that the output has not|jf-diff --control kontrol --columns period,hours good.tsv|--columns: no column 'hours' among 18 of the output; see the header's names without --columns
a column by the name of another|jf-cumsum --columns PNR=arm,PNR good.tsv|the output would have two columns called 'PNR'; give one another name
another table|jf-ci good.tsv|good.tsv:1: no column 'diff' among 4; see the header's names with head -n 1
hours for shares|jf-ci --shares hours-effect.tsv|hours-effect.tsv:2: sd_treated: --shares: mean, n and sd are not those of an outcome of 0 and 1 (sd^2 (n-1)/n = mean (1-mean)); leave --shares out, and --strata or an earlier --digits with it
a person who was not drawn|jf-permute --control k --salt s -a lottery.tsv drawn-other.tsv|drawn-other.tsv:3: column 1: an id that is not in lottery.tsv; leave such rows out before (jf-split -a)
a person twice in a key, to be drawn again|jf-permute --control k --salt s -a lottery.tsv drawn-twice.tsv|drawn-twice.tsv:4: a second row of a person in one key; say --by COLS for keys in which each stands once, or see --id
a person without a row|jf-permute --control k --salt s -a lottery.tsv drawn-few.tsv|lottery.tsv: 1 of 4 persons have no row; say --absent drop to draw them without values, or give each one (jf-split --absent keep)
a person without a row, masked|jf-permute --control k --salt s -a lottery.tsv --min-cell 3 drawn-few.tsv|lottery.tsv: persons of the list have no row; say --absent drop to draw them without values, or give each one (jf-split --absent keep)
another arm than in the list|jf-permute --control k --salt s -a lottery.tsv drawn-arm.tsv|drawn-arm.tsv:3: arm: the row has another one than lottery.tsv has for the person; mend one of the two
a missing outcome, to be drawn again|jf-permute --control k --salt s -a lottery.tsv drawn-missing.tsv|drawn-missing.tsv:3: hours: a missing outcome; say --missing drop to leave such rows out and count them
values too far apart to be held|jf-permute --control k --salt s -a lottery.tsv drawn-long.tsv|drawn-long.tsv:3: hours: more than 17 digits from the largest value of a key to its finest decimal; round the values
nobody to be drawn again|jf-permute --control k --salt s -a lottery.tsv drawn-none.tsv|drawn-none.tsv: no row, only a header; see what the stage before leaves out
a list of a lottery with an empty id|jf-permute --control k --salt s -a lottery-empty-id.tsv drawn-months.tsv|lottery-empty-id.tsv:3: column 1: an empty id; every person of the list needs one
a list of a lottery with a person twice|jf-permute --control k --salt s -a lottery-twice.tsv drawn-months.tsv|lottery-twice.tsv:4: column 1: an id that stood before; a person stands once in the list
a list of a lottery without a person|jf-permute --control k --salt s -a lottery-none.tsv drawn-months.tsv|lottery-none.tsv: no person in the list, only a header; is this the list?
a cluster in both arms, to be drawn|jf-permute --control k --salt s -a lottery-town.tsv --cluster town drawn-months.tsv|lottery-town.tsv:4: town: a person of the cluster of line 2, and of another arm or stratum; where clusters are drawn each is in one, so see --cluster
a family of no column|jf-permute --control k --salt s -a lottery.tsv --family hour drawn-months.tsv|--family: no column 'hour' tells the rows apart; take columns of --by, outcome or arm
sums too long to be redrawn|jf-permute --control k --salt s -a lottery-sums.tsv --cluster town drawn-sums.tsv|the sums of the values have too many digits to be redrawn; round the values
effects of people who may be the same|jf-contrast --over group --pairs effects-groups.tsv|effects-groups.tsv:3: group: nothing says how this row and that of line 2 hang together; say --disjoint if they are of different people, else make them with jf-joint, whose column cov says it
an effect in one group only|jf-contrast --over group --pairs --disjoint effects-one.tsv|effects-one.tsv:4: group: no row with 'b' is beside this one; hand on those of all values, alike in all other keys
an effect twice|jf-contrast --over group --pairs --disjoint group-effects-twice.tsv|group-effects-twice.tsv:4: group: this row and that of line 2 are of one key; give each once
a base that no row has|jf-contrast --over group --base A --disjoint effects-groups.tsv|effects-groups.tsv: group: no row has 'A' (--base); did you mean 'a'?
one group|jf-contrast --over period --pairs --disjoint effects-groups.tsv|effects-groups.tsv: period: a contrast is of two values, and here is one; see jf-diff's --by
a contrast of counts|jf-contrast --over diff --pairs --disjoint effects-groups.tsv|effects-groups.tsv:1: --over: column 'diff' holds a result of jf-diff, and no key; see its --by
a contrast behind jf-ci|jf-contrast --over group --pairs --disjoint effects-ci.tsv|effects-ci.tsv:1: this is what jf-ci wrote, of other effects than contrasts; put jf-contrast before jf-ci
a row cut out of a family|jf-contrast --over period --pairs family-cut.tsv|family-cut.tsv:3: cov: 3 entries in row 2 of its family, which has one for each row up to itself; was a row cut out? hand on all rows, in their order
a family that was rounded|jf-contrast --over period --pairs family-rounded.tsv|family-rounded.tsv:2: cov: the last entry is not se^2; rows that were rounded cannot be used: leave an earlier --digits out
a covariance that is none|jf-contrast --over period --pairs family-text.tsv|family-text.tsv:3: cov: an entry is not a number; hand on what jf-joint wrote
a covariance that cannot be|jf-contrast --over period --pairs family-beyond.tsv|family-beyond.tsv:3: cov: an entry beyond the product of the rows' errors; hand on what jf-joint wrote
covariances that no rows can have|jf-ci --band family-none.tsv|family-none.tsv:2: cov: the covariances of this row's family are those of no effects; hand on what jf-joint wrote
a band of rows that nothing holds together|jf-ci --band group-effects.tsv|group-effects.tsv:1: --band: no column cov, which says how the rows hang together; make them with jf-joint, which writes it
a band of a family that was cut|jf-ci --band family-cut.tsv|family-cut.tsv:3: cov: 3 entries in row 2 of its family, which has one for each row up to itself; was a row cut out? hand on all rows, in their order
a family of the same people, said to be others|jf-contrast --over period --pairs --disjoint family.tsv|family.tsv:3: period: --disjoint: this row and that of line 2 are of one family, the same people; leave it out
a family with decimal commas|jf-contrast --decimal-comma --over period --pairs family.tsv|family.tsv:1: a column cov, whose lists have commas, with --decimal-comma; leave it out with --columns, or write decimal points
a test of rows without cov|jf-test effects-groups.tsv|effects-groups.tsv:1: no column cov, which says how the rows hang together; make them with jf-joint, or say --equal --disjoint if they are of different people
a test behind jf-ci|jf-test effects-ci.tsv|effects-ci.tsv:1: this is what jf-ci wrote, each row by itself; put jf-test before jf-ci
a test of a row cut out|jf-test family-cut.tsv|family-cut.tsv:3: cov: 3 entries in row 2 of its family, which has one for each row up to itself; was a row cut out? hand on all rows, in their order
effects on two outcomes, the same?|jf-test --equal family-outcomes.tsv|family-outcomes.tsv:3: outcome: another outcome than in line 2, of the same family: effects in different units are never equal; make a family of each with jf-joint --family outcome
a test of a group twice|jf-test --equal --disjoint group-effects-twice.tsv|group-effects-twice.tsv:4: this row and that of line 2 are of one key; give each once
a test of a group without a name|jf-test --equal --disjoint group-effects.tsv|group-effects.tsv:4: group: a missing key; mend the cell, or leave such rows out before
a test of the same people, said to be others|jf-test --equal --disjoint family-groups.tsv|family-groups.tsv:3: --disjoint: this row and that of line 2 are of one family, the same people; leave it out
a test by what is no column|jf-test --equal --disjoint --family grop effects-groups.tsv|effects-groups.tsv:1: no column 'grop' among 5; did you mean 'group'?
a family that is no column|jf-ci --adjust by --family grop group-effects.tsv|group-effects.tsv:1: no column 'grop' among 5; did you mean 'group'?
a family without a name|jf-ci --adjust by --family group group-effects.tsv|group-effects.tsv:4: group: a missing family; mend the cell, or leave such rows out before
a lottery over an id twice|jf-draw --arms a:1,b:1 --salt 1 --as lot list-id-twice.tsv|list-id-twice.tsv:4: the id of line 2 again; a person stands once in the list
a lottery over an empty id|jf-draw --arms a:1,b:1 --salt 1 --as lot list-empty-id.tsv|list-empty-id.tsv:3: column 1: a missing id; every person of the list needs one, so mend the cell
a lottery over nobody|jf-draw --arms a:1,b:1 --salt 1 --as lot list-none.tsv|list-none.tsv: no person in the list, only a header; is this the list?
a lottery in a missing stratum|jf-draw --arms a:1,b:1 --salt 1 --as lot --within town stratum-missing.tsv|stratum-missing.tsv:3: town: a missing stratum; mend the cell, or leave such rows out before
a lottery in strata that differ in blanks|jf-draw --arms a:1,b:1 --salt 1 --as lot --within town stratum-blank.tsv|stratum-blank.tsv:3: town: 'A ' and 'A' (line 2) differ only in outer blanks; mend the label
a lottery that was held|jf-draw --arms a:1,b:1 --salt 1 drawn.tsv|drawn.tsv:1: a column 'arm' already; hold it to its lots with --check, or call the new one otherwise with --as
a lottery behind another|jf-draw --arms a:1,b:1 --salt 1 --blocks 2 --after drawn.tsv list.tsv|drawn.tsv: arm: 3 of 5 rows have not the arm that is drawn, on lines 4, 5, 6; were cells changed, or are --salt, --arms, --within, --as or --blocks or the order of rows not those of the draw?
an arm that was not drawn|jf-draw --arms a:1,c:1 --salt 1 --blocks 2 --after drawn.tsv list.tsv|drawn.tsv:2: arm: 'b' is no arm of --arms; name all arms that were drawn
a stratum that is no column|jf-draw --arms a:1,b:1 --salt 1 --as lot --within twon stratum-blank.tsv|stratum-blank.tsv:1: no column 'twon' among 5; did you mean 'town'?
no sums|jf-diff --from-sums --control kontrol good.tsv|good.tsv:1: no column 'outcome' among 4; see the header's names with head -n 1
ids for numbers|jf-cumsum -y PNR good.tsv|good.tsv:2: PNR: the cell is not a number; missing is written NA, '.', \N or nothing
ids for degrees|jf-hours --long --period period --value PNR --missing drop good.tsv|good.tsv:2: column 1: the cell is not a number; missing is written NA, '.', \N or nothing
ids for months|jf-hours --long --period PNR --value hours --missing drop good.tsv|good.tsv:2: column 1: the cell is not a month such as 2016-03; mend it
ids for arms|jf-diff --units rows --control kontrol --arm PNR good.tsv|good.tsv:3: PNR: an arm too many; see --arm and --treated (it is not shown, as it may be an id in the first column)
ids for strata|jf-diff --units rows --control kontrol --by period --strata PNR good.tsv|strata with fewer than two values in an arm: (an id) of key '2016-01' (arm 'deltager'), (an id) of key '2016-01' (arm 'kontrol'), (an id) of key '2016-01' (arm 'deltager'), (an id) of key '2016-01' (arm 'kontrol'); merge them, leave them out before, or see --small-strata of jf-diff
ids for keys|jf-diff --units rows --control kontrol --by PNR --strata period good.tsv|strata with fewer than two values in an arm: '2016-01' of key (an id) (arm 'deltager'), '2016-01' of key (an id) (arm 'kontrol'), '2016-01' of key (an id) (arm 'deltager'), '2016-01' of key (an id) (arm 'kontrol'); merge them, leave them out before, or see --small-strata of jf-diff
a person twice|jf-diff --control kontrol person-twice.tsv|'1': at least 1 person stands twice; a person is counted once: say --by period where a row is a month (or jf-hours --per window before this), --id COL where column 1 holds no ids, --units rows where rows are the units
a person twice, counted|jf-hist --width 1 person-twice.tsv|'kontrol': at least 1 person stands twice; a person is counted once: say --by period where a row is a month (or jf-hours --per window before this), --id COL where column 1 holds no ids, --units rows where rows are the units
months for persons|jf-diff --control kontrol --by= person-months.tsv|at least 2 persons stand twice; a person is counted once: say --by period where a row is a month (or jf-hours --per window before this), --id COL where column 1 holds no ids, --units rows where rows are the units
months for persons, counted|jf-hist --width 1 person-months.tsv|'deltager' and 1 other key: at least 2 persons stand twice; a person is counted once: say --by period where a row is a month (or jf-hours --per window before this), --id COL where column 1 holds no ids, --units rows where rows are the units
months for persons, as sums|jf-diff --sums --by arm person-months.tsv|'deltager' and 1 other key: at least 2 persons stand twice; a person is counted once: say --by period where a row is a month (or jf-hours --per window before this), --id COL where column 1 holds no ids, --units rows where rows are the units
no ids, arms first|jf-diff --control kontrol --by arm no-ids.tsv|no-ids.tsv:1: column 1, a key, holds no ids; say --id COL, or --units rows where a row is a person
no ids, counted|jf-hist --width 1 no-ids.tsv|no-ids.tsv:1: column 1, a key, holds no ids; say --id COL, or --units rows where a row is a person
an arm for ids|jf-diff --control kontrol --id arm good.tsv|good.tsv:1: column 'arm' is --id and the arm; say another --id, or --units rows where a row is a person
a stratum with a trailing blank|jf-diff --control kontrol --strata town stratum-blank.tsv|stratum-blank.tsv:3: town: 'A ' and 'A' (line 2) differ only in outer blanks; mend the label
a stratum missing|jf-diff --control kontrol --strata town stratum-missing.tsv|stratum-missing.tsv:3: town: a missing stratum; mend the cell, or leave such rows out before
a key missing|jf-diff --control kontrol key-missing.tsv|key-missing.tsv:3: period: a missing key; mend the cell, or leave such rows out before
a key missing, counted|jf-hist --width 1 --by town,period key-missing.tsv|key-missing.tsv:3: period: a missing key; mend the cell, or leave such rows out before
a key with a no-break space|jf-diff --control kontrol key-blank.tsv|key-blank.tsv:3: period: ' 2016-01' and '2016-01' (line 2) differ only in outer blanks; mend the label
a key with a blank, counted|jf-hist --width 1 --by town stratum-blank.tsv|stratum-blank.tsv:3: town: 'A ' and 'A' (line 2) differ only in outer blanks; mend the label
strata too small|jf-diff --control kontrol --strata town strata-thin.tsv|strata with fewer than two values in an arm: 'A' of key '1' (arm 'deltager'), 'A' of key '1' (arm 'kontrol'), 'B' of key '1' (arm 'deltager'), 'B' of key '1' (arm 'kontrol'); merge them, leave them out before, or see --small-strata of jf-diff
strata too small, masked|jf-diff --control kontrol --strata town --min-cell 3 strata-thin.tsv|there are strata with fewer than two values in an arm, and --min-cell names none; merge them, leave them out before, or see --small-strata of jf-diff
no pairs|jf-diff --control kontrol --by= --strata town --small-strata pairs strata-thin.tsv|strata that are no pairs, with one value in each arm: 'B' (arm 'kontrol'); leave them out before, or see --small-strata
a stratum without an arm, pooled|jf-diff --control kontrol --strata town --small-strata pool strata-thin.tsv|strata without a value in an arm: 'B' of key '1' (arm 'kontrol'); merge them, leave them out before, or see --small-strata
a stratum without an arm, pooled and masked|jf-diff --control kontrol --strata town --small-strata pool --min-cell 3 strata-thin.tsv|there are strata without a value in an arm, and --min-cell names none; merge them, leave them out before, or see --small-strata
strata too few to be pooled|jf-diff --control kontrol --by= --strata town --small-strata pool strata-few.tsv|'hours' of arm 'deltager': fewer than three strata are small, with one value in an arm, and --small-strata pool cannot take them together; merge small strata, or leave them out before
strata too few to be pooled, masked|jf-diff --control kontrol --by= --strata town --small-strata pool --min-cell 3 strata-few.tsv|in a row fewer than three strata are small, with one value in an arm (--min-cell does not say which), and --small-strata pool cannot take them together; merge small strata, or leave them out before
a small stratum with half of the persons|jf-diff --control kontrol --by= --strata town --small-strata pool strata-half.tsv|'hours' of arm 'deltager': one of the small strata has half of their persons or more, and --small-strata pool cannot take them together; merge small strata, or leave them out before
a person in two clusters|jf-diff --control kontrol --cluster town clusters.tsv|town: rows of one person that follow each other are of two clusters; a person has one, as it was when lots were drawn: attach it to the list (jf-split)
a cluster that is a whole arm|jf-diff --control kontrol --cluster town cluster-arm.tsv|'1', 'hours': arm 'deltager' is one cluster, so that nothing tells how clusters vary; merge strata, or leave out --cluster
a cluster that is a whole arm, masked|jf-diff --control kontrol --cluster town --min-cell 3 cluster-arm.tsv|an arm, or an arm of a stratum, is one cluster (--min-cell does not say which), so that nothing tells how clusters vary; merge strata, or leave out --cluster
two clusters|jf-diff --control kontrol --cluster town clusters-two.tsv|'1', 'hours' of arm 'deltager': 2 clusters are too few for a standard error, three at least; leave out --cluster
two clusters, masked|jf-diff --control kontrol --cluster town --min-cell 3 clusters-two.tsv|a row has fewer than three clusters (--min-cell does not say which), too few for a standard error; leave out --cluster
a cluster missing|jf-diff --control kontrol --cluster town cluster-missing.tsv|cluster-missing.tsv:6: town: a missing cluster; mend the cell, or leave such rows out before
an arm for clusters|jf-diff --control kontrol --id arm --cluster arm clusters-two.tsv|clusters-two.tsv:1: column 'arm' is --id and a cluster; say another --id, or --units rows where a row is a person
sums of clusters read without|jf-diff --from-sums --control kontrol cluster-sums.tsv|cluster-sums.tsv:1: column 'town' is no key, no stratum, no cluster and no sum; give --by, --strata and --cluster as they were given to --sums
several arms and the option, one misspelt|jf-diff --control kontrol --treated deltager,anden arms-three.tsv|arms-three.tsv:4: arm: arm 'andre' is neither --control nor --treated; mend the label, or name it
a table that is no figure|jf-plot good.tsv|good.tsv:1: no columns to draw: neither diff, ci_low and ci_high nor low, high, n and share; give it what jf-ci or jf-hist writes
differences without intervals|jf-plot effects-no-interval.tsv|effects-no-interval.tsv:1: differences without intervals; pass them through jf-ci
a limit under another name|jf-plot effects-column.tsv|effects-column.tsv:1: no column 'ci_low' among 9; did you mean 'ci_lov'?
a figure of no row|jf-plot effects-header.tsv|effects-header.tsv: a header and no rows: nothing to draw; see what the stage before leaves out
a figure of missing values|jf-plot effects-missing.tsv|nothing to draw: every value is missing; see what the stage before leaves out
a period twice in a figure|jf-plot effects-twice.tsv|effects-twice.tsv:4: a second row of one place, outcome and arm (beside line 2); a column that tells them apart must stand before outcome
a limit that is text|jf-plot effects-word.tsv|effects-word.tsv:3: ci_low: 'some' is not a number; missing is written NA, '.', \N or nothing
a mark that is no month|jf-plot --mark spring effects.tsv|--mark: 'spring' is no month, such as 2016-03; say one of the rows'
a mark where there is no row|jf-plot --mark 2016-09 effects.tsv|--mark: no row has the period '2016-09'; the nearest one is '2016-04'
a mark on an axis of bins|jf-plot --mark 2016-09 bins.tsv|--mark is for rows of several periods; these have none
a label that is nearly there|jf-plot --label kontrl=Kontrol effects.tsv|--label: no arm, outcome or key is called 'kontrl'; did you mean 'kontrol'?
a control that is nearly there|jf-plot --control kontrl bins.tsv|--control: no row has 'kontrl', but 'deltager' for one; did you mean 'kontrol'?
counts of no histogram|jf-plot --counts effects.tsv|--counts is for a histogram, of jf-hist; these are rows of jf-ci
END
}

@test "each fault has its message, which says what to do, and gives no table" {
    cd "$JF_DATA/bad"
    faults | while IFS= read -r row; do
        cut_row "$row"
        echo "$fault"
        # shellcheck disable=SC2086 # words are meant
        says "$message" $command </dev/null
        [[ $message == *'; '* ]]
    done
}

@test "the message is the same from stdin and from gzip, with more threads" {
    cd "$JF_DATA/bad"
    faults | grep -v -e 'good.tsv no-header.tsv' -e ' --part ' | while IFS= read -r row; do
        cut_row "$row"
        file=${command##* }
        read -ra words <<<"${command% *}"
        message=${message//gzip -cdf -- $file/gzip -cdf} # the command that sorts
        # the file may stand in the message as the list's opposite, too
        message=${message//$file/stdin}
        says "$message" "${words[@]}" <"$file"
        [ -s "$file" ] && [ "$fault" != UTF-16 ] || continue # in gzip that is told, too
        gzip -c "$file" >"$BATS_TEST_TMPDIR/bad.gz"
        says "$message" "${words[@]}" -j3 <"$BATS_TEST_TMPDIR/bad.gz"
    done
}

@test "two arms and no --control, or no arm named among three, is wrong usage" {
    cd "$JF_DATA/bad"
    refuses 2 "jf-diff: no control arm; give its label with --control (try 'jf-diff --help')" jf-diff good.tsv
    refuses 2 "jf-diff: no control arm; give its label with --control (try 'jf-diff --help')" jf-diff arms-three.tsv
}

# gives COMMAND... <<END: the exact table (see `table`).
gives()
{
    table >"$BATS_TEST_TMPDIR/want"
    "$@" >"$BATS_TEST_TMPDIR/got"
    same "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/got" || { echo "$*"; return 1; }
}

@test "a byte order mark, CR LF here and there: as without them" {
    cd "$JF_DATA/bad"
    for file in bom.tsv crlf-mixed.tsv; do
        jf-cumsum $file | same good.tsv -
        jf-diff --control kontrol $file | same <(jf-diff --control kontrol good.tsv) -
    done
    # inside the file a mark is bytes of an id
    jf-cumsum bom-inside.tsv | same bom-inside.tsv -
}

@test "a header only is a table without rows, wherever there is nothing to compare" {
    cd "$JF_DATA/bad"
    gives jf-hours header-only-wide.tsv <<<'PNR period hours'
    gives jf-cumsum header-only.tsv <<<'PNR arm period hours'
    gives jf-hist --width 1 header-only.tsv <<<'arm low high n share share_shown'
}

@test "minus zero is zero, and so is 0e999" {
    cd "$JF_DATA/bad"
    gives jf-hours minus-zero-wide.tsv <<'END'
PNR    period   hours
pnr01  2016-01  0
pnr01  2016-02  0
pnr02  2016-01  160.33
pnr02  2016-02  0
END
    gives jf-cumsum minus-zero.tsv <<'END'
PNR    arm       period   hours
pnr01  deltager  2016-01  0
pnr02  kontrol   2016-01  0
END
    gives jf-hist --width 1 --by '' minus-zero.tsv <<'END'
low   high  n  share  share_shown
-Inf  0     0  0      0
0     Inf   0  0      0
0     0     2  1      1
NA    NA    0  NA     NA
END
    gives jf-cumsum 0e999.tsv <<'END'
PNR    arm       period   hours
pnr01  deltager  2016-01  1
pnr02  kontrol   2016-01  0
END
}

@test "400 zeros before and behind a number are none of its digits" {
    cd "$JF_DATA/bad"
    gives jf-cumsum digits-400-zeros.tsv <<'END'
PNR    arm       period   hours
pnr01  deltager  2016-01  1
pnr02  kontrol   2016-01  2
END
}

@test "a SAS dot is missing, and zero hours where that is said" {
    cd "$JF_DATA/bad"
    gives jf-hours --missing zero sas-dots.tsv <<'END'
PNR    period   hours
pnr01  2016-01  0
pnr01  2016-02  40.0825
pnr02  2016-01  160.33
pnr02  2016-02  0
END
    gives jf-hours --missing drop sas-dots.tsv <<'END'
PNR    period   hours
pnr01  2016-02  40.0825
pnr02  2016-01  160.33
END
}

@test "decimal commas are numbers where that is said" {
    cd "$JF_DATA/bad"
    gives jf-hours --decimal-comma --full-time 1 decimal-commas-wide.tsv <<'END'
PNR    period   hours
pnr01  2016-01  0.1
pnr01  2016-02  0.25
pnr02  2016-01  1
pnr02  2016-02  0.5
END
}

@test "an id is its bytes: leading zeros, blanks and Latin-1 count, and nobody has none" {
    cd "$JF_DATA/bad"
    printf 'PNR\thours\tperiod\tarm\n0pnr01\t1\t1\tdeltager\n pnr01\t3\t1\tkontrol\np\346r\370\t6\t1\tdeltager\n' \
        >"$BATS_TEST_TMPDIR/want"
    jf-split -a ids-list.tsv ids.tsv | same "$BATS_TEST_TMPDIR/want" -
    # each is a person of its own
    jf-cumsum ids.tsv | same ids.tsv -
}

@test "an id twice in the extract is two rows, unless an extract is a row a person" {
    cd "$JF_DATA/bad"
    gives jf-split -a list.tsv id-twice.tsv <<'END'
PNR    arm       grad_2016_01  grad_2016_02  group
pnr01  deltager  1             0.5           deltager
pnr02  kontrol   1             0             kontrol
pnr01  deltager  0.2           0.5           deltager
END
}

@test "in rows a month that is missing is none, where no range says that it is one" {
    cd "$JF_DATA/bad"
    gives jf-hours --long --period month --value degree --missing drop month-missing-long.tsv <<'END'
PNR    period   hours
pnr01  2016-01  160.33
pnr01  2016-03  80.165
END
}

@test "three arms, and an arm with a blank, are compared where they are named" {
    cd "$JF_DATA/bad"
    jf-diff --control kontrol --treated deltager,andre arms-three.tsv >"$BATS_TEST_TMPDIR/got"
    [ "$(columns arm,n_treated,diff "$BATS_TEST_TMPDIR/got")" = $'arm\tn_treated\tdiff\ndeltager\t1\t-1\nandre\t1\t1' ]
    jf-diff --control kontrol --treated 'deltager,deltager ' arms-blank.tsv >"$BATS_TEST_TMPDIR/got"
    [ "$(columns arm,diff "$BATS_TEST_TMPDIR/got")" = $'arm\tdiff\ndeltager\t-1\ndeltager \t1' ]
}

@test "percent is read where that is said" {
    cd "$JF_DATA/bad"
    gives jf-hours --percent --full-time 1 percent.tsv <<'END'
PNR    period   hours
pnr01  2016-01  1
pnr01  2016-02  0.5
pnr02  2016-01  0.375
pnr02  2016-02  0
END
}

@test "a million columns: read, and every fault told with its place" {
    awk 'BEGIN { printf "PNR\tarm\tperiod"; for (i = 1; i <= 1000000; i++) printf "\tc%d", i
        for (r = 0; r < 2; r++) { printf "\npnr%02d\t%s\t1", r, r ? "deltager" : "kontrol"
            for (i = 1; i <= 1000000; i++) printf "\t%d", r } print "" }' >in.tsv
    jf-diff --control kontrol -y c1000000,c1 in.tsv | columns outcome,diff /dev/stdin >got
    printf 'outcome\tdiff\nc1000000\t1\nc1\t1\n' | same - got
    says "in.tsv:1: no column 'x' among 1000003; see the header's names with head -n 1" jf-diff --control kontrol -y x in.tsv
    sed '3s/\t1$//' in.tsv >bad.tsv
    says 'bad.tsv:3: 1000002 cells where the header has 1000003; mend the row or fetch the file anew' \
        jf-diff --control kontrol -y c1 bad.tsv
    sed '1s/c1000000$/c500000/' in.tsv >bad.tsv
    says "bad.tsv:1: columns 500003 and 1000003 are both called 'c######'; rename one" jf-diff --control kontrol -y c1 bad.tsv
    sed '3s/1$/1,5/' in.tsv >bad.tsv
    says "bad.tsv:3: c#######: '1,5' has a decimal comma; say --decimal-comma" jf-diff --control kontrol -y c1000000 bad.tsv
}

@test "a line of 64 MB, or of JF_LONG_LINE bytes, is read, and every fault told with its place" {
    bytes=${JF_LONG_LINE:-67108864}
    long() { head -c "$bytes" /dev/zero | tr '\0' 7; }
    { printf 'PNR\tarm\tnote\thours\npnr01\ta\t'; long; printf '\t5\npnr02\tb\t\t7\n'; } >in.tsv
    printf 'PNR\npnr01\npnr02\n' >list.tsv
    jf-split -a list.tsv in.tsv | cmp in.tsv -
    jf-hist --width 10 in.tsv | awk -F'\t' 'NR > 1 && $4 > 0' >got
    printf 'a\t0\t10\t1\t1\t1\nb\t0\t10\t1\t1\t1\n' | same - got
    says "in.tsv:2: note: '$(printf '%060d' 0 | tr 0 '#')...' has more digits than are held (38, 36 of them decimals); round it" \
        jf-hist --width 10 -y note in.tsv
    head -c -30 in.tsv >bad.tsv
    says 'bad.tsv:2: the last line has no line end, so the file may be cut short; if it is whole, end it with a line end' \
        jf-hist --width 10 bad.tsv
    { head -n 2 in.tsv | tr -d '\n'; } >bad.tsv
    says 'bad.tsv:1: the last line has no line end, so the file may be cut short; if it is whole, end it with a line end' \
        jf-hist --width 10 bad.tsv
    { sed 1q in.tsv; printf 'pnr01\ta\t'; long; printf '\0\t5\n'; } >bad.tsv
    says 'bad.tsv:2: a NUL byte, so this is no text; fetch the file anew' jf-hist --width 10 bad.tsv
    { sed 1q in.tsv; long; printf '\n'; } >bad.tsv
    says 'bad.tsv:2: 1 cell where the header has 4; mend the row or fetch the file anew' jf-hist --width 10 bad.tsv
}

@test "every file of the catalogue is tried" {
    for file in "$JF_DATA"/bad/*; do
        grep -q "${file##*/}" "$JF_ROOT/tests/bad.bats" || { echo "${file##*/}"; return 1; }
    done
    [ "$(faults | wc -l)" -ge 80 ]
}
