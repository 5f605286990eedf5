import { describe, expect, it } from "vitest";
import { mcNemar } from "../../../src/statistics/counts/mcnemar.ts";
import { pairedT } from "../../../src/statistics/means/paired-t.ts";
import { isMeasured } from "../../../src/statistics/measured.ts";
import { wilcoxon } from "../../../src/statistics/ranks/wilcoxon.ts";
import expected from "./expected-paired.json" with { type: "json" };

const measured = <T extends object>(found: T | { readonly reason: string }): T => {
  if (isMeasured(found)) return found;
  throw new Error((found as { readonly reason: string }).reason);
};

describe("as SciPy and statsmodels have it", () => {
  it.each(expected.parting)("$first pairs went one way and $second the other", ({ first, second, p }) => {
    expect(measured(mcNemar(first, second)).p).toBeCloseTo(p, 9);
  });

  it.each(expected.pairs)("pairs: t $t.t, signed ranks $wilcoxon.statistic ($wilcoxon.method)", async (pair) => {
    const { first, second } = pair;
    const t = measured(await pairedT(first, second));
    for (const figure of ["t", "degrees", "p"] as const) expect(t[figure]).toBeCloseTo(pair.t[figure], 9);
    const ranks = measured(await wilcoxon(first, second));
    expect(ranks).toMatchObject({ n: pair.wilcoxon.n, method: pair.wilcoxon.method });
    expect(ranks.statistic).toBeCloseTo(pair.wilcoxon.statistic, 9);
    expect(ranks.p).toBeCloseTo(pair.wilcoxon.p, 9);
  });
});

describe("where there is nothing to measure, it says why", () => {
  it.each([
    ["no pair parts", () => mcNemar(0, 0)],
    ["one pair has no spread", () => pairedT([1], [2])],
    ["all differ by the same", () => pairedT([1, 2, 3], [2, 3, 4])],
    ["nobody differs", () => wilcoxon([1, 2], [1, 2])],
  ])("%s", async (_case, test) => {
    expect(await test()).toEqual({ reason: expect.stringMatching(/\w/) });
  });

  it("and pairs that are none are refused", async () => {
    await expect(pairedT([1, 2], [1])).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(wilcoxon([Number.NaN], [1])).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});
