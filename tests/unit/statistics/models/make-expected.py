"""Makes expected.json: repeated measures, and what statsmodels (CR1, the mixed model) and the definition of CR2 say of them.
Run: python3 make-expected.py (numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0)."""

import json
from pathlib import Path

import numpy as np
import statsmodels.api as sm
from scipy import linalg, optimize, stats

dice = np.random.default_rng(23)


def cr2(x, y, clusters):
    """Bell and McCaffrey (2002), as it is defined: whole matrices, no shortcuts."""
    n, k = x.shape
    bread = np.linalg.inv(x.T @ x)
    hat = x @ bread @ x.T
    e = y - hat @ y
    meat, blocks = np.zeros((k, k)), []
    for c in np.unique(clusters):
        own = np.flatnonzero(clusters == c)
        values, vectors = np.linalg.eigh(np.eye(len(own)) - hat[np.ix_(own, own)])
        a = vectors @ np.diag([v**-0.5 if v > 1e-10 else 0 for v in values]) @ vectors.T
        score = x[own].T @ a @ e[own]
        meat += np.outer(score, score)
        blocks.append((np.eye(n) - hat)[:, own] @ a @ x[own] @ bread)
    variance = bread @ meat @ bread
    degrees = []
    for place in range(k):
        p = np.column_stack([b[:, place] for b in blocks])
        gram = p.T @ p
        degrees.append(np.trace(gram) ** 2 / (gram**2).sum())
    return np.sqrt(np.diag(variance)), np.array(degrees)


def restricted(x, y, clusters):
    """The restricted likelihood of a random intercept, by whole matrices, at its numerical top."""
    n, k = x.shape
    same = (clusters[:, None] == clusters[None, :]).astype(float)

    def parts(log_ratio):
        v = np.eye(n) + np.exp(log_ratio) * same
        inner = x.T @ np.linalg.solve(v, x)
        beta = np.linalg.solve(inner, x.T @ np.linalg.solve(v, y))
        left = y - x @ beta
        variance = left @ np.linalg.solve(v, left) / (n - k)
        return (n - k) * np.log(variance) + np.linalg.slogdet(v)[1] + np.linalg.slogdet(inner)[1], beta, variance, inner

    best = optimize.minimize_scalar(lambda r: parts(r)[0], bounds=(-12, 12), method="bounded", options={"xatol": 1e-10}).x
    _, beta, variance, inner = parts(best)
    return np.exp(best) * variance, variance, beta, np.sqrt(variance * np.diag(np.linalg.inv(inner)))


cases = []
for sizes, kind, spread in [([6] * 8, "within", 1.0), ([2, 3, 9, 4, 12, 5], "within", 1.5), ([4, 4, 5, 3, 6, 7, 2, 8, 5, 5], "between", 0.8), ([1, 1, 2, 5, 3, 7, 9], "both", 2.0)]:
    clusters = np.repeat(np.arange(len(sizes)), sizes)
    n = len(clusters)
    arm = np.concatenate([np.arange(s) % 2 for s in sizes]) if kind != "between" else (clusters % 2)
    age = dice.normal(40, 12, n) if kind == "within" else dice.normal(40, 12, len(sizes))[clusters]
    y = 3 + 0.5 * arm + 0.02 * age + dice.normal(0, spread, len(sizes))[clusters] + dice.normal(0, 1, n)
    x = np.column_stack([np.ones(n), arm, age])
    plain = sm.OLS(y, x).fit(cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True)
    errors, degrees = cr2(x, y, clusters)
    between, within, beta, se = restricted(x, y, clusters)
    # On centred terms, from several starts: it often stays at a variance of zero.
    centred = np.column_stack([np.ones(n), arm - arm.mean(), (age - age.mean()) / 10])
    fits = [sm.MixedLM(y, centred, groups=clusters).fit(reml=True, method=m) for m in ("powell", "bfgs", "nm")]
    theirs = max(fits, key=lambda f: f.llf)
    assert abs(theirs.cov_re[0, 0] - between) < 1e-3 * max(1, between), (theirs.cov_re, between)
    assert abs(theirs.scale - within) < 1e-3 * max(1, within), (theirs.scale, within)
    assert np.allclose(theirs.fe_params[1:] / [1, 10], beta[1:], atol=1e-3)
    cases.append({
        "outcome": y.tolist(), "arm": arm.tolist(), "age": age.tolist(), "clusters": clusters.tolist(), "estimates": plain.params.tolist(),
        "cr1": {"errors": plain.bse.tolist(), "p": plain.pvalues.tolist(), "intervals": plain.conf_int().tolist()},
        "cr2": {"errors": errors.tolist(), "degrees": degrees.tolist(), "p": [float(2 * stats.t.sf(abs(b / s), d)) for b, s, d in zip(plain.params, errors, degrees)]},
        "mixed": {"between": float(between), "within": float(within), "estimates": beta.tolist(), "errors": se.tolist()},
    })

Path(__file__).with_name("expected.json").write_text(json.dumps(cases, indent=1) + "\n")
