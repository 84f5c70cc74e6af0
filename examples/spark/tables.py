"""An archive that no one machine should read alone: Spark deals out the pages, zjgr reads them, the parts add up.

    pip install pyspark pyarrow pandas zjgr
    python examples/spark/pages.py pages/ pages.parquet
    spark-submit examples/spark/tables.py pages.parquet made/

pages.parquet has a row a page: `path`, and `bytes` or `text`. In made/ there is afterwards

    articles/   figures/     what `zjgr articles` and `zjgr extract-numbers` give, as Parquet, in the order of the paths
    errors/                  a row a page that was left out: its path, and what zjgr said of it
    terms.csv                what `zjgr stats` over everything gives, to the byte: one partial a partition, merged in a tree

A page is read once for each table. What is shuffled is the pages, once, to bring them into the order of their paths, and
the partials (some 2 MB for 100,000 articles), FAN of which are merged by one task. A worker that dies is retried by
Spark; a command that fails otherwise than by leaving pages out fails its task.
"""

import argparse
import subprocess
import tempfile
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from pyspark.sql import SparkSession
from pyspark.sql import functions as f

# How many partials one task merges.
FAN = 16
# zjgr's exit status where some of the input was left out, and where nothing could be read.
LEFT_OUT, NOTHING = 3, 1
TYPES = {"string": "string", "integer": "bigint", "number": "double", "date": "date", "boolean": "boolean"}
ERRORS = "path string, error string"


def schema(zjgr: str, command: list[str]) -> str:
    """The columns of a table, as Spark writes them."""
    told = subprocess.run([zjgr, *command, "--describe"], capture_output=True, check=True).stdout
    rows = pa.csv.read_csv(pa.py_buffer(told)).to_pylist()
    return ", ".join(f"`{row['name']}` {TYPES.get(row['type'], 'array<string>')}" for row in rows)


def put(pages, folder: Path) -> list[str]:
    """Writes pages below a folder, under their own names; returns these."""
    paths = []
    for batch in pages:
        for page in batch.to_pylist():
            path = PurePosixPath(page["path"])
            if path.is_absolute() or ".." in path.parts:
                raise ValueError(f"{path}: a path below the folder of the archive is expected")
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            text = page.get("text")
            target.write_bytes(page["bytes"] if text is None else text.encode())
            paths.append(str(path))
    return paths


def run(zjgr: str, command: list[str], paths: list[str], folder: Path) -> list[dict]:
    """Runs a command over pages, and returns those that it left out."""
    (folder / "files.txt").write_text("\n".join(paths))
    line = [zjgr, *command, "--files-from", "files.txt", "--threads", "1", "--lang", "en", "--no-config"]
    ran = subprocess.run(line, cwd=folder, capture_output=True, text=True)
    if ran.returncode == 0:
        return []
    said = [line.removeprefix("zjgr: ") for line in ran.stderr.splitlines()]
    told = {path: [line for line in said if line.startswith(f"{path}:")] for path in paths}
    errors = [{"path": path, "error": "\n".join(lines)} for path, lines in told.items() if lines]
    if ran.returncode not in (LEFT_OUT, NOTHING) or not errors:
        raise RuntimeError(f"{' '.join(line)}: {ran.returncode}: {ran.stderr}")
    return errors


def table(zjgr: str, command: list[str]):
    """What makes a table of the pages of a partition."""

    def make(pages):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            if paths := put(pages, folder):
                run(zjgr, [*command, "-o", "table.parquet"], paths, folder)
                if (folder / "table.parquet").exists():
                    yield from pa.parquet.ParquetFile(folder / "table.parquet").iter_batches()

    return make


def errors(zjgr: str):
    """What names the pages of a partition that cannot be read."""

    def make(pages):
        with tempfile.TemporaryDirectory() as folder:
            if paths := put(pages, Path(folder)):
                found = run(zjgr, ["pages", "-o", "pages.csv"], paths, Path(folder))
                yield pa.RecordBatch.from_pylist(found, pa.schema([("path", pa.string()), ("error", pa.string())]))

    return make


def counted(zjgr: str, command: list[str]):
    """What counts the pages of a partition."""

    def make(pages):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            if paths := put(pages, folder):
                run(zjgr, [*command, "--partial", "counted.zjp"], paths, folder)
                if (folder / "counted.zjp").exists():
                    yield pa.RecordBatch.from_pydict({"partial": [(folder / "counted.zjp").read_bytes()]})

    return make


def merged(zjgr: str, command: list[str]):
    """What adds the partials of a partition up."""

    def make(partials):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            names = []
            for batch in partials:
                for partial in batch.column("partial").to_pylist():
                    names.append(f"{len(names)}.zjp")
                    (folder / names[-1]).write_bytes(partial)
            if names:
                line = [zjgr, "merge", *command, *names, "--partial", "all.zjp"]
                subprocess.run(line, cwd=folder, check=True)
                yield pa.RecordBatch.from_pydict({"partial": [(folder / "all.zjp").read_bytes()]})

    return make


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages")
    parser.add_argument("made", type=Path)
    parser.add_argument("--zjgr", default="zjgr", help="the program, on every worker")
    parser.add_argument("--partitions", type=int, default=200, help="into how many parts the pages are dealt")
    args = parser.parse_args()
    spark = SparkSession.builder.appName("zjgr").getOrCreate()

    # zjgr reads a folder name by name, so that a/b.txt comes before a-b.txt.
    order = f.split("path", "/")
    pages = spark.read.parquet(args.pages).repartitionByRange(args.partitions, order).sortWithinPartitions(order)
    for name, command in [("articles", ["articles"]), ("figures", ["extract-numbers"])]:
        rows = pages.mapInArrow(table(args.zjgr, command), schema(args.zjgr, command))
        rows.write.mode("overwrite").parquet(str(args.made / name))
    left_out = pages.mapInArrow(errors(args.zjgr), ERRORS)
    left_out.write.mode("overwrite").parquet(str(args.made / "errors"))

    partials = pages.mapInArrow(counted(args.zjgr, ["stats"]), "partial binary").persist()
    while (count := partials.count()) > 1:
        once = partials.repartition(-(-count // FAN))
        partials = once.mapInArrow(merged(args.zjgr, ["stats"]), "partial binary").persist()
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "all.zjp"
        for row in partials.collect():
            kept.write_bytes(row["partial"])
            subprocess.run([args.zjgr, "merge", "stats", kept, "-o", args.made / "terms.csv"], check=True)
    spark.stop()


if __name__ == "__main__":
    main()
