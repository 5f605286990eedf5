import { expect, it } from "vitest";
import { shareContrast } from "../../../../src/statistics/intervals/share.ts";
import expected from "./expected.json" with { type: "json" };

it.each(expected)("one before another as SciPy has it: $counts of $n", async ({ counts, n, p, ...row }) => {
  const { level, comparisons, difference, low, high } = row;
  const found = await shareContrast(counts as [number, number], n, { level, comparisons });
  expect(found.difference).toBeCloseTo(difference, 12);
  expect(found.low).toBeCloseTo(low, 9);
  expect(found.high).toBeCloseTo(high, 9);
  // It leaves out zero just where the exact test finds something.
  expect(found.low > 0 || found.high < 0).toBe(p < (1 - level) / comparisons);
});

it("counts that are none are refused", async () => {
  await expect(shareContrast([3, 4], 5)).rejects.toMatchObject({ code: "OPTION_INVALID" });
});
