"""Outside values for ratings by similarity: the formula of arXiv 2510.08338, equation 8, and temperature, in NumPy.

    python3 make-expected.py > expected-similarity.json
"""

import json

import numpy as np


def rating(cosines, epsilon):
    likeness = (1 + np.asarray(cosines)) / 2
    least = likeness.min()
    delta = np.zeros_like(likeness)
    delta[likeness.argmin()] = epsilon
    return (likeness - least + delta) / (likeness.sum() - len(likeness) * least + epsilon)


def scaled(pmf, temperature):
    raised = pmf ** (1 / temperature)
    return raised / raised.sum()


draws = np.random.default_rng(7)
cases = []
for points in (2, 3, 5, 7):
    for epsilon in (0.0, 0.01, 0.2):
        for temperature in (0.3, 1.0, 2.5):
            cosines = draws.uniform(-1, 1, points)
            pmf = rating(cosines, epsilon)
            cases.append(
                {
                    "cosines": cosines.tolist(),
                    "epsilon": epsilon,
                    "temperature": temperature,
                    "rated": pmf.tolist(),
                    "scaled": scaled(pmf, temperature).tolist(),
                }
            )
print(json.dumps(cases, indent=1))
