"""Figures by unit and year in polars, from Parquet and from csv.

    pip install polars
    zjgr extract-numbers pages/ -o figures.parquet
    zjgr extract-numbers pages/ -o figures.csv
    python examples/with_polars.py figures.parquet figures.csv

A scan reads only the columns that are asked for, so that a file may be larger than memory.
"""

import sys

import polars as pl

parquet, csv = sys.argv[1:3]
# Of a csv every row is looked at for the type of a column, so that a late one is no surprise.
for figures in [pl.scan_parquet(parquet), pl.scan_csv(csv, infer_schema_length=None, try_parse_dates=True)]:
    money = figures.filter(pl.col("canonical_unit") == "元").group_by(pl.col("date").dt.year().alias("year"))
    print(money.agg(pl.len().alias("figures"), pl.col("value").max().alias("greatest")).sort("year").collect())
