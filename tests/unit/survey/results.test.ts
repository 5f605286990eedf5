import { describe, expect, it } from "vitest";
import type { Answer } from "../../../src/kernel/contracts/answers/answer.ts";
import { netPromoterScore } from "../../../src/survey/results/tasks/net-promoter.ts";
import { pricePoints } from "../../../src/survey/results/tasks/price-points.ts";

const names = ["too-cheap", "cheap", "expensive", "too-expensive"];
const person = (...prices: readonly (number | null)[]): readonly Answer[] =>
  prices.map((value, place) => {
    const item = `price.${names[place]}`;
    return value === null ? { item, value, missing: "skipped", method: "person" } : { item, value, method: "person" };
  });

describe("price points", () => {
  it("are where the shares of people cross", () => {
    // Too cheap at least: 1 at 1, 1 at 2, 1/2 at 3 (one of 2 and one of 3 … ) worked out by hand below.
    const people = [person(1, 2, 4, 6), person(2, 4, 6, 8)];
    // prices:        1    2    4    6    8
    // too cheap ≥    1    .5   0    0    0
    // cheap ≥        1    1    .5   0    0      not cheap: 0 0 .5 1 1
    // expensive ≤    0    0    .5   1    1      not expensive: 1 1 .5 0 0
    // too exp. ≤     0    0    0    .5   1
    expect(pricePoints(people, "price")).toEqual({
      marginalCheapness: 3, // between 2 (.5 over 0) and 4 (0 over .5)
      marginalExpensiveness: 5, // between 4 (.5 over 0) and 6 (0 over .5)
      optimal: 4, // both are 0 at 4 alone
      indifference: 4,
      people: 2,
      leftOut: 0,
    });
  });
  it("leave out whose prices do not rise, and say so", () => {
    const found = pricePoints(
      [person(1, 2, 4, 6), person(2, 4, 6, 8), person(5, 4, 6, 8), person(1, null, 3, 4)],
      "price",
    );
    expect(found).toMatchObject({ people: 2, leftOut: 2, optimal: 4 });
    expect(pricePoints([person(5, 4, 6, 8)], "price")).toEqual({ reason: "nobody has four prices that rise" });
  });
});

describe("the net promoter score", () => {
  const said = (...points: readonly (string | null)[]): readonly Answer[] =>
    points.map((value) =>
      value === null
        ? { item: "n", value, missing: "skipped", method: "person" }
        : { item: "n", value, method: "person" },
    );
  it("is promoters less detractors, of those who answered", () => {
    expect(netPromoterScore(said("10", "9", "8", "7", "6", "0", null, "10"))).toEqual({
      score: 100 / 7,
      promoters: 3,
      passives: 2,
      detractors: 2,
    });
    expect(netPromoterScore(said(null))).toEqual({ reason: "no answers" });
  });
});
