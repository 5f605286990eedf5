import { describe, expect, it } from "vitest";
import { askInWords, storedSubject } from "../../../../src/insight/ask/in-words.ts";
import type { JournalEvent } from "../../../../src/kernel/contracts/events.ts";
import { testContext } from "../../../support/context.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

const turn = (person: string, name: string, words: string): JournalEvent => ({
  ...{ id: `person:${person}#0`, type: "turn", person, name, state: {}, stop: "done" },
  actions: [{ type: "TALK", content: words }, { type: "DONE" }],
});
const events = [
  turn("lisa", "Lisa", "I would rather take the tram than the car."),
  turn("oscar", "Oscar", "The tram is always late, I would rather take the tram at noon."),
];

async function answered(reading: unknown) {
  const judge = scriptedModel([reading]);
  const subject = storedSubject(testContext({ judge }), "commute-1", events);
  return { answer: await askInWords(subject, "Who likes the tram?"), judge };
}

describe("a question in plain words", () => {
  it("is answered with quotes that stand in the record, each by who said it", async () => {
    const quotes = [
      { speaker: "Oscar", words: "I would rather take the tram" },
      { speaker: "Lisa", words: "i would rather … the car" },
      { speaker: "Lisa", words: "The tram is always late" },
      { speaker: "Lisa", words: "I love the tram with all my heart" },
    ];
    const { answer, judge } = await answered({ answer: "Both, at times.", quotes });
    expect(answer).toEqual({
      ...{ question: "Who likes the tram?", answer: "Both, at times." },
      quotes: [
        { entry: "person:oscar#0.0", speaker: "Oscar", words: "I would rather take the tram" },
        { entry: "person:lisa#0.0", speaker: "Lisa", words: "i would rather … the car" },
        { entry: "person:oscar#0.0", speaker: "Oscar", words: "The tram is always late" },
      ],
      untrue: ["I love the tram with all my heart"],
    });
    expect(JSON.stringify(judge.requests[0]?.messages)).toContain("Who likes the tram?");
  });
  it("has no answer where nobody said what it rests on, or the record does not say", async () => {
    const made = { speaker: "Lisa", words: "Trams are wonderful." };
    const unfounded = (await answered({ answer: "Everybody.", quotes: [made] })).answer;
    expect(unfounded).toEqual({ question: "Who likes the tram?", quotes: [], untrue: ["Trams are wonderful."] });
    expect((await answered({ answer: null, quotes: [] })).answer).not.toHaveProperty("answer");
  });
});
