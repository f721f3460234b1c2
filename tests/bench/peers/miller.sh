# shellcheck shell=bash
# Miller.

peer miller mlr --version

export MLR_MONTHS='^(PNR|arm|grad_2016_(0[3-9]|1.)|grad_20(1[7-9]|2.)_..)$'
export MLR_HOURS='$period = sub(substr($period, 5, 11), "_", "-"); $hours = is_empty($hours) ? 0 : $hours * 160.33'
export MLR_ARMS='
    @n[$period][$arm] = $hours_count; @m[$period][$arm] = $hours_mean; @v[$period][$arm] = $hours_var;
    end {
        for (p, n in @n) {
            emit1 {
                "period": p, "n_treated": n["deltager"], "mean_treated": @m[p]["deltager"],
                "n_control": n["kontrol"], "mean_control": @m[p]["kontrol"],
                "diff": @m[p]["deltager"] - @m[p]["kontrol"],
                "se": sqrt(@v[p]["deltager"] / n["deltager"] + @v[p]["kontrol"] / n["kontrol"])
            }
        }
    }'

does select <<'END'
mlr --tsv -S join -j PNR -f trial.tsv then reorder -e -f arm,group,municipality,age,female,education,months_on_benefit "$EXTRACT"
END

does figure1 <<'END'
mlr --tsv join -j PNR -f trial.tsv then cut -r -f "$MLR_MONTHS" then reshape -r '^grad_' -o period,hours then \
    put "$MLR_HOURS" then stats1 -a count,mean,var -f hours -g period,arm then put -q "$MLR_ARMS" "$EXTRACT"
END

does long <<'END'
mlr --tsv cut -r -f "$MLR_MONTHS" then reshape -r '^grad_' -o period,hours then put "$MLR_HOURS" "$EXTRACT"
END

does group <<'END'
mlr --tsv stats1 -a count,mean,var -f hours -g period,arm then \
    rename hours_count,n,hours_mean,mean,hours_var,variance long.tsv
END

does hist <<'END'
mlr --tsv filter '$hours > 0' then put '$low = 10 * int($hours / 10)' then count -g arm,low -o n long.tsv
END

does cumulate <<'END'
mlr --tsv step -a rsum -f hours -g PNR then put '$hours = $hours_rsum' then \
    stats1 -a count,mean,var -f hours -g period,arm then put -q "$MLR_ARMS" long.tsv
END
