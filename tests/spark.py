#!/usr/bin/env python3
"""The tables that Spark makes are the tables of one machine, to the byte.

    python3 tests/spark.py target/debug/zjgr

Deals pages out in a cluster of two workers, one of which dies at its first task; among the pages is one that is broken,
and there are more partitions than pages. What is missing is installed into a folder of its own, target/spark.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PACKAGES = ["pandas", "pyarrow", "pyspark==4.0.1"]
CLUSTER = "local-cluster[2,1,1024]"
PARTITIONS = 24
HERE = Path(__file__).resolve().parent.parent


def in_venv():
    """Starts this script again where the packages are."""
    home = HERE / "target/spark"
    python = home / "bin" / "python"
    if not (home / "whole").exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        (home / "whole").touch()
    os.execv(python, [str(python), *sys.argv])


try:
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet
    import pyspark
except ImportError:
    in_venv()

# The program as a worker starts it: the first time, the worker that started it dies.
DYING = """#!/bin/sh
case "$*" in *--files-from*) if mkdir "{marker}" 2>/dev/null; then kill -9 $PPID; sleep 9; fi;; esac
exec "{zjgr}" "$@"
"""


def in_order(folder: Path) -> pa.Table:
    """A table that Spark wrote in parts."""
    parts = sorted(folder.glob("part-*.parquet"))
    return pa.concat_tables([pa.parquet.read_table(part) for part in parts])


def as_csv(table: pa.Table) -> bytes:
    """A table as bytes; lists as they are written."""
    flat = [
        pa.array([str(cell) for cell in column.to_pylist()]) if pa.types.is_list(column.type) else column
        for column in table.columns
    ]
    sink = pa.BufferOutputStream()
    pa.csv.write_csv(pa.table(flat, names=table.column_names), sink)
    return sink.getvalue().to_pybytes()


def main(zjgr: Path, work: Path) -> None:
    pages = work / "pages"
    shutil.copytree(HERE / "data/pages", pages / "a")
    shutil.copytree(HERE / "data/pages", pages / "a-b")
    (pages / "a/broken.xml").write_text('<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout><Page>')
    # A page that has to be read in the order of the folders.
    (pages / "a.txt").write_text("车间里的灯光\n本报讯 昨天，128名选手参加了技能大赛。\n")
    dying, marker = work / "dying", work / "died"
    dying.write_text(DYING.format(marker=marker, zjgr=zjgr))
    dying.chmod(0o755)

    python = [sys.executable, str(HERE / "examples/spark/pages.py"), "pages", "pages.parquet"]
    subprocess.run(python, cwd=work, check=True)
    environment = os.environ | {
        "SPARK_HOME": os.path.dirname(pyspark.__file__),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    submit = [Path(environment["SPARK_HOME"]) / "bin/spark-submit", "--master", CLUSTER]
    line = [*submit, HERE / "examples/spark/tables.py", "pages.parquet", "made", "--zjgr", dying]
    ran = subprocess.run(
        [*line, "--partitions", str(PARTITIONS)], cwd=work, env=environment, capture_output=True, text=True
    )
    if ran.returncode != 0:
        sys.exit(f"spark-submit: {ran.returncode}\n{ran.stderr[-6000:]}")
    assert marker.exists(), "no worker died"

    for name, command in [("articles", "articles"), ("figures", "extract-numbers")]:
        one = subprocess.run([zjgr, command, "pages", "--quiet", "-o", "one.parquet"], cwd=work)
        assert one.returncode == 3, one.returncode
        expected = as_csv(pa.parquet.read_table(work / "one.parquet"))
        found = as_csv(in_order(work / "made" / name))
        assert len(expected) > 1000 and found == expected, f"{name}: {len(found)} bytes, not {len(expected)}"
        print(f"{name}: {len(found)} bytes, the same as of one machine")
    subprocess.run([zjgr, "stats", "pages", "--quiet", "-o", "one.csv"], cwd=work)
    found, expected = (work / "made/terms.csv").read_bytes(), (work / "one.csv").read_bytes()
    assert found == expected, f"terms.csv: {len(found)} bytes, not {len(expected)}"
    print(f"terms.csv: {len(found)} bytes, the same as of one machine")
    errors = in_order(work / "made/errors").to_pylist()
    assert [error["path"] for error in errors] == ["pages/a/broken.xml"], errors
    print(f"errors: {errors[0]['path']}: {errors[0]['error']}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as work:
        main(Path(sys.argv[1]).resolve(), Path(work))
