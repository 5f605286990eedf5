import { describe, expect, it } from "vitest";
import { correctShares } from "../../../../src/evaluation/correction/correction.ts";
import { type LearnedCorrection, learnCorrections } from "../../../../src/evaluation/correction/learn.ts";
import { earthMovers } from "../../../../src/statistics/distances/ordinal.ts";
import { answersOf, drawn, likert, type Made } from "../comparison/made.ts";

const steps = [1, 2, 3, 4, 5];
const names = ["a", "b", "c"];
const truths = [
  [1, 3, 5, 6, 5],
  [2, 5, 7, 4, 2],
  [1, 2, 6, 7, 4],
].map((shares) => shares.map((share) => share / shares.reduce((sum, one) => sum + one, 0)));
const items = Object.fromEntries(names.map((item) => [item, { scale: likert, family: "taste" }]));

/** People who answer all items, each drawn from its shares. */
const answered = (n: number, shares: readonly (readonly number[])[], seed: string): readonly Made[] => {
  const each = names.map((item, place) => drawn(n, shares[place] ?? [], `${seed} ${item}`, item));
  return Array.from({ length: n }, (_, at) => ({ answers: Object.assign({}, ...each.map((of) => of[at]?.answers)) }));
};
const learnedFrom = (distorted: (shares: readonly number[]) => readonly number[], n = 150): LearnedCorrection => {
  const simulated = answersOf(items, answered(3000, truths.map(distorted), "simulated"));
  const [found] = learnCorrections(answersOf(items, answered(n, truths, "people")), simulated);
  if (found === undefined || "reason" in found) throw new Error(found?.reason);
  return found;
};
/** How far the shares of an item are from the truth, in points of the scale. */
const off = (shares: readonly number[], truth: readonly number[]): number => {
  const found = earthMovers(shares, truth);
  return "points" in found ? found.points : Number.NaN;
};

describe("a correction that is learned from a few people", () => {
  it("tells where each part of it lies: nearer with more people", () => {
    const distorted = (shares: readonly number[]) => correctShares(shares, steps, { shift: -0.5, dispersion: 0.5 });
    const [few, many] = [learnedFrom(distorted, 40), learnedFrom(distorted, 400)];
    for (const { correction, intervals } of [few, many]) {
      expect(Object.keys(intervals)).toEqual(Object.keys(correction));
      for (const [part, value] of Object.entries(correction)) {
        const { low = 9, high = -9 } = intervals[part as "shift"] ?? {};
        expect([low <= value, value <= high]).toEqual([true, true]);
      }
    }
    const width = ({ intervals: { shift } }: LearnedCorrection): number => (shift?.high ?? 9) - (shift?.low ?? 0);
    // By the square root of how many they are, give or take which items they answered how.
    expect(width(few) / width(many)).toBeGreaterThan(2);
    expect(width(few) / width(many)).toBeLessThan(4.5);
  });

  it.each([
    ["answers that lie too high", { shift: 0.7 }, "shift"],
    ["answers that are too much alike", { temperature: 0.4 }, "temperature"],
    ["answers that lie too low and too close", { shift: -0.5, dispersion: 0.5 }, "shift and dispersion"],
  ] as const)("brings back %s", (_, distortion, kind) => {
    const distorted = (shares: readonly number[]) => correctShares(shares, steps, distortion);
    const { kind: chosen, correction, misses } = learnedFrom(distorted);
    expect(misses[kind]).toBeLessThan(misses.none);
    expect(misses[chosen]).toBeLessThanOrEqual(misses[kind]);
    const mean = (of: (truth: readonly number[]) => readonly number[]): number =>
      truths.reduce((sum, truth) => sum + off(of(truth), truth) / truths.length, 0);
    expect(mean(distorted)).toBeGreaterThan(0.25);
    expect(mean((truth) => correctShares(distorted(truth), steps, correction))).toBeLessThan(0.55 * mean(distorted));
  });

  it("is hardly one where nothing is wrong, and none from too few", () => {
    const { correction } = learnedFrom((shares) => shares);
    for (const truth of truths) expect(off(correctShares(truth, steps, correction), truth)).toBeLessThan(0.12);
    const few = answersOf(items, answered(6, truths, "few"));
    expect(learnCorrections(few, few)).toEqual([{ family: "taste", reason: "fewer than 10 people answered" }]);
  });

  it("keeps all of the shares on the scale", () => {
    for (const correction of [
      { shift: 9 },
      { shift: -9 },
      { dispersion: 7 },
      { dispersion: 0 },
      { temperature: 0.2 },
    ]) {
      const found = correctShares([0.1, 0.2, 0.4, 0.2, 0.1], steps, correction);
      expect(found.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
    expect(correctShares([0.1, 0.2, 0.4, 0.2, 0.1], steps, { shift: 9 })).toEqual([0, 0, 0, 0, 1]);
  });
});
