"""Makes expected-distributions.json: tails and quantiles as SciPy has them.
Run: python3 make-expected-distributions.py (numpy 2.4.6, scipy 1.17.1)."""

import json
from pathlib import Path

from scipy import stats

shares = [1e-10, 0.001, 0.025, 0.2, 0.4999, 0.5, 0.5001, 0.75, 0.975, 0.9999]

continuous = []
for name, parameters, values in [
    ("normal", [0, 1], [-9, -1.96, 0, 0.3, 5]),
    ("normal", [10, 2.5], [-9, 9, 10.1, 30]),
    ("beta", [0.5, 3], [1e-9, 0.1, 0.5, 0.99]),
    ("beta", [20, 4], [0.1, 0.8, 0.999]),
    ("t", [1], [-30, -1, 0, 1e-5, 2, 1e6]),
    ("t", [2.7], [-3, -0.1, 0.5, 40]),
    ("t", [30], [-9, 0.01, 1, 5.4, 5.5]),
    ("t", [4000], [-2, 0.7, 8]),
    ("chi2", [1], [1e-8, 0.5, 3.84, 80]),
    ("chi2", [9], [0.1, 8, 30, 200]),
    ("chi2", [250], [100, 250, 500]),
    ("f", [1, 5], [1e-8, 0.5, 6.6, 900]),
    ("f", [4, 71.3], [0.02, 1, 4, 60]),
    ("f", [300, 200], [0.5, 1, 2]),
]:
    of = getattr(stats, {"normal": "norm"}.get(name, name))(*parameters)
    continuous.append({
        "name": name, "parameters": parameters,
        "values": [[v, float(of.cdf(v)), float(of.sf(v))] for v in values],
        "quantiles": [[s, float(of.ppf(s))] for s in shares],
    })

binomials = []
for n, share in [(1, 0.5), (12, 0.3), (900, 0.5), (5000, 0.001), (7, 0), (7, 1)]:
    of = stats.binom(n, share)
    counts = sorted({0, 1, n // 3, n // 2, n})
    binomials.append({"n": n, "share": share, "counts": [[c, float(of.pmf(c)), float(of.cdf(c)), float(of.sf(c - 1))] for c in counts]})

urns = []
for marked, unmarked, drawn, odds in [(3, 4, 5, 1), (60, 40, 30, 1), (2000, 5000, 900, 1), (12, 20, 15, 2.5), (12, 20, 15, 0.1)]:
    of = stats.nchypergeom_fisher(marked + unmarked, marked, drawn, odds) if odds != 1 else stats.hypergeom(marked + unmarked, marked, drawn)
    least, most = max(0, drawn - unmarked), min(marked, drawn)
    counts = sorted({least, (least + most) // 2, drawn * marked // (marked + unmarked), most})
    urns.append({
        "marked": marked, "unmarked": unmarked, "drawn": drawn, "odds": odds,
        "counts": [[c, float(of.pmf(c)), float(sum(of.pmf(range(least, c + 1)))), float(sum(of.pmf(range(c, most + 1))))] for c in counts],
    })

found = {"continuous": continuous, "binomials": binomials, "urns": urns}
Path(__file__).with_name("expected-distributions.json").write_text(json.dumps(found, indent=1) + "\n")
