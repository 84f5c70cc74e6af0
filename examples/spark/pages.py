"""A folder of pages as one Parquet file: a row a page, with its path and its bytes.

    pip install pyarrow
    python examples/spark/pages.py pages/ pages.parquet

Paths are those that `zjgr` shows in the column `file`; the rows stand in the order in which it reads a folder.
"""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

SCHEMA = pa.schema([("path", pa.string()), ("bytes", pa.binary())])
GROUP = 1000


def pages(folder: Path):
    """The pages of a folder, in the order of their paths, part by part."""
    for path in sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.parts):
        yield {"path": str(path), "bytes": path.read_bytes()}


if __name__ == "__main__":
    folder, target = sys.argv[1:3]
    with pq.ParquetWriter(target, SCHEMA) as writer:
        group = []
        for page in pages(Path(folder)):
            group.append(page)
            if len(group) == GROUP:
                writer.write_table(pa.Table.from_pylist(group, SCHEMA))
                group = []
        writer.write_table(pa.Table.from_pylist(group, SCHEMA))
