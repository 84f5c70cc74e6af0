"""Prints the table of expected values that tests/measures.rs reads. See README.md beside this file."""

import itertools
import math
import random

import association_measures.measures as am
import numpy
import pandas
import scipy.stats as stats
from lexicalrichness import LexicalRichness
from nltk.metrics import BigramAssocMeasures as bigram


def row(measure, source, given, value):
    value = float(value)
    assert math.isfinite(value), (measure, source, given)
    print(measure, source, " ".join(str(g) for g in given), repr(value), sep="\t")


def keyness():
    sizes = [(50_000, 80_000), (1_000, 1_000), (3, 7_000_000), (112_289_811, 1_559_717_242)]
    counts = [(120, 60), (1, 0), (0, 1), (3, 3), (1, 700), (2, 5_000)]
    for (c, d), (a, b) in itertools.product(sizes, counts):
        if a > c or b > d:
            continue
        given = (a, c, b, d)
        table = [[a, c - a], [b, d - b]]
        row("g2", "scipy", given, stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic)
        row("chi2", "scipy", given, stats.chi2_contingency(table, correction=False).statistic)
        # scipy shrinks each |O - E| by at most itself: the same as Yates where the difference is 1/2 or more.
        row("yates", "scipy", given, stats.chi2_contingency(table, correction=True).statistic)
        expected = [c * (a + b) / (c + d), d * (a + b) / (c + d)]
        two_cells = stats.power_divergence([a, b], expected, lambda_="log-likelihood")
        row("ll", "scipy", given, two_cells.statistic)
        row("ll_p", "scipy", given, stats.chi2.sf(two_cells.statistic, 1))
        frame = pandas.DataFrame({"O11": [a], "O21": [b], "R1": [c], "R2": [d]})
        row("log_ratio", "association-measures", given, am.log_ratio(frame, discounting="Hardie2014").iloc[0])


def association():
    cases = [(30, 200, 500, 100_000), (1, 1, 1, 10), (5_610, 174_548, 7_867, 10_409_868), (3, 40, 9, 3_000), (7, 7, 900, 1_000)]
    for together, x, y, size in cases:
        given = (together, x, y, size)
        marginals = (together, (x, y), size)
        row("mi", "nltk", given, bigram.pmi(*marginals))
        row("mi3", "nltk", given, math.log2(bigram.mi_like(*marginals, power=3)) + math.log2(size))
        row("t", "nltk", given, bigram.student_t(*marginals))
        row("log_dice", "nltk", given, 14 + math.log2(bigram.dice(*marginals)))
        table = [[together, x - together], [y - together, size - x - y + together]]
        row("pair_g2", "scipy", given, stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic)
        # Where a cell is empty, nltk puts a tiny number there, and its last digits differ.
        if min(min(table)) > 0 and together > 1:
            row("pair_g2", "nltk", given, bigram.likelihood_ratio(*marginals))
        # The difference of two shares is the slope of the one indicator regressed on the other.
        (o11, o12), (o21, o22) = table
        row("delta_p_collocate", "numpy", given, numpy.polyfit([1, 0], [o11 / (o11 + o12), o21 / (o21 + o22)], 1)[0])
        row("delta_p_node", "numpy", given, numpy.polyfit([1, 0], [o11 / (o11 + o21), o12 / (o12 + o22)], 1)[0])


def dispersion():
    toy = [(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)]
    sparse = [(0, 900), (0, 1_200), (7, 640), (0, 85), (1, 2_210), (0, 1), (0, 333)]
    even = [(3, 30), (2, 20), (7, 70)]
    for parts in (toy, sparse, even):
        given = [f"{v}/{s}" for v, s in parts]
        v, s = (numpy.array(column, dtype=float) for column in zip(*parts))
        observed, expected, relative = v / v.sum(), s / s.sum(), v / s
        # Deviation of proportions is half the city-block distance of two distributions.
        dp = numpy.linalg.norm(observed - expected, ord=1) / 2
        row("dp", "numpy", given, dp)
        row("dp_norm", "numpy", given, dp / (1 - expected.min()))
        row("juilland_d", "scipy", given, 1 - stats.variation(relative) / math.sqrt(len(parts) - 1))
        row("rosengren_s", "numpy", given, numpy.dot(numpy.sqrt(observed), numpy.sqrt(expected)) ** 2)
        row("divergence", "scipy", given, stats.entropy(observed, expected, base=2))
        row("carroll_d2", "scipy", given, stats.entropy(relative, base=len(parts)))


def diversity():
    chance = random.Random(6)
    texts = {
        "zipf": [min(int(chance.paretovariate(0.9)), 60) for _ in range(400)],
        "flat": [chance.randrange(40) for _ in range(157)],
        "rich": [chance.randrange(5_000) for _ in range(300)],
    }
    for tokens in texts.values():
        # Letters, as lexicalrichness takes digits out.
        words = ["".join(chr(97 + int(d)) for d in str(t)) for t in tokens]
        rich = LexicalRichness(words, preprocessor=None, tokenizer=None)
        row("ttr", "lexicalrichness", tokens, rich.ttr)
        row("mtld", "lexicalrichness", tokens, rich.mtld(threshold=0.72))
        for window in (1, 10, 50):
            row("mattr", "lexicalrichness", [window, *tokens], rich.mattr(window_size=window))
        # A segment that does not divide the text: there the two agree on what to drop.
        for segment in (11, 47):
            assert len(tokens) % segment
            row("sttr", "lexicalrichness", [segment, *tokens], rich.msttr(segment_window=segment, discard=True))


def trend():
    chance = random.Random(6)
    series = [
        [1, 3, 2, 4, 5],
        [1, 2, 2, 3, 1, 4],
        [5, 1],
        [0, 0, 0, 0, 7],
        list(range(40, 0, -1)),
        [2, 1, *range(3, 60)],
        chance.sample(range(1_000), 33),
        chance.sample(range(1_000), 34),
        chance.sample(range(1_000), 7),
        [chance.randrange(6) for _ in range(120)],
        [round(i * 0.25 + chance.gauss(0, 3), 3) for i in range(48)],
    ]
    for values in series:
        steps = range(len(values))
        test = stats.kendalltau(steps, values)
        row("kendall_tau", "scipy", values, test.statistic)
        row("kendall_p", "scipy", values, test.pvalue)
        row("theil_sen", "scipy", values, stats.theilslopes(values, steps).slope)


def significance():
    for statistic in (0, 1e-6, 0.5, 3.841458820694124, 10.83, 58.4386, 700):
        row("chi2_p", "scipy", [statistic], stats.chi2.sf(statistic, 1))
    for z in (0, -0.3, 1.96, 6, -20):
        row("normal_p", "scipy", [z], 2 * stats.norm.sf(abs(z)))
    probabilities = [0.01, 0.04, 0.03, 0.005, 0.7, 0.04, 1.0, 1e-12]
    for place, corrected in enumerate(stats.false_discovery_control(probabilities, method="bh")):
        row("benjamini_hochberg", "scipy", [place, *probabilities], corrected)


print("measure", "source", "given", "value", sep="\t")
for family in (keyness, association, dispersion, diversity, trend, significance):
    family()
