import { describe, expect, it } from "vitest";
import { checkedClaim } from "../../../../src/insight/report/claims.ts";
import type { MarkedEvidence } from "../../../../src/insight/report/report.ts";

const rows: readonly MarkedEvidence[] = [
  { mark: "E1", who: "Lisa Brannigan", text: "I would pay 4,50 for it, and not a cent more.", place: "a#0" },
  { mark: "E2", who: "Oscar", text: "Too dear. Lisa can have mine.", place: "a#1" },
  {
    mark: "E3",
    who: "Oscar",
    text: "The label says it's organic.",
    asked: "Out of 10, how much do you trust it?",
    place: "a#2",
  },
  { mark: "E4", text: "ad: A; votes: 1200", place: "row 4" },
];
const check = (text: string, ...numbers: readonly number[]) => checkedClaim({ text, rows: numbers }, rows);

describe("a sentence of a report", () => {
  it.each([
    ["Lisa would pay for it.", [1], ["E1"]],
    ["Lisa would pay 4.50.", [1], ["E1"]],
    ["Oscar says “too dear”.", [2], ["E2"]],
    ["Oscar would give Lisa his.", [2], ["E2"]],
    ["2 people spoke of the price.", [1, 2], ["E1", "E2"]],
    ["Asked for a figure out of 10, Oscar named none.", [3], ["E3"]],
    ["Ad A had 1,200 votes.", [4], ["E4"]],
    ["50 % of the rows are Oscar's.", [2, 3, 3], ["E2", "E3"]],
    ["Of 4 rows, this one is about trust.", [3], ["E3"]],
    ["Elisabeth is nobody here.", [2], ["E2"]],
  ])("stays when its rows bear it: %s", (text, numbers, evidence) => {
    expect(check(text, ...numbers)).toEqual({ text, evidence });
  });

  it.each([
    ["It is liked.", [], "It names no row that it rests on."],
    ["It is liked.", [0, 9, -1], "It names no row that it rests on."],
    ["Oscar says “far too dear”.", [2], "None of its rows says “far too dear”."],
    ['Oscar says "too dear".', [3], "None of its rows says “too dear”."],
    ["Lisa would pay 5.", [1], "The figure 5 neither stands in its rows nor counts them."],
    ["73 % would buy it.", [1, 2], "The figure 73 neither stands in its rows nor counts them."],
    ["3 people spoke of it.", [1, 2], "The figure 3 neither stands in its rows nor counts them."],
    ["Of all, “73%” would buy it.", [1, 2], "The figure 73 neither stands in its rows nor counts them."],
    ["Elisabeth-Lisa reads labels; Lisa does.", [3], "It speaks of Lisa Brannigan, of whom none of its rows is."],
    ["Oscarine met somebody, and Oscar would pay.", [1], "It speaks of Oscar, of whom none of its rows is."],
    ["Lisa reads labels.", [3], "It speaks of Lisa Brannigan, of whom none of its rows is."],
    ["Oscar would pay.", [1], "It speaks of Oscar, of whom none of its rows is."],
  ])("is left out when they do not: %s", (text, numbers, why) => {
    expect(check(text, ...numbers)).toEqual({ text, why });
  });
});
