# trial.tsv wide.tsv: the rows of the list's people, with what the list says of them. No field is
# split off but the id.
BEGIN { FS = "\n" }
{ end = index($0, "\t"); id = substr($0, 1, end - 1) }
NR == FNR { list[id] = substr($0, end); next }
id in list { print $0 list[id] }
