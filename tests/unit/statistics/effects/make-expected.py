"""Makes expected.json: effect sizes with their intervals, noncentral distributions, power, and weighted figures, as SciPy and
statsmodels have them.
Run: python3 make-expected.py (numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0)."""

import json
from pathlib import Path

import numpy as np
from scipy import optimize, special, stats
from statsmodels.stats import power as smp
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import power_proportions_2indep, samplesize_confint_proportion
from statsmodels.stats.weightstats import DescrStatsW

dice = np.random.default_rng(17)
moved_t = [{"degrees": df, "moved": d, "value": t, "below": float(stats.nct.cdf(t, df, d))}
           for df, d, t in [(3, 0, 1.2), (5, 1.5, 0.3), (10, 2, 2.2), (10, -2, 2.2), (10, 2, -0.5), (38, 4, 0), (200, 12, 13), (4, 30, 55), (2.5, 0.7, 9)]]
moved_f = [{"over": a, "under": b, "moved": m, "value": f, "below": float(special.ncfdtr(a, b, m, f))}
           for a, b, m, f in [(2, 20, 0, 1.5), (1, 5, 3, 4), (3, 96, 11, 2.7), (4, 200, 150, 30), (2, 12, 40, 9)]]


def below(t, df, moved):
    # SciPy gives up far out, where the chance is as good as zero or one.
    found = stats.nct.cdf(t, df, moved)
    return float(moved < t) if np.isnan(found) else found


def pivot(t, df, scale, level):
    ends = [optimize.brentq(lambda m: below(t, df, m) - q, t - 10 - 3 * abs(t), t + 10 + 3 * abs(t), xtol=1e-13) for q in [(1 + level) / 2, (1 - level) / 2]]
    return [float(end / scale) for end in ends]


means = []
for m, n, shift, level in [(3, 4, 1, 0.95), (12, 9, 0.3, 0.9), (40, 60, -1, 0.95), (8, 8, 4, 0.99)]:
    first, second = dice.normal(0, 2, m), dice.normal(shift, 2, n)
    df, scale = m + n - 2, np.sqrt(m * n / (m + n))
    pooled = np.sqrt(((m - 1) * first.var(ddof=1) + (n - 1) * second.var(ddof=1)) / df)
    d = (second.mean() - first.mean()) / pooled
    j = np.exp(special.gammaln(df / 2) - special.gammaln((df - 1) / 2)) / np.sqrt(df / 2) if df > 1 else None
    glass = (second.mean() - first.mean()) / first.std(ddof=1)
    k = min(m, n)
    differences = second[:k] - first[:k]
    dz = differences.mean() / differences.std(ddof=1)
    means.append({
        "first": first.tolist(), "second": second.tolist(), "level": level,
        "cohen": {"effect": float(d), "interval": pivot(d * scale, df, scale, level)}, "factor": float(j),
        "glass": {"effect": float(glass), "interval": pivot(glass * scale, m - 1, scale, level)},
        "paired": {"effect": float(dz), "interval": pivot(dz * np.sqrt(k), k - 1, np.sqrt(k), level)},
    })

orders = []
for m, n, shift, ties in [(6, 9, 0.5, False), (30, 20, 1, True), (50, 80, -0.2, True)]:
    first, second = dice.normal(0, 2, m), dice.normal(shift, 2, n)
    if ties:
        first, second = np.round(first), np.round(second)
    signs = np.sign(second[None, :] - first[:, None])
    delta = signs.mean()
    u = stats.mannwhitneyu(second, first).statistic
    assert abs(2 * u / (m * n) - 1 - delta) < 1e-12
    # Cliff (1993), and the interval of Feng and Cliff (2004).
    s = (n**2 * ((signs.mean(1) - delta) ** 2).sum() + m**2 * ((signs.mean(0) - delta) ** 2).sum() - ((signs - delta) ** 2).sum()) / (m * n * (m - 1) * (n - 1))
    s = max(s, (1 - delta**2) / (m * n - 1))
    z = stats.norm.ppf(0.975)
    half = z * np.sqrt(s) * np.sqrt((1 - delta**2) ** 2 + z**2 * s)
    ends = [(delta - delta**3 + sign * half) / (1 - delta**2 + z**2 * s) for sign in (-1, 1)]
    k = min(m, n)
    d = second[:k] - first[:k]
    d = d[d != 0]
    r = stats.rankdata(np.abs(d))
    orders.append({"first": first.tolist(), "second": second.tolist(), "delta": float(delta), "interval": [float(e) for e in ends],
                   "rankBiserial": float((r[d > 0].sum() - r[d < 0].sum()) / r.sum())})

shares = []
for a, m, b, n in [(3, 10, 8, 10), (50, 200, 61, 180), (1, 40, 9, 35)]:
    table = Table2x2(np.array([[b, n - b], [a, m - a]]))
    shares.append({"first": {"count": a, "n": m}, "second": {"count": b, "n": n}, "odds": float(table.oddsratio),
                   "oddsInterval": [float(v) for v in table.oddsratio_confint(0.05)]})

tables = []
for table in [[[20, 30], [30, 20]], [[10, 20, 30], [6, 9, 17]], [[90, 10, 0], [5, 60, 7], [3, 4, 100]]]:
    t = np.array(table, dtype=float)
    n, (r, c) = t.sum(), t.shape
    phi = max(0, stats.chi2_contingency(t, correction=False).statistic / n - (r - 1) * (c - 1) / (n - 1))
    tables.append({"table": table, "v": float(np.sqrt(phi / (min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1)))})

groups = []
for sizes, shift, level in [([5, 7, 6], 1.5, 0.9), ([20, 20], 0.2, 0.95), ([30, 25, 28, 31], 0.5, 0.95)]:
    given = [dice.normal(shift * i, 2, size) for i, size in enumerate(sizes)]
    values = np.concatenate(given)
    n, k = len(values), len(given)
    between = sum(len(g) * (g.mean() - values.mean()) ** 2 for g in given)
    within = sum(((g - g.mean()) ** 2).sum() for g in given)
    f = stats.f_oneway(*given).statistic

    def end(q):
        if stats.f.cdf(f, k - 1, n - k) <= q:
            return 0.0
        moved = optimize.brentq(lambda m: special.ncfdtr(k - 1, n - k, m, f) - q, 1e-12, 1000, xtol=1e-12)
        return float(moved / (moved + n))

    groups.append({"groups": [g.tolist() for g in given], "level": level, "eta": float(between / (between + within)),
                   "omega": float((between - (k - 1) * within / (n - k)) / (between + within + within / (n - k))),
                   "interval": [end((1 + level) / 2), end((1 - level) / 2)]})


def by_correlation(n, r, alpha):
    # pwr.r.test of R's pwr 1.3, which follows Cohen (1988).
    t = stats.t.ppf(1 - alpha / 2, n - 2)
    bound, z = np.arctanh(np.sqrt(t**2 / (t**2 + n - 2))), np.arctanh(r) + r / (2 * (n - 1))
    return float(stats.norm.cdf((z - bound) * np.sqrt(n - 3)) + stats.norm.cdf((-z - bound) * np.sqrt(n - 3)))


powers = []
for effect, n, ratio, alpha in [(0.5, 64, 1, 0.05), (0.2, 20, 2, 0.01), (1.2, 5, 1, 0.1)]:
    powers.append({"design": {"kind": "two groups", "effect": effect, "ratio": ratio}, "n": n, "alpha": alpha,
                   "power": float(smp.TTestIndPower().power(effect, n, alpha, ratio=ratio))})
for effect, n, alpha in [(0.5, 34, 0.05), (0.3, 200, 0.001)]:
    powers.append({"design": {"kind": "pairs", "effect": effect}, "n": n, "alpha": alpha, "power": float(smp.TTestPower().power(effect, n, alpha))})
for effect, k, n, alpha in [(0.25, 4, 45, 0.05), (0.4, 3, 10, 0.01)]:
    powers.append({"design": {"kind": "groups", "effect": effect, "groups": k}, "n": n, "alpha": alpha,
                   "power": float(smp.FTestAnovaPower().power(effect, n * k, alpha, k_groups=k))})
for first, second, n, ratio, alpha in [(0.3, 0.45, 150, 1, 0.05), (0.1, 0.05, 300, 1.5, 0.05)]:
    found = power_proportions_2indep(second - first, first, n * ratio, ratio=1 / ratio, alpha=alpha, return_results=False)
    powers.append({"design": {"kind": "two shares", "first": first, "second": second, "ratio": ratio}, "n": n, "alpha": alpha, "power": float(found)})
for r, n, alpha in [(0.3, 84, 0.05), (0.5, 12, 0.1)]:
    powers.append({"design": {"kind": "correlation", "r": r}, "n": n, "alpha": alpha, "power": by_correlation(n, r, alpha)})

sizes = [{"design": {"kind": "two groups", "effect": e}, "power": p, "n": int(np.ceil(smp.TTestIndPower().solve_power(e, power=p, alpha=0.05)))} for e, p in [(0.5, 0.8), (0.2, 0.9), (1.5, 0.8)]]
sizes += [{"design": {"kind": "pairs", "effect": e}, "power": p, "n": int(np.ceil(smp.TTestPower().solve_power(e, power=p, alpha=0.05)))} for e, p in [(0.5, 0.8), (0.1, 0.95)]]
margins = [{"margin": m, "share": s, "n": int(np.ceil(samplesize_confint_proportion(s, m)))} for m, s in [(0.05, 0.5), (0.02, 0.1)]]

weighted = []
for n in [3, 40]:
    values, weights = dice.normal(5, 2, n), dice.uniform(0.2, 4, n)
    mean = DescrStatsW(values, weights=weights).mean
    # The linearised error of survey statistics: the variance of the totals of the residuals.
    error = np.sqrt(n / (n - 1) * (((weights / weights.sum()) * (values - mean)) ** 2).sum())
    low, high = stats.t.interval(0.95, n - 1, mean, error)
    weighted.append({"values": values.tolist(), "weights": weights.tolist(), "mean": float(mean), "error": float(error), "interval": [float(low), float(high)],
                     "effective": float(weights.sum() ** 2 / (weights**2).sum())})

ps = [0.01, 0.04, 0.03, 0.005, 0.5, 0.04, 0.2]
expected = {"movedT": moved_t, "movedF": moved_f, "means": means, "orders": orders, "shares": shares, "tables": tables, "groups": groups,
            "powers": powers, "sizes": sizes, "margins": margins, "weighted": weighted,
            "discoveries": {"ps": ps, "corrected": [float(p) for p in multipletests(ps, method="fdr_bh")[1]]}}
Path(__file__).with_name("expected.json").write_text(json.dumps(expected, indent=1) + "\n")
