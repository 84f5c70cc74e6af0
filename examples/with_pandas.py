"""The articles of a folder as a pandas DataFrame, and each figure joined to its article.

    pip install pandas pyarrow
    python examples/with_pandas.py pages/

Parquet keeps the types: days are days, numbers are numbers, what is not there is missing. Of a csv the types must be said.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd


def zjgr(*args: str) -> None:
    """Runs one command. Exit status 3 means: results, but some input was left out (standard error says which)."""
    if subprocess.run(["zjgr", *args]).returncode not in (0, 3):
        raise SystemExit(1)


paths = sys.argv[1:] or ["data/pages"]
with tempfile.TemporaryDirectory() as folder:
    tables = Path(folder)
    zjgr("articles", *paths, "-o", str(tables / "articles.parquet"))
    zjgr("extract-numbers", *paths, "-o", str(tables / "figures.parquet"))
    zjgr("extract-numbers", *paths, "-o", str(tables / "figures.csv"))
    articles = pd.read_parquet(tables / "articles.parquet")
    figures = pd.read_parquet(tables / "figures.parquet")
    texts = ["id", "page", "section", "headline", "ratio", "object", "per", "iso", "change", "again"]
    from_csv = pd.read_csv(tables / "figures.csv", parse_dates=["date"], dtype=dict.fromkeys(texts, "string"))

assert len(figures) == len(from_csv) and figures["value"].sum() == from_csv["value"].sum()

# file, id (of a record, else empty) and article are the key of everything: a figure finds its article by them.
# What stands outside of articles, as in a masthead, has article 0 and is left out.
key = ["file", "id", "article"]
both = figures.merge(articles, on=key, suffixes=("", "_of_article"), validate="many_to_one")
assert len(both) == (figures["article"] > 0).sum()
print(both.groupby("headline").size().sort_values(ascending=False).head(5).to_string())
years = pd.to_datetime(articles["date"]).dt.year
print(articles.groupby(years)["chars"].agg(["count", "sum"]).tail(5).to_string())
print(figures.groupby("canonical_unit")["value"].agg(["count", "sum"]).sort_values("count").tail(5).to_string())
