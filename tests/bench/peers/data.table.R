# data.table: Rscript data.table.R TASK EXTRACT
suppressPackageStartupMessages(library(data.table))
setDTthreads(0)
argument <- commandArgs(TRUE)
task <- argument[1]
extract <- argument[2]

read <- function(file, ...) {
    source <- if (grepl("gz$", file)) list(cmd = paste(Sys.getenv("ZCAT"), file)) else list(file)
    do.call(fread, c(source, list(sep = "\t", header = TRUE, quote = "", ...)))
}
# Whole lines beside the ids, so that cells nobody wants are not split.
read_lines <- function(file) {
    source <- if (grepl("gz$", file)) list(cmd = paste(Sys.getenv("ZCAT"), file)) else list(file)
    lines <- do.call(fread, c(source, list(sep = "\n", header = FALSE, quote = "", col.names = "line")))
    lines[, PNR := substr(line, 1, regexpr("\t", line, fixed = TRUE) - 1)]
}
write <- function(table, ...) fwrite(table, "/dev/stdout", sep = "\t", quote = FALSE, na = "", ...)

days <- seq(as.Date("2016-03-01"), as.Date("2022-08-01"), by = "month")
months <- format(days, "grad_%Y_%m")
periods <- format(days, "%Y-%m")

to_long <- function(wide) {
    long <- melt(wide, measure.vars = months, variable.name = "period", value.name = "hours")
    levels(long$period) <- periods
    long[, hours := fifelse(is.na(hours), 0, hours * 160.33)]
    long
}

by_arm <- function(long) {
    sums <- dcast(long[, .(n = .N, mean = mean(hours), var = var(hours)), by = .(period, arm)],
                  period ~ arm, value.var = c("n", "mean", "var"))
    sums[, .(period, n_treated = n_deltager, mean_treated = mean_deltager, n_control = n_kontrol,
             mean_control = mean_kontrol, diff = mean_deltager - mean_kontrol,
             se = sqrt(var_deltager / n_deltager + var_kontrol / n_kontrol))]
}

if (task == "select") {
    trial <- read_lines("trial.tsv")
    kept <- read_lines(extract)[trial, on = "PNR", nomatch = NULL]
    write(kept[, .(paste0(line, substring(i.line, nchar(PNR) + 1)))], col.names = FALSE)
} else if (task == "figure1") {
    trial <- read("trial.tsv", select = c("PNR", "arm"), colClasses = c(PNR = "character"))
    wide <- read(extract, select = c("PNR", months), colClasses = c(PNR = "character"))
    write(by_arm(to_long(wide[trial, on = "PNR", nomatch = NULL])))
} else if (task == "long") {
    wide <- read(extract, select = c("PNR", "arm", months), colClasses = c(PNR = "character"))
    write(to_long(wide)[, .(PNR, arm, period, hours)])
} else if (task == "group") {
    long <- read(extract, select = c("arm", "period", "hours"))
    write(long[, .(n = .N, mean = mean(hours), variance = var(hours)), by = .(period, arm)])
} else if (task == "hist") {
    long <- read(extract, select = c("arm", "hours"))
    write(long[hours > 0, .(n = .N), by = .(arm, low = floor(hours / 10) * 10)])
} else if (task == "cumulate") {
    long <- read(extract, colClasses = c(PNR = "character"))
    long[, hours := cumsum(hours), by = PNR]
    write(by_arm(long))
} else if (task == "joint") {
    long <- read(extract, colClasses = c(PNR = "character"))
    wide <- dcast(long, PNR + arm ~ period, value.var = "hours")
    own <- function(label) as.matrix(wide[arm == label, -(1:2)])
    moments <- function(x) (crossprod(x) - nrow(x) * tcrossprod(colMeans(x))) / (nrow(x) - 1) / nrow(x)
    one <- own("deltager"); zero <- own("kontrol")
    cov <- moments(one) + moments(zero)
    write(data.table(period = colnames(cov), mean_control = colMeans(zero), diff = colMeans(one) - colMeans(zero),
                     se = sqrt(diag(cov))))
} else if (task == "permute") {
    # All draws as one matrix of 0 and 1, stratum by stratum.
    long <- read(extract, colClasses = c(PNR = "character"))
    list <- fread("trial.tsv", colClasses = c(PNR = "character"))
    wide <- dcast(long, PNR ~ period, value.var = "hours")
    X <- as.matrix(wide[list$PNR, on = "PNR", -1])
    z <- as.numeric(list$arm != "kontrol")
    diff <- variance <- matrix(0, 2000, ncol(X))
    for (i in split(seq_along(z), list$municipality)) {
        Z <- rbind(z[i], t(replicate(1999, z[i][sample.int(length(i))])))
        n1 <- sum(z[i]); n0 <- length(i) - n1; w <- length(i) / length(z)
        S1 <- Z %*% X[i, ]; Q1 <- Z %*% X[i, ]^2
        S0 <- rep(colSums(X[i, ]), each = 2000) - S1; Q0 <- rep(colSums(X[i, ]^2), each = 2000) - Q1
        diff <- diff + w * (S1 / n1 - S0 / n0)
        variance <- variance + w^2 * ((Q1 - S1^2 / n1) / (n1 - 1) / n1 + (Q0 - S0^2 / n0) / (n0 - 1) / n0)
    }
    t <- abs(diff / sqrt(variance))
    own <- rep(t[1, ], each = 2000)
    write(data.table(period = colnames(X), diff = diff[1, ], se = sqrt(variance[1, ]), t_obs = diff[1, ] / sqrt(variance[1, ]),
        p_perm = colMeans(t >= own), p_perm_max = colMeans(apply(t, 1, max) >= matrix(own, 2000))))
}
