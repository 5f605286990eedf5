import { describe, expect, it } from "vitest";
import { clusteredRegression } from "../../../../src/statistics/models/clustered.ts";
import { clusteredMean } from "../../../../src/statistics/models/clustered-mean.ts";
import { heterogeneity } from "../../../../src/statistics/models/heterogeneity.ts";
import { varianceComponents } from "../../../../src/statistics/models/variance-components.ts";
import { measured, near } from "../measured.ts";
import expected from "./expected.json" with { type: "json" };

describe("variance components", () => {
  it.each(expected.components)("of $values.length values are Henderson's", ({ values, factors, raw }) => {
    const { components, confounded } = measured(varianceComponents(values, factors));
    expect(confounded).toEqual([]);
    expect(components.map(({ name }) => name)).toEqual([...Object.keys(factors), "residual"]);
    for (const [place, component] of components.entries()) {
      near(component.raw, raw[place] as number);
      expect(component.variance).toBe(Math.max(0, component.raw));
    }
    near(
      components.reduce((total, { share }) => total + share, 0),
      1,
    );
  });

  it("of balanced data are those of the analysis of variance", () => {
    const { values, factors, variances } = expected.balanced;
    const { components } = measured(varianceComponents(values, factors));
    expect(components.length).toBe(5);
    for (const { name, raw } of components) near(raw, variances[name as keyof typeof variances]);
  });

  it("names what cannot be told apart, with what it comes to together", () => {
    const [{ values, factors }] = expected.components as [(typeof expected.components)[0]];
    const same = { ...factors, wording: factors.model.map((model) => `wording ${model}`), seed: values.map(() => 1) };
    const found = measured(varianceComponents(values, same));
    const model = measured(varianceComponents(values, factors)).components.find(({ name }) => name === "model");
    expect(found.constant).toEqual(["seed"]);
    expect(found.confounded.map(({ names }) => names)).toEqual([["model", "wording"]]);
    near(found.confounded[0]?.together?.raw, model?.raw as number);
    expect(found.components.map(({ name }) => name)).toEqual(["arm", "person", "arm × person", "residual"]);
  });

  it("does not tell a factor with one value a level from what is left", () => {
    const found = measured(varianceComponents([1, 5, 2, 7], { person: [1, 1, 2, 2], row: [1, 2, 3, 4] }));
    expect(found.confounded.map(({ names }) => names)).toEqual([["row", "residual"]]);
    expect(varianceComponents([2, 2], { person: [1, 2] })).toEqual({ reason: "all values are the same" });
  });
});

describe("heterogeneity", () => {
  it.each(expected.heterogeneity)("of levels is Cochran's Q: $q", async ({ values, levels, clusters, ...outside }) => {
    const found = measured(await heterogeneity(values, { levels, clusters }));
    near(found.q, outside.q);
    near(found.mean, outside.mean);
    near(found.iSquared, outside.iSquared);
  });

  it("bears roundings: the same people come in another order in each level", async () => {
    const values = Array.from({ length: 60 }, (_, place) => Math.sin(7 * place) / 3);
    const levels = values.map((_, place) => place % 3);
    const clusters = values.map((_, place) => (place * 7) % 20);
    expect(measured(await heterogeneity(values, { levels, clusters })).degrees).toBe(2);
  });

  it("has no figure where clusters are too few", async () => {
    const two = { levels: [1, 1, 2, 2], clusters: ["a", "b", "a", "b"] };
    expect(await heterogeneity([1, 2, 1, 3], two)).toEqual({
      reason: "there are too few clusters for so many levels",
    });
    expect(await heterogeneity([1, 2], { levels: [1, 2], clusters: ["a", "a"] })).toEqual({
      reason: "a level has fewer than two clusters",
    });
  });
});

describe("a clustered mean", () => {
  const values = [1, 2, 4, 3, 7, 5, 5, 2];
  const clusters = ["a", "a", "b", "b", "b", "c", "d", "d"];

  it("is the intercept of a clustered regression", async () => {
    const found = measured(await clusteredMean(values, { clusters }));
    const [row] = measured(await clusteredRegression(values, { terms: {}, clusters })).rows;
    for (const figure of ["error", "degrees", "t", "p"] as const) near(found[figure], row?.[figure] as number);
    near(found.interval.low, row?.interval.low as number);
  });

  it("with crossed clusters adds both variances less that of what they share", async () => {
    const crossed = [1, 2, 1, 2, 3, 1, 3, 2];
    const by = async (ways: readonly (string | number)[]) => measured(await clusteredMean(values, { clusters: ways }));
    const pairs = clusters.map((cluster, place) => `${cluster} ${crossed[place]}`);
    const [one, other, both] = [await by(clusters), await by(crossed), await by(pairs)];
    const together = one.error ** 2 + other.error ** 2 - both.error ** 2;
    const found = measured(await clusteredMean(values, { clusters, crossed }));
    near(found.error ** 2, Math.max(one.error ** 2, other.error ** 2, together));
    expect(found.degrees).toBe(Math.min(one.degrees, other.degrees));
  });

  it("of one cluster has no error", async () => {
    expect(await clusteredMean([1, 2], { clusters: ["a", "a"] })).toEqual({ reason: "fewer than two clusters" });
  });
});
