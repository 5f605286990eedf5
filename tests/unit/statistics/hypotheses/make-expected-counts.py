"""Makes expected-counts.json: tables, and what SciPy and statsmodels say of them.
Larger exact tables are counted here, all of them. Run: python3 make-expected-counts.py (numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0)."""

import itertools
import json
from math import exp, lgamma
from pathlib import Path

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

tables = []
for table in [[[20, 30], [30, 20]], [[3, 1], [1, 5]], [[10, 20, 30], [6, 9, 17]], [[90, 10, 0], [5, 60, 7], [3, 4, 100]]]:
    yates, g = stats.chi2_contingency(table, correction=True), stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
    plain = stats.chi2_contingency(table, correction=False)
    tables.append({"table": table, "pearson": [float(plain.statistic), float(plain.pvalue)], "yates": [float(yates.statistic), float(yates.pvalue)], "likelihood-ratio": [float(g.statistic), float(g.pvalue)]})


def compositions(total, limits):
    if len(limits) == 1:
        if total <= limits[0]:
            yield (total,)
        return
    for first in range(min(total, limits[0]) + 1):
        for rest in compositions(total - first, limits[1:]):
            yield (first, *rest)


def all_tables(rows, columns):
    """Every table with these sums: row by row."""
    if len(rows) == 1:
        yield (tuple(columns),)
        return
    for first in compositions(rows[0], columns):
        for rest in all_tables(rows[1:], [c - f for c, f in zip(columns, first)]):
            yield (first, *rest)


def freeman_halton(table):
    table = np.array(table)
    rows, columns = table.sum(1), table.sum(0)
    constant = sum(lgamma(s + 1) for s in [*rows, *columns]) - lgamma(table.sum() + 1)
    chance = lambda t: exp(constant - sum(lgamma(c + 1) for row in t for c in row))
    most = chance(table) * (1 + 1e-7)
    return sum(p for p in map(chance, all_tables(list(rows), list(columns))) if p <= most)


exact = []
for table in [[[3, 1], [1, 3]], [[0, 8], [9, 1]], [[200, 150], [140, 190]], [[5, 0], [0, 4]], [[4, 0, 2], [1, 5, 3]], [[3, 1, 0], [1, 4, 2], [0, 2, 5]], [[2, 0, 1, 3], [0, 5, 2, 1]]]:
    small = len(table) == 2 and len(table[0]) == 2
    exact.append({"table": table, "p": float(stats.fisher_exact(table).pvalue) if small else freeman_halton(table)})

shares = []
for count, n, expected in [(9, 10, 0.5), (3, 20, 0.3), (0, 7, 0.2), (430, 1000, 0.45), (5, 5, 1), (0, 4, 0.5)]:
    shares.append({"count": count, "n": n, "expected": expected, "p": float(stats.binomtest(count, n, expected).pvalue)})

differences = []
for first, second, level in [((30, 100), (45, 100), 0.95), ((0, 12), (4, 9), 0.9), ((7, 7), (3, 8), 0.95), ((600, 1000), (580, 900), 0.99)]:
    low, high = confint_proportions_2indep(second[0], second[1], first[0], first[1], method="newcomb", alpha=1 - level)
    z, p = proportions_ztest([second[0], first[0]], [second[1], first[1]])
    h = 2 * (np.arcsin(np.sqrt(second[0] / second[1])) - np.arcsin(np.sqrt(first[0] / first[1])))
    differences.append({"first": list(first), "second": list(second), "level": level, "low": float(low), "high": float(high), "z": float(z), "p": float(p), "effect": float(h)})

found = {"tables": tables, "exact": exact, "shares": shares, "differences": differences}
Path(__file__).with_name("expected-counts.json").write_text(json.dumps(found) + "\n")
