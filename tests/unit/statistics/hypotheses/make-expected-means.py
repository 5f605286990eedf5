"""Makes expected-means.json: groups, and what SciPy and statsmodels say of their means.
Run: python3 make-expected-means.py (numpy 2.4.6, pandas, scipy 1.17.1, statsmodels 0.15.0)."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.oneway import anova_oneway
from statsmodels.stats.weightstats import DescrStatsW, ttost_ind

dice = np.random.default_rng(21)
listed = lambda values: [float(v) for v in values]


def t_of(found, level):
    interval = found.confidence_interval(level)
    return {"t": float(found.statistic), "degrees": float(found.df), "p": float(found.pvalue), "low": float(interval.low), "high": float(interval.high)}


def tost(of, margin):
    p, lower, upper = of(-margin, margin)
    return {"margin": margin, "p": float(p), "pAboveLower": float(lower[1]), "pBelowUpper": float(upper[1])}


two = []
for n, m, shift, spread, level in [(2, 2, 1, 1, 0.95), (12, 9, 1, 3, 0.95), (30, 80, 0.2, 0.5, 0.9), (50, 50, 6, 1, 0.99)]:
    first, second = dice.normal(4, 1, n), dice.normal(4 + shift, spread, m)
    if n == 50:
        first, second = np.round(first), np.round(second)
    pairs = (first[: min(n, m)], second[: min(n, m)])
    pooled = np.sqrt(((n - 1) * first.var(ddof=1) + (m - 1) * second.var(ddof=1)) / (n + m - 2))
    two.append({
        "first": listed(first), "second": listed(second), "level": level,
        "effect": float((second.mean() - first.mean()) / pooled),
        "student": t_of(stats.ttest_ind(second, first), level),
        "welch": t_of(stats.ttest_ind(second, first, equal_var=False), level),
        "paired": t_of(stats.ttest_rel(pairs[1], pairs[0]), level),
        "equivalentMeans": tost(lambda low, high: ttost_ind(second, first, low, high, usevar="unequal"), 0.8),
        "equivalentPairs": tost(lambda low, high: DescrStatsW(pairs[1] - pairs[0]).ttost_mean(low, high), 0.8),
        "equivalentMean": tost(lambda low, high: DescrStatsW(second - 4.5).ttost_mean(low, high), 0.8),
    })

several = []
for sizes, shift in [((3, 4), 1), ((8, 9, 7), 0), ((20, 5, 12, 9), 0.7), ((2, 2, 2), 2)]:
    groups = [dice.normal(place * shift, 1 + place / 2, size) for place, size in enumerate(sizes)]
    one, welch = stats.f_oneway(*groups), anova_oneway(groups, use_var="unequal", welch_correction=True)
    values = np.concatenate(groups)
    between = sum(len(g) * (g.mean() - values.mean()) ** 2 for g in groups)
    within = sum(((g - g.mean()) ** 2).sum() for g in groups)
    square = within / (len(values) - len(groups))
    several.append({
        "groups": [listed(g) for g in groups],
        "one": {
            "f": float(one.statistic), "p": float(one.pvalue), "etaSquared": float(between / (between + within)),
            "omegaSquared": float(max(0, (between - (len(groups) - 1) * square) / (between + within + square))),
        },
        "welch": {"f": float(welch.statistic), "p": float(welch.pvalue), "within": float(welch.df_denom)},
    })

factors = []
for name, a, b, counts in [
    ("balanced", 2, 3, [[4, 4, 4], [4, 4, 4]]),
    ("unbalanced", 3, 4, [[2, 5, 1, 3], [4, 4, 2, 6], [1, 1, 7, 2]]),
    ("a combination that nobody has", 3, 3, [[2, 5, 4], [4, 0, 2], [3, 1, 7]]),
]:
    rows = [(f"a{i}", f"b{j}", float(dice.normal(i + 0.5 * j + (i * j) / 3, 1))) for i in range(a) for j in range(b) for _ in range(counts[i][j])]
    dice.shuffle(rows)
    frame = pd.DataFrame(rows, columns=["a", "b", "y"])
    frame["y"] = frame["y"].astype(float)
    rss = lambda formula: ols(formula, frame).fit().ssr
    cells = frame.groupby(["a", "b"]).ngroups
    left, additive = float(ols("y ~ C(a):C(b)", frame).fit().ssr), rss("y ~ C(a) + C(b)")
    degrees = len(frame) - cells
    def term(squares, freedom):
        f = squares / freedom / (left / degrees)
        return {"squares": float(squares), "degrees": freedom, "f": float(f), "p": float(stats.f.sf(f, freedom, degrees))}
    found = {
        "first": term(rss("y ~ C(b)") - additive, a - 1), "second": term(rss("y ~ C(a)") - additive, b - 1),
        "interaction": term(additive - left, cells - a - b + 1), "within": {"squares": left, "degrees": degrees},
    }
    if cells == a * b:
        table = anova_lm(ols("y ~ C(a) * C(b)", frame).fit(), typ=2)
        for key, row in [("first", "C(a)"), ("second", "C(b)"), ("interaction", "C(a):C(b)")]:
            assert abs(table.loc[row, "F"] - found[key]["f"]) < 1e-9 * table.loc[row, "F"], (name, key)
            found[key]["p"] = float(table.loc[row, "PR(>F)"])
    factors.append({"name": name, "values": listed(frame["y"]), "first": list(frame["a"]), "second": list(frame["b"]), "found": found})

Path(__file__).with_name("expected-means.json").write_text(json.dumps({"two": two, "several": several, "factors": factors}) + "\n")
