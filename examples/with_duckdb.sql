-- Articles and figures in DuckDB, from Parquet and from csv.
--
--   zjgr articles pages/ -o articles.parquet
--   zjgr extract-numbers pages/ -o figures.csv
--   duckdb < examples/with_duckdb.sql

-- The paragraphs of an article are a list.
SELECT headline, len(body) AS paragraphs, chars
FROM 'articles.parquet'
ORDER BY chars DESC
LIMIT 5;

-- file, id (of a record, else missing) and article are the key of everything. Of a csv all rows are looked at for the types, and
-- identifiers are told to be text.
SELECT articles.newspaper, figures.canonical_unit AS unit, count(*) AS figures, sum(value) AS total
FROM read_csv('figures.csv', sample_size = -1, types = {'id': 'VARCHAR', 'page': 'VARCHAR'}) AS figures
JOIN 'articles.parquet' AS articles
    ON figures.file = articles.file
    AND figures.id IS NOT DISTINCT FROM articles.id
    AND figures.article = articles.article
GROUP BY ALL
ORDER BY count(*) DESC
LIMIT 10;
