#!/usr/bin/env python3
"""The report in a real browser.

    python3 tests/browser.py target/debug/zjgr [PAGES] [--pictures FOLDER] [--many]

Opens a report in headless Chromium, over the DevTools protocol, and holds it against the tables: counts equal the csv,
a click leads from a bar to its rows and from a row to its sentence, keys do what a mouse does, no text runs as a
script, nothing is said on the console, and no request leaves the file. Chromium is installed where it is missing
(apt-get, as root); what speaks with it is installed into target/browser. With --many it opens 10,000 articles too.
"""

import base64
import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections import Counter
from pathlib import Path

HOME = Path("target/browser")
try:
    import websocket
except ImportError:
    python = HOME / "bin" / "python"
    if not python.exists():
        venv.create(HOME, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "websocket-client"], check=True)
    os.execv(python, [str(python), *sys.argv])

MOST_ELEMENTS = 2000

# Headlines that would run, were any of them taken for markup.
EVIL = [
    "<script>window.ran=1</script>",
    "</script><script>window.ran=2</script>",
    "<img src=x onerror='window.ran=3'>",
    "<svg onload=window.ran=4>",
    "\"><iframe srcdoc='<script>top.ran=5</script>'></iframe>",
    "<!--<script>window.ran=6",
    "{{constructor.constructor('window.ran=7')()}}",
    "javascript:window.ran=8",
    "</title></style><style>body{display:none}</style>",
    "&lt;script&gt;window.ran=9&lt;/script&gt;",
    "<a href='javascript:window.ran=10'>工会</a>",
    "\\u003cscript>window.ran=11\\u003c/script>",
    "<meta http-equiv=refresh content='0;url=http://example.org/'>",
    "<link rel=stylesheet href=http://example.org/a.css>",
    "<base href=http://example.org/>",
]


def chromium():
    for name in ["chromium", "chromium-browser", "google-chrome"]:
        if found := shutil.which(name):
            return found
    subprocess.run(["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium", "fonts-noto-cjk"], check=True)
    return shutil.which("chromium")


class Browser:
    """A page, and what happened in it."""

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
                 "--remote-debugging-port=0", "--remote-allow-origins=*", f"--user-data-dir={self.profile.name}"]
        self.process = subprocess.Popen([chromium(), *flags, "about:blank"], stderr=subprocess.DEVNULL)
        port = Path(self.profile.name) / "DevToolsActivePort"
        for _ in range(300):
            if port.exists() and port.read_text().count("\n"):
                break
            time.sleep(0.1)
        where = f"http://127.0.0.1:{port.read_text().splitlines()[0]}/json"
        page = next(page for page in json.load(urllib.request.urlopen(where)) if page["type"] == "page")
        self.socket = websocket.create_connection(page["webSocketDebuggerUrl"], timeout=120)
        self.number = 0
        self.console, self.requests = [], []
        for domain in ["Page", "Runtime", "Network", "Log"]:
            self.send(f"{domain}.enable")

    def send(self, method, **params):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            self.note(message)
            if message.get("id") == self.number:
                assert "error" not in message, (method, message["error"])
                return message["result"]

    def note(self, message):
        params = message.get("params", {})
        match message.get("method"):
            case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown" | "Log.entryAdded":
                self.console.append(params)
            case "Network.requestWillBeSent":
                self.requests.append(params["request"]["url"])

    def open(self, path):
        self.console.clear()
        self.requests.clear()
        self.address = Path(path).resolve().as_uri()
        self.send("Page.navigate", url=self.address)
        for _ in range(600):
            if self.ask("document.readyState") == "complete" and self.ask("!!document.querySelector('#rows table')"):
                return
            time.sleep(0.05)
        raise AssertionError(f"the report does not open: {self.console}")

    def ask(self, script):
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, (script, answer["exceptionDetails"])
        return answer["result"].get("value")

    def press(self, key, code=None):
        codes = {"Enter": 13, " ": 32, "ArrowRight": 39, "Tab": 9, "Escape": 27}
        text = {"Enter": "\r", " ": " "}.get(key)
        for kind in ["keyDown", "keyUp"]:
            extra = {"text": text} if text and kind == "keyDown" else {}
            self.send("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=codes[key], **extra)

    def look(self, path, width, scheme):
        self.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=1000, deviceScaleFactor=1, mobile=False)
        picture = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=False)
        Path(path).write_bytes(base64.b64decode(picture["data"]))

    def quiet(self):
        """Nothing was said, nothing asked for, and the page is small."""
        assert not self.console, self.console
        others = [url for url in self.requests if url.split("#")[0] != self.address]
        assert not others, others
        assert self.ask("window.ran") is None, "a text ran"
        assert self.ask("[...document.querySelector('main').childNodes].every(node => node.nodeType === 1)"), "stray text"
        assert not self.ask("/undefined|NaN|\\[object/.test(document.querySelector('main').innerText)"), "a value that is none"
        count = self.ask("document.querySelectorAll('*').length")
        assert count <= MOST_ELEMENTS, count
        return count

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait(timeout=20)


def rows_of(zjgr, *args):
    text = subprocess.run([zjgr, *args, "-q"], capture_output=True, check=True).stdout.decode()
    return list(csv.DictReader(io.StringIO(text)))


def bars(browser, chart):
    """What the bars of a chart say, from their labels."""
    labels = browser.ask(f"[...document.querySelectorAll('[data-chart={chart}] [role=button]')].map(b => b.getAttribute('aria-label'))")
    return {label.rsplit(": ", 1)[0]: float(label.rsplit(": ", 1)[1].replace(",", "")) for label in labels}


def source_line(file, number):
    data = Path(file).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return text.splitlines()[number - 1]


def tab(browser, name):
    browser.ask(f"document.querySelector('[data-tab={name}]').click()")


def listed(browser):
    return int(browser.ask("document.querySelector('#count').dataset.count"))


def check(browser, zjgr, pages, report):
    browser.open(report)
    articles = rows_of(zjgr, "articles", pages)
    assert listed(browser) == len(articles)
    expected = Counter(row["newspaper"] for row in articles if row["newspaper"])
    assert bars(browser, "bars") == dict(expected.most_common(20)) or len(expected) > 20, expected
    browser.quiet()

    kinds = {
        "slogans": ("slogan", rows_of(zjgr, "slogans", pages, "--mentions")),
        "figures": ("canonical_unit", rows_of(zjgr, "extract-numbers", pages)),
        "names": ("normal", rows_of(zjgr, "names", "--type", "person,organisation,place", pages)),
    }
    classes = json.loads(Path("data/report.json").read_text(encoding="utf-8"))["zh"]["classes"]
    for name, (key, rows) in kinds.items():
        tab(browser, name)
        assert listed(browser) == len(rows), (name, listed(browser), len(rows))
        expected = Counter(row[key] or classes[row["class"]] for row in rows)
        shown = bars(browser, "bars")
        assert shown and all(expected[label] == count for label, count in shown.items()), (name, shown)
        dated = Counter(row["date"] for row in rows if row["date"])
        assert sum(bars(browser, "time").values()) == sum(dated.values()), name
        browser.quiet()
    counts = {row["slogan"]: int(row["count"]) for row in rows_of(zjgr, "slogans", pages)}
    tab(browser, "slogans")
    assert all(counts[label] == count for label, count in bars(browser, "bars").items())

    tab(browser, "sums")
    sums = {row["unit"]: float(row["sum"]) for row in rows_of(zjgr, "extract-numbers", pages, "--sum", "--class", "money")}
    assert bars(browser, "bars") == sums, (bars(browser, "bars"), sums)
    assert abs(sum(bars(browser, "time").values()) - max(sums.values())) < 0.01, "one currency at a time"
    browser.quiet()

    tab(browser, "terms")
    for term, count in list(bars(browser, "bars").items())[:8]:
        assert len(rows_of(zjgr, "concordance", term, pages)) == count, term

    # From a bar to its rows, to the sentence: by keys.
    tab(browser, "slogans")
    first, count = next(iter(bars(browser, "bars").items()))
    browser.ask("document.querySelector('[data-chart=bars] [role=button]').focus()")
    browser.press("Enter")
    assert listed(browser) == count, (listed(browser), count)
    assert browser.ask("document.activeElement.getAttribute('aria-label')").startswith(first), "the focus stays"
    seen = 0
    for name in ["slogans", "figures", "terms"]:
        tab(browser, name)
        hit = {"slogans": "form", "figures": "text", "terms": "node"}[name]
        at = browser.ask(f"[...document.querySelectorAll('th')].findIndex(th => th.dataset.column === '{hit}')")
        for number in range(min(listed(browser), 12)):
            browser.ask(f"document.querySelectorAll('#rows tbody tr')[{number}].focus()")
            printed = browser.ask(f"document.querySelectorAll('#rows tbody tr')[{number}].cells[{at}].textContent")
            browser.press("Enter")
            assert browser.ask("document.querySelector('dialog').open"), "a row opens its passage"
            marked = browser.ask("[...document.querySelectorAll('dialog mark')].map(m => m.textContent).join('')")
            assert "".join(marked.split()) == "".join(printed.split()), (name, number, marked, printed)
            place = browser.ask("document.querySelector('[data-place]').textContent")
            line = browser.ask("document.querySelector('dialog .here span').textContent")
            assert place.endswith(f":{line}"), (place, line)
            file = place.rsplit(":", 1)[0]
            if file.endswith((".txt", ".md")):
                begin = browser.ask("document.querySelector('dialog mark').textContent")
                assert begin in source_line(file, int(line)), (begin, place)
            browser.press("Escape")
            assert not browser.ask("document.querySelector('dialog').open"), "Escape closes it"
            seen += 1
    browser.quiet()

    # Searching and sorting.
    tab(browser, "corpus")
    browser.ask("(() => { const s = document.querySelector('[type=search]'); s.value = '工会'; s.dispatchEvent(new Event('input')); })()")
    assert 0 < listed(browser) < len(articles)
    tab(browser, "corpus")
    for _ in range(2):
        browser.ask("document.querySelector('th[data-column=chars] button').click()")
    top = browser.ask("document.querySelector('#rows tbody tr').cells[4].textContent")
    assert int(top.replace(",", "")) == max(int(row["chars"]) for row in articles), top
    browser.ask("document.querySelector('[aria-selected=true]').focus()")
    browser.press("ArrowRight")
    assert browser.ask("document.querySelector('[aria-selected=true]').dataset.tab") == "terms", "arrows turn the tabs"

    # A chart as a table and as csv; the other language.
    browser.ask("document.querySelector('[data-table=bars]').click()")
    assert browser.ask("document.querySelectorAll('dialog tbody tr').length") > 0
    browser.press("Escape")
    saved = browser.ask("(async () => { let kept; const make = URL.createObjectURL; URL.createObjectURL = b => { kept = b; return make(b); };"
                        " document.querySelector('[data-csv=bars]').click(); return await kept.text(); })()")
    assert saved.splitlines()[0] == "terms_key,count" and len(saved.splitlines()) > 1, saved[:200]
    title = browser.ask("document.title")
    browser.ask("document.querySelector('#language').click()")
    assert browser.ask("document.title") != title
    browser.ask("document.querySelector('#language').click()")
    print(f"{report}: counts equal the csv, {seen} rows lead to their sentences, {browser.quiet()} elements")


def rising(browser, zjgr, folder):
    """A word that becomes commoner, and one that becomes rarer, month by month."""
    records = Path(folder) / "rising.jsonl"
    with records.open("w", encoding="utf-8") as out:
        for number in range(24 * 12):
            month, nth = divmod(number, 12)
            text = f"镇上今年新开了{number % 9 + 2}家商店。" + ("书屋又添了新书。" if nth < month // 2 else "晚上大家都听广播。")
            out.write(json.dumps({"date": f"{2001 + month // 12}-{month % 12 + 1:02}-{nth + 1:02}", "headline": f"第{number}号", "text": text}) + "\n")
    report = f"{folder}/rising.html"
    subprocess.run([zjgr, "report", records, "-q", "-o", report], check=True)
    browser.open(report)
    tab(browser, "rising")
    words = {row["term"]: row for row in rows_of(zjgr, "trends", "--rising", "--falling", records)}
    shown = bars(browser, "bars")
    assert set(shown) == set(words) and {"书屋", "广播"} <= set(shown), (shown, list(words))
    for word, row in words.items():
        assert abs(shown[word] - float(row["slope"])) < 0.01, (word, shown[word], row["slope"])
        browser.ask(f"document.querySelector('[data-chart=bars] [aria-label^=\"{word}:\"]').dispatchEvent(new Event('click'))")
        assert listed(browser) == int(row["count"]), (word, listed(browser), row["count"])
        assert sum(bars(browser, "time").values()) == int(row["count"]), word
        browser.quiet()
    falls = browser.ask("document.querySelectorAll('[data-chart=bars] rect.falls').length")
    assert falls == sum(row["direction"] == "falling" for row in words.values())
    print(f"{len(words)} words that rise or fall: slopes and counts equal the csv")


def evil(browser, zjgr, folder):
    records = Path(folder) / "evil.jsonl"
    lines = [json.dumps({"id": text, "date": "2021-02-25", "newspaper": text, "headline": text, "text": f"{text}市总工会向127名职工发放补助。共同富裕。"}) for text in EVIL]
    records.write_text("\n".join(lines), encoding="utf-8")
    report = f"{folder}/evil.html"
    subprocess.run([zjgr, "report", records, "-q", "-o", report], check=True)
    browser.open(report)
    for name in browser.ask("[...document.querySelectorAll('[data-tab]')].map(tab => tab.dataset.tab)"):
        tab(browser, name)
        for row in range(browser.ask("document.querySelectorAll('#rows tbody tr').length")):
            browser.ask(f"document.querySelectorAll('#rows tbody tr')[{row}].click()")
            browser.ask("document.querySelector('dialog').close()")
        browser.quiet()
    headlines = browser.ask("(document.querySelector('[data-tab=corpus]').click(), [...document.querySelectorAll('#rows tbody tr')].map(tr => tr.cells[3].textContent))")
    print(f"{len(EVIL)} headlines with markup in them: none ran, {len(headlines)} are shown as they are")


def many(browser, zjgr, folder):
    records = Path(folder) / "many.jsonl"
    with records.open("w", encoding="utf-8") as out:
        for number in range(10_000):
            day = f"{1990 + number % 30}-{number % 12 + 1:02}-{number % 28 + 1:02}"
            text = f"第{number}期。市总工会向{number % 900 + 3}名职工发放补助{number % 70 + 1}万元，推进共同富裕。\n" * 3
            out.write(json.dumps({"date": day, "newspaper": f"报{number % 50}", "headline": f"题{number}", "text": text}) + "\n")
    report = f"{folder}/many.html"
    subprocess.run([zjgr, "report", records, "-q", "-o", report], check=True)
    started = time.time()
    browser.open(report)
    most = 0
    for name in browser.ask("[...document.querySelectorAll('[data-tab]')].map(tab => tab.dataset.tab)"):
        tab(browser, name)
        most = max(most, browser.quiet())
        browser.ask("document.querySelector('#rows tbody tr').click()")
        most = max(most, browser.quiet())
        browser.ask("document.querySelector('dialog').close()")
    size = Path(report).stat().st_size / 1e6
    print(f"10,000 articles: {size:.0f} MB, open and looked through in {time.time() - started:.1f} s, at most {most} elements")


def pictures(browser, report, folder):
    Path(folder).mkdir(parents=True, exist_ok=True)
    browser.open(report)
    for name in browser.ask("[...document.querySelectorAll('[data-tab]')].map(tab => tab.dataset.tab)"):
        tab(browser, name)
        for label, width, scheme in [("light", 1280, "light"), ("dark", 1280, "dark"), ("narrow", 390, "light")]:
            browser.look(f"{folder}/{name}-{label}.png", width, scheme)
        browser.ask("document.querySelector('#rows tbody tr')?.click()")
        browser.look(f"{folder}/{name}-passage.png", 1280, "light")
        browser.ask("document.querySelector('dialog').close()")


def main():
    args = [arg for arg in sys.argv[1:] if not arg.startswith("--")]
    folder = args.pop() if "--pictures" in sys.argv else None
    zjgr = str(Path(args[0]).resolve())
    pages = args[1] if len(args) > 1 else "data/pages"
    browser = Browser()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            report = f"{scratch}/report.html"
            subprocess.run([zjgr, "report", pages, "-q", "--lang", "zh", "-o", report], check=True)
            if folder:
                return pictures(browser, report, folder)
            check(browser, zjgr, pages, report)
            rising(browser, zjgr, scratch)
            evil(browser, zjgr, scratch)
            if "--many" in sys.argv:
                many(browser, zjgr, scratch)
    finally:
        browser.close()


if __name__ == "__main__":
    main()
