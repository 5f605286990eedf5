import { describe, expect, it } from "vitest";
import type { Answer } from "../../../../src/kernel/contracts/answers/answer.ts";
import { createLexicalEmbedder } from "../../../../src/model/embed/lexical.ts";
import { TinyPerson } from "../../../../src/person/tiny-person.ts";
import { parsePersona } from "../../../../src/persona/schema.ts";
import { fitElicitation } from "../../../../src/survey/results/fit/fit.ts";
import { testContext } from "../../../support/context.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";
import { surveyOf } from "../instruments.ts";

const instrument = surveyOf([
  { id: "why", kind: "text", text: "Why?" },
  { id: "likes", kind: "likert", text: "I like it.", labels: ["no", "so so", "yes"], if: { item: "why", is: "x" } },
  { id: "kind", kind: "choice", text: "Which?", options: ["a", "b"], method: "pairwise" },
]);
const human: Answer[] = [
  ...["no", "so so", "yes", "yes"].map((value) => ({ item: "likes", value, method: "person" })),
  ...["a", "a", "a", "b"].map((value) => ({ item: "kind", value, method: "person" })),
];

const spoken = (words: string) => ({ said: { words, outcome: "answered" } });

describe("a way of asking by its fit to people", () => {
  const context = testContext({
    model: scriptedModel(({ scope }) => {
      const kind = scope.includes("kind");
      if (scope.includes("direct")) return { thoughts: "", answer: kind ? "a" : "so so" };
      const chances = kind ? { a: 75, b: 25 } : { no: 25, "so so": 25, yes: 50 };
      const stated = Object.entries(chances).map(([option, percent]) => ({ option, percent }));
      return { thoughts: "", answer: { outcome: "answered", chances: stated } };
    }),
    embedder: createLexicalEmbedder(),
  });
  const people = ["Ann", "Bob"].map(
    (name) => new TinyPerson(parsePersona({ name }), context.fork(`person:${name.toLowerCase()}`)),
  );

  it("is the nearest of those that were tried, by item and over all", async () => {
    const candidates = ["direct", "stated-probabilities", "pairwise"] as const;
    const fit = await fitElicitation(context, { instrument, people, human, candidates: candidates.slice(0, 2) });
    expect(fit.methods).toEqual({ likes: "stated-probabilities", kind: "stated-probabilities" });
    // All on the middle of three: a quarter has to go down one step of two, a half up one.
    expect(fit.table).toEqual([
      { item: "likes", method: "direct", distance: 0.375, measure: "earth mover's", simulated: 2, human: 4 },
      { item: "kind", method: "direct", distance: 0.25, measure: "total variation", simulated: 2, human: 4 },
      { item: "likes", method: "stated-probabilities", distance: 0, measure: "earth mover's", simulated: 2, human: 4 },
      { item: "kind", method: "stated-probabilities", distance: 0, measure: "total variation", simulated: 2, human: 4 },
    ]);
    expect(fit.overall.map(({ method, items }) => [method, items])).toEqual([
      ["stated-probabilities", 2],
      ["direct", 2],
    ]);
  });

  it("is told of numbers, of several choices and of orders, too", async () => {
    const scales = surveyOf([
      { id: "cups", kind: "number", text: "How many?" },
      { id: "where", kind: "checkbox", text: "Where?", options: ["home", "work", "out"] },
      { id: "order", kind: "rank", text: "In which order?", options: ["tea", "coffee"] },
    ]);
    const said = { cups: 3, where: ["home"], order: ["tea", "coffee"] };
    const answers = {
      cups: [1, 2, 3, 4],
      where: [["home"], ["home", "work"]],
      order: [
        ["tea", "coffee"],
        ["coffee", "tea"],
      ],
    };
    const given = Object.entries(answers).flatMap(([item, values]) =>
      values.map((value): Answer => ({ item, value, method: "person" })),
    );
    const one = testContext({
      model: scriptedModel(({ scope }) => ({
        thoughts: "",
        answer: said[Object.keys(said).find((id) => scope.includes(id)) as keyof typeof said],
      })),
      embedder: createLexicalEmbedder(),
    });
    const ann = new TinyPerson(parsePersona({ name: "Ann" }), one.fork("person:ann"));
    const fit = await fitElicitation(one, { instrument: scales, people: [ann], human: given, candidates: ["direct"] });
    expect(fit.table.map(({ item, distance, measure }) => [item, distance, measure])).toEqual([
      // Below 3 lies nothing of hers and half of theirs; one of three options is half as often chosen by her.
      ["cups", 0.5, "Kolmogorov–Smirnov"],
      ["where", expect.closeTo(1 / 6, 12), "difference of shares"],
      ["order", 0.5, "total variation"],
    ]);
  });

  it("is compared over the items that all of them can ask", async () => {
    const more = [...human, { item: "cups", value: 9, method: "person" }];
    const items = [...(instrument.blocks[0]?.items ?? [])];
    const wider = surveyOf([...items, { id: "cups", kind: "number", text: "How many?" }]);
    const mixed = testContext({
      model: scriptedModel(({ scope }) => {
        if (scope.includes("cups")) return { thoughts: "", answer: 1 };
        if (scope.includes("direct")) return { thoughts: "", answer: scope.includes("kind") ? "a" : "so so" };
        const chances = scope.includes("kind") ? { a: 0, b: 100 } : { no: 100, "so so": 0, yes: 0 };
        const stated = Object.entries(chances).map(([option, percent]) => ({ option, percent }));
        return { thoughts: "", answer: { outcome: "answered", chances: stated } };
      }),
      embedder: createLexicalEmbedder(),
    });
    const ann = new TinyPerson(parsePersona({ name: "Ann" }), mixed.fork("person:ann"));
    const candidates = ["direct", "stated-probabilities"] as const;
    const fit = await fitElicitation(mixed, { instrument: wider, people: [ann], human: more, candidates });
    expect(fit.methods).toMatchObject({ cups: "direct", kind: "direct" });
    // The number, which only one way can ask, is as far off as can be, and makes that way no worse.
    expect(fit.overall.map(({ method, items }) => [method, items])).toEqual([
      ["direct", 2],
      ["stated-probabilities", 2],
    ]);
  });

  it("has ratings by similarity at the temperature that their scale learned, whatever the item said", async () => {
    const rated = testContext({
      model: scriptedModel(() => spoken("I agree with it.")),
      embedder: createLexicalEmbedder(),
    });
    const labels = ["Disagree", "Neither", "Agree"];
    const anchors = [["I disagree with it.", "I neither agree nor disagree.", "I agree with it."]];
    const item = { id: "likes", kind: "likert", text: "I like it.", labels, anchors, temperature: 2 };
    const ann = new TinyPerson(parsePersona({ name: "Ann" }), rated.fork("person:ann"));
    const agreed = Array.from({ length: 20 }, (): Answer => ({ item: "likes", value: "Agree", method: "person" }));
    const fit = await fitElicitation(rated, {
      ...{ instrument: surveyOf([item]), people: [ann], human: agreed, candidates: ["similarity-rating"] },
    });
    expect(fit.temperatures).toMatchObject([{ items: ["likes"], temperature: expect.any(Number) }]);
    expect(fit.table).toMatchObject([{ method: "similarity-rating", temperature: fit.temperatures[0]?.temperature }]);
    expect(fit.table[0]?.temperature).toBeLessThan(0.3);
    expect(fit.table[0]?.distance).toBeCloseTo(fit.temperatures[0]?.heldOut ?? Number.NaN, 12);
  });

  it("needs answers of people to items that have options", async () => {
    const none = [{ item: "why", value: "Because.", method: "person" }];
    await expect(
      fitElicitation(context, { instrument, people, human: none, candidates: ["direct"] }),
    ).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});
