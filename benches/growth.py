"""Does anything grow with the square? Time and peak memory at n, 2n, 4n and 8n of every input that once did.

    python3 benches/growth.py target/release/zjgr

A row a kind of input: seconds and MiB for each size, and by how much the last doubling multiplied the time. Twice is right;
four times is a square.
"""

import datetime
import json
import os
import sys
import tempfile
import time

SENTENCE = "工会会员二十大3人，补助500元。"
SIZES = (1, 2, 4, 8)


def days(count):
    first = datetime.date(1950, 1, 1)
    return "".join(
        json.dumps({"text": f"工会今天开会，{n % 97}人参加。", "date": str(first + datetime.timedelta(n))}, ensure_ascii=False) + "\n"
        for n in range(count)
    )


def page(headline, body):
    return f"东海日报\n2021年2月25日 星期四\n{headline}\n本报讯 记者王小川报道 {body}\n"


def names(count):
    han = [chr(0x4E00 + n) for n in range(3000)]
    return "".join(f"{han[n % 2999]}{han[n * 7 % 2939]}{han[n * 13 % 2897]}{han[n // 2999 % 2000]}\n" for n in range(count))


# What grows, the command, and the files of a size: `k` is 1, 2, 4 or 8.
KINDS = [
    ("headline, 91 KB", "extract-numbers in.txt", lambda k: {"in.txt": page(SENTENCE * (270 * k), SENTENCE * 5)}),
    ("line, 176 KB: figures", "extract-numbers in.txt", lambda k: {"in.txt": SENTENCE * (520 * k)}),
    ("line, 176 KB: mentions", "slogans --mentions in.txt", lambda k: {"in.txt": SENTENCE * (520 * k)}),
    ("line, 176 KB: layout", "layout in.txt", lambda k: {"in.txt": SENTENCE * (520 * k)}),
    ("80 years of days", "trends --term 工会 --per day in.jsonl", lambda k: {"in.jsonl": days(3653 * k)}),
    ("80 years, rising words", "trends --rising --per day in.jsonl", lambda k: {"in.jsonl": days(3653 * k)}),
    ("said before, 20,000 figures", "extract-numbers in.txt",
     lambda k: {"in.txt": page("、".join(f"{n}人" for n in range(40)), "，\n".join(f"{n}人" for n in range(2500 * k)))}),
    ("repeats, 8,000 paragraphs", "layout in.txt",
     lambda k: {"in.txt": "\n\n".join(f"{SENTENCE}第{n % 500}号工地今天来了{n % 37}名新的职工参加技能比赛。" for n in range(1000 * k))}),
    ("--lexicon, 250,000 names", "slogans --lexicon names.txt in.txt",
     lambda k: {"in.txt": page("开会", SENTENCE * 50), "names.txt": names(31250 * k)}),
    ("--user-dict, 250,000 names", "stats --user-dict names.txt in.txt",
     lambda k: {"in.txt": page("开会", SENTENCE * 50), "names.txt": names(31250 * k)}),
    ("user word, 20,000 characters", "stats --user-dict names.txt in.txt",
     lambda k: {"in.txt": page("开会", "工会" * (1250 * k) + "。"), "names.txt": "工会" * (1250 * k) + "\n"}),
    ("regex over one line", "concordance 工.*员 --regex in.txt", lambda k: {"in.txt": SENTENCE * (2500 * k)}),
    ("regex, whole words", "concordance [工二].+? --regex --tokens in.txt", lambda k: {"in.txt": SENTENCE * (2500 * k)}),
    ("collocates in one line", "collocates 工会 in.txt", lambda k: {"in.txt": SENTENCE * (2500 * k)}),
    ("one record, 55 MB", "articles in.jsonl",
     lambda k: {"in.jsonl": json.dumps({"text": (SENTENCE * 20 + "\n") * (7800 * k)}, ensure_ascii=False) + "\n"}),
]


def measured(program, line, files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            os.chdir(folder)
            sink = os.open(os.devnull, os.O_WRONLY)
            os.dup2(sink, 1)
            os.dup2(sink, 2)
            os.execv(program, [program, *line.split(), "--threads", "1"])
        _, status, usage = os.wait4(child, 0)
        wall = time.monotonic() - started
        return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def main():
    program = os.path.abspath(sys.argv[1])
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    print(f"{'input':32}" + "".join(f"{f'{k}n: s':>10}{'MiB':>7}" for k in SIZES) + f"{'last ×':>8}")
    for name, line, files in KINDS:
        if wanted not in name:
            continue
        seconds, row = [], f"{name:32}"
        for k in SIZES:
            # Time of the processor: what else runs on the machine does not count.
            _, used, memory, status = measured(program, line, files(k))
            seconds.append(used)
            row += f"{used:10.2f}{memory:7.0f}" + ("" if status == 0 else f"(status {status})")
        print(row + f"{seconds[-1] / max(seconds[-2], 0.01):8.1f}", flush=True)


if __name__ == "__main__":
    main()
