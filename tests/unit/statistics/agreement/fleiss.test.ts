import { describe, expect, it } from "vitest";
import { fleissKappa } from "../../../../src/statistics/agreement/fleiss.ts";
import { cohenKappa } from "../../../../src/statistics/agreement/kappa.ts";
import { measured, near } from "../measured.ts";
import expectedValues from "./expected-fleiss.json" with { type: "json" };

describe("Fleiss' kappa", () => {
  it.each(expectedValues.coded)("as statsmodels and irrCAC have it: $kappa", async ({ counts, kappa, error, p }) => {
    const found = measured(await fleissKappa(counts));
    near(found.kappa, kappa);
    near(found.p, p);
    // irrCAC gives the error to five digits.
    near(((found.high as number) - found.kappa) / 1.959963984540054, error, 5);
    near((found.kappa - (found.low as number)) / 1.959963984540054, error, 5);
    near((found.observed - found.expected) / (1 - found.expected), kappa);
  });

  it("is none where there is nothing to agree on", async () => {
    expect(await fleissKappa([])).toEqual({ reason: "there is nothing that two coded" });
    expect(await fleissKappa([[1, 0]])).toEqual({ reason: "there is nothing that two coded" });
    expect(await fleissKappa([[1, 1]])).toEqual({ reason: "fewer than two units" });
    expect(
      await fleissKappa([
        [2, 0],
        [2, 0],
      ]),
    ).toEqual({ reason: "all gave one and the same category throughout" });
    await expect(
      fleissKappa([
        [2, 0],
        [1, 0],
      ]),
    ).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });

  it("is full agreement where all agree, and near Cohen's with two coders", async () => {
    expect(
      await fleissKappa([
        [3, 0],
        [0, 3],
        [3, 0],
      ]),
    ).toMatchObject({ kappa: 1 });
    const [one, other] = [
      ["a", "a", "b", "b", "a", "b"],
      ["a", "b", "b", "b", "a", "a"],
    ];
    const counts = one.map((level, unit) =>
      ["a", "b"].map((name) => Number(level === name) + Number(other[unit] === name)),
    );
    const found = measured(await fleissKappa(counts));
    near(found.kappa, measured(await cohenKappa(one, other)).kappa);
  });
});
