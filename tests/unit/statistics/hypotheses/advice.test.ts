import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { type AdviceOptions, adviseTest } from "../../../../src/statistics/advice.ts";
import { pairedPermutationTest, permutationTest } from "../../../../src/statistics/means/permutation.ts";
import { measured, near } from "../measured.ts";
import expected from "./expected-legacy.json" with { type: "json" };

const even = [1, 2, 2, 3, 3, 3, 4, 4, 5];
const lopsided = [1, 1, 1, 1, 1, 1, 1, 2, 40];
const many = Array.from({ length: 40 }, (_, place) => (place % 13 === 0 ? 90 : place % 5));

describe("which test is advised", () => {
  it.each<[string, (number | string)[][], AdviceOptions]>([
    ["welchT", [even, even.map((value) => 9 * value)], { scale: "number" }],
    ["welchT", [many, many], { scale: "number" }],
    ["welchAnova", [even, even, even], { scale: "number" }],
    ["mannWhitney", [even, lopsided], { scale: "number" }],
    ["kruskalWallis", [even, lopsided, even], { scale: "number" }],
    ["pairedT", [even, even.map((value, place) => value + (place % 4))], { scale: "number", paired: true }],
    ["wilcoxon", [even, even.map((value, place) => value + (lopsided[place] ?? 0))], { scale: "number", paired: true }],
    ["friedman", [even, even, even], { scale: "number", paired: true }],
    ["mannWhitney", [even, even], { scale: "ordinal" }],
    ["kruskalWallis", [even, even, even], { scale: "ordinal" }],
    ["signTest", [even, even], { scale: "ordinal", paired: true }],
    ["friedman", [even, even, even], { scale: "ordinal", paired: true }],
    [
      "fisherExact",
      [
        ["a", "b", "b"],
        ["a", "a"],
      ],
      { scale: "nominal" },
    ],
    ["chiSquareTable", [many.map((value) => value % 2), many.map((value) => value % 2)], { scale: "nominal" }],
    [
      "mcNemar",
      [
        ["a", "b"],
        ["b", "b"],
      ],
      { scale: "nominal", paired: true },
    ],
  ])("%s", async (test, groups, options) => {
    const found = measured(await adviseTest(groups, options));
    expect(found.test).toBe(test);
    expect(found.why).toMatch(/^[A-Z].*\.$/);
    expect(found.sizes).toEqual(groups.map(({ length }) => length));
    if (options.scale === "number" && !options.paired) expect(found.spread).toBeDefined();
  });

  it.each<[string, (number | string)[][], AdviceOptions]>([
    ["of one group", [even], { scale: "number" }],
    ["of nobody", [even, []], { scale: "ordinal" }],
    ["of one option", [["a"], ["a"]], { scale: "nominal" }],
    [
      "of pairs with three options",
      [
        ["a", "b", "c"],
        ["a", "a", "b"],
      ],
      { scale: "nominal", paired: true },
    ],
  ])("none %s, and why", async (_case, groups, options) => {
    expect(await adviseTest(groups, options)).toEqual({ reason: expect.stringMatching(/\w/) });
  });

  it("pairs that are none and words where numbers should be are refused", async () => {
    await expect(adviseTest([[1], [1, 2]], { scale: "ordinal", paired: true })).rejects.toMatchObject({
      code: "OPTION_INVALID",
    });
    await expect(adviseTest([["a"], [1]], { scale: "number" })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});

describe("permutation tests", () => {
  const random = createRandom(3);

  it.each(expected.permuted)("by all ways, as SciPy has them: $found", ({ first, second, found, p, paired }) => {
    expect(permutationTest(first, second, { random })).toEqual({
      found: expect.closeTo(found, 9),
      p: expect.closeTo(p, 9),
      method: "exact",
    });
    near(measured(pairedPermutationTest(first.slice(0, 4), second.slice(0, 4), { random })).p, paired);
  });

  it("exchange changes nothing but the sign", () => {
    const numbers = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(numbers, numbers, (first, second) => {
        const found = permutationTest(first, second, { random });
        if ("reason" in found) return;
        const turned = measured(permutationTest(second, first, { random }));
        near(turned.p, found.p);
        near(turned.found, -found.found);
        expect(found.p > 0 && found.p <= 1).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("draws of many come near what all ways would give, the same by the same seed", () => {
    const [first, second] = [many, many.map((value) => value + 0.01)];
    const drawn = () => permutationTest(first, second, { random: createRandom(3), draws: 300 });
    expect(drawn()).toEqual(drawn());
    expect(drawn()).toMatchObject({ method: "drawn" });
    expect(measured(drawn()).p).toBeGreaterThan(0.9);
    const far = many.map((value) => value + 60);
    near(measured(permutationTest(many, far, { random: createRandom(3), draws: 300 })).p, 1 / 301);
    near(measured(pairedPermutationTest(many, far, { random: createRandom(3), draws: 300 })).p, 1 / 301);
    const spread = (one: readonly number[], other: readonly number[]) => Math.max(...other) - Math.max(...one);
    expect(measured(permutationTest([1, 2, 3], [4, 5, 60], { random, figure: spread })).found).toBe(57);
  });

  it("where nothing can differ, why is said", () => {
    expect(permutationTest([], [1], { random })).toEqual({ reason: expect.any(String) });
    expect(permutationTest([1, 1], [1], { random })).toEqual({ reason: expect.any(String) });
    expect(pairedPermutationTest([1, 2], [1, 2], { random })).toEqual({ reason: "no pair differs" });
    expect(pairedPermutationTest([], [], { random })).toEqual({ reason: "no pair differs" });
  });
});
