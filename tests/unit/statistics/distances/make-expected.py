"""Makes expected.json: how far distributions are apart, and what SciPy says of them.
Run: python3 make-expected.py (numpy 2.4.6, scipy 1.17.1)."""

import json
from pathlib import Path

import numpy as np
from scipy import stats
from scipy.spatial.distance import jensenshannon

dice = np.random.default_rng(3)
apart = []
for k, positions in [(2, None), (5, None), (5, [1, 2, 4, 8, 16]), (7, None), (9, list(np.cumsum(dice.uniform(0.2, 3, 9))))]:
    one, other = dice.integers(0, 30, k).astype(float), dice.integers(0, 30, k).astype(float)
    one[0], other[-1] = 7, 0
    at = np.arange(k) if positions is None else np.array(positions, dtype=float)
    p, q = one / one.sum(), other / other.sum()
    points = stats.wasserstein_distance(at, at, p, q)
    apart.append({
        "one": one.tolist(), "other": other.tolist(), "positions": at.tolist(),
        "totalVariation": float(np.abs(p - q).sum() / 2),
        "points": float(points), "earthMovers": float(points / (at[-1] - at[0])),
        "ks": float(np.abs(np.cumsum(p) - np.cumsum(q)).max()),
        "jensenShannon": float(jensenshannon(one, other, base=2)),
    })

scores = []
for k in [2, 3, 6]:
    for came in [0, k - 1]:
        forecast = dice.dirichlet(np.ones(k))
        hit = (np.arange(k) == came).astype(float)
        # The ranked probability score is the mean square of the gaps between distribution functions (Epstein 1969).
        gaps = (np.cumsum(forecast) - np.cumsum(hit))[:-1]
        scores.append({
            "forecast": forecast.tolist(), "came": came, "brier": float(((forecast - hit) ** 2).sum()),
            "log": float(-stats.multinomial.logpmf(hit, 1, forecast / forecast.sum())), "ranked": float((gaps**2).mean()),
        })

Path(__file__).with_name("expected.json").write_text(json.dumps({"apart": apart, "scores": scores}, indent=1) + "\n")
