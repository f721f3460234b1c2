# jf-permute by R: Rscript tests/oracle/permute.R, in the top folder. Writes tests/data/oracle/permute-*.tsv.
#
# permute-small.tsv and permute-lots.tsv: made data of few people, ties among their values, and a list for each way
# to draw; permute.tsv: p of every way by going through all lots, one by one, t in doubles, and those within 1e-9
# taken for ties. permute-nsw.tsv: p of 200,000 random lots of nsw, with the Monte Carlo error.

folder <- "tests/data/oracle"
set.seed(16)

# ---- the statistics, each from the formula in its paper ----

t_of <- function(y, z, b, g, way) {
    keep <- !is.na(y); y <- y[keep]; z <- z[keep]; b <- b[keep]; g <- g[keep]
    s <- split(seq_along(y), b)
    if (any(sapply(s, function(i) length(unique(z[i])) < 2))) return(NaN)
    n <- sapply(s, length); N <- sum(n)
    d <- sapply(s, function(i) mean(y[i][z[i] == 1]) - mean(y[i][z[i] == 0]))
    diff <- sum(n / N * d)
    term <- function(i) var(y[i][z[i] == 1]) / sum(z[i] == 1) + var(y[i][z[i] == 0]) / sum(z[i] == 0)
    if (way == "cluster") {
        cell <- paste(b, z)
        e <- y - ave(y, cell)
        k <- unlist(lapply(seq_along(y), function(i) (if (z[i] == 1) 1 else -1) * n[[as.character(b[i])]] / N / sum(cell == cell[i])))
        if (any(tapply(g, cell, function(x) length(unique(x))) < 2)) return(NaN)
        G <- length(unique(g)); p <- length(unique(cell))
        v <- G / (G - 1) * (N - 1) / (N - p) * sum(tapply(k * e, g, sum)^2)
    } else if (way == "pairs") {
        v <- var(d) / length(d)
    } else if (way == "pool") {
        small <- sapply(s, function(i) min(sum(z[i] == 1), sum(z[i] == 0)) < 2)
        v <- sum((n / N)^2 * ifelse(small, 0, sapply(s, term)))
        if (any(small)) {
            m <- n[small]; M <- sum(m); A <- sum(m^2 / (M - 2 * m)); ds <- sum(m * d[small]) / M
            if (sum(small) < 3 || any(2 * m >= M)) return(NaN)
            v <- v + (M / N)^2 * sum(m^2 / ((M - 2 * m) * (M + A)) * (d[small] - ds)^2)
        }
    } else {
        if (any(table(b, z) < 2)) return(NaN)
        v <- sum((n / N)^2 * sapply(s, term))
    }
    if (abs(diff) < 1e-12) return(0)
    if (v < 1e-20) NaN else diff / sqrt(v)
}

# ---- all lots ----

# A row a lot: the units that are treated.
lots <- function(strata, treated) {
    all <- list(integer(0))
    for (b in unique(strata)) {
        units <- which(strata == b)
        own <- combn(length(units), sum(treated[units]), simplify = FALSE)
        all <- unlist(lapply(all, function(a) lapply(own, function(o) c(a, units[o]))), recursive = FALSE)
    }
    all
}

small <- NULL; lists <- NULL; answers <- NULL
go <- function(name, list, values, way) {
    unit <- if (way == "cluster") list$cluster else list$id
    first <- !duplicated(unit)
    all <- lots(list$stratum[first], list$arm[first])
    units <- unit[first]
    periods <- sort(unique(values$period))
    t <- sapply(all, function(lot) {
        z <- as.numeric(unit %in% units[lot])
        sapply(periods, function(p) {
            v <- values[values$period == p, ]
            i <- match(v$id, list$id)
            t_of(v$y, z[i], list$stratum[i], list$cluster[i], way)
        })
    })
    t <- matrix(t, length(periods))
    own <- which(sapply(all, function(lot) setequal(units[lot], units[list$arm[first] == 1])))
    stopifnot(length(own) == 1)
    for (side in c("two-sided", "greater", "less")) {
        u <- switch(side, "two-sided" = abs(t), greater = t, less = -t)
        u[is.nan(t)] <- Inf
        top <- apply(u, 2, max)
        for (p in seq_along(periods)) {
            line <- u[p, own] - 1e-9
            answers <<- rbind(answers, data.frame(case = name, way, side, period = periods[p],
                t_obs = sprintf("%.17g", t[p, own]), lots = length(all), reached = sum(u[p, ] >= line), highest = sum(top >= line)))
        }
    }
    small <<- rbind(small, cbind(case = name, values))
    lists <<- rbind(lists, cbind(case = name, list))
}

person <- function(n) sprintf("q%02d", seq_len(n))
people <- function(stratum, arm, cluster = seq_along(arm)) data.frame(id = person(length(arm)), arm, stratum, cluster = paste0("c", cluster))
rows <- function(list, y) data.frame(id = rep(list$id, length(y)), period = rep(seq_along(y), each = nrow(list)), y = unlist(y))
few <- function(n, most = 4) sample(0:most, n, TRUE)

l <- people(rep("all", 12), c(1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0))
go("welch", l, rows(l, list(few(12), few(12, 1), l$arm + few(12, 2))), "neyman")
l <- people(rep(c("a", "b"), c(7, 6)), c(1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0))
go("strata", l, rows(l, list(few(13), few(13, 2), 2 * l$arm + few(13, 3))), "neyman")
l <- people(rep(c("a", "b"), c(8, 6)), c(1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0))
y <- list(few(14), 2 * l$arm + few(14, 3)); y[[1]][c(2, 5)] <- NA; y[[2]][c(1, 9)] <- NA
go("missing", l, rows(l, y), "neyman")
l <- people(rep(1:7, each = 2), rep(c(1, 0, 0, 1), length.out = 14))
go("pairs", l, rows(l, list(few(14), l$arm + few(14, 2), few(14, 1))), "pairs")
l <- people(rep(c("a", "b", "c", "d", "e"), c(3, 3, 2, 4, 4)), c(1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0))
go("pool", l, rows(l, list(few(16), 2 * l$arm + few(16, 2))), "pool")
size <- c(2, 3, 1, 2, 4, 2, 1, 3, 2, 2)
g <- rep(1:10, size)
l <- people(c("a", "b")[1 + (g > 6)], c(1, 0, 1, 0, 0, 1, 1, 0, 0, 1)[g], g)
go("cluster", l, rows(l, list(few(length(g)), l$arm + few(length(g), 2), few(length(g), 1))), "cluster")
l$stratum <- "all"
y <- list(few(length(g)), 2 * l$arm + few(length(g), 3)); y[[1]][c(1, 2, 7)] <- NA
go("clustermissing", l, rows(l, y), "cluster")

write <- function(table, name) write.table(table, file.path(folder, name), sep = "\t", quote = FALSE, row.names = FALSE)
write(small, "permute-small.tsv"); write(lists, "permute-lots.tsv"); write(answers, "permute.tsv")

# ---- nsw, at random ----

nsw <- read.delim("tests/data/nsw/assign.tsv"); long <- read.delim("tests/data/nsw/long.tsv")
wide <- reshape(long, idvar = "id", timevar = "t", direction = "wide")
X <- as.matrix(wide[match(nsw$id, wide$id), -1]); years <- sub("earn.", "", colnames(X))
stat <- function(Z, b) {
    diff <- 0; v <- 0
    for (s in unique(b)) {
        i <- b == s; n1 <- sum(Z[1, i]); n0 <- sum(i) - n1; w <- sum(i) / length(b)
        S1 <- Z[, i] %*% X[i, ]; Q1 <- Z[, i] %*% X[i, ]^2
        S0 <- rep(colSums(X[i, ]), each = nrow(Z)) - S1; Q0 <- rep(colSums(X[i, ]^2), each = nrow(Z)) - Q1
        diff <- diff + w * (S1 / n1 - S0 / n0)
        v <- v + w^2 * ((Q1 - S1^2 / n1) / (n1 - 1) / n1 + (Q0 - S0^2 / n0) / (n0 - 1) / n0)
    }
    abs(diff / sqrt(v))
}
out <- NULL; many <- 200000; batch <- 4000
for (way in c("none", "block")) {
    b <- if (way == "none") rep("all", nrow(nsw)) else nsw$block
    observed <- stat(matrix(nsw$arm, 1), b)
    reached <- highest <- 0 * observed
    for (k in seq_len(many / batch)) {
        Z <- matrix(0, batch, nrow(nsw))
        for (j in seq_len(batch)) for (s in unique(b)) { i <- which(b == s); Z[j, i] <- nsw$arm[i][sample.int(length(i))] }
        t <- stat(Z, b)
        reached <- reached + colSums(t >= rep(observed - 1e-9, each = batch))
        top <- apply(t, 1, max)
        highest <- highest + sapply(observed, function(x) sum(top >= x - 1e-9))
    }
    p <- c(reached / many); q <- c(highest / many)
    out <- rbind(out, data.frame(strata = way, t = years, t_obs = sprintf("%.17g", c(observed)), p = sprintf("%.9g", p),
        p_error = sprintf("%.3g", sqrt(p * (1 - p) / many)), pmax = sprintf("%.9g", q), pmax_error = sprintf("%.3g", sqrt(q * (1 - q) / many))))
}
write(out, "permute-nsw.tsv")
