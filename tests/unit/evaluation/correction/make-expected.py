"""Outside values of the prediction-powered mean (PPI++ with power tuning): NumPy and SciPy. Prints expected.json."""
import json
import numpy as np
from scipy import stats

rng = np.random.default_rng(8)
cases = []
for n, N, good in [(20, 300, 0.8), (60, 100, 0.0), (8, 1000, 0.5)]:
    latent = rng.normal(size=n + N)
    y = np.clip(np.round(3 + latent), 1, 5)
    f = np.round(np.clip(3.4 + good * latent + 0.3 * rng.normal(size=n + N), 1, 5), 3)
    answers, predictions, others = y[:n], f[:n], f[n:]
    lam = np.cov(answers, predictions)[0, 1] / ((1 + n / N) * np.var(np.concatenate([predictions, others]), ddof=1))
    lam = float(np.clip(lam, 0, 1))
    rest = answers - lam * predictions
    estimate = lam * others.mean() + rest.mean()
    square = lam**2 * others.var(ddof=1) / N + rest.var(ddof=1) / n
    t = stats.t.ppf(0.975, n - 1)
    cases.append({
        "answers": answers.tolist(), "predictions": predictions.tolist(), "others": others.tolist(),
        "power": lam, "estimate": float(estimate),
        "low": float(estimate - t * np.sqrt(square)), "high": float(estimate + t * np.sqrt(square)),
        "worth": float(answers.var(ddof=1) / square),
    })
print(json.dumps(cases))
