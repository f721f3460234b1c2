# shellcheck shell=bash
# How jf does the tasks.

does select select-gz select-bgzf <<'END'
jf-split -a trial.tsv "$EXTRACT"
END

does figure1 figure1-gz figure1-bgzf <<'END'
jf-split -a trial.tsv "$EXTRACT" |
    jf-hours --keep arm --missing zero --from 2016-03 | jf-diff --control kontrol | jf-ci
END

does long long-gz <<'END'
jf-hours --keep arm --missing zero --from 2016-03 "$EXTRACT"
END

does weeks <<'END'
jf-weeks --states states.tsv --keep arm --from 2016-03 --to 2022-08 "$EXTRACT"
END

does amounts <<'END'
jf-amounts --wide grad_%Y_%m --keep arm --missing zero --from 2016-03 "$EXTRACT"
END

does mark <<'END'
jf-mark any='hours>0' long.tsv
END

does group <<'END'
jf-diff --control kontrol long.tsv
END

does hist <<'END'
jf-hist --units rows --width 10 --drop-zero long.tsv
END

does cumulate <<'END'
jf-cumsum long.tsv | jf-diff --control kontrol | jf-ci
END

does joint <<'END'
jf-joint --control kontrol long.tsv
END

does permute <<'END'
jf-permute -a trial.tsv --control kontrol --strata municipality --salt bench drawn.tsv
END

does write-gz-1 <<'END'
jf-hours --keep arm --missing zero --from 2016-03 -z1 all.tsv
END

does write-gz-6 <<'END'
jf-hours --keep arm --missing zero --from 2016-03 -z6 all.tsv
END
