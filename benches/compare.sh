#!/usr/bin/env bash
# zjgr beside what a user would run instead, on the same texts, in one run: ratios and peak memory.
#
#     benches/compare.sh [SMALL LARGE]
#
# SMALL and LARGE are folders of .txt pages, some 5 MB and some 100 MB; without them ../shared/tools/bench_corpus.py
# makes them. Wants a quiet machine; on a busy one, BY=cpu compares processor time instead of wall time wherever
# one core is at work, which other work disturbs less. RUNS says how often each command runs (3).
set -euo pipefail
cd "$(dirname "$0")/.."
work=${TMPDIR:-/tmp}/zjgr-bench
mkdir -p "$work"

command -v hyperfine >/dev/null || { apt-get update -qq && apt-get install -y -qq hyperfine; } >/dev/null
[ -x "$work/python/bin/python" ] || python3 -m venv "$work/python"
"$work/python/bin/python" -c 'import jieba, rjieba' 2>/dev/null || "$work/python/bin/pip" install -q 'setuptools<80' jieba==0.42.1 rjieba==0.2.2
if [ $# -ge 2 ]; then
    small=$1 large=$2
else
    small=$work/pages6 large=$work/pages100
    [ -d "$large" ] || python3 ../shared/tools/bench_corpus.py "$work" >/dev/null
fi
cargo build --release --quiet --bin zjgr --example minimal_jieba
built=${CARGO_TARGET_DIR:-$PWD/target}/release
zjgr=$built/zjgr minimal=$built/examples/minimal_jieba
python=$work/python/bin/python
scripts=$PWD/benches/scripts
page=$(find -L "$small" -name '*.txt' | sort | head -1)
# What once took much memory: one text of 138 MB, n-grams of half of the pages, a list of 1.5 million words.
plain=$work/plain.txt words=$work/words.txt half=$work/half
if [ ! -e "$words" ]; then
    for _ in $(seq 25); do find -L "$small" -name '*.txt' | sort | xargs cat; done >"$plain"
    mkdir -p "$half"
    find -L "$large" -name '*.txt' | sort | awk 'NR % 2' | while read -r file; do
        cp "$file" "$half/$(basename "$(dirname "$file")")-$(basename "$file")"
    done
    python3 - >"$words" <<'END'
han = [chr(0x4E00 + n) for n in range(3000)]
for n in range(1_500_000):
    print(han[n % 2999] + han[n * 7 % 2939] + han[n * 13 % 2897] + han[n // 2999 % 2000])
END
fi

# Every command on one core; what has threads is told how many. Name, then command.
one="taskset -c 0"
commands=(
    "stats small"        "$one $zjgr stats $small --threads 1"
    "minimal small"      "$one $minimal $small"
    "jieba small"        "$one $python $scripts/stats_jieba.py $small"
    "rjieba small"       "$one $python $scripts/stats_rjieba.py $small"
    "stats large"        "$one $zjgr stats $large --threads 1"
    "minimal large"      "$one $minimal $large"
    "stats large 2"      "$zjgr stats $large --threads 2"
    "figures large"      "$one $zjgr extract-numbers $large --threads 1"
    "regex large"        "$one $python $scripts/figures_regex.py $large"
    "articles large"     "$one $zjgr articles $large --threads 1"
    "slogans large"      "$one $zjgr slogans $large --threads 1"
    "figures large 2"    "$zjgr extract-numbers $large --threads 2"
    "articles large 2"   "$zjgr articles $large --threads 2"
    "slogans large 2"    "$zjgr slogans $large --threads 2"
    "stats small 2"      "$zjgr stats $small --threads 2"
    "stats plain"        "$one $zjgr stats --input-format plain $plain --threads 1"
    "ngrams half"        "$one $zjgr stats --ngrams 2-5 $half --threads 1"
    "user words"         "$one $zjgr stats --user-dict $words $page --threads 1"
)
names=() runs=()
for ((i = 0; i < ${#commands[@]}; i += 2)); do
    names+=(--command-name "${commands[i]}")
    runs+=("${commands[i + 1]}")
done
hyperfine --shell=none --warmup 1 --runs "${RUNS:-3}" --style none --output null --export-json "$work/times.json" "${names[@]}" "${runs[@]}" >/dev/null
hyperfine --shell=none --warmup 20 --runs 200 --style none --output null --export-json "$work/start.json" \
    --command-name page "$one $zjgr extract-numbers $page" --command-name true "$one /bin/true" >/dev/null

BYTES=$(find -L "$large" -name '*.txt' -printf '%s\n' | awk '{ sum += $1 } END { print sum }') \
    python3 - "$work" "${commands[@]}" <<'EOF'
import json, os, subprocess, sys
work, commands = sys.argv[1], sys.argv[2:]
def read(name, measure):
    return {r["command"]: measure(r) for r in json.load(open(f"{work}/{name}.json"))["results"]}
def wall(r): return r["median"]
def cpu(r): return r["user"] + r["system"]
walls, start = read("times", wall), read("start", wall)
times = read("times", cpu) if os.environ.get("BY") == "cpu" else walls
peak = {}
for name, command in zip(commands[::2], commands[1::2]):
    # In a process of its own, whose largest child is the command.
    code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    peak[name] = int(subprocess.run([sys.executable, "-c", code, *command.split()], capture_output=True, check=True).stdout) / 1024
mb = int(os.environ["BYTES"]) / 1e6
ratio = lambda a, b: times[a] / times[b]
rows = [
    ("stats: time against a minimal jieba-rs program, 100 MB, one core", ratio("stats large", "minimal large"), "<=", 0.35),
    ("stats: two threads against one, 100 MB", walls["stats large"] / walls["stats large 2"], ">=", 1.9),
    ("articles: two threads against one, 100 MB", walls["articles large"] / walls["articles large 2"], ">=", 1.9),
    ("stats: against Python with jieba, 5.5 MB, one core", ratio("jieba small", "stats small"), ">=", 60),
    ("stats: against Python with rjieba, 5.5 MB, one core", ratio("rjieba small", "stats small"), ">=", 6),
    ("extract-numbers: time against a Python regular expression, 100 MB, one core", ratio("figures large", "regex large"), "<=", 0.8),
    ("extract-numbers: one page, whole process, ms more than /bin/true", (start["page"] - start["true"]) * 1e3, "<=", 2),
    ("articles: MB/s, one core", mb / times["articles large"], ">=", 150),
    ("slogans: MB/s, one core", mb / times["slogans large"], ">=", 150),
    ("stats: peak MiB, 100 MB, two threads", peak["stats large 2"], "<=", 45),
    ("stats: peak memory, 100 MB against 5.5 MB", peak["stats large 2"] / peak["stats small 2"], "<=", 1.3),
    ("stats: peak MiB, one text of 138 MB", peak["stats plain"], "<=", 100),
    ("stats: peak MiB, 2- to 5-grams of 50 MB", peak["ngrams half"], "<=", 600),
    ("stats: peak MiB, 1.5 million user words", peak["user words"], "<=", 300),
    ("extract-numbers: peak MiB, two threads", peak["figures large 2"], "<=", 40),
    ("articles: peak MiB, two threads", peak["articles large 2"], "<=", 40),
    ("slogans: peak MiB, two threads", peak["slogans large 2"], "<=", 40),
]
print("| what | measured | wanted | |\n| --- | --- | --- | --- |")
for what, value, sign, bar in rows:
    met = value <= bar if sign == "<=" else value >= bar
    print(f"| {what} | {value:.2f} | {sign} {bar} | {'met' if met else 'not met'} |")
print(f"\n| command | {os.environ.get('BY', 'wall')} s | peak MiB |\n| --- | --- | --- |")
for name in commands[::2]:
    print(f"| {name} | {times[name]:.3f} | {peak[name]:.0f} |")
EOF
