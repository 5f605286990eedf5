import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oneWayAnova, welchAnova } from "../../../../src/statistics/means/anova.ts";
import { equivalentMean, equivalentMeans, equivalentPairs } from "../../../../src/statistics/means/equivalence.ts";
import { pairedT } from "../../../../src/statistics/means/paired-t.ts";
import { studentT, welchT } from "../../../../src/statistics/means/two-sample-t.ts";
import { twoWayAnova } from "../../../../src/statistics/means/two-way.ts";
import { measured, near } from "../measured.ts";
import expected from "./expected-means.json" with { type: "json" };

describe("as SciPy and statsmodels have it", () => {
  it.each(expected.two)("two groups of $first.length and $second.length", async ({ first, second, level, ...row }) => {
    const pairs = Math.min(first.length, second.length);
    const found = {
      student: measured(await studentT(first, second, level)),
      welch: measured(await welchT(first, second, level)),
      paired: measured(await pairedT(first.slice(0, pairs), second.slice(0, pairs), level)),
    };
    for (const [test, figures] of Object.entries(found)) {
      const { low, high, ...others } = row[test as keyof typeof found];
      for (const figure of ["t", "degrees", "p"] as const) near(figures[figure], others[figure]);
      near(figures.interval.low, low);
      near(figures.interval.high, high);
      expect(figures.interval.level).toBe(level);
    }
    near(found.student.effect, row.effect);
    near(found.welch.effect, row.effect);
  });

  it.each(expected.two)("equivalence of $first.length and $second.length", async ({ first, second, ...row }) => {
    const pairs = Math.min(first.length, second.length);
    const found = {
      equivalentMeans: measured(await equivalentMeans(first, second, { margin: 0.8 })),
      equivalentPairs: measured(await equivalentPairs(first.slice(0, pairs), second.slice(0, pairs), { margin: 0.8 })),
      equivalentMean: measured(await equivalentMean(second, 4.5, { margin: 0.8 })),
    };
    for (const [test, figures] of Object.entries(found)) {
      for (const p of ["p", "pAboveLower", "pBelowUpper"] as const)
        near(figures[p], row[test as keyof typeof found][p]);
      expect(figures.equivalent).toBe(figures.p < 0.05);
      const { low, high, level } = figures.interval;
      expect(level).toBe(0.9);
      expect(low > -0.8 && high < 0.8).toBe(figures.equivalent);
    }
  });

  it.each(expected.several)("$groups.length groups", async ({ groups, one, welch }) => {
    const found = measured(await oneWayAnova(groups));
    for (const figure of ["f", "p", "etaSquared", "omegaSquared"] as const) near(found[figure], one[figure]);
    const uneven = measured(await welchAnova(groups));
    for (const figure of ["f", "p", "within"] as const) near(uneven[figure], welch[figure]);
  });

  it.each(expected.factors)("two factors, $name", async ({ values, first, second, found }) => {
    const figures = measured(await twoWayAnova({ values, first, second }));
    for (const term of ["first", "second", "interaction"] as const)
      for (const figure of ["squares", "degrees", "f", "p"] as const)
        near(measured(figures[term])[figure], found[term][figure]);
    near(figures.within.squares, found.within.squares);
    expect(figures.within.degrees).toBe(found.within.degrees);
  });
});

const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 12 });

describe("whatever the numbers", () => {
  it("exchange turns the sign, shift and scale leave t and p alone, and p is a chance", async () => {
    await fc.assert(
      fc.asyncProperty(numbers, numbers, fc.integer({ min: 1, max: 9 }), async (first, second, by) => {
        for (const test of [studentT, welchT]) {
          const found = await test(first, second);
          if ("reason" in found) return;
          const turned = measured(await test(second, first));
          near(turned.t, -found.t);
          near(turned.interval.low, -found.interval.high);
          const moved = (values: readonly number[]) => values.map((value) => by * value + 7);
          const scaled = measured(await test(moved(first), moved(second)));
          near(scaled.p, found.p);
          near(scaled.effect, found.effect);
          near(scaled.difference, by * found.difference);
          expect(found.p).toBeGreaterThanOrEqual(0);
          expect(found.p).toBeLessThanOrEqual(1);
          expect(found.interval.low <= 0 && found.interval.high >= 0).toBe(found.p >= 0.05);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("F of two groups is t squared, with one p", async () => {
    await fc.assert(
      fc.asyncProperty(numbers, numbers, async (first, second) => {
        const found = await oneWayAnova([first, second]);
        if ("reason" in found) return;
        const t = measured(await studentT(first, second));
        near(found.f / Math.max(1, found.f), t.t ** 2 / Math.max(1, found.f));
        near(found.p, t.p);
      }),
      { numRuns: 40 },
    );
  });
});

describe("where there is nothing to measure, it says why", () => {
  const margin = { margin: 1 };
  it.each([
    ["nobody", () => welchT([], [1, 2])],
    ["one value", () => studentT([1], [1, 2])],
    ["no variance", () => welchT([1, 1], [2, 2])],
    ["no variance but for roundings", () => studentT([0.1, 0.1, 0.1], [0.3, 0.3, 0.3])],
    ["equivalence of one", () => equivalentMean([1], 1, margin)],
    ["equivalence of what is all the same", () => equivalentMean([2, 2], 2, margin)],
    ["equivalence without variance", () => equivalentMeans([1, 1], [1, 1], margin)],
    ["equivalence of pairs that do not differ", () => equivalentPairs([1, 2], [1, 2], margin)],
    ["one group", () => oneWayAnova([[1, 2]])],
    ["an empty group", () => oneWayAnova([[1, 2], []])],
    ["groups of one", () => oneWayAnova([[1], [2]])],
    [
      "groups without variance",
      () =>
        oneWayAnova([
          [1, 1],
          [2, 2],
        ]),
    ],
    [
      "a group without variance",
      () =>
        welchAnova([
          [1, 1],
          [2, 3],
        ]),
    ],
    ["a group of one", () => welchAnova([[1], [2, 3]])],
    ["one level", () => twoWayAnova({ values: [1, 2], first: ["a", "a"], second: ["x", "y"] })],
    ["no repetition", () => twoWayAnova({ values: [1, 2], first: ["a", "b"], second: ["x", "y"] })],
    [
      "factors that go together",
      () => twoWayAnova({ values: [1, 2, 3, 5], first: ["a", "a", "b", "b"], second: ["x", "x", "y", "y"] }),
    ],
    [
      "no variance within",
      () => twoWayAnova({ values: [1, 1, 3, 3], first: ["a", "a", "b", "b"], second: ["x", "x", "x", "y"] }),
    ],
  ])("%s", async (_case, test) => {
    expect(await test()).toEqual({ reason: expect.stringMatching(/\w/) });
  });

  it("and what is no number, no size or no margin is refused", async () => {
    await expect(welchT([1, Number.NaN], [1, 2])).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(twoWayAnova({ values: [1, 2], first: ["a"], second: ["x", "y"] })).rejects.toMatchObject({
      code: "OPTION_INVALID",
    });
    await expect(equivalentMean([1, 2], 1, { margin: 0 })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});
