# Clusters by R: Rscript tests/oracle/cluster.R, in the top folder, behind strata.R, whose tables it
# reads. Writes tests/data/oracle/cluster.tsv. Without strata estimatr's lm_robust, with strata and for
# the arms and the covariance clubSandwich, of one mean a cell.

suppressMessages({ library(estimatr); library(clubSandwich) })
folder <- "tests/data/oracle"
read <- function(name) read.delim(file.path(folder, paste0(name, ".tsv")), colClasses = c(arm = "character"))

one <- function(data, y, cluster, treated, control, strata, se) {
    d <- read(data)
    d <- d[d$arm %in% c(treated, control), ]
    d$y <- d[[y]]; d$g <- factor(d[[cluster]]); d$z <- as.numeric(d$arm == treated)
    d$b <- if (strata == "") "all" else d[[strata]]
    d$cell <- factor(paste(d$b, d$z))
    fit <- lm(y ~ 0 + cell, d)
    v <- vcovCR(fit, cluster = d$g, type = se)
    w <- table(d$b) / nrow(d)
    name <- sub("^cell", "", names(coef(fit)))
    weight <- as.numeric(w[sub(" [01]$", "", name)]); is1 <- grepl(" 1$", name)
    k1 <- weight * is1; k0 <- weight * !is1; k <- k1 - k0
    sat <- linear_contrast(fit, vcov = v, contrasts = matrix(k, 1), test = "Satterthwaite")
    row <- data.frame(data, y, cluster, treated, control, strata = if (strata == "") "-" else strata, way = se,
                      n_clusters = nlevels(d$g), diff = sum(k * coef(fit)), se = sqrt(c(k %*% v %*% k)),
                      df = if (se == "CR2") sat$df else nlevels(d$g) - 1,
                      se_treated = sqrt(c(k1 %*% v %*% k1)), se_control = sqrt(c(k0 %*% v %*% k0)),
                      cov_control = c(k %*% v %*% k0))
    if (strata == "") {
        robust <- lm_robust(y ~ z, d, clusters = g, se_type = if (se == "CR2") "CR2" else "stata")
        stopifnot(abs(robust$std.error[["z"]] / row$se - 1) < 1e-11, abs(robust$df[["z"]] / row$df - 1) < 1e-9)
        row$se <- robust$std.error[["z"]]; row$df <- robust$df[["z"]]
    }
    row
}

rows <- NULL
for (se in c("CR2", "CR1S")) rows <- rbind(rows,
    one("rats", "weight", "litter", "Low", "Control", "", se),
    one("rats", "weight", "litter", "High", "Control", "", se),
    one("rats", "weight", "litter", "High", "Control", "sex", se),
    one("exam", "score", "school", "M", "F", "", se),
    one("exam", "score", "school", "M", "F", "intake", se),
    one("infert", "spontaneous", "set", "case", "control", "", se),
    one("infert", "age", "set", "case", "control", "", se))
for (name in c("diff", "se", "df", "se_treated", "se_control", "cov_control")) rows[[name]] <- sprintf("%.17g", rows[[name]])
write.table(rows, file.path(folder, "cluster.tsv"), sep = "\t", quote = FALSE, row.names = FALSE)
