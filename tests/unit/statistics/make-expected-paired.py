"""Makes expected-paired.json: pairs, and what SciPy and statsmodels say of them.
Run: python3 make-expected-paired.py (numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0)."""

import itertools
import json
from pathlib import Path

import numpy as np
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar

dice = np.random.default_rng(11)

parting = []
for first, second in [(1, 8), (5, 5), (0, 3), (40, 61), (900, 1010)]:
    found = mcnemar([[3, first], [second, 4]], exact=True)
    parting.append({"first": first, "second": second, "p": float(found.pvalue)})


def all_signs(ranks, statistic):
    """Two-sided, by every way to give the ranks signs."""
    below = sum(sum(r for r, s in zip(ranks, signs) if s) <= statistic + 1e-9 for signs in itertools.product([0, 1], repeat=len(ranks)))
    return min(1.0, 2 * below / 2 ** len(ranks))


pairs = []
for n, shift, ties in [(2, 1, False), (8, 0.5, False), (12, 1, True), (30, 0.4, False), (80, 0.3, False), (90, 0.5, True)]:
    first, second = dice.normal(5, 2, n), dice.normal(5 + shift, 2, n)
    if ties:
        first, second = np.round(first), np.round(second)
    t = stats.ttest_rel(second, first)
    differences = (second - first)[second != first]
    exact = len(differences) <= 50
    if ties and exact:
        ranks = stats.rankdata(np.abs(differences))
        up = ranks[differences > 0].sum()
        statistic = float(min(up, ranks.sum() - up))
        p = all_signs(ranks, statistic)
    else:
        w = stats.wilcoxon(differences, method="exact" if exact else "asymptotic", correction=False)
        statistic, p = float(w.statistic), float(w.pvalue)
    pairs.append({
        "first": [float(v) for v in first], "second": [float(v) for v in second],
        "t": {"t": float(t.statistic), "degrees": int(t.df), "p": float(t.pvalue)},
        "wilcoxon": {"statistic": statistic, "n": len(differences), "p": p, "method": "exact" if exact else "asymptotic"},
    })

Path(__file__).with_name("expected-paired.json").write_text(json.dumps({"parting": parting, "pairs": pairs}, indent=1) + "\n")
