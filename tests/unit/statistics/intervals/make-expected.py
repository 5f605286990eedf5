"""Makes expected.json: by how much one answer is before another, by SciPy's exact interval of the share of the first among
those who gave either. Run: python3 make-expected.py (scipy)."""

import json
from pathlib import Path

from scipy import stats

rows = []
for one, other, n, level, comparisons in [(60, 30, 100, 0.95, 1), (7, 5, 40, 0.9, 3), (9, 0, 12, 0.95, 1), (0, 4, 9, 0.99, 2)]:
    each = 1 - (1 - level) / comparisons
    share = stats.binomtest(one, one + other).proportion_ci(each, method="exact")
    part = (one + other) / n
    rows.append({"counts": [one, other], "n": n, "level": level, "comparisons": comparisons,
                 "difference": (one - other) / n, "low": (2 * share.low - 1) * part, "high": (2 * share.high - 1) * part,
                 "p": float(stats.binomtest(one, one + other).pvalue)})
nobody = stats.binomtest(0, 20).proportion_ci(0.95, method="wilson")
rows.append({"counts": [0, 0], "n": 20, "level": 0.95, "comparisons": 1, "difference": 0, "low": -nobody.high, "high": nobody.high, "p": 1})
Path(__file__).with_name("expected.json").write_text(json.dumps(rows) + "\n")
