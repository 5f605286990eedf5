import { expect, it } from "vitest";
import { correctShares } from "../../../src/evaluation/correction/correction.ts";
import { fleissKappa } from "../../../src/statistics/agreement/fleiss.ts";
import { cohenKappa } from "../../../src/statistics/agreement/kappa.ts";
import { kolmogorovSmirnov } from "../../../src/statistics/shapes/kolmogorov-smirnov.ts";
import { weightedMean } from "../../../src/statistics/weights/figures.ts";
import { rake } from "../../../src/statistics/weights/rake.ts";

it("agreement and means of one mind have no interval", async () => {
  const full = await cohenKappa(["a", "b", "a"], ["a", "b", "a"]);
  expect(full).toEqual({ kappa: 1, n: 3, observed: 1, expected: expect.closeTo(5 / 9, 12) });
  expect(await cohenKappa(["a"], ["b"])).not.toHaveProperty("low");
  expect(await cohenKappa(["a", "b", "a", "b"], ["a", "b", "a", "a"])).toHaveProperty("low");
  expect(
    await fleissKappa([
      [3, 0],
      [0, 3],
      [3, 0],
    ]),
  ).not.toHaveProperty("low");
  expect(await weightedMean([3, 3, 3], [1, 2, 1])).toEqual({ reason: "all values that have a weight are alike" });
});

it("trimmed weights keep their bounds and a mean of one, and margins that contradict each other are named", () => {
  const rows = [{ sex: "f" }, ...Array.from({ length: 39 }, () => ({ sex: "m" }))];
  const { weights, converged } = rake(rows, { sex: { f: 1, m: 1 } }, { trim: { least: 0.2, most: 3 } });
  expect(converged).toBe(false);
  expect(Math.max(...weights)).toBeCloseTo(3, 9);
  expect(weights.reduce((sum, weight) => sum + weight, 0) / 40).toBeCloseTo(1, 9);
  const two = [
    { sex: "f", age: "old" },
    { sex: "m", age: "young" },
  ];
  expect(() => rake(two, { sex: { f: 0, m: 1 }, age: { old: 1, young: 1 } })).toThrow(
    "Rows cannot be weighted by age: no weight is left for 'old', of which a share is given",
  );
  expect(() => rake(rows, { sex: { f: 1, m: 1 } }, { trim: { most: 0.5 } })).toThrow("cannot all lie from 0 to 0.5");
});

it("a distance of Kolmogorov and Smirnov ends at one, and its small chances are counted themselves", () => {
  const values = (from: number) => Array.from({ length: 30 }, (_, step) => from + step);
  const found = kolmogorovSmirnov({ values: values(0) }, { values: values(100) });
  // Two of all ways to mix thirty and thirty: 2 / C(60, 30).
  const ways = Array.from({ length: 30 }, (_, step) => (step + 31) / (step + 1)).reduce((all, one) => all * one, 1);
  expect((found as { p: number }).p / (2 / ways)).toBeCloseTo(1, 9);
  const many = Array.from({ length: 49 }, (_, step) => step);
  expect(kolmogorovSmirnov({ values: many, weights: many.map(() => 0.1) }, { values: [99] })).toMatchObject({
    distance: 1,
  });
});

it.each([
  ["temperature", { temperature: 0 }],
  ["temperature", { temperature: -1 }],
  ["dispersion", { dispersion: -1 }],
  ["shift", { shift: Number.NaN }],
])("a correction by a %s of %j is none", (option, correction) => {
  expect(() => correctShares([0.5, 0.5], [1, 2], correction)).toThrow(`The ${option} of a statistic cannot be used`);
  expect(() => correctShares([0, 0], [1, 2], {})).toThrow("The shares of a statistic");
  expect(() => correctShares([1, 1], [2, 1], {})).toThrow("The positions of a statistic");
});
