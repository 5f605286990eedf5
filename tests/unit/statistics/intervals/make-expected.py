"""Makes expected.json: by how much one answer is before another, by SciPy's exact interval of the share of the first among
those who gave either and its Wilson interval of how many these are, put together by Zou and Donner's limits (2008). Run:
python3 make-expected.py (scipy)."""

import json
from pathlib import Path

from scipy import stats

rows = []
for one, other, n, level, comparisons in [(60, 30, 100, 0.95, 1), (7, 5, 40, 0.9, 3), (9, 0, 12, 0.95, 1), (0, 4, 9, 0.99, 2)]:
    each = 1 - (1 - level) / comparisons
    first = stats.binomtest(one, one + other).proportion_ci(each, method="exact")
    whole = stats.binomtest(one + other, n).proportion_ci(each, method="wilson")
    share, lead = (one + other) / n, (one - other) / (one + other)
    ends = {"low": 2 * first.low - 1, "high": 2 * first.high - 1}
    near, far = (whole.low, whole.high) if lead > 0 else (whole.high, whole.low)
    low = share * lead - ((share * (ends["low"] - lead)) ** 2 + (lead * (near - share)) ** 2) ** 0.5
    high = share * lead + ((share * (ends["high"] - lead)) ** 2 + (lead * (far - share)) ** 2) ** 0.5
    # Where the lead is told from none, so is the difference: no end of it is nearer to zero than both parts allow.
    low = max(low, ends["low"] * whole.low) if ends["low"] > 0 else low
    high = min(high, ends["high"] * whole.low) if ends["high"] < 0 else high
    rows.append({"counts": [one, other], "n": n, "level": level, "comparisons": comparisons,
                 "difference": (one - other) / n, "low": max(-1, low), "high": min(1, high),
                 "p": float(stats.binomtest(one, one + other).pvalue)})
nobody = stats.binomtest(0, 20).proportion_ci(0.95, method="wilson")
rows.append({"counts": [0, 0], "n": 20, "level": 0.95, "comparisons": 1, "difference": 0, "low": -nobody.high, "high": nobody.high, "p": 1})
Path(__file__).with_name("expected.json").write_text(json.dumps(rows) + "\n")
