# Bands, tests/data/oracle/band*.tsv: what jf-ci --band reads, and what it should say.
#
# Families: of correlations that fall with the distance in time (near6, near13, near78; the same with t,
#   tnear13, tnear78); all alike (alike13, alike78, talike78), for which there is an integral in one
#   dimension; pairs, for which there is one too; and ChickWeight's diet 3 against 1 at twelve times.
# Roads, told in column road:
#   integral  all correlations are rho: given the part that all share, the rest are independent
#   mvtnorm   pmvnorm and pmvt (Genz and Bretz)
#   union     importance sampling of the union (Owen, Maximov and Chertkov 2019), with its error
#   lattice   what doc/jf-ci.1 says is computed, by R's eigen, qnorm, pchisq and pf: the definition
# crit has a tail of 5 per cent; p is that of each row's t.
# Run in tests/oracle: Rscript band.R (5 minutes)

source("write.R")
library(mvtnorm)
set.seed(15)
alpha <- 0.05

near <- function(n, rho, noise) (1 - noise) * rho^abs(outer(1:n, 1:n, "-")) + noise * diag(n)
alike <- function(n, rho) matrix(rho, n, n) + (1 - rho) * diag(n)
chicks <- read.delim("../data/oracle/contrast-chicks.tsv")
chicks <- chicks[chicks$family == "diet3", ]
diet3 <- matrix(0, 12, 12)
for (i in 1:12) diet3[i, 1:i] <- as.numeric(strsplit(chicks$cov[i], ",")[[1]])
diet3 <- diet3 + t(diet3) - diag(diag(diet3))

families <- list(
    list(name = "near6", corr = near(6, 0.9, 0), df = Inf, roads = c("mvtnorm", "union", "lattice")),
    list(name = "near13", corr = near(13, 0.95, 0.2), df = Inf, roads = c("mvtnorm", "union", "lattice")),
    list(name = "tnear13", corr = near(13, 0.95, 0.2), df = 12, roads = c("mvtnorm", "union", "lattice")),
    list(name = "diet3", corr = cov2cor(diet3), df = Inf, roads = c("mvtnorm", "union", "lattice")),
    list(name = "near78", corr = near(78, 0.95, 0.3), df = Inf, roads = c("union", "lattice")),
    list(name = "tnear78", corr = near(78, 0.95, 0.3), df = 40, roads = "union"),
    list(name = "alike13", corr = alike(13, 0.5), df = Inf, roads = "integral"),
    list(name = "alike78", corr = alike(78, 0.5), df = Inf, roads = "integral"),
    list(name = "talike78", corr = alike(78, 0.5), df = 12.5, roads = "integral"))
for (rho in c(0.1, 0.5, 0.9, 0.999))
    families <- c(families, list(list(name = paste0("pair", rho), corr = alike(2, rho), df = Inf, roads = "integral")),
                  list(list(name = paste0("tpair", rho), corr = alike(2, rho), df = 5, roads = "integral")))

# ---- the roads: functions of a family and t, P(max |T| >= t) ----
by_integral <- function(f, t)
{
    rho <- f$corr[1, 2]; n <- nrow(f$corr)
    normal <- function(t) 1 - integrate(function(z) dnorm(z) * (pnorm((t - sqrt(rho) * z) / sqrt(1 - rho)) -
        pnorm((-t - sqrt(rho) * z) / sqrt(1 - rho)))^n, -9, 9, rel.tol = 1e-11, subdivisions = 2000)$value
    if (is.infinite(f$df))
        return(normal(t))
    of_s <- function(s) sapply(s, function(s) normal(t * s)) * 2 * s * f$df * dchisq(s^2 * f$df, f$df)
    ends <- sqrt(qchisq(c(1e-13, 1 - 1e-13), f$df) / f$df)
    integrate(of_s, ends[1], ends[2], rel.tol = 1e-9, subdivisions = 500)$value
}
by_mvtnorm <- function(f, t)
{
    n <- nrow(f$corr); how <- GenzBretz(maxpts = 4e6, abseps = 5e-6)
    set.seed(1)
    1 - if (is.infinite(f$df)) pmvnorm(rep(-t, n), rep(t, n), corr = f$corr, algorithm = how) else
            pmvt(rep(-t, n), rep(t, n), corr = f$corr, df = f$df, algorithm = how)
}
by_union <- function(f, t, draws, seed = 1)
{
    set.seed(seed)
    n <- nrow(f$corr); e <- eigen(f$corr, symmetric = TRUE)
    root <- e$vectors %*% diag(sqrt(pmax(e$values, 0)), n)
    p <- 2 * pt(t, f$df, lower.tail = FALSE)
    j <- sample.int(n, draws, TRUE)
    far <- qt(runif(draws) * p / 2, f$df, lower.tail = FALSE)
    s <- if (is.infinite(f$df)) rep(1, draws) else sqrt(rchisq(draws, f$df + 1) / (f$df + far^2))
    x <- matrix(rnorm(draws * n), draws) %*% t(root)
    x <- x + (far * s - x[cbind(1:draws, j)]) * f$corr[j, ]
    n * p * mean(1 / pmax(1, rowSums(abs(x) > t * s * (1 - 1e-12))))
}
reach <- function(f)
{
    e <- eigen(f$corr, symmetric = TRUE)
    rank <- sum(e$values > 1e-10 * e$values[1])
    root <- sapply(seq_len(rank), function(d) {
        v <- e$vectors[, d]
        v * sqrt(e$values[d]) * sign(v[which(abs(v) > (1 - 1e-9) * max(abs(v)))[1]])
    })
    primes <- Filter(function(n) n == 2 || all(n %% 2:ceiling(sqrt(n)) != 0), 2:1000)
    x <- outer(1:2^18, sqrt(primes[1:rank])) %% 1
    z <- qnorm(1 - abs(2 * x - 1))
    list(m = apply(abs(z %*% t(root)), 1, max) / sqrt(rowSums(z^2)), rank = rank)
}
by_lattice <- function(f, t, of)
    mean(if (is.infinite(f$df)) pchisq((t / of$m)^2, of$rank, lower.tail = FALSE)
         else pf((t / of$m)^2 / of$rank, of$rank, f$df, lower.tail = FALSE))

solve_for <- function(tail, tol) uniroot(function(c) tail(c) - alpha, c(1.8, 7), tol = tol)$root

# ---- the answers ----
rows <- want <- NULL
put <- function(f, road, t, crit, error, p) want <<- rbind(want, data.frame(
    family = f$name, road, rows = nrow(f$corr), period = seq_along(t), crit, error, p))
for (f in families) {
    n <- nrow(f$corr); se <- 1 + (1:n %% 4) / 4
    t <- 4 * abs(sin(1.3 * 1:n + n)) + 0.3
    rows <- rbind(rows, data.frame(
        family = f$name, period = 1:n, diff = t * se, se, df = f$df,
        cov = sapply(1:n, function(i) paste(sprintf("%.17g", c(f$corr[i, seq_len(i - 1)] * se[i] * se[seq_len(i - 1)], se[i]^2)),
                                            collapse = ","))))
    some <- if (n > 13) seq(1, n, by = 13) else 1:n
    only <- function(p) replace(rep(NA, n), some, p)
    for (road in f$roads) {
        if (road == "integral")
            put(f, road, t, solve_for(function(c) by_integral(f, c), 1e-9), 1e-8, only(sapply(t[some], by_integral, f = f)))
        if (road == "mvtnorm")
            put(f, road, t, solve_for(function(c) by_mvtnorm(f, c), 1e-6), 1e-4, only(sapply(t[some], by_mvtnorm, f = f)))
        if (road == "lattice") {
            of <- reach(f)
            put(f, road, t, solve_for(function(c) by_lattice(f, c, of), 1e-12), 1e-10, only(sapply(t[some], by_lattice, f = f, of = of)))
        }
        if (road == "union") {
            draws <- if (n > 13) 1e5 else 4e5; parts <- if (n > 13) 60 else 30
            close <- solve_for(function(c) by_union(f, c, draws), 1e-5)
            tails <- sapply(1:parts, function(seed) by_union(f, close, draws, 100 + seed))
            steep <- (by_union(f, close + 0.02, draws) - by_union(f, close - 0.02, draws)) / 0.04
            put(f, road, t, close - (mean(tails) - alpha) / steep, sd(tails) / sqrt(parts) / abs(steep),
                only(sapply(t[some], function(t) min(1, by_union(f, t, draws)))))
        }
    }
    cat(f$name, "\n")
}
oracle(rows, "band.tsv")
oracle(want, "band-want.tsv")
