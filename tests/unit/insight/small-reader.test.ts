import { describe, expect, it } from "vitest";
import { z } from "zod";
import { extract } from "../../../src/insight/extract.ts";
import { choiceMessages } from "../../../src/insight/small-reader.ts";
import type { TranscriptEntry } from "../../../src/kernel/contracts/events.ts";
import type { ChoiceRequest, Model } from "../../../src/kernel/contracts/model.ts";
import { testContext } from "../../support/context.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

const talk = (id: string, from: string, text: string): TranscriptEntry => ({
  id,
  kind: "action",
  type: "TALK",
  from,
  to: [],
  text,
});
const entries: readonly TranscriptEntry[] = [
  { id: "w#0", kind: "stimulus", type: "CONVERSATION", to: ["everyone"], text: "What would you add?" },
  talk("a#1.0", "Ada", "Well. I would add a voice mode. My hands hurt by noon."),
  { id: "a#1.1", kind: "action", type: "THINK", from: "Ada", to: [], text: "Did I say too much?" },
  talk("b#1.0", "Bo", "No."),
];

/** A small model that always prefers the shortest option, and the one with the wanted word when it is asked for it. */
function smallModel(wants: Readonly<Record<string, RegExp>>): Model & { readonly choices: ChoiceRequest[] } {
  const choices: ChoiceRequest[] = [];
  const choose: NonNullable<Model["choose"]> = async (request) => {
    choices.push(request);
    const question = String(request.messages.at(-1)?.content).split("\n").at(-1) ?? "";
    const wanted = Object.entries(wants).find(([words]) => question.includes(words))?.[1];
    const weights = request.options.map((option) => (1 / option.length) * (wanted?.test(option) ? 1.5 : 1));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { probabilities: weights.map((weight) => weight / sum), usage: { input: 10, output: 0 } };
  };
  return { ...scriptedModel([{ count: 3 }], { limits: { following: "small" } }), choose, choices };
}

const subject = (model: Model) => {
  const context = testContext({ model });
  return { name: "Room", context, transcript: () => entries };
};

const Ideas = z.object({
  ideas: z.array(
    z.object({
      idea: z.string().describe("the feature proposed"),
      who: z.string(),
      why: z.string().describe("the reason"),
    }),
  ),
});

describe("a small model reads by choosing", () => {
  it("gives a row for each thing said, every text a quotation, every speaker the right one", async () => {
    const model = smallModel({ "the feature proposed": /voice/, "the reason": /hurt/ });
    expect(await extract(subject(model), { objective: "The features.", schema: Ideas })).toEqual({
      ideas: [
        { idea: "I would add a voice mode.", who: "Ada", why: "My hands hurt by noon." },
        { idea: "No.", who: "Bo", why: "No." },
      ],
    });
    expect(model.choices).toHaveLength(3);
  });
  it("chooses among a field's own options, over all that was said", async () => {
    const model = smallModel({ "the mood": /sour/ });
    const schema = z.object({ mood: z.enum(["ok", "sour"]).describe("the mood"), quote: z.string().nullable() });
    const found = await extract(subject(model), { objective: "The mood.", schema });
    expect(found.mood).toBe("sour");
    expect(entries.some((entry) => entry.text.includes(found.quote ?? "?"))).toBe(true);
  });
  it("says so when it has to write after all", async () => {
    const model = smallModel({});
    const asked = subject(model);
    const schema = z.object({ count: z.number() });
    expect(await extract(asked, { objective: "How many spoke?", schema })).toEqual({ count: 3 });
    const warnings = asked.context.shown.filter((event) => event.type === "warning");
    expect(warnings).toEqual([{ type: "warning", message: expect.stringContaining("too small to be trusted") }]);
  });
  it("reads what was said and one question", () => {
    const said = { from: "Ada", sentences: ["I would add a voice mode.", "My hands hurt by noon."] };
    expect(choiceMessages(said, "The features. Which words tell this: the reason?")).toMatchInlineSnapshot(`
      [
        {
          "content": "Answer with words of the text, and nothing else.",
          "role": "system",
        },
        {
          "content": "Ada says: “I would add a voice mode. My hands hurt by noon.”

      The features. Which words tell this: the reason?",
          "role": "user",
        },
      ]
    `);
  });
});
