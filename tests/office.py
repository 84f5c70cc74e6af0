#!/usr/bin/env python3
"""The workbooks of zjgr as LibreOffice opens them, and the examples in R.

    python3 tests/office.py target/debug/zjgr [PAGES]

Writes tables of PAGES (by default data/pages) as xlsx, has LibreOffice write them as csv, and holds that against the csv
of zjgr, cell by cell: nothing was run, cut or taken for a time or a date. Runs examples/with_r.R and
examples/with_r_and_sqlite.R, the latter on records too. What is not installed (soffice, Rscript) is said to be left out.
"""

import csv
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

COMMANDS = ["pages", "articles", "extract-numbers", "slogans", "stats"]
# Texts that a spreadsheet would make something else of.
TEXTS = ["1:2", "2/3", "00123", "=1+1", "+1", "@SUM(1)", "12345678901234567890", "1E5", "TRUE", "2021-2-3", "-"]
# The first sheet, UTF-8, every cell as it is stored and not as it is shown.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false"


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def plain(cell):
    """A number without the zeros that another program may write behind it."""
    try:
        return repr(float(cell)) if not cell.startswith("0") or cell[1:2] in ("", ".") else cell
    except ValueError:
        return cell


def opened(path, folder):
    profile = f"-env:UserInstallation=file://{folder}/profile"
    line = ["soffice", profile, "--headless", "--convert-to", AS_CSV, "--outdir", f"{folder}/csv", path]
    subprocess.run(line, check=True, capture_output=True, timeout=600)
    return rows(Path(folder, "csv", Path(path).stem + ".csv").read_text(encoding="utf-8"))


def same(zjgr, line, folder):
    """Holds a table against itself as LibreOffice opens it."""
    book = f"{folder}/{line[0]}.xlsx"
    subprocess.run([zjgr, *line, "-q", "-o", book], check=True)
    ours = rows(subprocess.run([zjgr, *line, "-q"], check=True, capture_output=True).stdout.decode())
    theirs = opened(book, folder)
    assert len(ours) == len(theirs), (line, len(ours), len(theirs))
    for number, (mine, other) in enumerate(zip(ours, theirs), 1):
        assert list(map(plain, mine)) == list(map(plain, other)), (line, number, mine, other)
    return len(ours) - 1


def office(zjgr, pages, folder):
    counts = [same(zjgr, [command, pages], folder) for command in COMMANDS]
    records = Path(folder, "texts.jsonl")
    records.write_text("".join('{"text": "%s", "headline": "%s", "date": "1850-01-02"}\n' % (text, text) for text in TEXTS))
    counts.append(same(zjgr, ["concordance", "--regex", "^.+$", str(records)], folder))
    print(f"LibreOffice: {sum(counts)} rows of {len(counts)} workbooks are those of the csv")


def r(zjgr, pages, folder):
    environment = os.environ | {"PATH": f"{Path(zjgr).parent}:{os.environ['PATH']}", "LANG": "C.UTF-8"}
    database, figures = f"{folder}/corpus.db", f"{folder}/figures.csv"
    for command, output in [("articles", database), ("extract-numbers", database), ("extract-numbers", figures)]:
        subprocess.run([zjgr, command, pages, "-q", "-o", output], check=True)
    for script, *arguments in [("with_r.R", pages, "headline=职工"), ("with_r_and_sqlite.R", database, figures, "职工")]:
        ran = subprocess.run(["Rscript", f"examples/{script}", *arguments], env=environment, capture_output=True, text=True)
        assert ran.returncode == 0, (script, ran.stderr)
        assert ran.stdout.strip(), script
    records = Path(folder, "records.jsonl")
    records.write_text("".join('{"id": "%d", "text": "职工得补助%d元。"}\n' % (number, number + 7) for number in range(9)), encoding="utf-8")
    for command in ["articles", "extract-numbers"]:
        for output in [f"{folder}/records.db", f"{folder}/records.csv"]:
            subprocess.run([zjgr, command, records, "-q", "-o", output], check=True)
    script = ["examples/with_r_and_sqlite.R", f"{folder}/records.db", f"{folder}/records.csv", "职工"]
    ran = subprocess.run(["Rscript", *script], env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert [line.split()[-1] for line in ran.stdout.splitlines()[1:]] == ["1"] * 6, ran.stdout
    print("R: both examples run, on csv and on a database, of pages and of records")


def main():
    zjgr = str(Path(sys.argv[1]).resolve())
    pages = sys.argv[2] if len(sys.argv) > 2 else "data/pages"
    with tempfile.TemporaryDirectory() as folder:
        for program, check in [("soffice", office), ("Rscript", r)]:
            if shutil.which(program):
                check(zjgr, pages, folder)
            else:
                print(f"left out: there is no {program} here")


if __name__ == "__main__":
    main()
