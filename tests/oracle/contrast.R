# Contrasts of effects, tests/data/oracle/contrast-*.tsv: what jf-contrast reads, and what it should say.
#
# groups: wool A against B on warpbreaks, within each tension; contrasts are the interactions of
#   estimatr's lm_robust, HC2, whose df is that of Welch and Satterthwaite's formula by hand.
# people: weights of ChickWeight's chicks, diets 3 and 4 against 1, at twelve times, complete cases,
#   two families that interleave; and the earnings of nsw's persons in three years. Contrasts are
#   Welch's test of the persons' own changes.
# Run in tests/oracle: Rscript contrast.R

source("write.R")
library(estimatr)

welch <- function(one, other)
{
    v <- c(var(one) / length(one), var(other) / length(other))
    list(diff = mean(one) - mean(other), se = sqrt(sum(v)),
         df = sum(v)^2 / sum(v^2 / (c(length(one), length(other)) - 1)))
}

# ---- groups ----
rows <- want <- NULL
tensions <- levels(warpbreaks$tension)
of <- function(wool, tension) warpbreaks$breaks[warpbreaks$wool == wool & warpbreaks$tension == tension]
for (tension in tensions)
    rows <- rbind(rows, data.frame(tension, outcome = "breaks", arm = "A", control = "B",
                                   n_treated = length(of("A", tension)), n_control = length(of("B", tension)),
                                   welch(of("A", tension), of("B", tension))))
for (pair in combn(sort(tensions), 2, simplify = FALSE)) {
    two <- warpbreaks[warpbreaks$tension %in% pair, ]
    two$treated <- two$wool == "A"
    two$later <- two$tension == pair[2]
    fit <- lm_robust(breaks ~ treated * later, two, se_type = "HC2")
    at <- "treatedTRUE:laterTRUE"
    v <- rows$se[match(pair, rows$tension)]^2
    want <- rbind(want, data.frame(tension = paste(rev(pair), collapse = "-"), n_treated = 18L, n_control = 18L,
                                   diff = unname(fit$coefficients[at]), se = unname(fit$std.error[at]),
                                   df = sum(v)^2 / sum(v^2 / rows$df[match(pair, rows$tension)])))
}
oracle(rows, "contrast-groups.tsv")
oracle(want, "contrast-groups-want.tsv")

# ---- the same people ----
# A matrix of persons x times for each arm to rows with cov.
family <- function(name, times, one, other)
{
    cov <- cov(one) / nrow(one) + cov(other) / nrow(other)
    do.call(rbind, lapply(seq_along(times), function(i) data.frame(
        time = times[i], outcome = "y", arm = name, control = "control",
        n_treated = nrow(one), n_control = nrow(other), welch(one[, i], other[, i]), family = name,
        cov = paste(sprintf("%.17g", cov[i, 1:i]), collapse = ","))))
}
changes <- function(name, times, one, other) do.call(rbind, lapply(
    combn(length(times), 2, simplify = FALSE), function(pair) {
        change <- welch(one[, pair[2]] - one[, pair[1]], other[, pair[2]] - other[, pair[1]])
        data.frame(time = paste(times[pair[2]], times[pair[1]], sep = "-"), arm = name,
                   n_treated = nrow(one), diff = change$diff, se = change$se,
                   df = min(welch(one[, pair[1]], other[, pair[1]])$df, welch(one[, pair[2]], other[, pair[2]])$df))
    }))

wide <- reshape(as.data.frame(ChickWeight), idvar = c("Chick", "Diet"), timevar = "Time", direction = "wide")
wide <- wide[complete.cases(wide), ]
times <- sort(unique(ChickWeight$Time))
diet <- function(number) as.matrix(wide[wide$Diet == number, paste0("weight.", times)])
nsw <- read.delim("../data/nsw/input.tsv")
arms <- read.delim("../data/nsw/assign.tsv")
years <- c("re74", "re75", "re78")
nsw <- merge(nsw[c("id", years)], arms[c("id", "arm")])
earned <- function(arm) as.matrix(nsw[nsw$arm == arm, years])

chicks <- rbind(family("diet3", times, diet(3), diet(1)), family("diet4", times, diet(4), diet(1)))
chicks <- chicks[order(chicks$time), ] # the families interleave
persons <- family("nsw", c(1974, 1975, 1978), earned(1), earned(0))
oracle(chicks, "contrast-chicks.tsv")
oracle(rbind(changes("diet3", times, diet(3), diet(1)), changes("diet4", times, diet(4), diet(1))), "contrast-chicks-want.tsv")
oracle(persons, "contrast-nsw.tsv")
oracle(changes("nsw", c(1974, 1975, 1978), earned(1), earned(0)), "contrast-nsw-want.tsv")
