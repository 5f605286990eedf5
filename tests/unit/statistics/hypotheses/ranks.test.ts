import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { friedman } from "../../../../src/statistics/ranks/friedman.ts";
import { kruskalWallis } from "../../../../src/statistics/ranks/kruskal-wallis.ts";
import { mannWhitney } from "../../../../src/statistics/ranks/mann-whitney.ts";
import { hodgesLehmann } from "../../../../src/statistics/ranks/shift.ts";
import { signTest } from "../../../../src/statistics/ranks/sign.ts";
import { wilcoxon } from "../../../../src/statistics/ranks/wilcoxon.ts";
import { measured, near } from "../measured.ts";
import expected from "./expected-ranks.json" with { type: "json" };

describe("as SciPy has it", () => {
  it.each(expected.two)("two groups, u $u, $method", async ({ first, second, level, ...row }) => {
    const found = measured(await mannWhitney(first, second, level));
    expect(found.method).toBe(row.method);
    near(found.u, row.u);
    near(found.p, row.p);
    near(found.shift, row.shift);
    near(found.superiority, row.u / (first.length * second.length));
    if (row.interval === null) expect(found.shiftInterval).toMatchObject({ reason: expect.any(String) });
    if (Array.isArray(row.interval)) {
      const interval = measured(found.shiftInterval);
      near(interval.low, row.interval[0] as number);
      near(interval.high, row.interval[1] as number);
    }
  });

  it.each(expected.several)("several groups, h $h", async ({ groups, ...row }) => {
    const found = measured(await kruskalWallis(groups));
    for (const figure of ["h", "p", "effect"] as const) near(found[figure], row[figure]);
  });

  it.each(expected.tried)("several that the same people tried, χ² $chiSquare", async ({ people, ...row }) => {
    const found = measured(await friedman(people));
    for (const figure of ["chiSquare", "p"] as const) near(found[figure], row[figure]);
  });

  it.each(expected.signs)("$up up, $down down", ({ up, down, p }) => {
    const second = [...Array.from({ length: up }, () => 2), ...Array.from({ length: down }, () => 0), 1];
    const found = signTest(
      second.map(() => 1),
      second,
    );
    expect(found).toEqual({ up, down, p: expect.closeTo(p, 9) });
  });
});

const numbers = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 9 });

describe("whatever the numbers", () => {
  it("exchange turns the effect, and what keeps the order keeps all but the shift", async () => {
    await fc.assert(
      fc.asyncProperty(numbers, numbers, async (first, second) => {
        const found = await mannWhitney(first, second);
        if ("reason" in found) return;
        const turned = measured(await mannWhitney(second, first));
        near(turned.p, found.p);
        near(turned.effect, -found.effect);
        near(turned.shift, -found.shift);
        const bent = (values: readonly number[]) => values.map((value) => Math.exp(value / 3));
        const { p, u } = measured(await mannWhitney(bent(first), bent(second)));
        near(p, found.p);
        near(u, found.u);
        expect(p > 0 && p <= 1).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("the shift is the middle of all differences", () => {
    fc.assert(
      fc.property(numbers, numbers, (first, second) => {
        const all = second.flatMap((one) => first.map((other) => one - other)).sort((one, other) => one - other);
        const middle =
          ((all[Math.floor((all.length - 1) / 2)] as number) + (all[Math.ceil((all.length - 1) / 2)] as number)) / 2;
        near(measured(hodgesLehmann(first, second)).shift, middle);
      }),
      { numRuns: 60 },
    );
  });

  it("H of two groups without ties is the square of the normal U, not corrected for continuity", async () => {
    const [first, second] = [
      [1, 4, 6, 8, 11],
      [2, 3, 5, 7, 9, 10],
    ];
    const { u } = measured(await mannWhitney(first, second));
    const z = (u - 15) / Math.sqrt((30 * 12) / 12);
    near(measured(await kruskalWallis([first, second])).h, z ** 2);
  });

  it("signed ranks that all go up are an effect of one", async () => {
    expect(await wilcoxon([1, 2, 3], [2, 4, 9])).toMatchObject({ effect: 1, p: 0.25 });
    expect(await wilcoxon([2, 4, 9], [1, 2, 3])).toMatchObject({ effect: -1 });
  });
});

describe("where there is nothing to measure, it says why", () => {
  it.each([
    ["an empty group", () => mannWhitney([], [1])],
    ["all the same", () => mannWhitney([1, 1], [1])],
    ["one group", () => kruskalWallis([[1, 2]])],
    ["an empty group of several", () => kruskalWallis([[1, 2], []])],
    ["several that are all the same", () => kruskalWallis([[1, 1], [1]])],
    ["one person", () => friedman([[1, 2]])],
    ["one that was tried", () => friedman([[1], [2]])],
    [
      "nobody who tells",
      () =>
        friedman([
          [1, 1],
          [2, 2],
        ]),
    ],
    ["no pair that differs", () => signTest([1, 2], [1, 2])],
    ["no shift of nobody", () => hodgesLehmann([1], [])],
  ])("%s", async (_case, test) => {
    expect(await test()).toEqual({ reason: expect.stringMatching(/\w/) });
  });

  it("one value each is not significant, and has no interval", async () => {
    expect(await mannWhitney([1], [2])).toMatchObject({
      p: 1,
      shift: 1,
      shiftInterval: { reason: expect.stringContaining("too few") },
    });
  });

  it("and what is no number or no row is refused", async () => {
    await expect(mannWhitney([Number.POSITIVE_INFINITY], [1])).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(friedman([[1, 2], [1]])).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});
