#!/usr/bin/env python3
"""The tables of zjgr as other programs read them: the same rows and types in every format.

    python3 tests/readers.py target/debug/zjgr [PAGES]

Writes the tables of PAGES (by default data/pages) as csv, xlsx, Parquet, SQLite, jsonl and compressed, and reads them
with pandas, polars, DuckDB, pyarrow, openpyxl and sqlite3. Runs the examples for the first three, on pages and on records.
What is missing is installed into a folder of its own, target/readers.
"""

import datetime
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PACKAGES = ["duckdb", "openpyxl", "pandas", "polars", "pyarrow"]
COMMANDS = {
    "pages": ["pages"],
    "articles": ["articles"],
    "extract_numbers": ["extract-numbers", "--class", "all"],
    "slogans": ["slogans"],
    "stats": ["stats"],
}


def in_venv():
    """Starts this script again where the packages are."""
    home = Path("target/readers")
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    os.execv(python, [str(python), *sys.argv])


try:
    import duckdb
    import openpyxl
    import pandas
    import polars
    import pyarrow.csv
    import pyarrow.parquet
except ImportError:
    in_venv()

KINDS = {"string": str, "integer": int, "number": float, "date": datetime.date, "boolean": bool, "list": list}


def described(zjgr, command):
    text = subprocess.run([zjgr, *command, "--describe", "--format", "jsonl"], check=True, capture_output=True).stdout
    return {row["name"]: KINDS[row["type"]] for row in map(json.loads, text.decode().splitlines())}


def same(left, right, what):
    assert left == right, f"{what}: {left!r} is not {right!r}"


def flat(value):
    """A list as it stands in a format without lists."""
    return "\n".join(value) if isinstance(value, list) else value


def asked(question):
    """The one value that DuckDB answers."""
    return duckdb.sql(question).fetchall()[0][0]


def check(zjgr, pages, folder, name, command):
    files = {}
    for ending in ["csv", "csv.gz", "xlsx", "parquet", "jsonl", "jsonl.zst", "db"]:
        files[ending] = f"{folder}/{name}.{ending}"
        subprocess.run([zjgr, *command, pages, "-q", "-o", files[ending]], check=True)
    kinds = described(zjgr, command)
    rows = [json.loads(line) for line in open(files["jsonl"], encoding="utf-8")]
    assert rows, name

    # jsonl: every value of its type, or null.
    for row in rows:
        for column, value in row.items():
            kind = kinds[column]
            if value is not None and kind is not datetime.date:
                allowed = (int, float) if kind is float else kind
                assert isinstance(value, allowed), (name, column, value)
            assert value != "", (name, column)

    # csv by pandas, and its packed form; every text column as text.
    texts = {column: str for column, kind in kinds.items() if kind in (str, list)}
    csv = pandas.read_csv(files["csv"], dtype=texts, keep_default_na=False, na_values=[""])
    assert csv.equals(pandas.read_csv(files["csv.gz"], dtype=texts, keep_default_na=False, na_values=[""])), name
    same(len(csv), len(rows), f"{name}: rows of the csv")

    # Parquet by four readers.
    table = pyarrow.parquet.read_table(files["parquet"])
    same(table.column_names, list(rows[0]), f"{name}: columns of Parquet")
    back = table.to_pylist()
    for expected, read in zip(rows, back, strict=True):
        for column, value in expected.items():
            if kinds[column] is datetime.date:
                value = value and datetime.date.fromisoformat(value)
            if isinstance(value, list):
                value = [" ".join(filter(None, item)) if isinstance(item, list) else item for item in value]
            same(read[column], value, f"{name}.{column} in Parquet")
    frame = pandas.read_parquet(files["parquet"])
    same(len(frame), len(rows), f"{name}: pandas on Parquet")
    same(polars.read_parquet(files["parquet"]).to_dicts(), back, f"{name}: polars")
    for column, kind in kinds.items():
        if kind not in (int, float) or column not in csv:
            continue
        total = csv[column].sum()
        for read in [asked(f'SELECT sum("{column}") FROM \'{files["parquet"]}\'') or 0, frame[column].sum()]:
            assert abs(read - total) <= abs(total) * 1e-12, (name, column, read, total)
        assert frame[column].dtype.kind in "if", (name, column, frame[column].dtype)
    same(asked(f"SELECT count(*) FROM '{files['csv']}'"), len(rows), f"{name}: DuckDB on csv")
    pyarrow.csv.read_csv(files["csv"], parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True))

    # The workbook.
    book = openpyxl.load_workbook(files["xlsx"], data_only=True)
    same(book.sheetnames, [command[0], "about"], f"{name}: sheets")
    sheet = book[command[0]]
    header, *cells = sheet.iter_rows(values_only=True)
    same(list(header), list(csv.columns), f"{name}: header of the workbook")
    for expected, read in zip(rows, cells, strict=True):
        for column, cell in zip(header, read):
            value = expected[column]
            if value is None or value == []:
                same(cell, None, f"{name}.{column} in xlsx")
            elif kinds[column] is datetime.date and value >= "1900-03-01":
                same(cell.date().isoformat(), value, f"{name}.{column} in xlsx")
            elif kinds[column] in (int, float, bool):
                same(cell, value, f"{name}.{column} in xlsx")
            elif kinds[column] is str:
                same(cell, value.replace("\r", "\n"), f"{name}.{column} in xlsx")

    # The database.
    database = sqlite3.connect(files["db"])
    stored = database.execute(f'SELECT * FROM "{command[0].replace("-", "_")}"')
    names = [column[0] for column in stored.description]
    for expected, read in zip(rows, stored, strict=True):
        for column, cell in zip(names, read):
            value = expected[column]
            if value is not None and not isinstance(value, list):
                same(cell, value, f"{name}.{column} in SQLite")
    print(f"{name}: {len(rows)} rows, {len(kinds)} columns, the same in every format")


def records(folder):
    """Records of which several stand in a file, each with one article: only their ids tell them apart."""
    lines = [
        {"id": f"{number:03}", "date": f"{2019 + number % 3}-03-0{number % 9 + 1}", "headline": f"第{number}号", "newspaper": "东海日报",
         "text": f"本报讯 工会发放补助{number + 1}万元，惠及职工{number + 3}名。"}
        for number in range(12)
    ]
    for name in ["a", "b"]:
        Path(folder, f"{name}.jsonl").write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return str(Path(folder).resolve())


def examples(zjgr, pages, folder):
    """Runs the examples where they find what they read, as their first lines say."""
    here, work = Path("examples").resolve(), Path(folder)
    environment = os.environ | {"PATH": f"{Path(zjgr).parent}:{os.environ['PATH']}"}
    for command, output in [("articles", "articles.parquet"), ("extract-numbers", "figures.parquet"), ("extract-numbers", "figures.csv")]:
        subprocess.run([zjgr, command, pages, "-q", "-o", work / output], check=True)
    for line in [["with_pandas.py", pages], ["with_polars.py", "figures.parquet", "figures.csv"]]:
        ran = subprocess.run([sys.executable, here / line[0], *line[1:]], cwd=work, env=environment, capture_output=True, text=True)
        assert ran.returncode == 0 and ran.stdout.strip(), (line, ran.stderr)
    # What no article owns joins none; every other figure joins one.
    owned = asked(f"SELECT count(*) FROM '{work}/figures.parquet' WHERE article > 0")
    script = (here / "with_duckdb.sql").read_text(encoding="utf-8").replace("LIMIT 10", "")
    os.chdir(work)
    *_, last = [duckdb.sql(statement).fetchall() for statement in script.split(";") if "SELECT" in statement]
    os.chdir(here.parent)
    same(sum(row[2] for row in last), owned, "figures joined to their articles in DuckDB")
    print(f"{pages}: the examples for pandas, polars and DuckDB run, and join {owned} figures to one article each")


def main():
    zjgr = str(Path(sys.argv[1]).resolve())
    pages = sys.argv[2] if len(sys.argv) > 2 else "data/pages"
    with tempfile.TemporaryDirectory() as folder:
        for name, command in COMMANDS.items():
            check(zjgr, pages, folder, name, command)
        examples(zjgr, str(Path(pages).resolve()), folder)
    with tempfile.TemporaryDirectory() as given, tempfile.TemporaryDirectory() as folder:
        examples(zjgr, records(given), folder)


if __name__ == "__main__":
    main()
