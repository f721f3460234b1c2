# shellcheck shell=bash
# R's data.table, on all processors.

peer data.table Rscript --vanilla -e 'cat(as.character(packageVersion("data.table")))'

for task in select figure1 long group hist cumulate joint permute; do
    does "$task" "$task-gz" "$task-bgzf" <<END
Rscript --vanilla "\$BENCH/peers/data.table.R" $task "\$EXTRACT"
END
done
