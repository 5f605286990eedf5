"""Weights by raking, as ipfn (https://github.com/Dirguis/ipfn) finds them: python make-expected.py > expected.json"""

import json

import numpy as np
import pandas as pd
from ipfn import ipfn

random = np.random.default_rng(8)
size = 200
sex = random.choice(["female", "male"], size, p=[0.35, 0.65])
age = random.choice(["young", "middle", "old"], size, p=[0.5, 0.3, 0.2])
region = random.choice(["north", "south", "west", "east"], size, p=[0.4, 0.3, 0.2, 0.1])
rows = pd.DataFrame({"sex": sex, "age": age, "region": region, "weight": 1.0})
margins = {
    "sex": {"female": 0.51, "male": 0.49},
    "age": {"young": 0.27, "middle": 0.36, "old": 0.37},
    "region": {"north": 0.2, "south": 0.3, "west": 0.35, "east": 0.15},
    "sex × age": {
        "female × young": 0.13,
        "female × middle": 0.18,
        "female × old": 0.2,
        "male × young": 0.14,
        "male × middle": 0.18,
        "male × old": 0.17,
    },
}


# One column for two dimensions: over two columns ipfn ends before the table is met.
rows["sex × age"] = rows["sex"] + " × " + rows["age"]


def weights(names):
    targets = [pd.Series({value: share * size for value, share in margins[name].items()}) for name in names]
    targets = [target.rename_axis(name) for target, name in zip(targets, names)]
    fitted = ipfn.ipfn(
        rows.copy(), targets, [[name] for name in names], "weight",
        convergence_rate=1e-14, max_iteration=5000, rate_tolerance=0,
    ).iteration()
    return fitted["weight"]


def kish(found):
    return float(found.sum() ** 2 / (found**2).sum())


def result(names):
    found = weights(names)
    return {"names": names, "weights": found.tolist(), "effective": kish(found)}


print(
    json.dumps(
        {
            "rows": rows[["sex", "age", "region"]].to_dict("records"),
            "margins": margins,
            "single": result(["sex", "age", "region"]),
            "joint": result(["region", "sex × age"]),
        },
        ensure_ascii=False,
    )
)
