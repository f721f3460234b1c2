# Joint tests, tests/data/oracle/test-*.tsv: what jf-test reads, and what it should say.
#
# nsw: ten covariates of nsw's persons, one variance for both arms, and beside it one each. F is lm's, of
#   the arm on the covariates; d2 comes from the covariance of the persons as one sample (Hansen and
#   Bowers), which is another way to it than through T2; chi2 by solve().
# sums: the same with rows that are sums and means of others; want is the test without them.
# equal: ChickWeight's chicks, contrast-chicks.tsv; every row less the first, by solve().
# sprays: the mean of each of InsectSprays' sprays, as effects on different people; F is Welch's of
#   oneway.test, chi2 the residual sum of squares of a weighted lm.
# Run in tests/oracle: Rscript test.R

source("write.R")

wald <- function(d, v) drop(t(d) %*% solve(v, d))
frame <- function(family, rank, chi2, nu)
{
    f <- chi2 * (nu - rank + 1) / (nu * rank)
    data.frame(family, rank, chi2, p_chi2 = pchisq(chi2, rank, lower.tail = FALSE), f, df2 = nu - rank + 1,
               p = pf(f, rank, nu - rank + 1, lower.tail = FALSE), d2 = NA_real_, p_d2 = NA_real_)
}
lists <- function(v) sapply(seq_len(nrow(v)), function(i) paste(sprintf("%.17g", v[i, 1:i]), collapse = ","))

# ---- nsw ----
persons <- read.delim("../data/nsw/assign.tsv")
names <- c("age", "educ", "black", "hisp", "married", "nodegr", "re74", "re75", "u74", "u75")
x <- as.matrix(persons[names])
arm <- persons$arm
n1 <- sum(arm == 1)
n0 <- sum(arm == 0)
d <- colMeans(x[arm == 1, ]) - colMeans(x[arm == 0, ])
pooled <- ((n1 - 1) * cov(x[arm == 1, ]) + (n0 - 1) * cov(x[arm == 0, ])) / (n1 + n0 - 2) * (1 / n1 + 1 / n0)
welch <- cov(x[arm == 1, ]) / n1 + cov(x[arm == 0, ]) / n0
df <- diag(welch)^2 / (diag(cov(x[arm == 1, ]) / n1)^2 / (n1 - 1) + diag(cov(x[arm == 0, ]) / n0)^2 / (n0 - 1))
balance <- function(family, d, v, df)
    data.frame(outcome = names(d), arm = "treated", control = "control", n_treated = n1, n_control = n0,
               diff = d, se = sqrt(diag(v)), df = df, family, cov = lists(v))
rows <- rbind(balance("pooled", d, pooled, as.integer(n1 + n0 - 2)), balance("welch", d, welch, df))
want <- rbind(frame("pooled", 10L, wald(d, pooled), n1 + n0 - 2), frame("welch", 10L, wald(d, welch), min(df)))
lm <- summary(lm(arm ~ x))$fstatistic
want$f[1] <- lm[1]
want$df2[1] <- lm[3]
want$p[1] <- pf(lm[1], lm[2], lm[3], lower.tail = FALSE)
want$d2[1] <- wald(d, cov(x) * (1 / n1 + 1 / n0))
want$p_d2[1] <- pchisq(want$d2[1], 10, lower.tail = FALSE)
oracle(rows, "test-nsw.tsv")
oracle(want, "test-nsw-want.tsv")

# ---- sums ----
# C d and C V C' of C = the identity, a row that is the sum of two, one that is the mean of three.
c <- rbind(diag(10), c(0, 1, 0, 0, 0, 0, 1, 0, 0, 0), c(1, 0, 0, 0, 1, 1, 0, 0, 0, 0) / 3)
more <- setNames(drop(c %*% d), c(names, "sum", "mean"))
order <- c(11, 3, 1, 2, 12, 4:10)
v <- (c %*% pooled %*% t(c))[order, order]
oracle(balance("sums", more[order], v, as.integer(n1 + n0 - 2)), "test-sums.tsv")
oracle(transform(want[1, ], family = "sums"), "test-sums-want.tsv")

# ---- equal ----
chicks <- read.delim("../data/oracle/contrast-chicks.tsv")
want <- do.call(rbind, lapply(c("diet3", "diet4"), function(family) {
    own <- chicks[chicks$family == family, ]
    v <- matrix(0, nrow(own), nrow(own))
    for (i in seq_len(nrow(own))) v[i, 1:i] <- v[1:i, i] <- as.numeric(strsplit(as.character(own$cov[i]), ",")[[1]])
    c <- cbind(-1, diag(nrow(own) - 1))
    frame(family, nrow(own) - 1L, wald(c %*% own$diff, c %*% v %*% t(c)), min(own$df))
}))
oracle(want, "test-equal-want.tsv")

# ---- sprays ----
of <- split(InsectSprays$count, InsectSprays$spray)
rows <- data.frame(spray = names(of), outcome = "count", arm = "t", control = "k", diff = sapply(of, mean),
                   se = sapply(of, function(x) sqrt(var(x) / length(x))), df = lengths(of) - 1L)
welch <- oneway.test(count ~ spray, InsectSprays)
chi2 <- deviance(lm(diff ~ 1, rows, weights = 1 / rows$se^2))
want <- data.frame(outcome = "count", rank = 5L, chi2, p_chi2 = pchisq(chi2, 5, lower.tail = FALSE), f = unname(welch$statistic),
                   df1 = 5L, df2 = unname(welch$parameter[2]), p = welch$p.value)
oracle(rows, "test-sprays.tsv")
oracle(want, "test-sprays-want.tsv")
