import { describe, expect, it } from "vitest";
import { shareInterval } from "../../../../src/statistics/intervals/share.ts";
import { weighed, weightedMean, weightedShare } from "../../../../src/statistics/weights/figures.ts";
import expectedValues from "../effects/expected.json" with { type: "json" };
import { measured, near } from "../measured.ts";

describe("figures by weights", () => {
  it.each(expectedValues.weighted)("as statsmodels has them: $mean", async ({ values, weights, ...expected }) => {
    const found = measured(await weightedMean(values, weights));
    near(found.mean, expected.mean);
    near(found.error, expected.error);
    near(found.interval.low, expected.interval[0] as number);
    near(found.interval.high, expected.interval[1] as number);
    near(found.effectiveSize, expected.effective);
    near(found.designEffect, values.length / expected.effective);
  });

  it("are those without where all weigh the same", async () => {
    const holds = [true, true, false, true, false, false, false];
    const { share, interval, margin } = measured(
      await weightedShare(
        holds,
        holds.map(() => 3),
      ),
    );
    const plain = await shareInterval(3, 7);
    near(share, 3 / 7);
    near(interval.low, plain.low);
    near(interval.high, plain.high);
    near(margin, (plain.high - plain.low) / 2);
  });

  it("are none of nothing", async () => {
    expect(await weightedMean([1, 2], [1, 0])).toEqual({ reason: "fewer than two values that have a weight" });
    expect(await weightedShare([true], [0])).toEqual({ reason: "nobody has a weight" });
    expect(weighed([])).toEqual({ n: 0, effectiveSize: 0, designEffect: 0 });
    expect(weighed([2, 2, 0])).toEqual({ n: 2, effectiveSize: 2, designEffect: 1 });
    expect(weighed([2, 2])).toEqual({ n: 2, effectiveSize: 2, designEffect: 1 });
    await expect(weightedMean([1, 2], [1, -1])).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});
