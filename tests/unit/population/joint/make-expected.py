"""The distribution with the most entropy under some figures, as SciPy finds it: python make-expected.py > expected.json"""

import itertools
import json

import numpy as np
from scipy.optimize import minimize

cells = list(itertools.product(range(2), range(2), range(2)))
a, b, c = (np.array([cell[at] for cell in cells], dtype=float) for at in range(3))
inside = (a == 0) & (b == 0)
equalities = [
    lambda p: p.sum() - 1,
    lambda p: p[a == 0].sum() - 0.4,
    lambda p: p[b == 0].sum() - 0.5,
    lambda p: p[c == 0].sum() - 0.3,
    # Of those with a = 0 and b = 0, nine tenths have c = 0.
    lambda p: p[inside & (c == 0)].sum() - 0.9 * p[inside].sum(),
]
found = minimize(
    lambda p: float((p * np.log(p)).sum()),
    np.full(8, 1 / 8),
    jac=lambda p: np.log(p) + 1,
    bounds=[(1e-12, 1)] * 8,
    constraints=[{"type": "eq", "fun": one} for one in equalities],
    method="SLSQP",
    options={"ftol": 1e-15, "maxiter": 1000},
)
print(json.dumps({"cells": cells, "probabilities": found.x.tolist()}))
