# long.tsv: how often each number of hours occurs in each arm.
BEGIN { FS = "\t"; print "arm\thours\tn" }
NR > 1 { n[$2 "\t" $4]++ }
END { for (key in n) print key "\t" n[key] }
