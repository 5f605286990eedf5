"""Makes expected-fleiss.json: what coders gave, and what statsmodels (kappa) and irrCAC (its error, to five digits) say of
it; with orders, and what rbo says of them.
Run: python3 make-expected-fleiss.py (numpy 1.26.4, scipy 1.12.0, statsmodels 0.15.0, irrCAC 0.4.4, rbo 0.1.3)."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import rbo
from irrCAC.raw import CAC
from scipy.stats import norm
from statsmodels.stats.inter_rater import fleiss_kappa

dice = np.random.default_rng(5)
coded = []
for units, coders, k in [(10, 3, 2), (40, 5, 4), (200, 2, 3)]:
    truth = dice.integers(0, k, units)
    ratings = np.where(dice.uniform(size=(units, coders)) < 0.6, truth[:, None], dice.integers(0, k, (units, coders)))
    counts = np.array([[(row == value).sum() for value in range(k)] for row in ratings])
    found = CAC(pd.DataFrame(ratings)).fleiss()["est"]
    shares = counts.sum(0) / counts.sum()
    spread, skew = (shares * (1 - shares)).sum(), (shares * (1 - shares) * (1 - 2 * shares)).sum()
    none = np.sqrt(2 * (spread**2 - skew) / (units * coders * (coders - 1))) / spread
    coded.append({"counts": counts.tolist(), "kappa": float(fleiss_kappa(counts)), "error": float(found["se"]), "p": float(2 * norm.sf(abs(fleiss_kappa(counts)) / none))})

orders = []
for one, other, p in [("abcdefg", "bacdfge", 0.9), ("abc", "dxe", 0.8), ("abcde", "cb", 0.9), ("acb", "bcadefgh", 0.98), ("a", "a", 0.5)]:
    orders.append({"one": list(one), "other": list(other), "persistence": p, "overlap": float(rbo.RankingSimilarity(list(one), list(other)).rbo_ext(p=p))})

Path(__file__).with_name("expected-fleiss.json").write_text(json.dumps({"coded": coded, "orders": orders}, indent=1) + "\n")
