"""Makes expected.json: orders and comparisons, and what SciPy, choix and a plain numerical optimum say of them.
Run: python3 make-expected.py (numpy 2.4.6, scipy 1.17.1, choix 0.4.1)."""

import json
from pathlib import Path

import choix
import numpy as np
from scipy import optimize, stats

dice = np.random.default_rng(11)

taus = []
for n, ties in [(2, False), (3, False), (12, False), (50, False), (51, False), (300, False), (5, True), (20, True), (60, True), (500, True)]:
    xs = dice.normal(0, 2, n)
    ys = 0.4 * xs + dice.normal(0, 2, n)
    if ties:
        xs, ys = np.round(xs), np.round(ys)
    method = "exact" if not ties and n <= 50 else "asymptotic"
    found = stats.kendalltau(xs, ys, method=method)
    taus.append({"xs": xs.tolist(), "ys": ys.tolist(), "tau": float(found.statistic), "p": float(found.pvalue), "method": method})

agreed = []
for raters, things, ties in [(3, 2, False), (3, 5, False), (12, 7, True), (40, 5, True)]:
    scores = dice.normal(0, 1.5, (raters, things)) + np.arange(things) * 0.4
    scores = np.round(scores) if ties else scores
    # SciPy wants three treatments at least; W is Friedman's statistic over m (n - 1).
    if things > 2:
        found = stats.friedmanchisquare(*scores.T)
        statistic, p = float(found.statistic), float(found.pvalue)
    else:
        sums = stats.rankdata(scores, axis=1).sum(0)
        statistic = float(12 / (raters * things * (things + 1)) * (sums**2).sum() - 3 * raters * (things + 1))
        p = float(stats.chi2.sf(statistic, things - 1))
    agreed.append({"raters": scores.tolist(), "w": statistic / (raters * (things - 1)), "statistic": statistic, "p": p})


def optimum(stages, size, order=False, pseudo=0.0):
    """The top of the log-likelihood with sums of zero, and standard errors by the inverse of the observed information."""
    stages = list(stages)
    whole = size + (1 if pseudo else 0)
    if pseudo:
        stages += [(w, [i, size], pseudo, None) for i in range(size) for w in (i, size)]
    width = whole + order

    def parts(x):
        value, slope, bend = 0.0, np.zeros(width), np.zeros((width, width))
        for chosen, among, times, first in stages:
            design = np.zeros((len(among), width))
            design[np.arange(len(among)), among] = 1
            if order and first is not None:
                design[among.index(first), whole] = 1
            u = design @ x
            shares = np.exp(u - u.max())
            shares /= shares.sum()
            value -= times * np.log(shares[among.index(chosen)])
            mean = shares @ design
            slope -= times * (design[among.index(chosen)] - mean)
            bend += times * (design.T @ (shares[:, None] * design) - np.outer(mean, mean))
        return value, slope, bend

    x = optimize.minimize(lambda x: parts(x)[:2], np.zeros(width), jac=True, method="BFGS", options={"gtol": 1e-9}).x
    for _ in range(3):
        _, slope, bend = parts(x)
        x = x - np.linalg.pinv(bend, rcond=1e-10, hermitian=True) @ slope
    covariance = np.linalg.pinv(parts(x)[2], rcond=1e-10, hermitian=True)
    centre = np.zeros((size + order, width))
    centre[:size, :size] = np.eye(size) - 1 / size
    if order:
        centre[size, whole] = 1
    return centre @ x, np.sqrt(np.diag(centre @ covariance @ centre.T))


orders = []
for size, count, most, pseudo in [(3, 30, 3, 0), (5, 60, 5, 0), (6, 80, 3, 0), (4, 25, 4, 1.5)]:
    worth = dice.normal(0, 0.8, size)
    rankings = [r.tolist() for r in choix.generate_rankings(worth, max(2, most), count)] if most == 0 else [
        list(map(int, np.argsort(-(worth + dice.gumbel(size=size)))))[:most] for _ in range(count)
    ]
    stages = []
    for ranking in rankings:
        left = list(range(size))
        for one in ranking:
            if len(left) > 1:
                stages.append((one, list(left), 1, None))
            left.remove(one)
    logs, errors = optimum(stages, size, pseudo=pseudo)
    if most == size and pseudo == 0:
        theirs = choix.opt_rankings(size, rankings, alpha=0, method="Newton-CG", tol=1e-12)
        assert np.allclose(theirs - theirs.mean(), logs, atol=1e-5), (theirs - theirs.mean(), logs)
        by_mm = choix.mm_rankings(size, rankings, max_iter=100000, tol=1e-12)
        assert np.allclose(by_mm - by_mm.mean(), logs, atol=1e-7)
    orders.append({"size": size, "orders": rankings, "pseudo": pseudo, "logStrengths": logs.tolist(), "errors": errors.tolist()})

pairs = []
for size, count, ties, order, pseudo in [(2, 12, 0, False, 0), (5, 80, 0, False, 0), (5, 90, 0.2, False, 0), (6, 200, 0.1, True, 0), (4, 20, 0, False, 0.5)]:
    worth, advantage = dice.normal(0, 0.7, size), 0.5
    compared = []
    for _ in range(count):
        first, second = map(int, dice.choice(size, 2, replace=False))
        chance = 1 / (1 + np.exp(-(worth[first] + advantage * order - worth[second])))
        tie = dice.uniform() < ties
        won = "neither" if tie else ("first" if dice.uniform() < chance else "second")
        compared.append({"first": first, "second": second, "won": won})
    stages = []
    for c in compared:
        for name, share in [("first", 0.5 if c["won"] == "neither" else float(c["won"] == "first")), ("second", 0.5 if c["won"] == "neither" else float(c["won"] == "second"))]:
            if share:
                stages.append((c[name], [c["first"], c["second"]], share, c["first"]))
    logs, errors = optimum(stages, size, order=order, pseudo=pseudo)
    if not ties and not order and not pseudo:
        wins = [(c[c["won"]], c["second" if c["won"] == "first" else "first"]) for c in compared]
        theirs = choix.mm_pairwise(size, wins, max_iter=100000, tol=1e-12)
        assert np.allclose(theirs - theirs.mean(), logs, atol=1e-7)
    pairs.append({"size": size, "comparisons": compared, "order": order, "pseudo": pseudo,
                  "logStrengths": logs[:size].tolist(), "errors": errors.tolist(), "effect": float(logs[size]) if order else None})

expected = {"taus": taus, "agreed": agreed, "orders": orders, "pairs": pairs}
Path(__file__).with_name("expected.json").write_text(json.dumps(expected, indent=1) + "\n")
