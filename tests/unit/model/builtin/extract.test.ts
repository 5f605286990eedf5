import { describe, expect, it } from "vitest";
import { z } from "zod";
import { orNotApplicable } from "../../../../src/insight/not-applicable.ts";
import { createBuiltin } from "../../../../src/model/builtin/builtin.ts";
import { lisa, marcos, oscar, talkIn, turnSchema } from "./people.ts";

const model = createBuiltin();
interface Line {
  readonly from: string;
  readonly text: string;
}
const take = async <T>(schema: z.ZodType<T>, heard: readonly Line[], text = "Report."): Promise<T> =>
  (
    await model.generate({
      messages: [{ role: "user", content: text }],
      schema,
      purpose: "extract",
      scope: "t",
      rehearsal: { heard, others: [...new Set(heard.map((line) => line.from))] },
    })
  ).value;

const talk: readonly Line[] = [
  { from: "", text: "Which AI feature would you add to a word processor?" },
  {
    from: "Lisa Tierney",
    text: "Hello all. I would add a fact checker that works as I type, so that mistakes come to light early. What do you say, Oscar?",
  },
  {
    from: "Oscar Brandt",
    text: "I don't like it, it is annoying. How about a quiet mode with no alerts at all, so that I can think?",
  },
  { from: "Marcos Almeida", text: "Lisa, I love the fact checker! We could also add a voice that reads drafts aloud." },
  { from: "Lisa Tierney", text: "I would add a fact checker that works as I type. My score for it is 9 out of 10." },
];
const ideas = z.object({
  ideas: z.array(z.object({ idea: z.string(), who: z.string(), benefit: z.string().nullable() })),
});

describe("extraction by the built-in model", () => {
  it("takes the sentences that propose something, once each, with the speaker and the benefit", async () => {
    const found = await take(ideas, talk);
    expect(found.ideas).toEqual([
      { idea: "a fact checker that works as I type", who: "Lisa Tierney", benefit: "mistakes come to light early" },
      { idea: "a quiet mode with no alerts at all", who: "Oscar Brandt", benefit: "I can think" },
      { idea: "a voice that reads drafts aloud", who: "Marcos Almeida", benefit: null },
    ]);
  });

  it("quotes what each person holds where no sentence has the words of a field", async () => {
    const rows = z.object({ rows: z.array(z.object({ who: z.string(), wants: z.string() })) });
    const { rows: found } = await take(rows, talk);
    expect(found.find((row) => row.who === "Oscar Brandt")?.wants).toBe("I don't like it, it is annoying.");
  });

  it("gives no rows, nulls and an empty text where nothing was said", async () => {
    const schema = z.object({
      ideas: ideas.shape.ideas,
      price: z.number().nullable(),
      winner: z.enum(["a", "b"]).nullable(),
      summary: z.string().nullable(),
      who: z.string().optional(),
    });
    expect(await take(schema, [])).toEqual({ ideas: [], price: null, winner: null, summary: null });
    expect(await take(z.object({ summary: z.string() }), [])).toEqual({ summary: "Nothing was said about it." });
    const silent = await take(ideas, [{ from: "Lisa Tierney", text: "It is raining today." }]);
    expect(silent.ideas).toEqual([]);
  });

  it("decides choices by what the speaker says for each", async () => {
    const ads: readonly Line[] = [
      { from: "", text: "Which ad do you like best: Ad 1, Ad 2 or Ad 3?" },
      { from: "Lisa Tierney", text: "Ad 1 is boring and I don't like it. I would choose Ad 3." },
      { from: "Oscar Brandt", text: "I hate Ad 3. For me it is Ad 2." },
      { from: "Marcos Almeida", text: "My pick is Ad 3, I love it." },
    ];
    const schema = z.object({
      votes: z.array(z.object({ name: z.string(), choice: z.enum(["Ad 1", "Ad 2", "Ad 3"]) })),
      winner: z.enum(["Ad 1", "Ad 2", "Ad 3"]),
    });
    expect(await take(schema, ads)).toEqual({
      votes: [
        { name: "Lisa Tierney", choice: "Ad 3" },
        { name: "Oscar Brandt", choice: "Ad 2" },
        { name: "Marcos Almeida", choice: "Ad 3" },
      ],
      winner: "Ad 3",
    });
  });

  it("judges feelings, numbers and counts by what was said", async () => {
    const schema = z.object({
      people: z.array(
        z.object({
          name: z.string(),
          mood: z.enum(["positive", "neutral", "negative"]),
          rating: z.int().min(0).max(10),
        }),
      ),
      number_of_ideas: z.int(),
      number_of_participants: z.int(),
      agrees: z.boolean().nullable().describe("Is the fact checker liked?"),
    });
    const found = await take(schema, talk);
    expect(found.number_of_ideas).toBe(3);
    expect(found.number_of_participants).toBe(3);
    const [one, two, three] = found.people;
    expect(one).toMatchObject({ name: "Lisa Tierney", rating: 9 });
    expect(two).toMatchObject({ mood: "negative" });
    expect(three).toMatchObject({ mood: "positive" });
    expect((three as { rating: number }).rating).toBeGreaterThan((two as { rating: number }).rating);
    expect(await take(z.object({ rating: z.int().min(3).max(5) }), talk)).toMatchObject({ rating: expect.any(Number) });
  });

  it("names as evidence only events that the messages hold", async () => {
    const spoken = talk.slice(1);
    const record = spoken
      .map((line, index) => `[world:room#${index + 3}.0] ${line.from} to all: ${line.text}`)
      .join("\n");
    const schema = z.object({
      ideas: z.array(z.object({ idea: z.string(), who: z.string(), evidence: z.array(z.string()).min(1) })),
    });
    const found = await take(schema, talk, record);
    expect(found.ideas.map((row) => row.evidence)).toEqual([
      ["world:room#3.0"],
      ["world:room#4.0"],
      ["world:room#5.0"],
    ]);
  });

  it("names entries by number for each part of a value", async () => {
    const record = talk
      .map((line, index) => `[${index + 1}] ${line.from || "(from outside)"}: ${line.text}`)
      .join("\n");
    const schema = z.object({
      value: ideas,
      evidence: z.array(z.object({ path: z.string(), entries: z.array(z.int().min(1)) })),
    });
    const found = await take(schema, talk, record);
    expect(found.evidence).toEqual([
      { path: "ideas.0", entries: [2] },
      { path: "ideas.1", entries: [3] },
      { path: "ideas.2", entries: [4] },
    ]);
  });

  it("quotes an entry for each part of a value, as it stands there", async () => {
    const numbered = talk.map((line, index) => `[${index + 1}] ${line.from || "(from outside)"}: ${line.text}`);
    const schema = z.object({
      value: z.object({ ...ideas.shape, summary: z.string(), participants: z.array(z.string()) }),
      evidence: z.array(z.object({ path: z.string(), entry: z.int(), quote: z.string() })),
    });
    const found = await take(schema, talk, numbered.join("\n"));
    expect(found.evidence.map(({ path }) => path).toSorted()).toEqual(
      [
        "ideas.0",
        "ideas.1",
        "ideas.2",
        "summary",
        ...found.value.participants.map((_, at) => `participants.${at}`),
      ].toSorted(),
    );
    for (const { entry, quote } of found.evidence) {
      expect(quote.length).toBeGreaterThan(3);
      expect(talk[entry - 1]?.text).toContain(quote);
    }
  });

  it("says that something does not apply only where somebody says so", async () => {
    const schema = z.object({ price: orNotApplicable(z.string()).nullable() });
    const spoken = (text: string) => [{ from: "Lisa Tierney", text }];
    expect(await take(schema, spoken("I have seven cats. They sleep all day."))).toEqual({ price: null });
    expect(await take(schema, spoken("Prices do not apply to me. I take the bus."))).toEqual({
      price: { notApplicable: "Prices do not apply to me." },
    });
  });

  it("names no evidence where the messages name no events", async () => {
    const schema = z.object({
      value: ideas,
      evidence: z.array(z.object({ path: z.string(), entries: z.array(z.int()) })),
    });
    expect((await take(schema, talk)).evidence).toEqual([]);
  });

  it("weighs what is said of an option, not how often it is named", async () => {
    const schema = z.object({ best: z.enum(["Ad 1", "Ad 2"]) });
    const heard = [
      { from: "Lisa Tierney", text: "Ad 1 is terrible. Ad 1 is useless, and Ad 1 is boring. Ad 2 is good." },
    ];
    expect(await take(schema, heard)).toEqual({ best: "Ad 2" });
  });

  it("reads a transcript in the messages when nothing is rehearsed", async () => {
    const record = talk
      .map((line, index) => `[world:room#${index}.0] ${line.from || "(from outside)"}: ${line.text}`)
      .join("\n");
    const { value } = await model.generate({
      messages: [{ role: "user", content: record }],
      schema: ideas,
      purpose: "extract",
      scope: "t",
    });
    expect(value.ideas.map((row) => row.who)).toEqual(["Lisa Tierney", "Oscar Brandt", "Marcos Almeida"]);
  });

  it("fills named fields that may be null", async () => {
    const schema = z.object({
      idea: z.string().nullable(),
      reason: z.string().nullable(),
      wedding_date: z.string().nullable(),
    });
    const found = await take(schema, talk);
    expect(found.idea).toBe("a fact checker that works as I type");
    expect(found.wedding_date).toBeNull();
  });

  const asked = {
    English: "Which feature would you add to a word processor?",
    Korean: "문서 편집기에 어떤 기능을 추가하고 싶으세요? 아이디어를 말씀해 주세요.",
    Japanese: "ワープロにどんな機能を追加したいですか。アイデアを教えてください。",
    German: "Welche Ideen haben Sie für eine Textverarbeitung? Was würden Sie verbessern?",
    French: "Quelles idées avez-vous pour améliorer un traitement de texte ?",
    Spanish: "¿Qué ideas tiene usted para mejorar un procesador de textos?",
    Portuguese: "Que ideias você tem para melhorar um editor de texto?",
    Arabic: "ما هي أفكارك، ماذا تضيف إلى برنامج الكتابة؟",
  };
  it.each(Object.entries(asked))(
    "finds what the built-in people themselves propose in %s",
    async (_language, question) => {
      const heard: Line[] = [{ from: "", text: question }];
      for (const persona of [lisa, oscar, marcos]) {
        const others = [lisa, oscar, marcos].map((one) => one.name).filter((name) => name !== persona.name);
        const { value } = await model.generate({
          messages: [],
          schema: turnSchema,
          purpose: "act",
          scope: "t",
          seed: 2,
          rehearsal: { persona, others, heard },
        });
        heard.push({ from: persona.name, text: talkIn(value) });
      }
      const found = await take(ideas, heard);
      expect(new Set(found.ideas.map((row) => row.who))).toEqual(new Set([lisa.name, oscar.name, marcos.name]));
      for (const row of found.ideas) {
        expect(heard.find((line) => line.from === row.who)?.text).toContain(row.idea);
        expect(row.benefit).not.toBeNull();
      }
    },
  );
});

describe("findings", () => {
  const heard = [
    { from: "Consultant", text: "Welcome. What is the worst problem in your office?" },
    { from: "Lisa Tierney", text: "This would annoy Oscar, I hate that." },
    { from: "Lisa Tierney", text: "The printers are terrible and I hate waiting for them." },
    { from: "Consultant", text: "And how bad is that?" },
    { from: "Lisa Tierney", text: "It is an expensive waste." },
  ];
  const record = heard.map((line, index) => `${line.from}${index === 1 ? " thinks" : ""}: ${line.text}`).join("\n");
  it("are what people said, neither their thoughts nor an interviewer's questions", async () => {
    const schema = z.object({ problems: z.array(z.object({ problem: z.string(), who: z.string() })) });
    expect(await take(schema, heard, record)).toEqual({
      problems: [
        { problem: "The printers are terrible and I hate waiting for them.", who: "Lisa Tierney" },
        { problem: "It is an expensive waste.", who: "Lisa Tierney" },
      ],
    });
  });
  it.each([
    ["I would take C, clearly. A white room is boring.", "C"],
    ["For me it is A.", "A"],
    ["A strange film. I choose B because it is short.", "B"],
    ["저는 A를 고르겠어요.", "A"],
  ])("tell a letter from an article in “%s”", async (text, letter) => {
    const schema = z.object({ choice: z.enum(["A", "B", "C"]) });
    expect(await take(schema, [{ from: "Lisa Tierney", text }])).toEqual({ choice: letter });
  });
});
