import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { isMeasured } from "../../../../src/statistics/measured.ts";
import {
  type ChoiceModel,
  combinedTerms,
  conditionalLogit,
  drawnTerms,
  type FeatureChoice,
} from "../../../../src/statistics/models/conditional-logit.ts";

/** Of make-expected-choices.py. */
const expected = JSON.parse(readFileSync(join(import.meta.dirname, "expected-choices.json"), "utf8")) as {
  readonly features: readonly (readonly (readonly (readonly number[])[])[])[];
  readonly chosen: readonly (readonly number[])[];
  readonly estimates: readonly number[];
  readonly logLikelihood: number;
  readonly robust: readonly (readonly number[])[];
};
const terms = ["one", "two", "three"];
const choices = expected.features.flatMap((tasks, person) =>
  tasks.map((among, task) => ({ among, chosen: expected.chosen[person]?.[task] as number, cluster: person })),
);
const measured = async (given: readonly FeatureChoice[]): Promise<ChoiceModel> => {
  const found = await conditionalLogit(given, terms);
  if (isMeasured(found)) return found;
  throw new Error(found.reason);
};

describe("a conditional logit", () => {
  it("has the estimates and likelihood of statsmodels, and errors by cluster", async () => {
    const model = await measured(choices);
    for (const [place, value] of expected.estimates.entries()) expect(model.estimates[place]).toBeCloseTo(value, 9);
    expect(model.logLikelihood).toBeCloseTo(expected.logLikelihood, 8);
    expect(model.nullLogLikelihood).toBeCloseTo(-choices.length * Math.log(3), 9);
    for (const [row, line] of expected.robust.entries())
      for (const [column, value] of line.entries()) expect(model.covariance[row]?.[column]).toBeCloseTo(value, 9);
    expect([model.choices, model.clusters]).toEqual([144, 24]);
    const sum = await combinedTerms(model, [1, 1, 0]);
    const [a, b] = model.covariance as [readonly number[], readonly number[]];
    expect(sum.error ** 2).toBeCloseTo((a[0] as number) + 2 * (a[1] as number) + (b[1] as number), 12);
  });

  it("counts a weight as so many choices, and leaves out what has none", async () => {
    const [first, ...rest] = choices as [FeatureChoice, ...FeatureChoice[]];
    const twice = await measured([first, first, ...rest]);
    const weighed = await measured([{ ...first, weight: 2 }, ...rest, { ...first, weight: 0 }]);
    for (const [place, value] of twice.estimates.entries()) expect(weighed.estimates[place]).toBeCloseTo(value, 9);
    expect(weighed.choices).toBe(choices.length);
  });

  it("draws its terms as its errors have them", async () => {
    const model = await measured(choices);
    const random = createRandom(5);
    const drawn = await drawnTerms(model, () => random.next(), 4_000);
    const mean = (place: number): number => drawn.reduce((all, one) => all + (one[place] as number), 0) / drawn.length;
    for (const [place, value] of model.estimates.entries()) {
      const error = Math.sqrt(model.covariance[place]?.[place] as number);
      expect(Math.abs(mean(place) - value)).toBeLessThan(0.1 * error);
      const variance = drawn.reduce((all, one) => all + ((one[place] as number) - value) ** 2, 0) / drawn.length;
      expect(variance / error ** 2).toBeGreaterThan(0.9);
      expect(variance / error ** 2).toBeLessThan(1.1);
    }
  });

  it("says why there is none", async () => {
    const pick = (chosen: number, cluster: string, among = [[1], [0]]): FeatureChoice => ({ chosen, among, cluster });
    const reason = (...given: readonly FeatureChoice[]) => conditionalLogit(given, ["x"]);
    expect(await reason(pick(0, "a"), pick(1, "a"))).toEqual({ reason: "fewer than two people chose" });
    expect(await reason(pick(0, "a"), pick(0, "b"))).toMatchObject({ reason: expect.stringMatching(/^no finite/) });
    // Of one mind to the last: the information comes to nothing on the way.
    const unanimous = Array.from({ length: 40 }, (_, place) => pick(0, `p${place}`));
    expect(await reason(...unanimous)).toMatchObject({ reason: expect.stringMatching(/^no finite/) });
    const same = [[1], [1]];
    expect(await reason(pick(0, "a", same), pick(1, "b", same))).toMatchObject({
      reason: expect.stringMatching(/does not tell its features apart/),
    });
    await expect(reason(pick(2, "a"), pick(0, "b"))).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});
