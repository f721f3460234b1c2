# shellcheck shell=bash
# polars, its streaming engine on all processors (npm's nodejs-polars).

peer polars node -e 'console.log(require("nodejs-polars").version)'

for task in select figure1 long group hist cumulate; do
    does "$task" "$task-gz" "$task-bgzf" <<END
node "\$BENCH/peers/polars.js" $task "\$EXTRACT"
END
done
