# Small strata by R: Rscript tests/oracle/strata.R, in the top folder. Writes tests/data/oracle/rats.tsv,
# exam.tsv, infert.tsv and strata.tsv. The variance of small strata is Pashley and Miratrix's (2021)
# hybrid, written down here as it stands there, in doubles.

suppressMessages({ library(nlme); library(mlmRev) })
folder <- "tests/data/oracle"
put <- function(table, name)
    write.table(table, file.path(folder, name), sep = "\t", quote = FALSE, row.names = FALSE)

# clusters inside arms (litters), three arms
rats <- data.frame(id = seq_len(nrow(RatPupWeight)), arm = as.character(RatPupWeight$Treatment),
                   litter = as.integer(as.character(RatPupWeight$Litter)),
                   sex = as.character(RatPupWeight$sex), weight = RatPupWeight$weight)
put(rats, "rats.tsv")

# clusters across arms (schools); blocks of a school and an intake that have both sexes
exam <- data.frame(id = seq_len(nrow(Exam)), arm = as.character(Exam$sex),
                   school = as.integer(as.character(Exam$school)),
                   intake = substr(as.character(Exam$intake), 1, 3), score = Exam$normexam)
exam <- exam[exam$school <= 40, ]
exam$block <- paste(exam$school, exam$intake, sep = ".")
both <- tapply(exam$arm, exam$block, function(arm) length(unique(arm)) == 2)
exam <- exam[both[exam$block], c("id", "arm", "school", "intake", "block", "score")]
put(exam, "exam.tsv")

# a case and one or two controls
match <- data.frame(id = seq_len(nrow(infert)), arm = ifelse(infert$case == 1, "case", "control"),
                    set = infert$stratum, spontaneous = infert$spontaneous, age = infert$age)
put(match, "infert.tsv")

var_of <- function(x) if (length(x) > 1) var(x) else NA
pool <- function(arm, y, block, treated) {
    n1 <- tapply(arm == treated, block, sum); n0 <- tapply(arm != treated, block, sum)
    d <- tapply(y[arm == treated], block[arm == treated], mean) - tapply(y[arm != treated], block[arm != treated], mean)
    v1 <- tapply(y[arm == treated], block[arm == treated], var_of)[names(d)]
    v0 <- tapply(y[arm != treated], block[arm != treated], var_of)[names(d)]
    n1 <- n1[names(d)]; n0 <- n0[names(d)]; n <- n1 + n0; N <- sum(n)
    small <- n1 < 2 | n0 < 2
    Ns <- sum(n[small]); ds <- sum(n[small] * d[small]) / Ns
    a <- Ns + sum(n[small]^2 / (Ns - 2 * n[small]))
    v <- (Ns / N)^2 * sum(n[small]^2 / ((Ns - 2 * n[small]) * a) * (d[small] - ds)^2)
    terms <- c(((n / N)^2 * v1 / n1)[!small], ((n / N)^2 * v0 / n0)[!small], v)
    dfs <- c((n1 - 1)[!small], (n0 - 1)[!small], sum(small) - 1)
    c(n = N, small = sum(small), diff = sum(n * d) / N, se = sqrt(sum(terms)), df = sum(terms)^2 / sum(terms^2 / dfs))
}
neyman <- function(arm, y, block, treated) {
    n1 <- tapply(arm == treated, block, sum); n0 <- tapply(arm != treated, block, sum)
    good <- names(n1)[n1 > 1 & n0 > 1]; n <- (n1 + n0)[good]; N <- sum(n); w <- n / N
    of <- function(f, which) sapply(good, function(b) f(y[block == b & which]))
    terms <- c(w^2 * of(var, arm == treated) / n1[good], w^2 * of(var, arm != treated) / n0[good])
    c(n = N, small = sum(n1 < 2 | n0 < 2), diff = sum(w * (of(mean, arm == treated) - of(mean, arm != treated))),
      se = sqrt(sum(terms)), df = sum(terms)^2 / sum(terms^2 / c(n1[good] - 1, n0[good] - 1)))
}
paired <- function(pairs) {
    t <- t.test(pairs$a, pairs$b, paired = TRUE)
    c(n = 2 * nrow(pairs), small = nrow(pairs), diff = unname(t$estimate), se = t$stderr, df = unname(t$parameter))
}

rows <- rbind(
    data.frame(data = "sleep", way = "pairs", t(paired(data.frame(a = sleep$extra[sleep$group == 2], b = sleep$extra[sleep$group == 1])))),
    data.frame(data = "infert", way = "pool", t(pool(match$arm, match$spontaneous, match$set, "case"))),
    data.frame(data = "exam", way = "pool", t(pool(exam$arm, exam$score, exam$block, "M"))),
    data.frame(data = "exam", way = "drop", t(neyman(exam$arm, exam$score, exam$block, "M"))))
for (name in c("n", "small", "diff", "se", "df")) rows[[name]] <- sprintf("%.17g", rows[[name]])
put(rows, "strata.tsv")
