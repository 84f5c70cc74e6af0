#!/usr/bin/env python3
"""What `zjgr stats` must count, counted by Python's jieba: writes stats.tsv beside this file.

    python3 -m venv v && v/bin/pip install jieba==0.42.1 && v/bin/python tests/oracle/stats.py

stats.txt is lines of the made-up pages of tests/corpus, each line an article. stats-words.txt are the user words. They are found
first, leftmost and longest, and jieba cuts what stands between them; jieba itself has no way to force a word.
The dispersion is Gries's DPnorm from its definition, in fractions.
"""
import collections, pathlib, re
from fractions import Fraction

import jieba

here = pathlib.Path(__file__).parent
words = sorted((here / "stats-words.txt").read_text(encoding="utf-8").split(), key=len, reverse=True)
forced = re.compile("(" + "|".join(map(re.escape, words)) + ")")
articles = [line for line in (here / "stats.txt").read_text(encoding="utf-8").splitlines() if line]


def cut(text):
    for i, piece in enumerate(forced.split(text)):
        if i % 2:
            yield piece
        elif piece:
            yield from jieba.cut(piece, HMM=True)


def is_mark(token):
    # ○ is how older print sets the numeral 〇.
    return not any(c.isalnum() or c == "○" for c in token)


counts = [collections.Counter(t for t in cut(text) if not is_mark(t)) for text in articles]
sizes = [sum(c.values()) for c in counts]
total = sum(sizes)
smallest = Fraction(min(s for s in sizes if s), total)
whole = sum(counts, collections.Counter())
with open(here / "stats.tsv", "w", encoding="utf-8") as out:
    out.write("term\tcount\tarticles\tdispersion\n")
    for term, f in sorted(whole.items(), key=lambda item: (-item[1], item[0])):
        dp = sum(abs(Fraction(c[term], f) - Fraction(s, total)) for c, s in zip(counts, sizes)) / 2
        out.write(f"{term}\t{f}\t{sum(term in c for c in counts)}\t{float(dp / (1 - smallest)):.4f}\n")
print(len(whole), "terms,", total, "words,", len(articles), "articles")
