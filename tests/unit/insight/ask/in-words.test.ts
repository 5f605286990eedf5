import { describe, expect, it } from "vitest";
import { askInWords } from "../../../../src/insight/ask/in-words.ts";
import type { JournalEvent } from "../../../../src/kernel/contracts/events.ts";
import { storedSubject } from "../../../../src/simulation/past/subjects.ts";
import { testContext } from "../../../support/context.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

const turn = (person: string, name: string, actions: readonly (readonly [string, string])[]): JournalEvent => ({
  ...{ id: `person:${person}#0`, type: "turn", person, name, state: {}, stop: "done" },
  actions: [...actions.map(([type, content]) => ({ type, content })), { type: "DONE" }],
});
const events = [
  turn("lisa", "Lisa", [["TALK", "I would rather take the tram than the car."]]),
  turn("oscar", "Oscar", [
    ["THINK", "She has no idea."],
    ["TALK", "The tram is always late."],
  ]),
];

async function answered(...readings: readonly unknown[]) {
  const judge = scriptedModel([...readings]);
  const subject = storedSubject(testContext({ judge }), "commute-1", events);
  return { answer: await askInWords(subject, "Who likes the tram?"), judge };
}
const quote = (entry: number, words: string) => ({ path: "answer", entry, quote: words });

describe("a question in plain words", () => {
  it("is answered with quotes that stand in the record, each once, by whom and how", async () => {
    const evidence = [
      quote(1, "i would rather … the car"),
      quote(1, "i would rather … the car"),
      quote(2, "She has no idea."),
    ];
    const { answer, judge } = await answered({ value: { answer: "Lisa does." }, evidence });
    expect(answer).toEqual({
      ...{ question: "Who likes the tram?", answer: "Lisa does.", unfounded: false },
      quotes: [
        { entry: "person:lisa#0.0", type: "TALK", speaker: "Lisa", words: "i would rather … the car" },
        { entry: "person:oscar#0.0", type: "THINK", speaker: "Oscar", words: "She has no idea." },
      ],
    });
    expect(JSON.stringify(judge.requests[0]?.messages)).toContain("Who likes the tram?");
  });

  it("is asked once more where nobody said what it rests on, and has no answer when that stays so", async () => {
    const made = { value: { answer: "Everybody." }, evidence: [quote(1, "Trams are wonderful.")] };
    const { answer, judge } = await answered(made, made);
    expect(answer).toEqual({ question: "Who likes the tram?", quotes: [], unfounded: true });
    expect(JSON.stringify(judge.requests[1]?.messages)).toContain("does not stand in entry 1");
    const mended = await answered(made, { value: { answer: "Lisa." }, evidence: [quote(1, "take the tram")] });
    expect(mended.answer).toMatchObject({ answer: "Lisa.", unfounded: false, quotes: [{ speaker: "Lisa" }] });
  });

  it("has no answer where the record does not say, and is asked once", async () => {
    const { answer, judge } = await answered({ value: { answer: null }, evidence: [] });
    expect(answer).toEqual({ question: "Who likes the tram?", quotes: [], unfounded: false });
    expect(judge.requests).toHaveLength(1);
  });
});
