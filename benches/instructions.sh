#!/usr/bin/env bash
# How many instructions a character of a page costs, stage by stage: what a change costs without a quiet machine.
#
#     benches/instructions.sh FOLDER            the table of benches/README.md
#     benches/instructions.sh FOLDER --check    fails where words cost more than they did, beside minimal_jieba
#
# FOLDER has the programs, built in one: target/release after `cargo build --release --bin zjgr --example
# minimal_jieba`, or target/debug. Each runs under callgrind over few pages and over three times as many; the
# difference is what the pages cost, without the start.
set -euo pipefail
cd "$(dirname "$0")/.."
built=$1 check=${2:-}

# What cutting and counting words costs in target/debug, as a share of all that minimal_jieba does there. Counts change
# with the processor and the compiler, and this share little: five in a hundred are allowed.
WORDS_BAR=1.671

command -v valgrind >/dev/null || { apt-get update -qq && apt-get install -y -qq valgrind; } >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Four pages are like the rest; three times as many are copies of them.
mkdir "$work/few" "$work/many"
ls tests/corpus/pages/*.txt | head -4 | while read -r page; do
    cp "$page" "$work/few"
    for copy in 1 2 3; do cp "$page" "$work/many/$copy-$(basename "$page")"; done
done
characters=$(cat "$work"/few/*.txt | wc -m)

# The instructions that a command takes over a folder.
instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null | awk '/Collected/ { print $4 }'
}
# The instructions a character of a program whose last argument is the folder.
a_character() {
    local few many
    few=$(instructions "$@" "$work/few")
    many=$(instructions "$@" "$work/many")
    awk -v few="$few" -v many="$many" -v characters="$characters" 'BEGIN { printf "%.0f", (many - few) / (2 * characters) }'
}
share() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'; }

minimal=$(a_character "$built/examples/minimal_jieba")
reading=$(a_character "$built/zjgr" pages --threads 1)
stats=$(a_character "$built/zjgr" stats --threads 1)
words=$((stats - reading))
if [ "$check" = --check ]; then
    now=$(share "$words" "$minimal")
    echo "words: $words instructions a character, $now of minimal_jieba's $minimal; the bar is $WORDS_BAR"
    awk -v now="$now" -v bar="$WORDS_BAR" 'BEGIN { exit !(now <= 1.05 * bar) }'
    exit
fi
row() { printf '| %s | %d | %s |\n' "$1" "$2" "$(share "$2" "$minimal")"; }
printf '| stage | instructions a character | beside minimal_jieba |\n| --- | --- | --- |\n'
row "\`minimal_jieba\`: all of it" "$minimal"
row "\`pages\`: a page read" "$reading"
row "\`stats\`, what it adds: words cut and counted" "$words"
for command in layout articles slogans extract-numbers names "stats --ngrams 2-3" terms; do
    # shellcheck disable=SC2086
    row "\`$command\`, what it adds" $(($(a_character "$built/zjgr" $command --threads 1) - reading))
done
