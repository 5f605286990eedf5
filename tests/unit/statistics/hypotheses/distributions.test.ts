import { describe, expect, it } from "vitest";
import {
  betaDistribution,
  chiSquareDistribution,
  type Distribution,
  fDistribution,
  normalDistribution,
  tDistribution,
} from "../../../../src/statistics/distributions/continuous.ts";
import { binomialDistribution, hypergeometricDistribution } from "../../../../src/statistics/distributions/discrete.ts";
import expected from "./expected-distributions.json" with { type: "json" };

/** Of chances in the tails the digits count, not how near zero they are. */
function near(value: number, likely: number): void {
  expect(Math.abs(value - likely) / Math.max(Math.abs(likely), 1e-300), `${value} is not ${likely}`).toBeLessThan(1e-9);
}

const open: Record<string, (parameters: readonly number[]) => Promise<Distribution>> = {
  normal: ([mean, sd]) => normalDistribution(mean, sd),
  beta: ([one, other]) => betaDistribution(one as number, other as number),
  t: ([degrees]) => tDistribution(degrees as number),
  chi2: ([degrees]) => chiSquareDistribution(degrees as number),
  f: ([above, below]) => fDistribution(above as number, below as number),
};

describe("as SciPy has them", () => {
  it.each(expected.continuous)("$name $parameters", async ({ name, parameters, values, quantiles }) => {
    const found = await (open[name] as (typeof open)[string])(parameters);
    for (const [value, below, above] of values as [number, number, number][]) {
      near(found.below(value), below);
      near(found.above(value), above);
    }
    for (const [share, value] of quantiles as [number, number][]) {
      if (Math.abs(value) < 1e-12) expect(found.quantile(share)).toBeCloseTo(0, 12);
      else near(found.quantile(share), value);
    }
  });

  it.each(expected.binomials)("$n throws at $share", ({ n, share, counts }) => {
    const found = binomialDistribution(n, share);
    for (const [count, at, below, from] of counts as [number, number, number, number][]) {
      near(found.at(count), at);
      near(found.below(count), below);
      near(found.from(count), from);
    }
    expect([found.below(-1), found.from(n + 1), found.at(-1)]).toEqual([0, 0, 0]);
  });

  it.each(expected.urns)("$drawn from $marked and $unmarked, odds $odds", ({ counts, ...urn }) => {
    const found = hypergeometricDistribution(urn);
    for (const [count, at, below, from] of counts as [number, number, number, number][]) {
      near(found.at(count), at);
      near(found.below(count), below);
      near(found.from(count), from);
    }
  });
});
