# Rows that hang together, tests/data/oracle/joint-*.tsv: what jf-joint reads, and what it should say.
#
# chicks: all weights of ChickWeight, of which some chicks have not all twelve; diets 3 and 4 against 1. What is to
#   come of those who have all is contrast-chicks.tsv.
# plants: uptake of CO2's twelve plants at seven concentrations, chilled or not, within two strata, by hand from R's
#   cov() in each; and as one family with the double of it as a second outcome.
# balance: ten covariates of nsw's persons, one variance for both arms, from R's cov() of the residuals.
# Run in tests/oracle: Rscript joint.R

source("write.R")

lists <- function(cov) sapply(seq_len(nrow(cov)), function(i) paste(sprintf("%.17g", cov[i, 1:i]), collapse = ","))
values <- function(rows, name) write.table(rows, file.path("../data/oracle", name), sep = "\t", quote = FALSE, row.names = FALSE)

chicks <- as.data.frame(ChickWeight)
chicks <- chicks[chicks$Diet %in% c(1, 3, 4), ]
values(data.frame(chick = paste0("chick", chicks$Chick), arm = c("control", NA, "diet3", "diet4")[chicks$Diet],
                  time = chicks$Time, y = chicks$weight), "joint-chicks.tsv")

plants <- data.frame(plant = CO2$Plant, arm = CO2$Treatment, type = CO2$Type, conc = CO2$conc, uptake = CO2$uptake,
                     twice = 2 * CO2$uptake)
values(plants, "joint-plants.tsv")
wide <- reshape(plants[c("plant", "arm", "type", "conc", "uptake")], idvar = c("plant", "arm", "type"), timevar = "conc",
                direction = "wide")
of <- function(arm, type) as.matrix(wide[wide$arm == arm & wide$type == type, -(1:3)])
cov <- 0
diff <- 0
for (type in unique(wide$type)) {
    one <- of("chilled", type)
    zero <- of("nonchilled", type)
    w <- (nrow(one) + nrow(zero)) / nrow(wide)
    cov <- cov + w^2 * (cov(one) / nrow(one) + cov(zero) / nrow(zero))
    diff <- diff + w * (colMeans(one) - colMeans(zero))
}
oracle(data.frame(conc = as.integer(sort(unique(CO2$conc))), diff = unname(diff), se = unname(sqrt(diag(cov))), cov = lists(cov)),
       "joint-plants-want.tsv")

nsw <- read.delim("../data/nsw/assign.tsv")
names <- c("age", "educ", "black", "hisp", "married", "nodegr", "re74", "re75", "u74", "u75")
x <- as.matrix(nsw[names])
one <- x[nsw$arm == 1, ]
zero <- x[nsw$arm == 0, ]
n <- c(nrow(one), nrow(zero))
pooled <- ((n[1] - 1) * cov(one) + (n[2] - 1) * cov(zero)) / (sum(n) - 2) * sum(1 / n)
diff <- colMeans(one) - colMeans(zero)
oracle(data.frame(outcome = names, diff = unname(diff), se = unname(sqrt(diag(pooled))), cov = lists(pooled)), "joint-balance-want.tsv")
cat(sprintf("T2 %.6g\n", diff %*% solve(pooled, diff)))
