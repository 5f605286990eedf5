import { describe, expect, it } from "vitest";
import type { Population } from "../../../src/population/folder/load.ts";
import { parseSpecification } from "../../../src/population/specification/parse.ts";
import type { SurveyRun } from "../../../src/survey/administer/collected.ts";
import { summariseSurvey } from "../../../src/survey/results/summary.ts";
import { segmentsBy, weighSurvey } from "../../../src/survey/results/weigh.ts";
import { surveyOf } from "./instruments.ts";

const specification = parseSpecification({
  ...{ specification: 1, name: "town" },
  dimensions: {
    sex: { kind: "categorical", shares: { female: 50, male: 50 } },
    age: {
      kind: "numeric",
      bands: [
        { from: 18, to: 39, share: 40, label: "young" },
        { from: 40, to: 90, share: 60, label: "old" },
      ],
    },
    height: { kind: "numeric", from: 150, to: 200 },
  },
});
/** Three of four are women, and three of four are young. */
const drawn = ["f18", "f30", "f39", "f50", "f20", "f25", "m30", "m70"].map((code, place) => ({
  name: `P${place}`,
  draw: {
    ...{ id: String(place), weight: 1 },
    values: { sex: code.startsWith("f") ? "female" : "male", age: Number(code.slice(1)), height: 170 },
  },
}));
const population = { manifest: { name: "town", specification }, people: drawn } as unknown as Population;
const respondents: SurveyRun["respondents"] = drawn.map(({ name }, place) => ({
  ...{ respondent: name.toLowerCase(), name, variant: "as-written", sample: 0, failedChecks: [] },
  end: place === 4 ? "screened-out" : "complete",
}));

describe("weighing by a population", () => {
  it("gives those who completed it the margins that it declares, and says what that costs, group by group", async () => {
    const { weights, raking, left } = weighSurvey({ respondents }, population);
    expect([raking.converged, weights.size, weights.has("p4")]).toEqual([true, 7, false]);
    const share = (holds: (place: number) => boolean): number => {
      const all = [...weights].map(([id, weight]) => [Number(id.slice(1)), weight] as const);
      return all.filter(([place]) => holds(place)).reduce((sum, [, weight]) => sum + weight, 0) / 7;
    };
    expect(share((place) => place < 6)).toBeCloseTo(0.5, 5);
    expect(share((place) => ![3, 7].includes(place))).toBeCloseTo(0.4, 5);
    expect(left).toEqual([{ dimension: "height", reason: expect.stringContaining("range without bands") }]);
    const instrument = surveyOf([{ id: "drinks", kind: "yes-no", text: "?" }]);
    const answers = respondents.map(({ respondent, name }, place) => ({
      ...{ respondent, name, variant: "as-written", sample: 0, item: "drinks", method: "direct" },
      value: place < 6 ? "yes" : "no",
    }));
    const segments = segmentsBy({ respondents }, population, "age");
    const rows = await summariseSurvey(instrument, answers, { weights, segments, respondents });
    expect(rows.map(({ segment }) => segment)).toEqual(["all", "all", "old", "old", "young", "young"]);
    expect(rows[0]?.value).toBeCloseTo(0.5, 5);
    for (const { designEffect, effectiveSize, n, segment } of rows) {
      expect(effectiveSize * designEffect).toBeCloseTo(n, 9);
      if (segment === "all") expect(designEffect).toBeGreaterThan(1.05);
    }
  });

  it("goes by the dimensions that are named, and refuses what cannot be", () => {
    const { raking } = weighSurvey({ respondents }, population, { dimensions: ["sex"] });
    expect(new Set(raking.shares.map(({ margin }) => margin))).toEqual(new Set(["sex"]));
    // Who was drawn for three begins with three.
    const people = drawn.map((one, place) => (place === 0 ? { ...one, draw: { ...one.draw, weight: 3 } } : one));
    const { weights } = weighSurvey({ respondents }, { ...population, people } as never, { dimensions: ["sex"] });
    expect((weights.get("p0") as number) / (weights.get("p1") as number)).toBeCloseTo(3, 9);
    const refused = (work: () => unknown) => expect(work).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    refused(() => weighSurvey({ respondents }, population, { dimensions: ["height"] }));
    refused(() =>
      weighSurvey(
        { respondents: [{ ...(respondents[0] as SurveyRun["respondents"][number]), name: "Nobody" }] },
        population,
      ),
    );
    refused(() => weighSurvey({ respondents: respondents.slice(0, 2) }, population));
    refused(() => segmentsBy({ respondents }, population, "income"));
  });
});
