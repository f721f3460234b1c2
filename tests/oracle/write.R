# oracle(rows, name): a table of tests/data/oracle, its numbers with 17 digits.
oracle <- function(rows, name)
{
    numbers <- sapply(rows, is.double)
    rows[numbers] <- lapply(rows[numbers], function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x)))
    write.table(rows, file.path("../data/oracle", name), sep = "\t", quote = FALSE, row.names = FALSE)
}
