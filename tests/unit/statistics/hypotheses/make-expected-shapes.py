"""Makes expected-shapes.json: samples, and what SciPy and statsmodels say of their shapes.
Run: python3 make-expected-shapes.py (numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0)."""

import json
import warnings
from pathlib import Path

import numpy as np
from scipy import stats
from statsmodels.stats.diagnostic import normal_ad

dice = np.random.default_rng(41)
listed = lambda values: [float(v) for v in values]
warnings.simplefilter("ignore")

single = []
for values in [[1, 2, 4], dice.normal(0, 1, 4), dice.normal(5, 2, 5), dice.normal(5, 2, 7), dice.exponential(1, 11), dice.normal(0, 1, 12), dice.exponential(1, 40), np.round(dice.normal(3, 1, 60)), dice.normal(0, 1, 900), dice.standard_t(2, 300)]:
    w = stats.shapiro(values)
    a, p = normal_ad(np.array(values)) if len(values) >= 8 else (None, None)
    single.append({"values": listed(values), "shapiro": [float(w.statistic), float(w.pvalue)], "anderson": None if a is None else [float(a), float(p)]})

several = []
for sizes, spreads, ties in [((6, 9), (1, 3), False), ((20, 15, 30), (1, 1, 1), False), ((12, 25, 18), (1, 2, 0.5), True), ((40, 40), (1, 1.5), True)]:
    groups = [dice.normal(place / 3, spread, size) for place, (size, spread) in enumerate(zip(sizes, spreads))]
    groups = [np.round(2 * group) / 2 if ties else group for group in groups]
    levene, brown = stats.levene(*groups, center="mean"), stats.levene(*groups, center="median")
    found = stats.anderson_ksamp(groups, variant="midrank")
    several.append({
        "groups": [listed(g) for g in groups],
        "levene": [float(levene.statistic), float(levene.pvalue)], "brownForsythe": [float(brown.statistic), float(brown.pvalue)],
        "anderson": [float(found.statistic), float(found.pvalue)],
    })

Path(__file__).with_name("expected-shapes.json").write_text(json.dumps({"single": single, "several": several}) + "\n")
