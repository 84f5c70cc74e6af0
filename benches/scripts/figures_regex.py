"""What a user would write instead of `zjgr extract-numbers`: digits with a unit, by a regular expression."""
import csv
import pathlib
import re
import sys

UNITS = "亿元|万元|元|万人次|人次|万人|人|名|个|家|项|件|次|年|个月|天|日|小时|公里|平方米|亩|吨|%|倍|位|户|台|条|场|多个"
FIGURE = re.compile(rf"(\d+(?:\.\d+)?)\s*(万|亿|余)?({UNITS})")
out = csv.writer(sys.stdout)
out.writerow(["file", "line", "value", "scale", "unit"])
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.txt")):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        for found in FIGURE.finditer(line):
            out.writerow([path, number, *found.groups()])
