"""The articles of a folder as a pandas DataFrame, and each figure joined to its article.

    pip install pandas
    python examples/with_pandas.py pages/
"""

import io
import subprocess
import sys

import pandas as pd


def zjgr(*args: str) -> pd.DataFrame:
    """The table of one command. Exit status 3 means: results, but some input was left out (standard error says which)."""
    run = subprocess.run(["zjgr", *args, "--format", "jsonl"], stdout=subprocess.PIPE, text=True, encoding="utf-8")
    if run.returncode not in (0, 3):
        raise SystemExit(run.returncode)
    return pd.read_json(io.StringIO(run.stdout), lines=True, convert_dates=["date"], dtype={"value": "string"})


paths = sys.argv[1:] or ["data/pages"]
articles = zjgr("articles", *paths)
figures = zjgr("extract-numbers", *paths)

# file and article are the key of everything: a figure finds its article by them.
both = figures.merge(articles, on=["file", "article"], suffixes=("", "_of_article"))
print(both.groupby("headline").size().sort_values(ascending=False).head(5).to_string())
print(articles.groupby(articles["date"].dt.to_period("M"))["chars"].agg(["count", "sum"]).tail(5).to_string())
