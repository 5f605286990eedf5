import { describe, expect, it } from "vitest";
import type { Answer } from "../../../src/kernel/contracts/answers/answer.ts";
import type { SurveyAnswer, SurveyRun } from "../../../src/survey/administer/collected.ts";
import { surveyCost } from "../../../src/survey/administer/cost.ts";
import { variantEffects } from "../../../src/survey/results/effects.ts";
import { respondentRows } from "../../../src/survey/results/respondents.ts";
import { summariseSurvey } from "../../../src/survey/results/summary.ts";
import { surveyOf } from "./instruments.ts";

const row = (respondent: string, answer: Partial<Answer> & { item: string }, variant = "as-written"): SurveyAnswer =>
  ({ respondent, name: respondent, variant, sample: 0, method: "direct", value: null, ...answer }) as SurveyAnswer;

const instrument = surveyOf([
  { id: "drinks", kind: "yes-no", text: "Do you?" },
  { id: "likes", kind: "likert", text: "Do you like it?", labels: ["no", "so so", "yes"] },
  { id: "cups", kind: "number", text: "How many?" },
  { id: "best", kind: "rank", text: "Order?", options: ["a", "b"] },
]);

describe("what a survey comes to", () => {
  const answers = [
    ...["ann", "bob", "cem", "dot"].map((who, place) => row(who, { item: "drinks", value: place < 3 ? "yes" : "no" })),
    ...["ann", "bob", "cem"].map((who, place) => row(who, { item: "cups", value: place + 1 })),
    row("dot", { item: "cups", missing: "refused" }),
    row("ann", { item: "likes", value: "yes" }),
    row("bob", { item: "likes", value: "no" }),
    row("cem", { item: "likes", missing: "not-asked" }),
    row("ann", { item: "best", value: ["b", "a"] }),
    row("ann", { item: "drinks", value: "no" }, "reversed"),
  ];
  const figureOf = async (item: string, figure: string, options = {}, segment = "all") =>
    (await summariseSurvey(instrument, answers, options)).find(
      (one) => one.item === item && one.figure === figure && one.segment === segment,
    );

  it("has means and shares with their intervals, and how many have none", async () => {
    expect(await figureOf("drinks", "yes")).toMatchObject({ n: 4, missing: 0, value: 0.75, designEffect: 1 });
    const cups = await figureOf("cups", "mean");
    expect(cups).toMatchObject({ n: 3, missing: 1, value: 2 });
    // Student's t with two degrees of freedom: 2 ± 4.302653 / √3.
    expect([cups?.low, cups?.high].map((one) => one?.toFixed(4))).toEqual(["-0.4841", "4.4841"]);
    expect(await figureOf("likes", "mean")).toMatchObject({ n: 2, missing: 0, value: 2 });
    expect(await figureOf("best", "b")).toMatchObject({ n: 1, value: 1 });
  });

  it("goes by weights, which widen it, and by segments", async () => {
    const weights = new Map([
      ["ann", 1],
      ["bob", 1],
      ["cem", 1],
      ["dot", 3],
    ]);
    const weighed = await figureOf("drinks", "yes", { weights });
    expect(weighed).toMatchObject({ value: 0.5, effectiveSize: 3, designEffect: 4 / 3 });
    const segments = new Map([
      ["ann", "north"],
      ["bob", "north"],
      ["cem", "south"],
      ["dot", "south"],
    ]);
    expect(await figureOf("drinks", "yes", { segments }, "south")).toMatchObject({ n: 2, value: 0.5 });
  });

  it("counts people, however often each was asked, and only those whose sittings are complete", async () => {
    const sampled = ["ann", "bob", "cem", "dot"].flatMap((who, place) =>
      Array.from({ length: 25 }, (_, sample) => [
        { ...row(who, { item: "drinks", value: (place + sample) % 2 === 0 ? "yes" : "no" }), sample },
        { ...row(who, { item: "cups", value: place + sample }), sample },
      ]).flat(),
    );
    const of = async (item: string, figure: string, options = {}) =>
      (await summariseSurvey(instrument, sampled, options)).find((one) => one.item === item && one.figure === figure);
    const drinking = await of("drinks", "yes");
    expect(drinking).toMatchObject({ n: 4, effectiveSize: 4, value: 0.5 });
    // Wilson's of 2 of 4.
    expect([drinking?.low, drinking?.high].map((one) => one?.toFixed(4))).toEqual(["0.1500", "0.8500"]);
    expect(await of("cups", "mean")).toMatchObject({ n: 4, value: 13.5 });
    const ended = (respondent: string, sample: number) => ({
      ...{ respondent, name: respondent, variant: "as-written", sample, failedChecks: [] },
      end: respondent === "dot" || sample > 0 ? ("quota-full" as const) : ("complete" as const),
    });
    const respondents = sampled.map(({ respondent, sample }) => ended(respondent, sample));
    expect(await of("cups", "mean", { respondents })).toMatchObject({ n: 3, value: 1 });
  });

  it("shows no value of somebody who has no weight", async () => {
    const weights = new Map([["bob", 2]]);
    expect(await figureOf("cups", "mean", { weights })).toMatchObject({ value: 2, low: null });
  });

  it("is a row a respondent, too", () => {
    const ended = { variant: "as-written", sample: 0, end: "complete" as const, failedChecks: [] };
    const run = { answers, respondents: [{ respondent: "ann", name: "ann", ...ended }] } as unknown as SurveyRun;
    expect(respondentRows(run)).toEqual([
      {
        ...{ respondent: "ann", name: "ann", variant: "as-written", sample: 0, end: "complete", checks: 0 },
        ...{ drinks: "yes", cups: 1, likes: "yes", best: ["b", "a"] },
      },
    ]);
  });
});

it("no mean lies beyond the ends of its scale, and whose answers they are comes first", async () => {
  const answers = ["no", "no", "yes"].map((value, place) => row(`p${place}`, { item: "likes", value }));
  const mean = (await summariseSurvey(instrument, answers)).find(
    ({ item, figure }) => item === "likes" && figure === "mean",
  );
  expect([mean?.low, mean?.high]).toEqual([1, 3]);
  const [person] = respondentRows({
    answers,
    respondents: [
      { respondent: "p0", name: "p0", variant: "as-written", sample: 0, end: "complete", failedChecks: [] },
    ],
  });
  expect(Object.keys(person ?? {})).toEqual(["respondent", "name", "variant", "sample", "end", "checks", "likes"]);
});

describe("the effect of asking otherwise", () => {
  it("is the difference within people, found where its interval leaves out zero", async () => {
    const people = Array.from({ length: 12 }, (_, place) => `p${place}`);
    const answers = people.flatMap((who, place) => [
      row(who, { item: "likes", value: place % 4 === 0 ? "so so" : "no" }),
      row(who, { item: "likes", value: place % 3 === 0 ? "so so" : "yes" }, "reversed"),
      row(who, { item: "cups", value: place }),
      row(who, { item: "cups", value: place + (place % 2 === 0 ? 1 : -1) }, "reversed"),
    ]);
    const effects = await variantEffects(instrument, answers);
    const of = (item: string, figure: string) => effects.find((one) => one.item === item && one.figure === figure);
    expect(of("likes", "mean")).toMatchObject({ variant: "reversed", n: 12, found: true });
    expect(of("likes", "mean")?.difference).toBeCloseTo(2 + 2 / 3 - 1.25, 12);
    expect(of("cups", "mean")).toMatchObject({ n: 12, difference: 0, found: false });
    expect(of("drinks", "yes")).toMatchObject({ n: 0, difference: null, found: false });
  });
});

describe("the price of the rest, by a pilot", () => {
  const call = (item: string, input: number, output: number, model = "acme/one") => ({
    item,
    method: "direct",
    model,
    usage: { input, output },
  });
  const ended = Array.from({ length: 4 }, () => ({ end: "complete" }));

  it("takes the 75th percentile of tokens by item, and how often it is asked", () => {
    const calls = [...[100, 200, 300, 400].map((input) => call("drinks", input, 10)), call("cups", 50, 4)];
    const pilot = { respondents: ended, calls } as unknown as SurveyRun;
    const cost = surveyCost(pilot, 104, () => ({ input: 1, output: 2 }));
    expect(cost).toMatchObject({ pilot: 4, left: 100, calls: 125 });
    expect(cost.items).toMatchObject([
      { item: "drinks", calls: 1, input: 325, output: 10 },
      { item: "cups", calls: 0.25, input: 50, output: 4 },
    ]);
    expect(cost.usd).toBeCloseTo((100 * (325 + 20) + 25 * (50 + 8)) / 1e6, 12);
    expect(surveyCost(pilot, 104, () => undefined).usd).toBeNull();
    expect(surveyCost(pilot, 2, () => ({ input: 1, output: 2 }))).toMatchObject({ left: 0, calls: 0, usd: 0 });
  });
});
