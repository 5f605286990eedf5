import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { chiSquareTable, type TableStatistic } from "../../../../src/statistics/counts/chi-square.ts";
import { fisherExact } from "../../../../src/statistics/counts/fisher.ts";
import { shareDifference, shareTest } from "../../../../src/statistics/counts/proportions.ts";
import { measured, near } from "../measured.ts";
import expected from "./expected-counts.json" with { type: "json" };

describe("as SciPy and statsmodels have it", () => {
  it.each(expected.tables)("the table $table by every statistic", async ({ table, ...row }) => {
    const { effect } = measured(await chiSquareTable(table));
    for (const [by, [statistic, p]] of Object.entries(row)) {
      const found = measured(await chiSquareTable(table, by as TableStatistic));
      near(found.statistic, statistic as number);
      near(found.p, p as number);
      near(found.effect, effect);
    }
  });

  it.each(expected.exact)("Fisher's test of $table", ({ table, p }) => {
    expect(fisherExact(table)).toMatchObject({ p: expect.closeTo(p, 9), method: "exact" });
  });

  it.each(expected.shares)("$count of $n held against $expected", async ({ count, n, p, ...row }) => {
    near(measured(await shareTest({ count, n }, row.expected)).p, p);
  });

  it.each(expected.differences)("$second less $first", async ({ first, second, level, ...row }) => {
    const part = ([count = 0, n = 0]: readonly number[]) => ({ count, n });
    const found = measured(await shareDifference(part(first), part(second), level));
    for (const figure of ["z", "p", "effect"] as const) near(found[figure], row[figure]);
    near(found.interval.low, row.low);
    near(found.interval.high, row.high);
  });
});

const counts = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 });

describe("whatever the counts", () => {
  it("order and turning a table change nothing, and p is a chance", () => {
    fc.assert(
      fc.property(counts, (cells) => {
        const table = [cells.slice(0, 3), cells.slice(3)];
        const found = fisherExact(table);
        if ("reason" in found) return;
        const turned = measured(fisherExact([0, 1, 2].map((place) => table.map((row) => row[place] as number))));
        near(turned.p, found.p);
        near(measured(fisherExact(table.toReversed())).p, found.p);
        expect(found.p > 0 && found.p <= 1).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("what is drawn comes near what is counted, the same with the same dice", () => {
    const table = [
      [30, 12, 9, 11],
      [14, 22, 13, 10],
      [12, 11, 25, 17],
    ];
    expect(fisherExact(table)).toEqual({ reason: expect.stringContaining("give dice") });
    const drawn = measured(fisherExact(table, { random: createRandom(5), draws: 2_000 }));
    expect(drawn).toEqual(fisherExact(table, { random: createRandom(5), draws: 2_000 }));
    expect(drawn.method).toBe("drawn");
    expect(drawn.p).toBeLessThan(0.01);
    const even = [30, 12, 20].map((count) => [count, count + 1, count, count + 2]);
    expect(measured(fisherExact(even, { random: createRandom(5), draws: 500 })).p).toBeGreaterThan(0.9);
  });

  it("z of two shares squared is χ² of their table", async () => {
    const { z, p } = measured(await shareDifference({ count: 20, n: 50 }, { count: 30, n: 50 }));
    const [statistic, chance] = expected.tables[0]?.pearson ?? [];
    near(z ** 2, statistic as number);
    near(p, chance as number);
  });
});

describe("where there is nothing to measure, it says why", () => {
  it.each([
    ["nobody in a table", () => fisherExact([[0, 0]])],
    ["no table", () => fisherExact([])],
    [
      "one row",
      () =>
        fisherExact([
          [1, 2],
          [0, 0],
        ]),
    ],
    [
      "parts of people",
      () =>
        fisherExact([
          [1.5, 2],
          [3, 1],
        ]),
    ],
    ["nobody", () => shareTest({ count: 0, n: 0 }, 0.5)],
    ["half of somebody", () => shareTest({ count: 0.5, n: 1 }, 0.5)],
    ["nobody on one side", () => shareDifference({ count: 0, n: 0 }, { count: 1, n: 2 })],
    ["none on either side", () => shareDifference({ count: 0, n: 3 }, { count: 0, n: 2 })],
  ])("%s", async (_case, test) => {
    expect(await test()).toEqual({ reason: expect.stringMatching(/\w/) });
  });

  it("and counts that are none are refused", async () => {
    expect(() =>
      fisherExact([
        [1, -1],
        [2, 3],
      ]),
    ).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    await expect(shareTest({ count: 3, n: 2 }, 0.5)).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(shareTest({ count: 1, n: 2 }, 1.5)).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});
