# shellcheck shell=bash
# The compressors, on two threads where they can. They need not make the rows, as jf must.

# packs LEVEL COMMAND
packs() {
    echo "$2" | does "write-gz-$1"
}

peer gzip gzip --version
packs 1 'gzip -1nc long.tsv'
packs 6 'gzip -6nc long.tsv'

peer pigz pigz --version
packs 1 'pigz -1nc -p 2 long.tsv'
packs 6 'pigz -6nc -p 2 long.tsv'

peer bgzip bgzip --version
packs 1 'bgzip -c -l 1 -@ 2 long.tsv'
packs 6 'bgzip -c -l 6 -@ 2 long.tsv'

peer igzip igzip --version
packs 1 'igzip -1 -nc -T 2 long.tsv'
