# The smallest effect that is found with a power, by R's qt: tests/data/oracle/mde.tsv.
# Every pair of feeds of chickwts, Welch. Run in tests/oracle: Rscript mde.R

source("write.R")

rows <- NULL
for (pair in combn(levels(chickwts$feed), 2, simplify = FALSE)) {
    of <- function(feed) chickwts$weight[chickwts$feed == feed]
    test <- t.test(of(pair[1]), of(pair[2]))
    rows <- rbind(rows, data.frame(
        pair = paste(pair, collapse = "/"), diff = unname(test$estimate[1] - test$estimate[2]),
        se = unname(test$stderr), df = unname(test$parameter)))
}
mde <- function(level, power, df = rows$df) (qt(1 - (1 - level) / 2, df) + qt(power, df)) * rows$se
rows$mde_95_80 <- mde(0.95, 0.8)
rows$mde_90_80 <- mde(0.90, 0.8)
rows$mde_95_95 <- mde(0.95, 0.95)
rows$mde_99_30 <- mde(0.99, 0.3)
rows$normal_95_80 <- mde(0.95, 0.8, Inf)
oracle(rows, "mde.tsv")
