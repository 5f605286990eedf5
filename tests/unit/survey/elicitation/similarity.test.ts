import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { anchorsFor } from "../../../../src/survey/elicitation/anchors/anchors.ts";
import { anchorFamilies, pointsOfSeven } from "../../../../src/survey/elicitation/anchors/families.ts";
import { atTemperature, averaged, ratedBy } from "../../../../src/survey/elicitation/anchors/similarity.ts";
import type { ItemPart } from "../../../../src/survey/instrument/kind.ts";

interface Case {
  readonly cosines: number[];
  readonly epsilon: number;
  readonly temperature: number;
  readonly rated: number[];
  readonly scaled: number[];
}
const cases: Case[] = JSON.parse(readFileSync(new URL("expected-similarity.json", import.meta.url), "utf8"));

/** A scale of these labels, lowest first unless they say otherwise. */
const scaleOf = (...labels: readonly string[]): ItemPart => ({
  id: "rating",
  scale: { kind: "ordinal", options: labels.map((_, place) => String(place + 1)) },
  options: labels.map((label, place) => ({ id: String(place + 1), label })),
});

describe("a rating by similarity", () => {
  it.each(cases)("is what NumPy makes of $cosines.length points, ε $epsilon and temperature $temperature", (one) => {
    const rated = ratedBy(one.cosines, one);
    for (const [place, share] of rated.entries()) expect(share).toBeCloseTo(one.rated[place] as number, 12);
    const scaled = atTemperature(rated, one.temperature);
    for (const [place, share] of scaled.entries()) expect(share).toBeCloseTo(one.scaled[place] as number, 12);
  });

  it("is even where nothing is more alike, and has a limit at both ends of temperature", () => {
    expect(ratedBy([0.3, 0.3, 0.3])).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(atTemperature([0.2, 0.5, 0.3], 0)).toEqual([0, 1, 0]);
    expect(atTemperature([0.5, 0.5], 0)).toEqual([0.5, 0.5]);
    expect(atTemperature([0.2, 0.5, 0.3], 1e-3)[1]).toBeCloseTo(1, 12);
    expect(
      averaged([
        [0, 1],
        [0.5, 0.5],
      ]),
    ).toEqual([0.25, 0.75]);
  });
});

describe("sentences for the points of scales", () => {
  const from = (...labels: readonly string[]) => anchorsFor(scaleOf(...labels)).from;

  it("are of the family that the labels are of, and else of the labels themselves", () => {
    expect(from("Very unlikely", "Unlikely", "Neither", "Likely", "Very likely")).toBe("likelihood");
    expect(from("Strongly disagree", "Disagree", "Agree", "Strongly agree")).toBe("agreement");
    expect(from("Never", "Rarely", "Sometimes", "Often", "Always")).toBe("frequency");
    expect(from("cold", "tepid", "hot")).toBe("labels");
    expect(anchorsFor(scaleOf("1 – cold", "2", "3 – hot")).sets[0]).toEqual([
      "My answer is: cold.",
      "My answer is: 2.",
      "My answer is: hot.",
    ]);
  });

  it("stand in the scale's own order, whatever is shown first and whichever end is written first", () => {
    const up = anchorsFor(scaleOf("Very dissatisfied", "Dissatisfied", "Satisfied", "Very satisfied"));
    const down = anchorsFor(scaleOf("Very satisfied", "Satisfied", "Dissatisfied", "Very dissatisfied"));
    expect(down.sets).toEqual(up.sets.map((set) => set.toReversed()));
    const part = scaleOf("Very dissatisfied", "Dissatisfied", "Satisfied", "Very satisfied");
    expect(anchorsFor({ ...part, options: part.options.toReversed() })).toEqual(up);
  });

  it.each([
    ["Very important", "Important", "Slightly important"],
    ["Always", "Often", "Seldom"],
    ["Excellent", "Good", "Fair"],
    ["Very worried", "Worried", "Hardly worried"],
    ["Very satisfied", "Satisfied", "Least satisfied"],
    ["Fully agree", "Agree", "Reject"],
    ["Strongly agree", "Agree", "No opinion"],
    ["Not hard at all", "Hard", "Very hard"],
  ])("are the labels where these do not tell which end is which: %s … %s … %s", (...labels) => {
    expect(from(...labels)).toBe("labels");
    expect(from(...labels.toReversed())).toBe("labels");
  });

  it.each([
    ["Definitely won't", "Perhaps likely", "Very likely"],
    ["Not at all worried", "Worried", "Very worried"],
    ["Poor", "Fair", "Excellent"],
    ["Very difficult", "Neither", "Very easy"],
    ["Never", "Sometimes", "Every day"],
    ["Not at all important", "Slightly important", "Very important"],
  ])("are of a family from its lowest point on, whichever end is written first: %s … %s … %s", (...labels) => {
    const up = anchorsFor(scaleOf(...labels));
    const family = anchorFamilies.find(({ name }) => name === up.from);
    expect(up.sets[0]).toEqual([1, 3, 5].map((place) => family?.sets[0]?.[place]));
    expect(anchorsFor(scaleOf(...labels.toReversed())).sets).toEqual(up.sets.map((set) => set.toReversed()));
  });

  it("are as many as a scale has points, each another", () => {
    for (const { sets, name } of anchorFamilies) {
      for (const set of sets) expect([name, set.length, new Set(set).size]).toEqual([name, 7, 7]);
    }
    for (const [points, places] of Object.entries(pointsOfSeven)) expect(places).toHaveLength(Number(points));
  });

  it("are those that were given, one a point", () => {
    const given = [["no", "perhaps", "yes"]];
    expect(anchorsFor(scaleOf("a", "b", "c"), given)).toEqual({ sets: given, from: "given" });
    expect(() => anchorsFor(scaleOf("a", "b"), given)).toThrow(/anchors.rating/);
    expect(() => anchorsFor(scaleOf("a", "b"), [])).toThrow(/anchors.rating/);
  });

  it("are those of the family that is declared, from the end that is declared, in whatever language", () => {
    const german = scaleOf("Sehr wichtig", "Wichtig", "Nicht wichtig");
    const { sets, from: name } = anchorsFor(german, { family: "importance", first: "most" });
    expect([name, sets[0]?.[0]]).toEqual(["importance", "It matters a lot to me."]);
    expect(anchorsFor(german, { family: "importance" }).sets).toEqual(sets.map((set) => set.toReversed()));
    expect(() => anchorsFor(german, { family: "none" })).toThrow(/anchors.rating/);
    const eight = scaleOf(..."abcdefgh");
    expect(() => anchorsFor(eight, { family: "importance" })).toThrow(/anchors.rating/);
  });
});
