"""Makes expected.json: variance components by the expectations of quadratic forms as whole matrices (Henderson's method 1), those
of balanced data by statsmodels' analysis of variance, and Cochran's Q by statsmodels and by generalized least squares.
Run: python3 make-expected.py (numpy 2.4.6, pandas 3.1.1, statsmodels 0.15.0)."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.api as sm
from statsmodels.stats.meta_analysis import combine_effects

dice = np.random.default_rng(41)


def henderson(y, factors):
    """E[y'Qy] = tr(QV) for each factor's sum of squares, with whole matrices and no shortcuts."""
    n = len(y)
    ones = np.full((n, n), 1 / n)
    z = [(np.asarray(f)[:, None] == np.unique(f)[None, :]).astype(float) for f in factors]
    forms = [a @ np.linalg.inv(a.T @ a) @ a.T - ones for a in z] + [np.eye(n) - ones]
    parts = [a @ a.T for a in z] + [np.eye(n)]
    expected = np.array([[np.trace(q @ v) for v in parts] for q in forms])
    return np.linalg.solve(expected, [y @ q @ y for q in forms])


def made(arms, people, models, keep, apart=0.8):
    rows = [(a, p, m) for a in range(arms) for p in range(people) for m in range(models) for _ in range(2)]
    rows = [row for row in rows if dice.random() < keep]
    arm, person, model = (np.array(column) for column in zip(*rows))
    both = arm * people + person
    effects = [dice.normal(0, s, k) for s, k in ((apart, arms), (1.5, people), (0.6, models), (0.7, arms * people))]
    y = 3 + sum(e[f] for e, f in zip(effects, (arm, person, model, both))) + dice.normal(0, 1, len(rows))
    return np.round(y, 3), {"arm": arm, "person": person, "model": model, "arm × person": both}


components = []
for arms, people, models, keep in [(2, 6, 3, 1.1), (3, 8, 2, 0.7), (2, 5, 4, 0.4)]:
    y, factors = made(arms, people, models, keep)
    components.append({
        "values": y.tolist(),
        "factors": {name: levels.tolist() for name, levels in factors.items()},
        "raw": henderson(y, list(factors.values())).tolist(),
    })

# Balanced: statsmodels' mean squares, and what each is expected to be.
y, factors = made(4, 10, 4, 1.1, apart=2)
frame = pd.DataFrame({"y": y, **factors})
table = sm.stats.anova_lm(sm.OLS.from_formula("y ~ C(arm) * C(person) + C(model)", data=frame).fit())
ms = table["mean_sq"]
variances = {
    "arm": (ms["C(arm)"] - ms["C(arm):C(person)"]) / 80,
    "person": (ms["C(person)"] - ms["C(arm):C(person)"]) / 32,
    "model": (ms["C(model)"] - ms["Residual"]) / 80,
    "arm × person": (ms["C(arm):C(person)"] - ms["Residual"]) / 8,
    "residual": ms["Residual"],
}
balanced = {
    "values": y.tolist(),
    "factors": {name: levels.tolist() for name, levels in factors.items()},
    "variances": {name: float(value) for name, value in variances.items()},
}

# Levels that share nobody: Cochran's Q by statsmodels.
sizes = [6, 9, 5]
values = np.concatenate([dice.normal(m, 1, s) for m, s in zip((0.2, 1.1, 0.6), sizes)]).round(3)
level = np.repeat(np.arange(3), sizes)
own = [values[level == k] for k in range(3)]
res = combine_effects(np.array([v.mean() for v in own]), np.array([v.var(ddof=1) / len(v) for v in own]))
apart = {"values": values.tolist(), "levels": level.tolist(), "clusters": list(range(len(values))),
         "q": float(res.q), "mean": float(res.mean_effect_fe), "iSquared": float(max(0, res.i2))}

# The same twelve people in each of three levels: generalized least squares with the covariance of their means.
table = (dice.normal(0, 1, 12)[:, None] + dice.normal((0.1, 0.9, 0.4), 0.8, (12, 3))).round(3)
covariance = np.cov(table.T) / 12
weights = np.linalg.inv(covariance)
means = table.mean(0)
pooled = weights.sum(0) @ means / weights.sum()
shared = {"values": table.T.ravel().tolist(), "levels": np.repeat(np.arange(3), 12).tolist(), "clusters": list(range(12)) * 3,
          "q": float((means - pooled) @ weights @ (means - pooled)), "mean": float(pooled)}
shared["iSquared"] = max(0.0, (shared["q"] - 2) / shared["q"])

out = {"components": components, "balanced": balanced, "heterogeneity": [apart, shared]}
Path(__file__).with_name("expected.json").write_text(json.dumps(out) + "\n")
