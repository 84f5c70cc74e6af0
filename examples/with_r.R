# The keywords of one part of a folder against the rest, in R.
#
#   Rscript examples/with_r.R pages/ column=共同富裕
#
# Base R is enough. Every table is UTF-8 csv, so it can be read from the pipe.

args <- commandArgs(trailingOnly = TRUE)
command <- paste("zjgr keyness --target", shQuote(args[2]), shQuote(args[1]))
keys <- read.csv(pipe(command), encoding = "UTF-8", na.strings = "")

# What the target has more often, by so much that 5 % false discoveries are to be expected, and in several articles.
strong <- subset(keys, key == "positive" & p_adjusted < 0.05 & target_articles > 1)
print(head(strong[order(-strong$log_ratio), c("term", "target_count", "reference_count", "log_ratio")], 20))
