"""Makes expected.json: samples, and what SciPy, NumPy and statsmodels say of them.
Run: python3 make-expected.py (numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0)."""

import json
from pathlib import Path

import numpy as np
from scipy import special, stats
from scipy.stats.contingency import association
from statsmodels.stats.inter_rater import cohens_kappa, to_table
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

dice = np.random.default_rng(7)


def sample(n: int, shift: float, ties: bool) -> list:
    values = dice.normal(shift, 2, n)
    return [float(v) for v in (np.round(values) if ties else values)]


fits = []
for counts, shares in [
    ([48, 35, 15, 3], [0.5, 0.3, 0.15, 0.05]),
    ([1, 9], [0.5, 0.5]),
    ([400, 200, 100], [1, 1, 1]),
    ([12.5, 7.25, 0], [0.4, 0.4, 0.2]),
]:
    expected = np.array(shares) / sum(shares) * sum(counts)
    found = stats.chisquare(counts, expected)
    fits.append({"counts": counts, "shares": shares, "statistic": float(found.statistic), "p": float(found.pvalue)})

tables = []
for table in [[[20, 30], [30, 20]], [[10, 20, 30], [6, 9, 17]], [[90, 10, 0], [5, 60, 7], [3, 4, 100]]]:
    found = stats.chi2_contingency(table, correction=False)
    tables.append({
        "table": table, "statistic": float(found.statistic), "p": float(found.pvalue), "degrees": int(found.dof),
        "cramer": float(association(np.array(table), method="cramer")),
        "smallestExpected": float(found.expected_freq.min()),
    })

apart = []
for n, m, shift, ties in [(5, 7, 0, False), (30, 40, 1, False), (30, 30, 0.2, True), (1, 1, 0, False), (200, 170, 0.6, True)]:
    one, other = sample(n, 0, ties), sample(m, shift, ties)
    found = stats.ks_2samp(one, other, method="exact")
    apart.append({"one": one, "other": other, "distance": float(found.statistic), "p": float(found.pvalue)})

limits = [{"value": v, "p": float(special.kolmogorov(v))} for v in [0.1, 0.4, 0.8, 1.17, 1.18, 1.5, 2.5, 4.0]]

pairs = []
for n, slope, ties in [(3, 1, False), (25, 0.5, False), (60, 0, True), (60, 1.5, True)]:
    xs = sample(n, 0, ties)
    ys = [float(slope * x + e) for x, e in zip(xs, sample(n, 0, ties))]
    weights = [float(w) for w in dice.uniform(0.2, 3, n)]
    p, s = stats.pearsonr(xs, ys), stats.spearmanr(xs, ys)
    weighted = DescrStatsW(np.column_stack([xs, ys]), weights=weights).corrcoef[0, 1]
    pairs.append({
        "xs": xs, "ys": ys, "weights": weights,
        "pearson": {"r": float(p.statistic), "p": float(p.pvalue)},
        "spearman": {"r": float(s.statistic), "p": float(s.pvalue)}, "weighted": float(weighted),
    })

numbers = []
for n in [2, 9, 50]:
    values = sample(n, 10, n == 50)
    weights = [float(w) for w in dice.uniform(0.2, 3, n)]
    scaled = np.array(weights) / sum(weights) * n
    described = DescrStatsW(values, weights=scaled, ddof=1)
    numbers.append({
        "values": values, "weights": weights, "mean": float(np.mean(values)), "sd": float(np.std(values, ddof=1)),
        "quantiles": [float(q) for q in np.quantile(values, [0, 0.1, 0.25, 0.5, 0.75, 1])],
        "weighted": {
            "mean": float(described.mean), "sd": float(described.std),
            "quantiles": [float(q) for q in np.quantile(values, [0, 0.1, 0.25, 0.5, 0.75, 1], weights=weights, method="inverted_cdf")],
        },
    })

varied = []
for counts in [[5, 3, 2], [1, 0, 0], [10, 10, 10, 10], [97, 1, 1, 1]]:
    shares = np.array(counts) / sum(counts)
    varied.append({"counts": counts, "entropy": float(stats.entropy(counts)), "simpson": float(1 - (shares**2).sum())})

group, rest, prior = np.array([30, 2, 0, 10]), np.array([10, 12, 5, 40]), 500
before = prior * (group + rest) / (group + rest).sum()
here, there = group + before, rest + before
delta = np.log(here / (here.sum() - here)) - np.log(there / (there.sum() - there))
words = {"group": group.tolist(), "rest": rest.tolist(), "logOdds": delta.tolist(),
         "z": (delta / np.sqrt(1 / here + 1 / there)).tolist()}

agreements = []
for n, k in [(40, 2), (60, 4), (25, 10)]:
    one = dice.integers(0, k, n)
    other = np.where(dice.uniform(size=n) < 0.6, one, dice.integers(0, k, n))
    table = to_table(np.column_stack([one, other]), bins=np.arange(k + 1) - 0.5)[0]
    for weights in [None, "linear", "quadratic"]:
        found = cohens_kappa(table, wt=weights)
        # The interval of R. A. Fisher's z, by the error that statsmodels has.
        margin = (found.kappa_upp - found.kappa) / (1 - found.kappa ** 2)
        low, high = np.tanh(np.arctanh(found.kappa) - margin), np.tanh(np.arctanh(found.kappa) + margin)
        agreements.append({
            "one": one.tolist(), "other": other.tolist(), "levels": list(range(k)), "weights": weights or "none",
            "kappa": float(found.kappa), "low": float(low), "high": float(high),
        })

wilson = []
for count, n, level in [(0, 10, 0.95), (3, 10, 0.95), (57, 100, 0.9), (10, 10, 0.99)]:
    low, high = proportion_confint(count, n, 1 - level, method="wilson")
    wilson.append({"count": count, "n": n, "level": level, "low": float(low), "high": float(high)})

means = []
for n, level in [(2, 0.95), (12, 0.9), (200, 0.99)]:
    values = sample(n, 3, False)
    low, high = stats.t.interval(level, n - 1, np.mean(values), stats.sem(values))
    means.append({"values": values, "level": level, "low": float(low), "high": float(high)})

resampled = []
for n in [15, 80]:
    values = [float(v) for v in dice.exponential(2, n)]
    found = stats.bootstrap((values,), np.mean, n_resamples=20000, method="BCa", rng=np.random.default_rng(1))
    spread = stats.bootstrap((values,), np.std, n_resamples=20000, method="BCa", rng=np.random.default_rng(2))
    resampled.append({
        "values": values,
        "mean": [float(end) for end in found.confidence_interval],
        "sd": [float(end) for end in spread.confidence_interval],
    })

ps = [0.01, 0.04, 0.03, 0.005, 0.5, 0.04]
expected = {
    "fits": fits, "tables": tables, "apart": apart, "limits": limits, "pairs": pairs, "numbers": numbers, "varied": varied,
    "words": words, "agreements": agreements, "wilson": wilson, "means": means, "resampled": resampled,
    "holm": {"ps": ps, "corrected": [float(p) for p in multipletests(ps, method="holm")[1]]},
}
Path(__file__).with_name("expected.json").write_text(json.dumps(expected, indent=1) + "\n")
