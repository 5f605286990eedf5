import { describe, expect, it } from "vitest";
import { clusteredRegression } from "../../../../src/statistics/models/clustered.ts";
import { randomIntercept } from "../../../../src/statistics/models/random-intercept.ts";
import { measured, near } from "../measured.ts";
import cases from "./expected.json" with { type: "json" };

describe.each(cases)("repeated measures of $clusters.length values", ({ outcome, arm, age, clusters, ...expected }) => {
  const terms = { arm, age };

  it("CR1 as statsmodels has it", async () => {
    const { rows } = measured(await clusteredRegression(outcome, { terms, clusters, method: "CR1" }));
    for (const [place, row] of rows.entries()) {
      near(row.estimate, expected.estimates[place] as number);
      near(row.error, expected.cr1.errors[place] as number);
      near(row.p, expected.cr1.p[place] as number);
      near(row.interval.low, expected.cr1.intervals[place]?.[0] as number);
      near(row.interval.high, expected.cr1.intervals[place]?.[1] as number);
    }
  });

  it("CR2 as it is defined", async () => {
    const { rows } = measured(await clusteredRegression(outcome, { terms, clusters }));
    expect(rows.map(({ term }) => term)).toEqual(["intercept", "arm", "age"]);
    for (const [place, row] of rows.entries()) {
      near(row.error, expected.cr2.errors[place] as number);
      near(row.degrees, expected.cr2.degrees[place] as number, 7);
      near(row.p, expected.cr2.p[place] as number);
    }
  });

  it("a level for each as the restricted likelihood has it", async () => {
    const found = measured(await randomIntercept(outcome, { terms, clusters }));
    near(found.between, expected.mixed.between, 5);
    near(found.within, expected.mixed.within, 5);
    for (const [place, { estimate, error }] of found.rows.entries()) {
      near(estimate, expected.mixed.estimates[place] as number, 6);
      near(error, expected.mixed.errors[place] as number, 6);
    }
  });
});

describe("repeated measures", () => {
  const [one] = cases as [(typeof cases)[0]];

  it("without repeats are those of least squares that allow for any spread", async () => {
    const each = one.outcome.map((_, place) => place);
    const { rows } = measured(await clusteredRegression(one.outcome, { terms: { arm: one.arm }, clusters: each }));
    // With two groups CR2 of single values is Welch's test.
    const split = [0, 1].map((level) => one.outcome.filter((_, place) => one.arm[place] === level));
    const errors = split.map((values) => {
      const middle = values.reduce((total, value) => total + value, 0) / values.length;
      return values.reduce((total, value) => total + (value - middle) ** 2, 0) / (values.length - 1) / values.length;
    });
    near(rows[1]?.error, Math.sqrt((errors[0] as number) + (errors[1] as number)));
  });

  it("of equally many have the variances of the analysis of variance", async () => {
    const values = [3, 5, 4, 9, 8, 10, 1, 2, 0];
    const found = measured(await randomIntercept(values, { clusters: ["a", "a", "a", "b", "b", "b", "c", "c", "c"] }));
    near(found.within, 1, 6);
    // The means scatter by 49 / 3, of which a third of the variance within is chance.
    near(found.between, 16, 5);
    near(found.alike, found.between / (found.between + found.within));
  });

  it("that do not differ between clusters have no variance there", async () => {
    const found = measured(await randomIntercept([1, 5, 5, 1, 2, 4], { clusters: [1, 1, 2, 2, 3, 3] }));
    expect(found).toMatchObject({ between: 0, alike: 0 });
  });

  it("say why there is nothing", async () => {
    const clusters = ["a", "a", "b", "b"];
    expect(await clusteredRegression([1, 2, 3, 4], { terms: {}, clusters: ["a", "a", "a", "a"] })).toEqual({
      reason: "fewer than two clusters",
    });
    const twice = { one: [0, 1, 0, 1], other: [1, 0, 1, 0] };
    expect(await clusteredRegression([1, 2, 3, 4], { terms: twice, clusters })).toEqual({
      reason: "other follows from the terms before it",
    });
    expect(await clusteredRegression([1, 2, 3, 4], { terms: { none: [0, 0, 0, 0] }, clusters })).toEqual({
      reason: "none is zero throughout",
    });
    expect(await clusteredRegression([1], { terms: {}, clusters: ["a"] })).toEqual({
      reason: "fewer values than there are terms",
    });
    expect(await clusteredRegression([2, 2, 2, 2], { terms: {}, clusters })).toEqual({
      reason: "the clusters do not tell how sure intercept is",
    });
    // The third of a third: what rounding leaves over is no error.
    const arms = ["a", "a", "b", "b", "c", "c", "d", "d"];
    const thirds = [0.1, 0.1, 0.1, 0.1, 0.7, 0.7, 0.7, 0.7];
    expect(
      await clusteredRegression(thirds, { terms: { arm: [0, 0, 0, 0, 1, 1, 1, 1] }, clusters: arms }),
    ).toHaveProperty("reason");
    expect(await randomIntercept([0.1, 0.1, 0.1, 0.1], { clusters })).toEqual({
      reason: "nothing differs beside the terms",
    });
    expect(await randomIntercept([1, 2, 3], { clusters: ["a", "b", "c"] })).toEqual({
      reason: "no cluster has two values",
    });
    expect(await randomIntercept([1, 1, 2, 2], { clusters })).toEqual({ reason: "nothing differs within clusters" });
    await expect(clusteredRegression([1, 2], { terms: {}, clusters: ["a"] })).rejects.toMatchObject({
      code: "OPTION_INVALID",
    });
    await expect(randomIntercept([1, 2], { terms: { x: [1] }, clusters: ["a", "b"] })).rejects.toMatchObject({
      code: "OPTION_INVALID",
    });
  });
});
