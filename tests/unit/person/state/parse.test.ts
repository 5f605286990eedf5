import { describe, expect, it } from "vitest";
import { parsePerson } from "../../../../src/person/state/parse.ts";
import { TinyPerson } from "../../../../src/person/tiny-person.ts";
import { testContext } from "../../../support/context.ts";
import { promptOf, says, testPerson } from "../../../support/person.ts";
import { scriptedModel } from "../../../support/scripted-model.ts";

/** A small life, as a file holds it. */
async function saved(): Promise<Record<string, unknown>> {
  const { person } = testPerson([says("I bake.", "Oscar")], { maxActions: 4 });
  await person.moveTo("The bakery").listenAndAct("What do you do?", "Oscar");
  person.listen("And when?", "Oscar");
  return JSON.parse(JSON.stringify(await person.snapshot()));
}

function put(data: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> {
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  const place = steps.reduce<Record<string, unknown>>((at, step) => at[step] as Record<string, unknown>, data);
  place[last] = value;
  return data;
}

describe("parsePerson", () => {
  it("reads what a snapshot gives as it was", async () => {
    const data = await saved();
    expect(parsePerson(data)).toEqual({ person: data, warnings: [] });
    expect(data).toMatchObject({ type: "TinyPerson", version: 1, simulated: true, options: { maxActions: 4 } });
  });

  it("takes a bare persona, and one in a file of its own", () => {
    const person = { type: "TinyPerson", version: 1, persona: { name: "Ana" } };
    expect(parsePerson({ name: "Ana" })).toEqual({ person, warnings: [] });
    expect(parsePerson({ type: "TinyPerson", $schema: "x", persona: { name: "Ana" } }).person).toEqual(person);
  });

  it.each([
    ["version", 2, "version: This is version 2 of the format; versions up to 1 can be read."],
    ["version", "1", "version: A whole number is expected."],
    ["persona.age", "old", "persona.age: This is a text; a number is expected."],
    ["life.mood", "good", "life.mood: There is no 'mood' here."],
    ["life.pending", [99], "life.pending.0: There is no stimulus in place 99 of life.episodes."],
    ["life.pending", [-1], "life.pending.0: This must be at least 0."],
    ["life.history.blocks.0.turn", 0, "life.history.blocks.0.turn: There is no turn in place 0 of life.episodes."],
    ["life.history.blocks.0.messages.0.role", "system", 'life.history.blocks.0.messages.0.role: "system" is none of'],
    ["life.episodes.2.presented", [1, 7], "life.episodes.2.presented.1: There is no stimulus in place 7"],
    ["life.episodes.2.presented", [3], "life.episodes.2.presented.0: This came after the turn."],
    ["life.memory.open", [0], "life.memory.open.0: There is no turn in place 0 of life.episodes."],
    ["life.notes", [{ id: "x", kind: "fact", text: "x", sources: [], importance: 0 }], "life.notes.0.id: Notes are"],
    ["life.episodes.0.time", "tomorrow", "life.episodes.0.time: "],
    ["life.episodes.0.stimulus.type", "SMELL", "life.episodes.0.stimulus.type: "],
    ["life.episodes.0.id", "two words", "life.episodes.0.id: This is no name of an event."],
    ["options.maxActions", "many", "options.maxActions: This is a text; a number is expected."],
    ["options.quick", true, "options.quick: There is no 'quick' here."],
    ["faculties", "recall", "faculties: This is a text; a list is expected."],
    [
      "life.notes",
      [{ id: "n1", kind: "fact", text: "x", sources: [], importance: 2 }],
      "life.notes.0.importance: This",
    ],
  ])("refuses %s = %j, and says where", async (path, value, message) => {
    const fault = await saved().then((data) => {
      try {
        return parsePerson(put(data, path, value));
      } catch (error) {
        return error;
      }
    });
    expect(fault).toMatchObject({ code: "PERSONA_INVALID", message: expect.stringContaining(message) });
  });

  it("refuses more than any life has, in values and in depth", async () => {
    const deep = (levels: number): unknown => (levels === 0 ? "x" : { inner: deep(levels - 1) });
    const data = put(await saved(), "life.episodes.2.actions.0.args", deep(60));
    expect(() => parsePerson(data)).toThrow("nested deeper than 40 levels");
    const sparse = { ...data, life: { episodes: new Array(4_000_001).fill(0) } };
    expect(() => parsePerson(sparse)).toThrow("more than 4000000 values");
  });

  it("keeps nothing that could change an object's kind or steer a terminal", async () => {
    const text = JSON.stringify(put(await saved(), "life.state.goals", "red \u001b[31m\u0007goals"));
    const hostile = JSON.parse(text.replace('"life":{', '"life":{"__proto__":{"polluted":true},'));
    const { person } = parsePerson(hostile);
    expect(person.life?.state.goals).toBe("red goals");
    expect(Object.getPrototypeOf(person.life)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });

  it("refuses a picture that is another than it says", async () => {
    const data = put(await saved(), "life.pictures", {
      ["0".repeat(64)]: { mediaType: "image/png", data: "iVBORw0KGgo=" },
    });
    const model = scriptedModel([], { limits: { images: true } });
    const restored = (): TinyPerson =>
      TinyPerson.restore(parsePerson(data).person, testContext({ model }).fork("person:lisa"));
    expect(restored).toThrow(`life.pictures.${"0".repeat(64)}: The picture has another SHA-256`);
  });
});

it("is put to a model of another kind with the history written anew", async () => {
  const { person } = parsePerson(await saved());
  const small = scriptedModel([{ content: "At night." }], { limits: { following: "small" } });
  const lisa = TinyPerson.restore(person, testContext({ model: small }).fork("person:lisa"));
  expect((await lisa.act()).actions[0]?.content).toBe("At night.");
  const prompt = promptOf(small.requests[0]);
  expect(prompt).toContain("Oscar says: “What do you do?”\n\nI bake.");
  expect(prompt).not.toContain("actions");
});
