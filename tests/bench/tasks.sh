# shellcheck shell=bash disable=SC2034 # bench uses it
# The tasks: their names, the file each reads, and what may be compared.

ALL_TASKS='select figure1 long weeks amounts mark group hist cumulate joint permute
    select-gz figure1-gz long-gz select-bgzf figure1-bgzf write-gz-1 write-gz-6'

# task_environment TASK: EXTRACT and ZCAT, exported.
task_environment() {
    case $1 in
    select | figure1) EXTRACT=wide.tsv ;;
    long | weeks | amounts | write-gz-*) EXTRACT=all.tsv ;;
    mark | group | hist | cumulate | joint) EXTRACT=long.tsv ;;
    permute) EXTRACT=drawn.tsv ;;
    select-gz | figure1-gz) EXTRACT=wide.tsv.gz ;;
    long-gz) EXTRACT=all.tsv.gz ;;
    select-bgzf | figure1-bgzf) EXTRACT=wide.bgzf.gz ;;
    esac
    ZCAT=$(zcat_of "$1")
    export EXTRACT ZCAT
}

# The fastest there is, for the peers that read plain text.
zcat_of() {
    case $1 in
    *-bgzf)
        if command -v bgzip >/dev/null; then
            echo 'bgzip -dc -@2'
            return
        fi ;;
    esac
    if command -v igzip >/dev/null; then echo 'igzip -dc'; else echo 'gzip -dc'; fi
}

# For people.
TASK_WORDS="select: the rows of the trial's 2,407 people, with what the list says of them.
figure1: the two arms month by month and their difference, from the wide extract.
long: wide to long, a row a person and month, all people, 78 months.
weeks: codes a week to weeks in states, a row a person and month, all people, 78 months.
amounts: wide to long once more, the values as they stand.
mark: the long rows with a column more, whether there are hours.
group: n, mean and variance by month and arm of the long rows.
hist: the distribution of hours by arm of the long rows.
cumulate: each person's running sum over the long rows, then the two arms month by month.
joint: the two arms month by month, and the covariances of all months, of the long rows.
permute: the lottery within municipalities drawn 1,999 times over the long rows of the trial's people.
-gz, -bgzf: the same from gzip of one member, from BGZF.
write-gz-1, write-gz-6: the long rows written as gzip; jf makes them first, the others only pack."
