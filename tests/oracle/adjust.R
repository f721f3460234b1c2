# p values adjusted within families, by R's p.adjust: tests/data/oracle/adjust.tsv.
# Every pair of iris' species, on each of its measures; families are the pairs.
# Run in tests/oracle: Rscript adjust.R

source("write.R")

rows <- NULL
for (pair in combn(levels(iris$Species), 2, simplify = FALSE))
    for (measure in names(iris)[1:4])
        for (part in 1:3) { # thirds, so that families have twelve rows and p values that matter
            of <- function(species) iris[iris$Species == species, measure][seq(part, 12, by = 3)]
            test <- t.test(of(pair[1]), of(pair[2]))
            rows <- rbind(rows, data.frame(
                pair = paste(pair, collapse = "/"), outcome = paste0(measure, part),
                diff = unname(test$estimate[1] - test$estimate[2]), se = unname(test$stderr),
                df = unname(test$parameter), p_one = test$p.value))
        }
for (method in c("bonferroni", "holm", "hochberg", "BH", "BY")) {
    rows[[paste0("all_", tolower(method))]] <- p.adjust(rows$p_one, method)
    rows[[paste0("family_", tolower(method))]] <- ave(rows$p_one, rows$pair, FUN = function(p) p.adjust(p, method))
}
oracle(rows, "adjust.tsv")
