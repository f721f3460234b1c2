# shellcheck shell=bash
# What the times are measured against.

does select figure1 long weeks amounts mark group hist cumulate joint permute <<'END'
wc -l "$EXTRACT"
END

does select-gz figure1-gz long-gz select-bgzf figure1-bgzf <<'END'
limit inflate "$EXTRACT"
END

does write-gz-1 <<'END'
limit deflate 1 long.tsv
END

does write-gz-6 <<'END'
limit deflate 6 long.tsv
END
