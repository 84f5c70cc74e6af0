#!/usr/bin/env python3
"""Make annotated pages of what OCR programs read of printed ones.

    build.py PRINTED --arrange target/debug/examples/arrange [--write]

PRINTED holds what a page was printed to: NAME-sSEED.rapidocr.json, NAME-sSEED.alto.xml and the like, each beside its
NAME-sSEED.articles.json; NAME is a page of a folder `../corpus*`. The lines of each file in reading order, as the program
`arrange` gives them with their places, are held against the paragraphs of the annotated page: a line is of the paragraph that it has most pairs
of characters in common with at one distance from its beginning. Without --write it only says what it would keep.

Standard library only.
"""
import argparse, collections, csv, json, pathlib, re, shutil, subprocess, tempfile

TESTS = pathlib.Path(__file__).resolve().parent.parent
HEADINGS = {"column", "kicker", "headline", "subhead", "section"}
FORMS = {".pdf": "pdf", ".rapidocr.json": "rapidocr", ".alto.xml": "tesseract"}
# Pages of which so much was read where nothing stands, or so badly that it is not known again, teach nothing.
MOST_UNKNOWN = 0.2
# Nor do those whose lines are out of order so often that a person could not read them either.
LEAST_IN_ORDER = 0.6
WIDE = str.maketrans("，：；！？（）％０１２３４５６７８９", ",:;!?()%0123456789")


def plain(text):
    """The characters that two readings may agree on."""
    return "".join(c for c in text.translate(WIDE) if c.isalnum())


def paragraphs(name):
    """What is printed of a page: (role, article, characters) of each paragraph."""
    for folder in sorted(TESTS.glob("corpus*")):
        page = folder / "pages" / f"{name}.txt"
        if folder.name in ("corpus-kept", "corpus-fronts", "corpus-printed") or not page.exists():
            continue
        text = page.read_text(encoding="utf-8-sig").replace("\r\n", "\n").split("\n")
        with open(folder / "gold" / f"{name}.layout.tsv", encoding="utf-8", newline="") as f:
            rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
        found, last = [], {}
        for row in rows:
            if row["duplicate_of"] or row["role"] == "masthead":
                continue
            key = (row["role"], int(row["article"]))
            line = plain(re.sub(r"<[^>]*>|&nbsp;", "", text[int(row["line"]) - 1]))
            if row["joins"] == "1" and key in last:
                found[last[key]][2] += line
            elif line:
                last[key] = len(found)
                found.append([*key, line])
        gold = json.loads((folder / "gold" / f"{name}.articles.json").read_text(encoding="utf-8"))
        said = gold.get("page", {})
        masthead = [str(said.get("newspaper") or "")]
        day = re.fullmatch(r"(\d+)-0?(\d+)-0?(\d+)", said.get("date") or "")
        masthead.append((f"{day[1]}年{day[2]}月{day[3]}日" if day else "") + "".join(str(said.get(key) or "") for key in ("weekday", "lunar_date")))
        masthead += [label + str(said[key]) for key, label in (("serial_number", "国内统一连续出版物号"), ("postal_number", "邮发代号"), ("issue_number", "总第")) if said.get(key)]
        return [tuple(p) for p in found if p[1]], [plain(line) for line in masthead if line]
    return None, None


class Page:
    """Paragraphs, to be found by pairs of characters."""

    def __init__(self, found, masthead):
        self.paragraphs = found + [("masthead", 0, line) for line in masthead]
        self.pairs = collections.defaultdict(list)
        for number, (_, _, text) in enumerate(self.paragraphs):
            for at in range(len(text) - 1):
                self.pairs[text[at : at + 2]].append((number, at))

    def find(self, line, near):
        """The paragraph of a line and where in it the line begins; None where there is none."""
        alone = [n for n, (_, _, text) in enumerate(self.paragraphs) if text == line]
        if len(alone) == 1:
            return alone[0], 0
        votes = collections.Counter()
        for at in range(len(line) - 1):
            for number, place in self.pairs.get(line[at : at + 2], ()):
                # A character that was not read, or read twice, moves the rest by one.
                for slack in (-1, 0, 1):
                    votes[number, place - at + slack] += 2 if slack == 0 else 1
        def rank(item):
            (number, place), count = item
            follows = near is not None and near[0] == number and abs(place - near[1]) <= 3
            return (count + (2 if follows else 0), -number, -abs(place))
        best = max(votes.items(), key=rank, default=None)
        if best and best[1] >= 2 * max(1, 0.25 * (len(line) - 1)):
            return best[0][0], max(best[0][1], 0)
        # What is too short for pairs goes on where the line above ended, or is a paragraph of its own.
        if near and line and self.paragraphs[near[0]][2][near[1] :].startswith(line):
            return near
        return (alone[0], 0) if alone else None


def annotate(lines, page):
    """Role, article and whether it joins, for each line that is not blank."""
    found, near = [], None
    for line in lines:
        own = plain(line)
        at = page.find(own, near)
        found.append(at)
        if at:
            near = (at[0], at[1] + len(own))
    # What cannot be known again, in the middle of a paragraph of which just so much is missing, is of it.
    for i in range(1, len(lines) - 1):
        before, after = found[i - 1], found[i + 1]
        if not found[i] and before and after and before[0] == after[0]:
            missing = after[1] - before[1] - len(plain(lines[i - 1]))
            if missing * 2 > len(plain(lines[i])):
                found[i] = (before[0], before[1] + len(plain(lines[i - 1])))
    rows, last, ends = [], {}, {}
    near, ordered = None, 0
    for line, at in zip(lines, found):
        if at is None:
            rows.append(("other", 0, 0))
            continue
        follows = near is not None and near[0] == at[0] and abs(near[1] - at[1]) <= 4
        ordered += len(plain(line)) if follows or at[1] <= 2 else 0
        near = (at[0], at[1] + len(plain(line)))
        role, article, _ = page.paragraphs[at[0]]
        joins = int(last.get((role, article)) == at[0] and at[1] + 3 >= ends.get(at[0], 0) and role != "masthead")
        last[role, article] = at[0]
        ends[at[0]] = at[1] + len(plain(line))
        rows.append((role, article, joins))
    unknown = sum(len(plain(line)) for line, at in zip(lines, found) if at is None)
    whole = max(1, sum(len(plain(line)) for line in lines))
    return rows, unknown / whole, ordered / whole


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("printed", type=pathlib.Path)
    p.add_argument("--arrange", required=True)
    p.add_argument("--write", action="store_true")
    a = p.parse_args()
    here = TESTS / "corpus-printed"
    made = pathlib.Path(tempfile.mkdtemp()) / "page"
    for gold in sorted(a.printed.glob("*.articles.json")):
        stem = gold.name.removesuffix(".articles.json")
        found, masthead = paragraphs(re.sub(r"-s\d+$", "", stem))
        if not found:
            continue
        page = Page(found, masthead)
        for form, program in FORMS.items():
            file = a.printed / (stem + form)
            if not file.exists():
                continue
            subprocess.run([a.arrange, file, made], check=True)
            text = made.with_suffix(".txt").read_text(encoding="utf-8")
            lines = text.split("\n")
            own = [(n, line) for n, line in enumerate(lines, 1) if plain(line) or line.strip(" \u3000")]
            rows, unknown, ordered = annotate([line for _, line in own], page)
            name = f"{stem}-{program}"
            kept = unknown <= MOST_UNKNOWN and ordered >= LEAST_IN_ORDER
            print(f"{name}\t{len(own)} lines\t{unknown:.2f} unknown\t{ordered:.2f} in order\t{'kept' if kept else 'left out'}")
            if not (kept and a.write):
                continue
            for folder in ("pages", "gold"):
                (here / folder).mkdir(exist_ok=True)
            (here / "pages" / f"{name}.txt").write_text(text, encoding="utf-8")
            shutil.copy(made.with_suffix(".places.tsv"), here / "pages" / f"{name}.places.tsv")
            told = ["\t".join(map(str, (n, role, article, joins, ""))) for (n, _), (role, article, joins) in zip(own, rows)]
            layout = "\n".join(["line\trole\tarticle\tjoins\tduplicate_of", *told]) + "\n"
            (here / "gold" / f"{name}.layout.tsv").write_text(layout, encoding="utf-8")
            (here / "gold" / f"{name}.articles.json").write_text(gold.read_text(encoding="utf-8") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
