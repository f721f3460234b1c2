#!/usr/bin/env bats
# What is no tab-separated text is named, with the command that makes text of it.

load helper

# kinds: the name of a format, its first bytes (as for printf %b), the command.
kinds()
{
    r="Rscript -e 'readr::write_tsv("
    to_tabs=', stdout(), quote = "none", escape = "none")'"'"
    cat <<END
zstd~(\0265/\0375\04XI\0\0~zstd -dc FILE
xz~\03757zXZ\0\0\04\0346\0326\0264F~xz -dc FILE
bzip2~BZh91AY&SY\0332\0212~bzip2 -dc FILE
lz4~\04\042M\030d@\0247~lz4 -dc FILE
lz4~\02!L\030\012\0\0\0~lz4 -dc FILE
a zip archive~PK\03\04\012\0\0\0\0\0\0\0!\0\01\02\03\04\05\0\0\0\05\0\0\0\05\0\034\0x.tsv~unzip -p FILE
a workbook~PK\03\04\024\0\06\0\010\0\0\0!\0\01\02\03\04\05\0\0\0\05\0\0\0\023\0\034\0[Content_Types].xml~${r}readxl::read_excel("FILE")$to_tabs
a workbook~PK\03\04\024\0\010\010\010\0\0\0!\0\01\02\03\04\05\0\0\0\05\0\0\0\013\0\034\0xl/workbook.xml~${r}readxl::read_excel("FILE")$to_tabs
a workbook~\0320\0317\021\0340\0241\0261\032\0341\0\0\0\0~${r}readxl::read_excel("FILE")$to_tabs
a Parquet file~PAR1\025\04\025\020\025\024L\025\02~duckdb -c "COPY (FROM read_parquet('FILE')) TO '/dev/stdout' (DELIMITER '\\t', HEADER, QUOTE '', NULLSTR 'NA')"
an Arrow file~ARROW1\0\0\0377\0377\0377\0377~${r}arrow::read_feather("FILE")$to_tabs
a SAS data set~\0\0\0\0\0\0\0\0\0\0\0\0\0302\0352\0201\0140\0263\024\021\0317\0275\0222\010\0\011\0307\061\0214~${r}haven::read_sas("FILE")$to_tabs
a SAS transport file~HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!000000000000000000000000000000  ~${r}haven::read_xpt("FILE")$to_tabs
a Stata data set~<stata_dta><header><release>118</release>\012~${r}haven::read_dta("FILE")$to_tabs
a Stata data set~s\02\01\0\02\0\03\0\0\0~${r}haven::read_dta("FILE")$to_tabs
a Stata data set~r\01\01\0\02\0\03\0\0\0~${r}haven::read_dta("FILE")$to_tabs
an SPSS file~\$FL2@(#) SPSS DATA FILE~${r}haven::read_sav("FILE")$to_tabs
an SPSS file~\$FL3@(#) SPSS DATA FILE~${r}haven::read_sav("FILE")$to_tabs
a tar archive~x.tsv$(printf '\\0000%.0s' {1..95})0000644\0000$(printf '\\0000%.0s' {1..149})ustar  \0root\0~tar -xOf FILE
UTF-16~\0377\0376i\0d\0\011\0a\0\012\0~iconv -f UTF-16 -t UTF-8 FILE
UTF-16~\0376\0377\0i\0d\0\011\0a\0\012~iconv -f UTF-16 -t UTF-8 FILE
UTF-32~\0377\0376\0\0i\0\0\0d\0\0\0\011\0\0\0a\0\0\0\012\0\0\0~iconv -f UTF-32 -t UTF-8 FILE
UTF-32~\0\0\0376\0377\0\0\0i\0\0\0d\0\0\0\011\0\0\0a\0\0\0\012~iconv -f UTF-32 -t UTF-8 FILE
END
}

# says MESSAGE COMMAND...: exit 1 and this line.
says()
{
    local message=$1
    shift
    refuses 1 '' "$@"
    [ "$(cat refused.err)" = "$1: $message" ] || { printf ' want %s\n  got %s\n' "$1: $message" "$(cat refused.err)"; return 1; }
}

# told FORMAT COMMAND: x, and x in gzip, are told so as a file, as stdin and as an assignment list.
told()
{
    local bare=$2
    says "x:1: $1; convert it with $2 |" jf-diff --control a x
    says "stdin:1: $1; convert it with $2 |" jf-diff --control a <x
    says "stdin:1: $1; convert it with $2 |" jf-cumsum - < <(cat x)
    says "x:1: $1; convert it with $2 |" jf-split -a x jf-split.tsv
    says "stdin:1: $1; convert it with $2 |" jf-split -a - jf-split.tsv <x
    case $2 in
    unzip* | Rscript* | duckdb*) bare="gzip -dc FILE >PLAIN; ${2//FILE/PLAIN}" ;;
    *) bare="gzip -dc FILE | ${2//FILE/-}" ;;
    esac
    gzip -c x >x.gz
    says "x.gz:1: $1 in gzip; convert it with $bare |" jf-diff --control a x.gz
    says "stdin:1: $1 in gzip; convert it with $bare |" jf-diff --control a <x.gz
    says "x.gz:1: $1 in gzip; convert it with $bare |" jf-split -a x.gz jf-split.tsv
}

@test "every other kind of file is named, as a file, as stdin and as the list, and in gzip" {
    sample jf-split
    mkfifo pipe
    kinds | while IFS='~' read -r name bytes command; do
        echo "$name"
        printf %b "$bytes" >x
        told "$name" "$command"
        # a byte a write
        (for ((i = 1; i < 5; i++)); do head -c "$i" x | tail -c 1; sleep 0.01; done; tail -c +5 x) >pipe &
        says "stdin:1: $name; convert it with $command |" jf-ci <pipe
        # a beginning as long as a disk's block, and more
        head -c 70000 /dev/zero | tr '\0' '\4' >>x
        told "$name" "$command"
    done
}

@test "CSV is named in every form, with the commands that convert it" {
    for mark in ',' ';' '|'; do
        printf 'id%shours\n1%s2\n' "$mark" "$mark" >x
        said=":1: one column with '$mark' in its name, as in CSV; convert the file with iconv -f latin1 -t utf-8 FILE | mlr --icsv --ifs '$mark' --otsv cat | (no iconv for a file in UTF-8; tr '$mark' '\\t' for mlr where no cell is quoted)"
        sample jf-split
        says "x$said" jf-diff --control a x
        says "stdin$said" jf-diff --control a <x
        says "x$said" jf-split -a x jf-split.tsv
    done
}

@test "the command that a message gives turns the file into the table" {
    sample jf-cumsum
    mv jf-cumsum.tsv table
    for make in 'zstd -c' 'xz -c' 'bzip2 -c' 'lz4 -c' 'tar -cf -' 'zip -q -' 'iconv -f UTF-8 -t UTF-16' 'iconv -f UTF-8 -t UTF-32'; do
        command -v "${make%% *}" >/dev/null || continue
        $make table >packed 2>/dev/null
        run -1 --separate-stderr jf-cumsum packed
        # shellcheck disable=SC2154 # bats sets it
        said=${stderr#*convert it with }
        [ "$said" != "$stderr" ] || { echo "$make: $stderr"; return 1; }
        command -v "${said%% *}" >/dev/null || continue
        eval "${said//FILE/packed} cat" 2>/dev/null | same table -
        gzip -c packed >packed.gz
        run -1 --separate-stderr jf-cumsum packed.gz
        said=${stderr#*convert it with }
        eval "${said//FILE/packed.gz} cat" 2>/dev/null | same table -
    done
}

@test "a header that begins as such a file does is a header" {
    for name in PAR1 PK BZh 'BZh1' '$FL2' 'HEADER RECORD' '<stata' ustar xl/ "$(printf '%0257d' 0 | tr 0 x)ustr"; do
        printf '%s\tperiod\thours\na\t1\t2\n' "$name" >in.tsv
        jf-cumsum in.tsv | same in.tsv -
        gzip -c in.tsv | jf-cumsum | same in.tsv -
    done
}

@test "a first line that comes in bits is waited for, and no more than that" {
    mkfifo in
    jf-ci <in >out 2>err &
    program=$!
    exec 7>in
    for piece in i 'd\tperi' 'od\thours\n'; do
        # shellcheck disable=SC2059 # escapes are meant
        printf "$piece" >&7
        sleep 0.05
    done
    # it ends, though more may come
    wait $program || true
    exec 7>&-
    grep -q "stdin:1: no column 'diff' among 3" err
}

@test "blocks of BGZF without an end block are refused, and the message has the way out" {
    sample jf-cumsum
    jf-cumsum -z <jf-cumsum.tsv | head -c -28 >endless.gz
    size=$(wc -c <endless.gz)
    says "endless.gz: the gzip stream is cut at byte $size, between two blocks (BGZF without its end block); fetch the file anew, or if its writer puts none read it by gzip -dc FILE |" jf-cumsum endless.gz
    gzip -dc endless.gz | jf-hist --by '' --width 50 | same <(jf-cumsum jf-cumsum.tsv | jf-hist --by '' --width 50) -
    head -c -1 endless.gz >cut.gz
    says "cut.gz: the gzip stream is cut at byte $((size - 1)); fetch the file anew" jf-cumsum cut.gz
}
