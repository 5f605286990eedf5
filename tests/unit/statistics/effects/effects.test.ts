import { describe, expect, it } from "vitest";
import { noncentralF, noncentralT } from "../../../../src/statistics/distributions/noncentral.ts";
import { cohensD, type Effect, glassDelta, hedgesG, pairedEffect } from "../../../../src/statistics/effects/means.ts";
import { cliffsDelta, rankBiserial } from "../../../../src/statistics/effects/ranks.ts";
import { cramersV, oddsRatio } from "../../../../src/statistics/effects/shares.ts";
import { varianceExplained } from "../../../../src/statistics/effects/variance.ts";
import { benjaminiHochberg } from "../../../../src/statistics/multiplicity.ts";
import { measured, near } from "../measured.ts";
import expectedValues from "./expected.json" with { type: "json" };

interface Expected {
  readonly effect: number;
  readonly interval: readonly number[];
}

function same(found: Effect | { readonly reason: string }, { effect, interval }: Expected, factor = 1): void {
  const { effect: size, interval: ends } = measured(found);
  near(size, factor * effect);
  near(ends.low, factor * (interval[0] as number), 8);
  near(ends.high, factor * (interval[1] as number), 8);
}

describe("distributions that are moved, as SciPy has them", () => {
  it.each(expectedValues.movedT)(
    "t of $degrees moved by $moved at $value",
    async ({ degrees, moved, value, below }) => {
      near((await noncentralT(degrees)).below(value, moved), below, 10);
    },
  );

  it.each(expectedValues.movedF)(
    "F of $over and $under moved by $moved",
    async ({ over, under, moved, value, below }) => {
      near((await noncentralF(over, under)).below(value, moved), below, 10);
    },
  );

  it("t moved further than its terms reach is nearly normal", async () => {
    const { below } = await noncentralT(50_000);
    expect(below(40, 40)).toBeCloseTo(0.5, 2);
    expect(below(37.5, 36.9)).toBeCloseTo(below(37.7, 37.1), 3);
  });
});

describe("effect sizes", () => {
  it.each(expectedValues.means)("of means, as SciPy has them: $cohen.effect", async (given) => {
    const { first, second, level, factor } = given;
    const pairs = Math.min(first.length, second.length);
    same(await cohensD(first, second, level), given.cohen);
    same(await hedgesG(first, second, level), given.cohen, factor);
    same(await glassDelta(first, second, level), given.glass);
    same(await pairedEffect(first.slice(0, pairs), second.slice(0, pairs), level), given.paired);
  });

  it.each(expectedValues.orders)("of orders: $delta", async ({ first, second, delta, interval, ...expected }) => {
    same(await cliffsDelta(first, second), { effect: delta, interval });
    const pairs = Math.min(first.length, second.length);
    near(measured(rankBiserial(first.slice(0, pairs), second.slice(0, pairs))).effect, expected.rankBiserial);
  });

  it.each(expectedValues.shares)("of shares, as statsmodels has them: $odds", async (given) => {
    const odds = measured(await oddsRatio(given.first, given.second));
    near(odds.ratio, given.odds);
    near(odds.interval.low, given.oddsInterval[0] as number);
    near(odds.interval.high, given.oddsInterval[1] as number);
    expect(odds.added).toBe(0);
  });

  it.each(expectedValues.tables)("of the table $table", async ({ table, v }) => {
    near(measured(await cramersV(table)).effect, v);
  });

  it.each(expectedValues.groups)(
    "of groups, as SciPy has them: $eta",
    async ({ groups, level, eta, omega, interval }) => {
      const found = measured(await varianceExplained(groups, level));
      near(found.etaSquared, eta);
      near(found.omegaSquared, Math.max(0, omega));
      near(found.interval.low, interval[0] as number, 8);
      near(found.interval.high, interval[1] as number, 8);
    },
  );
});

describe("effect sizes that there are none of", () => {
  it("of means", async () => {
    const few = { reason: "fewer than two values in a group" };
    for (const effect of [cohensD, hedgesG, glassDelta, cliffsDelta]) expect(await effect([1], [2, 3])).toEqual(few);
    expect(await cohensD([1, 1], [2, 2])).toEqual({ reason: "nobody differs from their group" });
    expect(await hedgesG([1, 1], [2, 2])).toEqual({ reason: "nobody differs from their group" });
    expect(await glassDelta([1, 1], [2, 3])).toEqual({ reason: "all values of the first are the same" });
    expect(await pairedEffect([1], [2])).toEqual({ reason: "fewer than two pairs" });
    expect(await pairedEffect([1, 2], [2, 3])).toEqual({ reason: "all pairs differ by the same" });
    expect(rankBiserial([1, 2], [1, 2])).toEqual({ reason: "no pair differs" });
    expect(await varianceExplained([[1, 2]])).toHaveProperty("reason");
    expect(
      await varianceExplained([
        [1, 1],
        [2, 2],
      ]),
    ).toHaveProperty("reason");
  });

  it("of shares", async () => {
    const [nobody, all] = [
      { count: 0, n: 0 },
      { count: 4, n: 4 },
    ];
    expect(await oddsRatio(nobody, all)).toEqual({ reason: "there is nobody in a group" });
    expect(await oddsRatio(all, all)).toEqual({ reason: "all gave the same answer" });
    expect(measured(await oddsRatio(all, { count: 2, n: 4 }))).toMatchObject({
      added: 0.5,
      ratio: expect.closeTo(1 / 9, 12),
    });
    expect(await cramersV([[3, 0]])).toEqual({ reason: expect.stringContaining("single value") });
    expect(
      await cramersV([
        [1, 0],
        [0, 1],
      ]),
    ).toEqual({ reason: "too few for so large a table" });
    await expect(oddsRatio({ count: 3, n: 2 }, all)).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });

  it("turn round with the groups, and reach their ends where all are apart", async () => {
    const [one, other] = [
      [1, 4, 2, 8],
      [3, 9, 7],
    ];
    for (const effect of [cohensD, hedgesG, cliffsDelta]) {
      const [there, back] = [measured(await effect(one, other)), measured(await effect(other, one))];
      near(back.effect, -there.effect);
      near(back.interval.low, -there.interval.high, 8);
    }
    const apart = measured(await cliffsDelta([1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]));
    expect(apart).toMatchObject({ effect: 1, interval: { high: 1, low: expect.closeTo(0.2193, 4) } });
    expect(measured(await cliffsDelta([7, 8], [1, 2])).effect).toBe(-1);
  });
});

it("Benjamini and Hochberg's correction, as statsmodels has it", () => {
  const { ps, corrected } = expectedValues.discoveries;
  for (const [place, p] of benjaminiHochberg(ps).entries()) near(p, corrected[place] as number);
  expect(benjaminiHochberg([])).toEqual([]);
});
