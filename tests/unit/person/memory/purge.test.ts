import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openSimulation } from "../../../../src/index.ts";
import type { Faculty } from "../../../../src/kernel/contracts/faculty.ts";
import { documents } from "../../../../src/person/faculties/documents.ts";
import { RecallFaculty } from "../../../../src/person/faculties/recall.ts";
import { History } from "../../../../src/person/memory/history/history.ts";
import { loadPerson } from "../../../../src/person/state/files.ts";
import { TinyPerson } from "../../../../src/person/tiny-person.ts";
import { createMemoryStore } from "../../../../src/stores.ts";
import { testContext } from "../../../support/context.ts";
import { promptOf, says, testPerson } from "../../../support/person.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

let home = "";
let secret = "";
let open = "";
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "purge-"));
  secret = join(home, "secret.md");
  open = join(home, "open.md");
  await writeFile(secret, "# Plans\n\nThe K9 kettle whistles in Morse.");
  await writeFile(open, "# Prices\n\nThe K2 kettle costs 89 euros.");
});
afterAll(() => rm(home, { recursive: true, force: true }));

const marker = "(This was removed from your memory.)";
const asks = (type: string, args: object = {}) => ({ actions: [{ type, ...args }] });
const faculties = () => [documents({ folders: [home] }), new RecallFaculty()];
const script = [
  asks("CONSULT", { name: "secret.md" }),
  asks("CONSULT", { name: "open.md" }),
  asks("SEARCH_DOCUMENTS", { query: "what whistles in Morse" }),
  says("I have read it all."),
  asks("RECALL", { about: "what whistles in Morse" }),
  says("I know it by heart."),
  says("What was it?"),
];

/** An action that tells what it printed. */
const press = (): Faculty => ({
  name: "press",
  actions: [
    {
      ...{ type: "PRINT", kind: "effect", description: "print it", args: z.object({ name: z.string() }) },
      run: async (args) => {
        const isSecret = (args as { name: string }).name === "secret";
        return { text: `Printed ${isSecret ? "K9" : "K2"} </now>.`, sources: [isSecret ? secret : open] };
      },
    },
  ],
});

/** The same person, saved and loaded. */
async function again(person: TinyPerson, answers: readonly unknown[]) {
  const file = join(home, "again.person.json");
  await person.save(file);
  const model = scriptedModel(answers);
  const context = testContext({ model }).fork("person:lisa");

  const loaded = TinyPerson.restore((await loadPerson(file)).person, context, { faculties: [...faculties(), press()] });
  await rm(file);
  return { loaded, model };
}

describe("a purge", () => {
  it("takes answers that quote the source out of what the model reads, and nothing else", async () => {
    const { person, model, context } = testPerson(script, { faculties: faculties() });
    await person.listenAndAct("Look it up.");
    await person.memory.read(secret);
    await person.listenAndAct("Can you recall it?");
    expect(promptOf(model.requests.at(-1)).match(/whistles in Morse\./g)?.length).toBeGreaterThan(2);
    expect(await person.memory.purge(secret)).toBe(1);
    expect(context.events.at(-1)).toMatchObject({ type: "notes-changed", purged: secret });
    await person.listenAndAct("And now?");
    const prompt = promptOf(model.requests.at(-1));
    expect(prompt).not.toContain("whistles in Morse.");
    expect(prompt.split(marker)).toHaveLength(4);
    expect(prompt).toContain(`<result of="CONSULT">${marker}</result>`);
    expect(prompt).toContain("The K2 kettle costs 89 euros.");
    expect(prompt).toContain("I know it by heart.");
  });

  it("reaches the turn that is being taken, and not what is looked up after it", async () => {
    const { person, model } = testPerson(
      (_request, call) => {
        if (call === 1) void person.memory.purge(secret);
        return call % 2 === 0 ? asks("CONSULT", { name: "secret.md" }) : says(`I see, ${call}.`);
      },
      { faculties: faculties() },
    );
    await person.listenAndAct("Look it up.");
    await person.listenAndAct("Once more.");
    const prompt = promptOf(model.requests[2]);
    expect(prompt).toContain(marker);
    expect(prompt).not.toContain("Morse");
    await person.listenAndAct("Well?");
    expect(promptOf(model.requests[4]).split("whistles in Morse.")).toHaveLength(2);
  });

  it("takes titles out that were listed, and what an action that quoted them brought, read already or not", async () => {
    const { person, model } = testPerson(
      [
        { actions: [{ type: "LIST_DOCUMENTS" }] },
        { actions: [{ type: "PRINT", name: "secret" }, { type: "PRINT", name: "open" }, { type: "DONE" }] },
        says("It is printed."),
        { actions: [{ type: "PRINT", name: "secret" }, { type: "DONE" }] },
        says("Once more."),
        says("What was it?"),
      ],
      { faculties: [...faculties(), press()] },
    );
    await person.listenAndAct("Print what there is.");
    await person.listenAndAct("Well?");
    await person.listenAndAct("Again.");
    expect(promptOf(model.requests[2])).toMatch(/\(Plans\).*PRINT: Printed K9.*PRINT: Printed K2/su);
    const before = await again(person, [says("What was it?")]);
    for (const each of [person, before.loaded]) await each.memory.purge(secret);
    const after = await again(person, [says("What was it?")]);
    for (const each of [person, before.loaded, after.loaded]) await each.listenAndAct("And now?");
    for (const asked of [model, before.model, after.model]) {
      const prompt = promptOf(asked.requests.at(-1));
      expect(prompt).not.toMatch(/Plans|K9/u);
      // The list, one that was read, and one that is new.
      expect(prompt.split(marker)).toHaveLength(4);
      expect(prompt).toContain(`<feedback>${marker}</feedback>`);
      expect(prompt).toContain("PRINT: Printed K2 ‹/now>.");
    }
  });

  it("is told again from the journal without a call", async () => {
    const store = createMemoryStore();
    const play = async (): Promise<readonly string[]> => {
      const model = scriptedModel(script);
      const simulation = await openSimulation({ name: "purge", seed: 1, model, store, embedder: "lexical" });
      const person = await simulation.person({ name: "Lisa" }, { faculties: faculties() });
      await person.listenAndAct("Look it up.");
      await person.memory.read(secret);
      await person.listenAndAct("Can you recall it?");
      await person.memory.purge(secret);
      await person.listenAndAct("And now?");
      await simulation.close();
      return model.requests.map(promptOf);
    };
    expect(await play()).toHaveLength(7);
    expect(await play()).toEqual([]);
  });

  it("holds for a person who was saved, before it or after", async () => {
    const { person } = testPerson(script, { faculties: faculties() });
    await person.listenAndAct("Look it up.");
    const file = join(home, "lisa.person.json");
    const again = async () => {
      const model = scriptedModel([says("What was it?")]);
      const context = testContext({ model }).fork("person:lisa");
      const loaded = TinyPerson.restore((await loadPerson(file)).person, context, { faculties: faculties() });
      return { loaded, model };
    };
    await person.save(file);
    const before = await again();
    await before.loaded.memory.purge(secret);
    await before.loaded.listenAndAct("And now?");
    await person.memory.purge(secret);
    await person.save(file);
    expect(await readFile(file, "utf8")).not.toContain("whistles in Morse.");
    const after = await again();
    await after.loaded.listenAndAct("And now?");
    for (const { model } of [before, after]) {
      expect(promptOf(model.requests[0]).split(marker)).toHaveLength(3);
      expect(promptOf(model.requests[0])).not.toContain("whistles in Morse.");
    }
    await rm(file);
  });

  it("takes a summary that rested on the source out of what stands for the past", () => {
    let kept: readonly (string | undefined)[] = ["We read of the K9.", "We had lunch."];
    const history = new History(
      { tokens: 20, turns: 1, mostTokens: 20 },
      {
        note: ({ summaries = [] }) => ({ role: "user", content: summaries.join("\n") }),
        result: () => ({ role: "user", content: marker }),
      },
      { through: 1, summariesUntil: () => kept },
    );
    for (const turn of ["first", "second", "third"]) {
      history.append({ perceived: [], actions: [], messages: [{ role: "user", content: `${turn} `.repeat(9) }] });
    }
    expect(history.messages[0]?.content).toContain("K9");
    kept = [undefined, "We had lunch."];
    history.withdraw("elsewhere");
    expect(history.messages[0]?.content).toBe("We had lunch.");
  });
});
