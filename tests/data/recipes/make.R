# Makes trial.dta, trial.sav, trial.sas7bdat and trial.xpt: Rscript make.R, with R's haven; and trial.tsv,
# what doc/recipes.md makes of each.
# One table of eight made persons in each. It has what goes wrong on the way to text: an id with zeros before it and
# the same as a number, a text with letters beyond ASCII, a value label, a date, a month that Stata counts from 1960,
# whole numbers of six digits and more, doubles of 16 and 17 digits, and two kinds of missing.
library(haven)

number <- c(12, 107, 233, 310, 428, 511, 699, 702)
x <- data.frame(
    id = sprintf("%04d", number),
    number = number,
    arm = c(1, 0, 1, 0, 0, 1, 1, 0),
    offer = c("Løntilskud", "Rådgivning", "Løntilskud", "", "Rådgivning", "Løntilskud", "Rådgivning", ""),
    lot = as.Date("2016-03-01") + c(0, 13, 30, 45, 61, 75, 92, 100),
    month = c(674, 674, 674, 675, 676, 676, 677, 677),
    pay = c(100000, 0, 2400000, 250000.5, 10000000, 123456789, 98000.75, 0.5),
    hours = c(0.1 + 0.2, 12.5, 100 / 3, 0, 37.25, 160.33, NA, 2 / 3)
)
attr(x$month, "format.stata") <- "%tm"
arms <- c(Kontrol = 0, Deltager = 1)

stata <- x
stata$arm <- labelled(x$arm, arms)
stata$hours[7] <- tagged_na("a")
write_dta(stata, "trial.dta")

spss <- x
spss$arm <- labelled(x$arm, arms)
spss$hours <- labelled_spss(ifelse(is.na(x$hours), -99, x$hours), c(Declined = -99), na_values = -99)
write_sav(spss, "trial.sav")

sas <- x
sas$hours[7] <- tagged_na("A")
suppressWarnings(write_sas(sas, "trial.sas7bdat"))
write_xpt(sas, "trial.xpt", version = 8)

x$arm <- names(arms)[x$arm + 1]
x$month <- sprintf("%d-%02d", 1960 + x$month %/% 12, x$month %% 12 + 1)
readr::write_tsv(x[-2], "trial.tsv", quote = "none", escape = "none")
