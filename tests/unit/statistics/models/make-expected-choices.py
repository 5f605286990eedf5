"""Values of statsmodels for conditional-logit.test.ts: run with statsmodels 0.15 and NumPy, it writes expected-choices.json."""

import json
import os

import numpy as np
from statsmodels.discrete.conditional_models import ConditionalLogit

random = np.random.default_rng(11)
true = np.array([0.8, -0.5, 0.3])
people, tasks, alternatives = 24, 6, 3
features = random.integers(0, 2, size=(people, tasks, alternatives, 3)).astype(float)
features[..., 2] = random.normal(size=(people, tasks, alternatives)).round(2)
own = true + random.normal(scale=0.6, size=(people, 1, 3))
noise = random.gumbel(size=(people, tasks, alternatives))
chosen = (np.einsum("ptaf,pqf->pta", features, own) + noise).argmax(axis=2)

rows = features.reshape(-1, 3)
groups = np.repeat(np.arange(people * tasks), alternatives)
endog = (chosen.reshape(-1, 1) == np.arange(alternatives)).astype(int).reshape(-1)
model = ConditionalLogit(endog, rows, groups=groups)
fit = model.fit(method="newton", disp=0, maxiter=100, tol=1e-14)
estimates = fit.params
for _ in range(20):  # to the last digit
    step = np.zeros((3, 3))
    score = np.zeros(3)
    for person in range(people):
        for task in range(tasks):
            x = features[person, task]
            p = np.exp(x @ estimates)
            p /= p.sum()
            centre = p @ x
            step += (x * p[:, None]).T @ x - np.outer(centre, centre)
            score += x[chosen[person, task]] - centre
    estimates = estimates + np.linalg.solve(step, score)
assert np.allclose(estimates, fit.params, atol=1e-5), (estimates, fit.params)

bread = np.zeros((3, 3))
meat = np.zeros((3, 3))
for person in range(people):
    score = np.zeros(3)
    for task in range(tasks):
        x = features[person, task]
        p = np.exp(x @ estimates)
        p /= p.sum()
        centre = p @ x
        bread += (x * p[:, None]).T @ x - np.outer(centre, centre)
        score += x[chosen[person, task]] - centre
    meat += np.outer(score, score)
bread = np.linalg.inv(bread)
robust = people / (people - 1) * bread @ meat @ bread

out = {
    "features": features.tolist(),
    "chosen": chosen.tolist(),
    "estimates": estimates.tolist(),
    "logLikelihood": float(model.loglike(estimates)),
    "robust": robust.tolist(),
    "naive": np.sqrt(np.diag(bread)).tolist(),
    "statsmodelsErrors": fit.bse.tolist(),
}
path = os.path.join(os.path.dirname(__file__), "expected-choices.json")
with open(path, "w", encoding="utf-8") as file:
    json.dump(out, file)
print(out["estimates"], out["naive"], out["statsmodelsErrors"])
