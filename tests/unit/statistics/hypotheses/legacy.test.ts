import { describe, expect, it } from "vitest";
import type { LegacyMannWhitney } from "../../../../src/statistics/legacy/ranks-and-shapes.ts";
import { type LegacyTest, legacyAssumptions, legacyTests } from "../../../../src/statistics/legacy/tester.ts";
import { welchT } from "../../../../src/statistics/means/two-sample-t.ts";
import { measured } from "../measured.ts";
import expected from "./expected-legacy.json" with { type: "json" };

/** The same figures, but for roundings. */
function close(value: unknown): unknown {
  if (typeof value === "number") return expect.closeTo(value, 9);
  if (Array.isArray(value)) return value.map(close);
  return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, close(inner)]));
}

describe("the original's records", () => {
  it.each(expected.groups)("are SciPy's figures: $control.length and $treatment.length", async (row) => {
    const { control, treatment, counts, ...records } = row;
    for (const [test, figures] of Object.entries(records)) {
      const [one = [], other = []] = test === "chi_square" ? counts : [control, treatment];
      const found = await legacyTests({ votes: one }, { arm: { votes: other } }, { test: test as LegacyTest });
      expect(found.arm?.votes, test).toMatchObject({ test_type: test, ...(close(figures) as object) });
    }
  });

  it("have the fields of each test and no others", async () => {
    const votes = { control: { votes: [1, 2, 3, 4] }, arm: { arm: { votes: [2, 2, 3, 6] } } };
    const fields = async (test: LegacyTest) =>
      Object.keys((await legacyTests(votes.control, votes.arm, { test })).arm?.votes ?? {}).join(" ");
    const sizes = "control_sample_size treatment_sample_size";
    const t = `test_type control_mean treatment_mean mean_difference percent_change t_statistic p_value confidence_interval confidence_level significant ${sizes} control_std treatment_std effect_size`;
    expect(await fields("t_test")).toBe(t);
    expect(await fields("welch_t_test")).toBe(`${t} degrees_of_freedom`);
    expect(await fields("mann_whitney")).toBe(
      `test_type control_median treatment_median median_difference percent_change u_statistic p_value confidence_interval confidence_level significant ${sizes} effect_size`,
    );
    expect(await fields("anova")).toBe(
      "test_type f_statistic p_value significant num_groups total_sample_size effect_size",
    );
    const shapes = "control_mean treatment_mean control_median treatment_median control_std treatment_std";
    expect(await fields("ks_test")).toBe(
      `test_type ${shapes} ks_statistic p_value significant ${sizes} effect_size overlap_coefficient percentile_differences interpretation`,
    );
    expect(await fields("chi_square")).toBe(
      "test_type chi2_statistic p_value degrees_of_freedom significant effect_size",
    );
  });

  it("leave out what one lacks, and say why there is no figure", async () => {
    const found = await legacyTests(
      { same: [2, 2, 2], one: [1], none: [], mine: [1, 2], zero: [-1, 0, 1] },
      { arm: { same: [3, 3, 3], one: [1, 2], none: [1], theirs: [1, 2], zero: [1, 2, 4] } },
    );
    expect(found.arm).toEqual({
      same: { reason: "nobody differs from their group" },
      one: { reason: "fewer than two values in a group" },
      zero: expect.objectContaining({ percent_change: null }),
    });
    expect(JSON.stringify(found)).not.toMatch(/NaN|Infinity/);
  });

  it("bands of distance, and the interval of medians with the original's sign", async () => {
    const control = Array.from({ length: 40 }, (_, place) => place % 10);
    const arm = {
      near: { votes: control.map((value) => value + 0.4) },
      far: { votes: control.map((value) => value + 7) },
    };
    const shapes = await legacyTests({ votes: control }, arm, { test: "ks_test" });
    expect(shapes.near?.votes).toMatchObject({ interpretation: "not significant" });
    expect(shapes.far?.votes).toMatchObject({ interpretation: "large" });
    const medians = await legacyTests({ votes: control }, arm, { test: "mann_whitney" });
    expect(medians.far?.votes).toMatchObject({
      median_difference: 7,
      confidence_interval: [expect.any(Number), expect.any(Number)],
    });
    const { confidence_interval: interval } = measured(
      medians.far?.votes ?? { reason: "left out" },
    ) as LegacyMannWhitney;
    expect((interval?.[0] ?? 0) <= -7 && (interval?.[1] ?? 0) >= -7).toBe(true);
  });
});

describe("assumptions and signs", () => {
  it("A43: checking assumptions says which test, and every difference of a test has one sign", async () => {
    const even = [1, 2, 2, 3, 3, 3, 4, 4, 5];
    const wide = even.map((value) => 10 * value);
    const lopsided = [1, 1, 1, 1, 1, 1, 1, 2, 40];
    expect(await legacyAssumptions(even, { arm: even })).toMatchObject({
      recommended_test: "t_test",
      normality: { control: { normal: true }, arm: { normal: true } },
      equal_variance: { equal_variance: true },
    });
    expect((await legacyAssumptions(even, { arm: wide })).recommended_test).toBe("welch_t_test");
    expect((await legacyAssumptions(even, { arm: lopsided })).recommended_test).toBe("mann_whitney");
    const { difference, t, interval, effect } = measured(await welchT(even, wide));
    expect([difference, t, interval.low, effect].map(Math.sign)).toEqual([1, 1, 1, 1]);
  });
});
