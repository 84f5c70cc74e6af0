#!/usr/bin/env python3
"""Build the made-up newspaper pages and their annotation from src/.

    build.py            writes pages/NAME.txt and gold/NAME.{layout.tsv,articles.json,figures.tsv,slogans.tsv}
    build.py --check    writes nothing; fails where what stands there is not what src/ says
    build.py --in DIR   does either for the src/, pages/ and gold/ of another folder
    build.py --vary DIR writes every page and its layout.tsv and articles.json in worse states to DIR/pages and DIR/gold:
                        tight (no blank lines), loose (a blank line after each line), half (half-width punctuation),
                        flush (no indents), misread (one character of running text in 50)

A source, src/NAME.page, is the page line by line, each line with a tag before the first `|`:

    tag    ROLE ARTICLE MARKS, for instance `b2`, `h1+`, `b3=lead`, `m`
    ROLE   m masthead  c column  k kicker  h headline  s subhead  t section  b body  p caption  r credit  o other
    MARKS  +      continues the latest paragraph of this role and article (not a scrap)
           +x     continues the paragraph labelled x
           ~      a stray scrap: later lines join over it
           :x     gives the paragraph the label x
           =x     repeats the paragraph labelled x
    |text  no tag: continues the line above, whatever it was
    ⏎      in a text: the page breaks the line here, and what follows joins

An empty line is an empty line of the page. Lines that open with `@` say the rest:

    @newspaper @date @lunar_date @weekday @issue_number @serial_number @postal_number VALUE
    @note TEXT                     what is hard about the page
    @N source=… | dateline=… | by=ROLE:NAME,… | photo=NAME,… | column=… | headline=…
                                   fields of article N; kicker=… and subhead=… likewise. Headline, kicker, subhead and column
                                   follow from the lines where they are not given
    @wrap WIDTH [gap] [hard]       from here wrap body lines at WIDTH characters; gap: a blank line after each;
                                   hard: also inside numbers and Latin words. `@wrap 0` ends it
    @zip … @with … @end            two columns read as one: the lines of both blocks alternate
    @half                          commas, colons, brackets and the like are half-width on this page
    @ragged                        the page ends without a line feed
    @dos                           the page opens with a byte order mark and its lines end in CR LF

src/NAME.figures lists the figures paragraph by paragraph, tab-separated and without line numbers: text (and, where the page
has marks inside it, `=` and how it is printed), class, value, value_max, unit, bound (empty: exact), object.
src/NAME.slogans lists slogans, one a line, to be counted in the articles of the page, repeated passages left out.
Standard library only.
"""
import dataclasses, json, pathlib, re, sys

ROLES = dict(m="masthead", c="column", k="kicker", h="headline", s="subhead", t="section", b="body", p="caption",
             r="credit", o="other")
PAGE_FIELDS = ["newspaper", "date", "lunar_date", "weekday", "issue_number", "serial_number", "postal_number"]
TAG = re.compile(r"([mckhstbpro])(\d*)((?:~|[+:=][\w]*)*)\|(.*)$", re.S)
HALF = str.maketrans("，：；！？（）％", ",:;!?()%")
NO_LINE_START = set("，。、；：？！”’）》」』】…,.;:?!)%℃")
NO_LINE_END = set("“‘（《「『【(")


class SourceError(Exception):
    pass


@dataclasses.dataclass(eq=False)
class Paragraph:
    role: str
    article: int
    scrap: bool = False
    duplicate: "Paragraph | None" = None
    pieces: list = dataclasses.field(default_factory=list)
    first_line: int = 0


@dataclasses.dataclass(eq=False)
class Line:
    text: str
    paragraph: Paragraph | None = None  # none: a blank line
    joins: bool = False


def width(text):
    return sum(1 if ord(c) < 0x2E80 and c not in "“”‘’—…·" else 2 for c in text)


def wrap(text, columns, hard):
    """The lines of `text` at `columns` full-width characters, keeping punctuation off the line start."""
    tokens = re.findall(r"——|……|." if hard else r"——|……|[0-9A-Za-z.%℃/\-]+|.", text)
    lines, line = [], ""
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else ""
        full = width(line + token) > columns * 2
        opens_last = token in NO_LINE_END and width(line + token + following) > columns * 2
        if line and (full or opens_last) and token not in NO_LINE_START:
            lines.append(line)
            line = ""
        line += token
    return lines + [line] if line else lines


class Page:
    def __init__(self, name, source):
        self.name, self.fields, self.articles, self.notes = name, {}, {}, []
        self.lines, self.labels, self.latest = [], {}, {}
        self.columns, self.gap, self.hard, self.ragged, self.dos, self.half = 0, False, False, False, False, False
        above, zipped = None, None
        for number, row in enumerate(source.split("\n"), 1):
            try:
                if row.startswith("@"):
                    if row in ("@zip", "@with", "@end"):
                        if row == "@zip":
                            outside, self.lines, zipped = self.lines, [], []
                        elif row == "@with":
                            zipped, self.lines = self.lines, []
                        else:
                            self.lines = outside + alternate(zipped, self.lines)
                        continue
                    self.directive(row[1:])
                elif not row:
                    self.lines.append(Line(""))
                elif row.startswith("|"):
                    above = self.add(above, True, row[1:])
                else:
                    tag = TAG.match(row)
                    if not tag:
                        raise SourceError("no tag")
                    paragraph, joins = self.paragraph(*tag.group(1, 2, 3))
                    above = self.add(paragraph, joins, tag.group(4))
            except (SourceError, KeyError) as e:
                raise SourceError(f"{name}.page:{number}: {e!r}: {row[:40]}") from None
        while self.lines and not self.lines[-1].paragraph:
            self.lines.pop()
        for line in self.lines:
            line.text = line.text.translate(HALF) if self.half else line.text
        self.settle()
        self.check()

    def settle(self):
        """Tell each paragraph its lines, now that they stand where they stand."""
        for paragraph in self.paragraphs():
            paragraph.first_line, paragraph.pieces = 0, []
        for number, line in enumerate(self.lines, 1):
            if line.paragraph:
                line.paragraph.first_line = line.paragraph.first_line or number
                line.paragraph.pieces.append(line.text)

    def directive(self, row):
        key, _, value = row.partition(" ")
        value = value.strip()
        if key in PAGE_FIELDS:
            self.fields[key] = value
        elif key == "note":
            self.notes.append(value)
        elif key == "ragged":
            self.ragged = True
        elif key == "half":
            self.half = True
        elif key == "dos":
            self.dos = True
        elif key == "wrap":
            options = value.split()
            self.columns, self.gap, self.hard = int(options[0]), "gap" in options, "hard" in options
        elif key.isdigit():
            fields = self.articles.setdefault(int(key), {})
            for field in filter(None, map(str.strip, value.split(" | "))):
                name, equals, content = field.partition("=")
                if not equals or name not in ("source", "dateline", "by", "photo", "column", "headline", "kicker", "subhead"):
                    raise SourceError(f"field {field}")
                fields[name] = content
        else:
            raise SourceError(f"directive {key}")

    def paragraph(self, role, article, marks):
        article = int(article or 0)
        if (article == 0) != (ROLES[role] in ("masthead", "other")):
            raise SourceError("furniture has no article, all else has one")
        joined, paragraph = None, Paragraph(ROLES[role], article)
        for mark, label in re.findall(r"([~+:=])(\w*)", marks):
            if mark == "~":
                paragraph.scrap = True
            elif mark == "+":
                joined = self.labels[label] if label else self.latest[role, article]
            elif mark == "=":
                paragraph.duplicate = self.labels[label]
            else:
                self.labels[label] = paragraph
        if joined:
            return joined, True
        if not paragraph.scrap:
            self.latest[role, article] = paragraph
        return paragraph, False

    def add(self, paragraph, joins, text):
        pieces = text.split("⏎")
        if self.columns and paragraph.role == "body":
            pieces = [line for piece in pieces for line in wrap(piece, self.columns, self.hard)]
        for i, piece in enumerate(pieces):
            self.lines.append(Line(piece, paragraph, joins or i > 0))
            if self.gap and paragraph.role == "body":
                self.lines.append(Line(""))
        return paragraph

    def paragraphs(self):
        seen = []
        for line in self.lines:
            if line.paragraph and line.paragraph not in seen:
                seen.append(line.paragraph)
        return seen

    def check(self):
        order = [line.paragraph.article for line in self.lines if line.paragraph and line.paragraph.article]
        if list(dict.fromkeys(order)) != list(range(1, len(set(order)) + 1)):
            raise SourceError(f"{self.name}: articles are not numbered as they appear: {list(dict.fromkeys(order))}")
        text = squash(self.text())
        for number, fields in self.articles.items():
            if number not in order:
                raise SourceError(f"{self.name}: no article {number}")
            names = [pair.partition(":")[2] for pair in fields.get("by", "").split(",") if pair]
            for value in names + fields.get("photo", "").split(",") + [fields.get("dateline", ""), fields.get("source", "")]:
                if squash(value) not in text:
                    raise SourceError(f"{self.name}: {value} of article {number} is not on the page")
        for key, value in self.fields.items():
            if key not in ("date", "newspaper", "issue_number") and squash(value) not in text:
                print(f"{self.name}: {key} {value} is not printed like that", file=sys.stderr)
        for paragraph in self.paragraphs():
            if paragraph.duplicate and len(squash("".join(paragraph.pieces))) < 20:
                raise SourceError(f"{self.name}: a repetition of fewer than 20 characters at {paragraph.first_line}")

    def text(self):
        text = "\n".join(line.text for line in self.lines) + ("" if self.ragged else "\n")
        return "\ufeff" + text.replace("\n", "\r\n") if self.dos else text

    def layout(self):
        rows = ["line\trole\tarticle\tjoins\tduplicate_of"]
        for number, line in enumerate(self.lines, 1):
            if line.paragraph and line.text.strip():
                p = line.paragraph
                rows.append(f"{number}\t{p.role}\t{p.article}\t{int(line.joins)}\t{p.duplicate.first_line if p.duplicate else ''}")
        return "\n".join(rows) + "\n"

    def gold_articles(self):
        parts = {}
        for p in self.paragraphs():
            if p.article and not p.duplicate:
                parts.setdefault(p.article, []).append(p)
        articles = []
        for number in sorted({line.paragraph.article for line in self.lines if line.paragraph} - {0}):
            own, fields = parts.get(number, []), self.articles.get(number, {})

            def printed(role):
                pieces = [clean(piece) for p in own if p.role == role for piece in p.pieces]
                return " ".join(pieces) or None

            articles.append({
                "headline": fields.get("headline") or printed("headline"),
                "kicker": fields.get("kicker") or printed("kicker"),
                "subhead": fields.get("subhead") or printed("subhead"),
                "column": fields.get("column") or printed("column"),
                "source": fields.get("source"),
                "dateline": fields.get("dateline"),
                "bylines": [list(pair.partition(":")[::2]) for pair in fields.get("by", "").split(",") if pair],
                "photographers": [name for name in fields.get("photo", "").split(",") if name],
                "body": ["".join(piece.strip() for piece in p.pieces) for p in own if p.role == "body"],
            })
        page = {key: self.fields.get(key) for key in PAGE_FIELDS}
        return json.dumps({"page": page, "articles": articles}, ensure_ascii=False, indent=1) + "\n"

    def gold_figures(self, source):
        """Each figure with the line of its first character, found by reading on from the one before, paragraph by paragraph."""
        lines = {}
        for number, line in enumerate(self.lines, 1):
            if line.paragraph:
                lines.setdefault(line.paragraph, []).extend((c, number) for c in line.text if not c.isspace())
        characters = [place for paragraph in self.paragraphs() for place in lines[paragraph]]
        flat, at, found_rows = "".join(c for c, _ in characters), 0, []
        for row in filter(None, source.split("\n")):
            cells = (row.split("\t") + [""] * 7)[:7]
            cells[0], _, printed = cells[0].partition("=")
            found = flat.find(squash(printed or cells[0]), at)
            if found < 0:
                raise SourceError(f"{self.name}.figures: {row!r} does not follow")
            at = found + len(squash(printed or cells[0]))
            cells[5] = cells[5] or "exact"
            found_rows.append((characters[found][1], cells))
        rows = ["line\ttext\tclass\tvalue\tvalue_max\tunit\tbound\tobject"]
        rows += ["\t".join([str(line), *cells]) for line, cells in sorted(found_rows, key=lambda row: row[0])]
        return "\n".join(rows) + "\n"

    def gold_slogans(self, source):
        """How often each slogan stands in the articles, as printed; a line's end does not part it, a paragraph's does."""
        texts = [squash("".join(p.pieces)) for p in self.paragraphs() if p.article and not p.duplicate]
        rows = [f"{slogan}\t{sum(text.count(squash(slogan)) for text in texts)}" for slogan in filter(None, source.split("\n"))]
        return "\n".join(["slogan\tcount", *rows]) + "\n"


MISREAD = str.maketrans("日人大未土己天干间贝见八力士木由申曰没", "曰入太末士已夭千问见贝入刀土本田甲日设")


def worse(page, how):
    """Spoils the page in one way that leaves its annotation what it was."""
    if how in ("tight", "loose"):
        page.lines = [line for line in page.lines if line.paragraph]
    if how == "loose":
        page.lines = [line for text in page.lines for line in (text, Line(""))]
    seen = 0
    for line in page.lines:
        if how == "half":
            line.text = line.text.translate(HALF)
        elif how == "flush":
            line.text = line.text.strip("\u3000 ")
        elif how == "misread" and line.paragraph and line.paragraph.role == "body" and line.joins:
            spoilt = list(line.text)
            for i, character in enumerate(spoilt):
                seen += 1
                if seen % 50 == 0 and "\u4e00" <= character <= "\u9fff":
                    # A shape that is often mistaken for it, else one that no reader would expect there.
                    other = character.translate(MISREAD)
                    spoilt[i] = other if other != character else "囗"
            line.text = "".join(spoilt)
    page.settle()
    return page


def vary(home, to):
    for source in sorted((home / "src").glob("*.page")):
        for how in ("tight", "loose", "half", "flush", "misread"):
            page = worse(Page(source.stem, source.read_text(encoding="utf-8")), how)
            for path, text in ((f"pages/{how}/{source.stem}.txt", page.text()), (f"gold/{how}/{source.stem}.layout.tsv", page.layout()),
                               (f"gold/{how}/{source.stem}.articles.json", page.gold_articles())):
                path = to / path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode())


def alternate(left, right):
    lines = []
    for i in range(max(len(left), len(right))):
        lines += left[i:i + 1] + right[i:i + 1]
    return lines


def squash(text):
    return "".join(text.split())


def clean(text):
    """A heading without its Markdown marks."""
    return re.sub(r"^#+\s*", "", text.strip()).replace("**", "").strip()


def main():
    home, stale = pathlib.Path(__file__).parent, []
    if "--in" in sys.argv:
        home = pathlib.Path(sys.argv[sys.argv.index("--in") + 1])
    if "--vary" in sys.argv:
        return vary(home, pathlib.Path(sys.argv[sys.argv.index("--vary") + 1]))
    for source in sorted((home / "src").glob("*.page")):
        page = Page(source.stem, source.read_text(encoding="utf-8"))
        made = {f"pages/{source.stem}.txt": page.text(), f"gold/{source.stem}.layout.tsv": page.layout(),
                f"gold/{source.stem}.articles.json": page.gold_articles()}
        figures = source.with_suffix(".figures")
        if figures.exists():
            made[f"gold/{source.stem}.figures.tsv"] = page.gold_figures(figures.read_text(encoding="utf-8"))
        slogans = source.with_suffix(".slogans")
        if slogans.exists():
            made[f"gold/{source.stem}.slogans.tsv"] = page.gold_slogans(slogans.read_text(encoding="utf-8"))
        for path, text in made.items():
            path = home / path
            if path.exists() and path.read_bytes() == text.encode():
                continue
            stale.append(path)
            if "--check" not in sys.argv:
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(text.encode())
    for path in stale:
        print(path)
    sys.exit(bool(stale) if "--check" in sys.argv else 0)


if __name__ == "__main__":
    try:
        main()
    except SourceError as e:
        sys.exit(str(e))
