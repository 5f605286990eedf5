"""Makes expected-legacy.json: what SciPy gives to each record of the original's tester, and permutation tests of all ways.
Run: python3 make-expected-legacy.py (numpy 2.4.6, scipy 1.17.1)."""

import json
from pathlib import Path

import numpy as np
from scipy import stats

dice = np.random.default_rng(51)
listed = lambda values: [float(v) for v in values]


def t_record(control, treatment, alpha, equal):
    found = stats.ttest_ind(control, treatment, equal_var=equal)
    interval = stats.ttest_ind(treatment, control, equal_var=equal).confidence_interval(1 - alpha)
    n, m = len(control), len(treatment)
    pooled = np.sqrt(((n - 1) * control.var(ddof=1) + (m - 1) * treatment.var(ddof=1)) / (n + m - 2))
    difference = treatment.mean() - control.mean()
    record = {
        "control_mean": control.mean(), "treatment_mean": treatment.mean(), "mean_difference": difference,
        "percent_change": difference / control.mean() * 100, "t_statistic": found.statistic, "p_value": found.pvalue,
        "confidence_interval": [interval.low, interval.high], "control_std": control.std(ddof=1),
        "treatment_std": treatment.std(ddof=1), "effect_size": difference / pooled,
    }
    return record if equal else {**record, "degrees_of_freedom": found.df}


def mann_whitney(control, treatment):
    found = stats.mannwhitneyu(control, treatment)
    return {
        "control_median": np.median(control), "treatment_median": np.median(treatment),
        "median_difference": np.median(treatment) - np.median(control), "u_statistic": found.statistic, "p_value": found.pvalue,
        "effect_size": (treatment[:, None] > control[None, :]).mean(),
    }


def anova(control, treatment):
    found = stats.f_oneway(control, treatment)
    everybody = np.concatenate([control, treatment])
    between = sum(len(g) * (g.mean() - everybody.mean()) ** 2 for g in [control, treatment])
    return {"f_statistic": found.statistic, "p_value": found.pvalue, "effect_size": between / ((everybody - everybody.mean()) ** 2).sum()}


def chi_square(control, treatment):
    found = stats.chi2_contingency([control, treatment])
    return {"chi2_statistic": found.statistic, "p_value": found.pvalue, "degrees_of_freedom": found.dof, "effect_size": np.sqrt(found.statistic / (control.sum() + treatment.sum()))}


def ks(control, treatment):
    found = stats.ks_2samp(control, treatment)
    edges = np.linspace(min(control.min(), treatment.min()), max(control.max(), treatment.max()), 50)
    ones, others = (np.histogram(g, bins=edges, density=True)[0] for g in [control, treatment])
    return {
        "ks_statistic": found.statistic, "p_value": found.pvalue, "overlap_coefficient": np.minimum(ones, others).sum() / np.maximum(ones, others).sum(),
        "percentile_differences": {f"p{q}": np.percentile(treatment, q) - np.percentile(control, q) for q in [25, 50, 75, 90, 95]},
    }


groups = []
for n, m, shift, ties in [(6, 9, 1, False), (30, 40, 0.4, True), (25, 12, 0, False)]:
    control, treatment = dice.normal(5, 1, n), dice.normal(5 + shift, 1.7, m)
    if ties:
        control, treatment = np.round(control), np.round(treatment)
    counts = [dice.integers(3, 30, 2 if n == 6 else 4) for _ in range(2)]
    groups.append({
        "control": listed(control), "treatment": listed(treatment), "counts": [[int(c) for c in row] for row in counts],
        "t_test": t_record(control, treatment, 0.05, True), "welch_t_test": t_record(control, treatment, 0.05, False),
        "mann_whitney": mann_whitney(control, treatment), "anova": anova(control, treatment),
        "chi_square": chi_square(*counts), "ks_test": ks(control, treatment),
    })

permuted = []
for n, m in [(4, 5), (7, 7)]:
    first, second = dice.normal(0, 1, n), dice.normal(1, 1, m)
    differ = lambda one, other, axis=-1: np.mean(other, axis=axis) - np.mean(one, axis=axis)
    every = stats.permutation_test((first, second), differ, n_resamples=np.inf, vectorized=True)
    pairs = (first[:4], second[:4])
    turned = stats.permutation_test(pairs, differ, permutation_type="samples", n_resamples=np.inf, vectorized=True)
    p = float((np.abs(every.null_distribution) >= abs(every.statistic) * (1 - 1e-9)).mean())
    paired = float((np.abs(turned.null_distribution) >= abs(turned.statistic) * (1 - 1e-9)).mean())
    permuted.append({"first": listed(first), "second": listed(second), "found": float(every.statistic), "p": p, "paired": paired})

plain = lambda value: float(value) if isinstance(value, np.generic) else value
text = json.dumps({"groups": groups, "permuted": permuted}, default=plain)
Path(__file__).with_name("expected-legacy.json").write_text(text + "\n")
