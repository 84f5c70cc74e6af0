# Articles that say a word, and their figures, in R, from a database; the same figures from csv.
#
#   zjgr articles pages/ -o corpus.db
#   zjgr extract-numbers pages/ -o corpus.db
#   zjgr extract-numbers pages/ -o figures.csv
#   Rscript examples/with_r_and_sqlite.R corpus.db figures.csv 工会
#
# install.packages("RSQLite") once.

args <- commandArgs(trailingOnly = TRUE)
corpus <- DBI::dbConnect(RSQLite::SQLite(), args[1])

# Every character is a word of the index, and a word is a phrase of them. file, id (of a record, else missing) and article
# are the key of everything.
phrase <- sprintf("\"%s\"", paste(strsplit(args[3], "")[[1]], collapse = " "))
found <- DBI::dbGetQuery(corpus, "
  SELECT articles.file, articles.article, articles.headline, count(figures.value) AS figures
  FROM articles_text
  JOIN articles ON articles.rowid = articles_text.rowid
  LEFT JOIN extract_numbers AS figures
    ON figures.file = articles.file AND figures.id IS articles.id AND figures.article = articles.article
  WHERE articles_text MATCH ?
  GROUP BY articles.rowid ORDER BY figures DESC", params = list(phrase))
print(head(found))

stored <- DBI::dbGetQuery(corpus, "SELECT value FROM extract_numbers")
figures <- read.csv(args[2], encoding = "UTF-8", na.strings = "")
stopifnot(sum(found$figures) <= nrow(stored)) # no row was multiplied
stopifnot(nrow(stored) == nrow(figures), isTRUE(all.equal(stored$value, figures$value)))
DBI::dbDisconnect(corpus)
