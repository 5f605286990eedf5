import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { transcriptText } from "../../../src/kernel/values/transcript.ts";
import { TinyPerson } from "../../../src/person/tiny-person.ts";
import { parsePersona } from "../../../src/persona/schema.ts";
import { testContext } from "../../support/context.ts";
import { says, testPerson } from "../../support/person.ts";

describe("a person", () => {
  it("is called by the last part of its scope, or by its name, and is recorded", () => {
    const context = testContext();
    const persona = parsePersona({ name: "Lisa Tierney" });
    expect(new TinyPerson(persona, context.fork("study/person:lisa-2")).id).toBe("lisa-2");
    expect(new TinyPerson(persona, context.fork("elsewhere")).id).toBe("lisa-tierney");
    expect(context.events[0]).toEqual({
      type: "person-created",
      person: "lisa-2",
      name: "Lisa Tierney",
      persona,
      id: "study/person:lisa-2#0",
    });
  });
  it("refuses options of a turn or a fork that there are not, which would do nothing without a word", async () => {
    const { person, model } = testPerson([]);
    const [turn, fork] = [{ maxAction: 1 } as object, { faculty: [] } as object];
    const refused = (option: string) => ({ code: "OPTION_INVALID", data: { option } });
    await expect(person.listenAndAct("Hi.", "Oscar", turn)).rejects.toMatchObject(refused("maxAction"));
    await expect(person.fork("interview", fork)).rejects.toMatchObject(refused("faculty"));
    expect(model.requests).toEqual([]);
  });
  it("perceives in chains, without a call, and every stimulus is recorded once", () => {
    const { person, model, context } = testPerson([]);
    person
      .listen("Hi.", "Oscar")
      .socialize("Marcos waves.", "Marcos")
      .see("A dog.")
      .think("Odd.")
      .internalizeGoal("Leave.")
      .moveTo("the hall");
    person.observe({ type: "CONVERSATION", content: "By the world.", source: "Ana", via: "world:w#3" });
    expect(person.pending.map((stimulus) => stimulus.type)).toEqual([
      "CONVERSATION",
      "SOCIAL",
      "VISUAL",
      "THOUGHT",
      "INTERNAL_GOAL_FORMULATION",
      "LOCATION",
      "CONVERSATION",
    ]);
    expect(context.events.map((event) => event.type)).toEqual([
      "person-created",
      ...new Array(5).fill("stimulus"),
      "moved",
    ]);
    expect(person.location).toBe("the hall");
    expect(model.requests).toEqual([]);
  });
  it("tells what happened once each, in order, with the events that show it", async () => {
    const { person } = testPerson([
      {
        actions: [
          { type: "THINK", content: "Who is it?" },
          { type: "TALK", target: "Oscar", content: "Hello!" },
          { type: "DONE" },
        ],
      },
    ]);
    await person.listenAndAct("Knock.", "Oscar");
    expect(transcriptText(person.transcript(), { ids: true })).toMatchInlineSnapshot(`
      "[person:lisa#1] Oscar to Lisa: Knock.
      [person:lisa#2.0] Lisa thinks: Who is it?
      [person:lisa#2.1] Lisa to Oscar: Hello!"
    `);
    expect(person.turns.map((turn) => turn.id)).toEqual(["person:lisa#2"]);
  });
  it("acts after each way of perceiving", async () => {
    const { person, model } = testPerson((_request, call) => says(`This is the ${call}th thing I say.`), {
      repetition: false,
    });
    await person.listenAndAct("Hi.");
    await person.socializeAndAct("Marcos waves.");
    await person.thinkAndAct("Odd.");
    await person.internalizeGoalAndAct("Leave.");
    expect(model.requests).toHaveLength(4);
  });
  it("can change who it is, which is recorded, but not its name", async () => {
    const { person, context } = testPerson([]);
    expect(person.define("occupation.title", "welder").get("occupation.title")).toBe("welder");
    expect(context.events.at(-1)).toMatchObject({
      type: "persona-changed",
      person: "lisa",
      persona: { occupation: { title: "welder" } },
    });
    expect(person.get("nothing.at.all")).toBeUndefined();
    expect(() => person.define("name", "Ana")).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    expect(person.name).toBe("Lisa");
    const folder = await mkdtemp(join(tmpdir(), "fragment-"));
    await writeFile(
      join(folder, "f.json"),
      JSON.stringify({ type: "Fragment", persona: { beliefs: ["Cash is king."] } }),
    );
    expect((await person.importFragment(join(folder, "f.json"))).get("beliefs.0")).toBe("Cash is king.");
    await rm(folder, { recursive: true });
  });
  it("refuses options out of range", () => {
    const wrong = [
      { maxActions: 0 },
      { maxActions: 1.5 },
      { repetition: { threshold: 0 } },
      { repetition: { lookback: -1 } },
      { historyTokens: 0 },
      { maxQueries: -1 },
    ];
    for (const options of wrong)
      expect(() => testPerson([], options)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });
  it("follows the safety rules unless they are switched off", async () => {
    const rulesOf = async (safety?: { copyright?: boolean; harmfulContent?: boolean }) => {
      const { person, model } = testPerson([says("Fine, thank you all.")], safety ? { safety } : {});
      await person.listenAndAct("Hi.");
      return String(model.requests[0]?.messages[0]?.content);
    };
    expect(await rulesOf()).toMatch(/Real harm[\s\S]*Works of others/);
    expect(await rulesOf({ copyright: false })).not.toContain("Works of others");
    expect(await rulesOf({ copyright: false, harmfulContent: false })).not.toContain("Real harm");
  });
});
