import { describe, expect, it } from "vitest";
import type { StanceTaken } from "../../../src/kernel/contracts/events.ts";
import { stanceLedger } from "../../../src/kernel/stances/ledger.ts";
import { parsePerson } from "../../../src/person/state/parse.ts";
import { TinyPerson } from "../../../src/person/tiny-person.ts";
import { testContext } from "../../support/context.ts";
import { promptOf, testPerson } from "../../support/person.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

const topic = "A kettle that can be repaired is worth 60 euros";
const hold = (stance: string, firmness: number, because: string): unknown => ({
  actions: [{ type: "HOLD", topic, stance, firmness, because }, { type: "DONE" }],
});

const taken = (events: readonly { readonly type: string }[]): readonly StanceTaken[] =>
  events.filter((event): event is StanceTaken => event.type === "stance-taken");

/** Against it at first, then for it after hearing this from Oscar. */
async function moved(heard: string, because: string, options: { feedback?: boolean } = {}) {
  const script = [hold("against", 0.8, "I bought one for 20."), hold("for", 0.6, because), { actions: [] }];
  const one = testPerson(script, { stances: options });
  await one.person.listenAndAct("What is a kettle worth to you?", "The interviewer");
  await one.person.listenAndAct(heard, "Oscar");
  return { ...one, last: taken(one.context.events).at(-1) };
}

describe("the stances of a person", () => {
  it("leaves the prompt and the schema alone unless it is switched on", async () => {
    const plain = testPerson([{ actions: [] }]);
    const kept = testPerson([{ actions: [] }], { stances: true });
    await plain.person.listenAndAct("Hello.");
    await kept.person.listenAndAct("Hello.");
    expect(promptOf(plain.model.requests[0])).not.toContain("HOLD");
    expect(promptOf(kept.model.requests[0])).toContain("- HOLD: ");
    expect(taken(plain.context.events)).toEqual([]);
  });

  it("begins with what the persona believes, likes and dislikes", () => {
    const persona = { beliefs: ["Repair beats buying."], preferences: { likes: ["tea"], dislikes: ["plastic"] } };
    const { person, context } = testPerson([], { stances: true, persona });
    expect(person.stances.map(({ topic, stance, firmness }) => [topic, stance, firmness])).toEqual([
      ["Repair beats buying.", "for", 0.7],
      ["tea", "for", 0.7],
      ["plastic", "against", 0.7],
    ]);
    expect(person.stances[0]?.causes).toEqual(["person:lisa#0"]);
    person.define("beliefs", ["Cheap is dear."]);
    expect(person.stances.map((one) => one.topic)).toContain("Cheap is dear.");
    expect(stanceLedger(context.events).get("lisa")).toEqual(person.stances);
  });

  it("keeps what is declared, since when, and shows it in the next turn", async () => {
    const { person, model } = await moved("Nice weather.", "I feel like it.");
    expect(promptOf(model.requests[1])).toContain(`On “${topic}”: against`.slice(3));
    expect(person.stances).toMatchObject([{ topic, stance: "for", firmness: 0.6 }]);
  });

  it("finds the event in which somebody gave a reason", async () => {
    const { last } = await moved("My kettle broke, and the repair cost me 5 euros.", "Oscar repaired his for little.");
    expect(last).toMatchObject({ grounds: "cause", causes: ["person:lisa#4"] });
  });

  it("takes others being of another mind for no cause", async () => {
    const { last } = await moved("We all love that kettle!", "Everybody loves the kettle.");
    expect(last).toMatchObject({ grounds: "none", causes: [] });
  });

  it("takes a reason on another matter for no cause", async () => {
    const { last } = await moved("Trains are late because of the snow.", "It is worth it after all.");
    expect(last).toMatchObject({ grounds: "none" });
  });

  it("says that it cannot judge words of a language that it does not know", async () => {
    const { last } = await moved("Kettle on hyvä, koska se kestää.", "Kettle on hyvä.");
    expect(last).toMatchObject({ grounds: "unjudged" });
  });

  it("tells the person of it only when asked to, without waking them", async () => {
    const quiet = await moved("We all love that kettle!", "All do.");
    expect(quiet.person.pending).toEqual([]);
    const told = await moved("We all love that kettle!", "All do.", { feedback: true });
    expect(told.person.pending).toMatchObject([
      { type: "FEEDBACK", content: expect.stringContaining("against (firmness 0.8)") },
    ]);
    expect(await told.person.act()).toMatchObject({ stop: "idle" });
    await told.person.listenAndAct("Well?");
    expect(promptOf(told.model.requests[2])).toContain("nobody gave you a reason");
  });

  it("takes what was known when the stance was taken for no cause to change it", async () => {
    const script = [hold("against", 0.8, "I heard of the kettle."), hold("for", 0.8, "The kettle, after all.")];
    const { person, context } = testPerson(script, { stances: true });
    await person.listenAndAct("My kettle broke, and the repair cost me 5 euros.", "Oscar");
    await person.listenAndAct("Well?", "Oscar");
    expect(taken(context.events).map((event) => event.grounds)).toEqual(["first", "none"]);
  });

  it("knows a topic again in other words", async () => {
    const again = { type: "HOLD", topic: "60 euros for a kettle that is repaired", stance: "for", firmness: 0.8 };
    const script = [hold("for", 0.8, "So."), { actions: [{ ...again, because: "So." }, { type: "DONE" }] }];
    const { person } = testPerson(script, { stances: true });
    await person.listenAndAct("Well?");
    await person.listenAndAct("And?");
    expect(person.stances).toMatchObject([{ topic }]);
  });

  it("counts many small steps as one change", async () => {
    const script = [0.9, 0.75, 0.6, 0.45].map((firmness) => hold("for", firmness, "So it is."));
    const { person, context } = testPerson(script, { stances: true });
    for (const [index] of script.entries()) await person.listenAndAct(`Number one to ${"x".repeat(index + 1)}?`);
    expect(taken(context.events).map((event) => event.grounds)).toEqual(["first", "kept", "none", "kept"]);
  });

  it("is the same state from the events alone", async () => {
    const { person, context } = await moved(
      "My kettle broke, and the repair cost me 5 euros.",
      "Oscar's was repaired.",
    );
    expect(stanceLedger(context.events).get("lisa")).toEqual(person.stances);
  });

  it("goes with the person into another run, and holds there", async () => {
    const { person } = testPerson([hold("for", 0.8, "It lasts.")], { stances: true });
    await person.listenAndAct("Well?");
    const saved = parsePerson(JSON.parse(JSON.stringify(await person.snapshot()))).person;
    const context = testContext({ model: scriptedModel([hold("against", 0.9, "No more.")]) });
    const again = TinyPerson.restore(saved, context.fork("person:lisa"));
    expect(again.stances).toMatchObject([{ topic, stance: "for", firmness: 0.8, because: "It lasts." }]);
    await again.listenAndAct("And today?");
    expect(taken(context.events).at(-1)).toMatchObject({ stance: "against", grounds: "none" });
  });

  it("leaves small models without it", async () => {
    const { person } = testPerson([], {
      stances: true,
      model: { limits: { following: "small" } },
      persona: { beliefs: ["x"] },
    });
    expect(person.stances).toEqual([]);
  });
});
