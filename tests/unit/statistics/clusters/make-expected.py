"""Makes expected.json: groups of directions, and what scikit-learn says of them.
Run: python3 make-expected.py (numpy 2, scikit-learn 1.9)."""

import json
from pathlib import Path

import numpy as np
from sklearn.metrics import silhouette_score

dice = np.random.default_rng(11)
cases = []
for n, dimensions, groups in [(12, 3, 2), (40, 8, 4), (60, 5, 3), (9, 4, 9 - 1)]:
    vectors = dice.normal(size=(n, dimensions)).astype(np.float32)
    labels = dice.permutation(np.arange(n) % groups)
    vectors[np.arange(n), labels % dimensions] += 2
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    score = silhouette_score(vectors.astype(np.float64), labels, metric="cosine")
    cases.append(
        {"vectors": [[float(v) for v in row] for row in vectors], "labels": [int(v) for v in labels], "score": float(score)}
    )

path = Path(__file__).with_name("expected.json")
path.write_text(json.dumps({"silhouettes": cases}) + "\n")
