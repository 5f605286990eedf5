"""Makes expected-ranks.json: groups, and what SciPy says of their ranks; exact p values with ties by all ways to choose.
Run: python3 make-expected-ranks.py (numpy 2.4.6, scipy 1.17.1)."""

import itertools
import json
from pathlib import Path

import numpy as np
from scipy import stats

dice = np.random.default_rng(31)
listed = lambda values: [float(v) for v in values]


def by_all_ways(first, second):
    """Two-sided, by every way to choose who is in the second group."""
    ranks = stats.rankdata(np.concatenate([first, second]))
    observed = ranks[len(first):].sum()
    sums = np.array([ranks[list(chosen)].sum() for chosen in itertools.combinations(range(len(ranks)), len(second))])
    return min(1.0, 2 * min((sums <= observed + 1e-9).mean(), (sums >= observed - 1e-9).mean()))


def untied_interval(first, second, level):
    """As R's wilcox.test(conf.int = TRUE) does without ties: by the quantiles of U, here counted from SciPy's exact test."""
    differences = np.sort((second[:, None] - first[None, :]).ravel())
    pairs = len(differences)
    mine, others = np.arange(len(second)), np.arange(len(first))
    def tail(u):  # P(U <= u), by placing untied groups so that U is u
        from scipy.stats._mannwhitneyu import _MWU
        return float(_MWU(len(first), len(second)).cdf(u))
    k = 0
    while tail(k) <= (1 - level) / 2:
        k += 1
    return None if k == 0 else [float(differences[k - 1]), float(differences[pairs - k])]


two = []
for n, m, shift, ties, level in [(3, 3, 2, False, 0.95), (2, 2, 0, False, 0.95), (7, 9, 1, False, 0.95), (9, 6, 0.5, True, 0.9), (5, 8, 1, True, 0.95), (30, 22, 0.3, False, 0.99), (90, 70, 0.3, True, 0.95), (400, 300, 0.1, False, 0.9)]:
    first, second = dice.normal(5, 1.5, n), dice.normal(5 + shift, 1.5, m)
    if ties:
        first, second = np.round(first), np.round(second)
    exact = not ties or n * m < 100
    auto = n < 400 and not (ties and n > 50)
    found = stats.mannwhitneyu(second, first, method="exact" if auto else "asymptotic")
    p = by_all_ways(first, second) if ties and auto else float(found.pvalue)
    two.append({
        "first": listed(first), "second": listed(second), "level": level, "u": float(found.statistic), "p": p,
        "method": "exact" if auto else "asymptotic", "shift": float(np.median(second[:, None] - first[None, :])),
        "interval": untied_interval(first, second, level) if auto and not ties else False,
    })

several = []
for sizes, shift, ties in [((3, 3), 1, False), ((5, 8, 6), 1, False), ((30, 12, 9, 20), 0.5, True)]:
    groups = [dice.normal(place * shift, 1.5, size) for place, size in enumerate(sizes)]
    groups = [np.round(group) if ties else group for group in groups]
    found = stats.kruskal(*groups)
    n = sum(sizes)
    several.append({"groups": [listed(g) for g in groups], "h": float(found.statistic), "p": float(found.pvalue), "effect": float(found.statistic * (n + 1) / (n * n - 1))})

tried = []
for n, k, ties in [(4, 3, False), (20, 5, True), (12, 4, False)]:
    people = dice.normal(0, 1, (n, k)) + np.arange(k) / 2
    people = np.round(people) if ties else people
    found = stats.friedmanchisquare(*people.T)
    tried.append({"people": [listed(row) for row in people], "chiSquare": float(found.statistic), "p": float(found.pvalue)})

signs = []
for up, down in [(1, 8), (5, 5), (40, 61)]:
    signs.append({"up": up, "down": down, "p": float(stats.binomtest(up, up + down).pvalue)})

found = {"two": two, "several": several, "tried": tried, "signs": signs}
Path(__file__).with_name("expected-ranks.json").write_text(json.dumps(found) + "\n")
