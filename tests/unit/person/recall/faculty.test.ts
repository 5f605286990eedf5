import { describe, expect, it } from "vitest";
import type { ModelRequest } from "../../../../src/kernel/contracts/model.ts";
import { createBuiltin } from "../../../../src/model/builtin/builtin.ts";
import { createLexicalEmbedder } from "../../../../src/model/embed/lexical.ts";
import { RecallFaculty } from "../../../../src/person/faculties/recall.ts";
import { TinyPerson } from "../../../../src/person/tiny-person.ts";
import { parsePersona } from "../../../../src/persona/schema.ts";
import { testContext } from "../../../support/context.ts";
import { promptOf, says, testPerson, textOf } from "../../../support/person.ts";

const context = { embedder: createLexicalEmbedder() };
const asks = (action: object) => ({ actions: [action] });

/** A person who asks their memory once and then answers; the scan is answered by a function of its own. */
function asking(
  action: object,
  scan: (request: ModelRequest<unknown>) => unknown = () => ({}),
  contextTokens = 128_000,
) {
  let asked = false;
  return testPerson(
    (request, call) => {
      if (request.purpose === "recall") return scan(request);
      if (!textOf(request.messages.at(-2)).includes("Now tell me"))
        return asked ? says(`So it is, ${call}.`) : says(`Fine, ${call}.`);
      asked = true;
      return asks(action);
    },
    { faculties: [new RecallFaculty()], context, historyTokens: 60, model: { limits: { contextTokens } } },
  );
}

const resultOf = (request: ModelRequest<unknown> | undefined): string => textOf(request?.messages.at(-2));

describe("RECALL", () => {
  it("brings notes and moments within the turn, however long ago", async () => {
    const { person, model } = asking({ type: "RECALL", about: "Oscar and nuts" });
    await person.memory.remember("Oscar is allergic to nuts.");
    await person.listenAndAct("Oscar ate hazelnuts, of all nuts, at the fair.", "Ilse");
    for (let turn = 0; turn < 8; turn++) await person.listenAndAct(`Kettles of kind ${turn} are on sale.`, "Ilse");
    const turn = await person.listenAndAct("Now tell me what Oscar eats.", "Ilse");
    expect(turn.actions.map(({ type }) => type)).toEqual(["RECALL", "TALK", "DONE"]);
    const result = resultOf(model.requests.at(-1));
    expect(result).toContain('<result of="RECALL">');
    expect(result).toContain("- Oscar is allergic to nuts.");
    expect(result).toContain("Oscar ate hazelnuts, of all nuts, at the fair.");
    expect(result).not.toMatch(/Kettles|Now tell me/u);
  });
  it("says so when nothing comes to mind", async () => {
    const { person, model } = asking({ type: "RECALL", about: "quantum flux" });
    await person.listenAndAct("Now tell me.", "Ilse");
    expect(resultOf(model.requests.at(-1))).toContain("Nothing comes to your mind about “quantum flux”.");
  });
  it("asks no model of its own", async () => {
    const { person, model } = asking({ type: "RECALL", about: "Oscar" });
    await person.listenAndAct("Now tell me.", "Ilse");
    expect(model.requests.map(({ purpose }) => purpose)).toEqual(["act", "act"]);
  });
});

describe("recall by a program", () => {
  it("brings the notes that the person would find, best first, without a model and without a trace", async () => {
    const { person, model, context: run } = asking({ type: "RECALL", about: "Oscar and nuts" });
    await person.memory.rememberAll(
      ["Kettles are cheap in May.", "Oscar is allergic to nuts.", "Oscar lives in Utrecht."].map((text) => ({ text })),
    );
    const events = run.events.length;
    const found = await person.memory.recall("Oscar and nuts");
    expect(found.map(({ note }) => note.text)).toEqual(["Oscar is allergic to nuts.", "Oscar lives in Utrecht."]);
    expect(found[0]?.score).toBeGreaterThan(found[1]?.score ?? 1);
    expect(await person.memory.recall("Oscar and nuts", { limit: 1 })).toEqual(found.slice(0, 1));
    expect(model.requests).toEqual([]);
    expect(run.events).toHaveLength(events);
    await person.listenAndAct("Now tell me.", "Ilse");
    const told = resultOf(model.requests.at(-1)).match(/(?<=^- ).*?(?=$|<)/gmu);
    expect(told).toEqual(found.map(({ note }) => note.text));
  });
  it("wants a number that is one", async () => {
    const { person } = asking({});
    await expect(person.memory.recall("Oscar", { limit: 0.5 })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});

describe("RECALL_WITH_FULL_SCAN", () => {
  const scan = { type: "RECALL_WITH_FULL_SCAN", question: "What does Oscar not eat?" };
  async function lived(answer: (request: ModelRequest<unknown>) => unknown, contextTokens?: number) {
    const life = asking(scan, answer, contextTokens);
    await life.person.memory.remember("Oscar is allergic to nuts.");
    for (let turn = 0; turn < 20; turn++) {
      await life.person.listenAndAct(`Kettles of kind ${turn}, as everybody knows, are on sale at the market.`, "Ilse");
    }
    await life.person.listenAndAct("Now tell me.", "Ilse");
    const scans = life.model.requests.filter(({ purpose }) => purpose === "recall");
    return { ...life, scans, result: resultOf(life.model.requests.at(-1)) };
  }

  it("reads all of a short life in one call, in a scope of its own", async () => {
    const { scans, result } = await lived(() => ({ outcome: "found", findings: ["Nuts.", " "] }));
    expect(scans).toHaveLength(1);
    expect(scans[0]).toMatchObject({ scope: "person:lisa/recall" });
    const prompt = promptOf(scans[0]);
    expect(prompt).toContain("Oscar is allergic to nuts.");
    for (let turn = 0; turn < 20; turn++) expect(prompt).toContain(`Kettles of kind ${turn},`);
    expect(result).toContain(">- Nuts.</result>");
  });
  it("reads a long life in parts that the model can bear, at the same time, each line in one of them, and puts them together", async () => {
    let under = 0;
    let most = 0;
    const { scans, result } = await lived(async ({ messages }) => {
      most = Math.max(most, ++under);
      await new Promise((next) => setImmediate(next));
      under -= 1;
      const text = textOf(messages[1]);
      if (text.includes("Part finding")) return { outcome: "found", answer: "He eats no nuts." };
      return { outcome: "found", findings: [`Part finding of ${text.length} letters`], answer: "" };
    }, 600);
    expect(most).toBeGreaterThan(2);
    expect(most).toBe(scans.length - 1);
    const parts = scans.slice(0, -1).map(promptOf).join("\n");
    for (let turn = 0; turn < 20; turn++) expect(parts.split(`Ilse to Lisa: Kettles of kind ${turn},`)).toHaveLength(2);
    expect(promptOf(scans.at(-1)).match(/Part finding/gu)).toHaveLength(scans.length - 1);
    expect(result).toContain("He eats no nuts.");
  });
  it("takes nothing for an answer, whatever words come with it", async () => {
    const { scans, result } = await lived(() => ({ outcome: "nothing", findings: ["Perhaps pears?"] }), 900);
    expect(scans.some((request) => promptOf(request).includes("Perhaps pears?"))).toBe(false);
    expect(result).toContain("Nothing in all of your life answers “What does Oscar not eat?”.");
  });
});

describe("the faculty on the stand-in", () => {
  it("finds in all of a life what shares words with the question", async () => {
    const all = testContext({ model: createBuiltin(), embedder: context.embedder });
    const faculty = new RecallFaculty();
    const lisa = new TinyPerson(parsePersona({ name: "Lisa" }), all.fork("person:lisa"), { faculties: [faculty] });
    await lisa.listenAndAct("Oscar is allergic to hazelnuts.", "Ilse");
    for (let turn = 0; turn < 5; turn++) await lisa.listenAndAct(`Kettle ${turn} is on sale.`, "Ilse");
    const scan = faculty.actions.find(({ type }) => type === "RECALL_WITH_FULL_SCAN");
    const { id, name } = lisa;
    const memory = {
      kept: () => lisa.memory.notes(),
      happened: lisa.transcript(),
      recall: async () => [],
      recallEpisodes: () => [],
    };
    const ask = (question: string) => scan?.run?.({ question }, { id, name, memory, life: lisa.life }, lisa.context);
    expect((await ask("Who is allergic to hazelnuts?"))?.text).toContain("Oscar is allergic to hazelnuts.");
    expect((await ask("Where do zebras graze?"))?.text).toContain("Nothing in all of your life");
  });
});
