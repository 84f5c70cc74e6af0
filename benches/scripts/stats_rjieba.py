"""What a user would write instead of `zjgr stats`, with the Rust port of jieba under Python."""
import collections
import csv
import pathlib
import sys

import rjieba

counts = collections.Counter()
files = collections.Counter()
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.txt")):
    words = [word for word in rjieba.cut(path.read_text(encoding="utf-8")) if word.strip()]
    counts.update(words)
    files.update(set(words))
out = csv.writer(sys.stdout)
out.writerow(["term", "count", "files"])
for word, count in counts.most_common():
    out.writerow([word, count, files[word]])
