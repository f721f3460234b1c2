# Differences of two proportions: Newcombe (1998), method 10, from the Wilson limits that R's
# prop.test gives of each arm, and prop.test's p, the pooled test: tests/data/oracle/shares.tsv.
# Newcombe's own tables' pairs, then R's Titanic (survival of women and men by class and age) and
# UCBAdmissions (admission by department). Run in tests/oracle: Rscript shares.R

source("write.R")

wilson <- function(x, n, level) suppressWarnings(prop.test(x, n, correct = FALSE, conf.level = level)$conf.int)
row <- function(name, x1, n1, x0, n0)
{
    p1 <- x1 / n1; p0 <- x0 / n0; d <- p1 - p0
    sd <- function(p, n) sqrt(p * (1 - p) * n / (n - 1))
    limits <- function(level) {
        one <- wilson(x1, n1, level); other <- wilson(x0, n0, level)
        c(d - sqrt((p1 - one[1])^2 + (other[2] - p0)^2), d + sqrt((one[2] - p1)^2 + (p0 - other[1])^2))
    }
    v <- p1 * (1 - p1) / (n1 - 1) + p0 * (1 - p0) / (n0 - 1)
    df <- v^2 / ((p1 * (1 - p1))^2 / (n1 - 1)^3 + (p0 * (1 - p0))^2 / (n0 - 1)^3)
    p <- suppressWarnings(prop.test(c(x1, x0), c(n1, n0), correct = FALSE)$p.value)
    data.frame(name = name, n_treated = as.integer(n1), mean_treated = p1, sd_treated = sd(p1, n1),
               n_control = as.integer(n0), mean_control = p0, sd_control = sd(p0, n0),
               diff = d, se = sqrt(v), df = if (v > 0) df else NA,
               p_r = p, low_95 = limits(0.95)[1], high_95 = limits(0.95)[2],
               low_90 = limits(0.9)[1], high_90 = limits(0.9)[2])
}

rows <- rbind(row("a", 56, 70, 48, 80), row("b", 9, 10, 3, 10), row("c", 6, 7, 2, 7), row("d", 5, 56, 0, 29),
              row("e", 0, 10, 0, 20), row("f", 0, 10, 0, 10), row("g", 10, 10, 0, 20), row("h", 10, 10, 0, 10))
for (class in dimnames(Titanic)$Class)
    for (age in dimnames(Titanic)$Age) {
        of <- Titanic[class, , age, ]
        if (all(rowSums(of) > 1))
            rows <- rbind(rows, row(paste(class, age), of["Female", "Yes"], sum(of["Female", ]),
                                    of["Male", "Yes"], sum(of["Male", ])))
    }
for (dept in dimnames(UCBAdmissions)$Dept) {
    of <- UCBAdmissions[, , dept]
    rows <- rbind(rows, row(paste("dept", dept), of["Admitted", "Female"], sum(of[, "Female"]),
                            of["Admitted", "Male"], sum(of[, "Male"])))
}
oracle(rows, "shares.tsv")
