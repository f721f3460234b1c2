# arm, hours and how often: bins of ten hours; those without hours are left out.
BEGIN { FS = "\t"; print "arm\tlow\tn" }
NR > 1 && $2 > 0 { n[$1 "\t" int($2 / 10) * 10] += $3 }
END { for (key in n) print key "\t" n[key] }
