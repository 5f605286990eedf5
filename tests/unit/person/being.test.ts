import { describe, expect, it } from "vitest";
import { TinyPerson } from "../../../src/person/tiny-person.ts";
import { minibio } from "../../../src/persona/prose.ts";
import { parsePersona } from "../../../src/persona/schema.ts";
import { promptOf, says, testPerson } from "../../support/person.ts";

describe("relationships", () => {
  it("are had on one side or on both, beside those that are there, and stand in the next prompt", async () => {
    const { person: lisa, model, context } = testPerson([says("My brother."), says("Nobody.")]);
    const oscar = new TinyPerson(parsePersona({ name: "Oscar" }), context.fork("person:oscar"));
    lisa.relatedTo(oscar, "Your brother.", "Your sister.").relatedTo("Ana", "A friend.").relatedTo("Ana", "A friend.");
    expect(lisa.get("relationships")).toEqual([
      { name: "Oscar", description: "Your brother." },
      { name: "Ana", description: "A friend." },
    ]);
    expect(oscar.get("relationships")).toEqual([{ name: "Lisa", description: "Your sister." }]);
    await lisa.listenAndAct("Whom do you know?");
    expect(promptOf(model.requests[0])).toContain("- Oscar: Your brother.");
    await lisa.clearRelationships().listenAndAct("And now?");
    expect(promptOf(model.requests[1])).not.toContain("brother.\n");
    expect(lisa.get("relationships")).toBeUndefined();
  });

  it("take both spellings of their keys, where there were none and where there are some", () => {
    const { person } = testPerson([]);
    person.defineRelationships([{ Name: "Oscar", Description: "Brother." }]);
    person.defineRelationships([{ name: "Oscar", description: "Brother." }, { Name: "Ana" }], { merge: true });
    expect(person.persona.relationships).toEqual([{ name: "Oscar", description: "Brother." }, { name: "Ana" }]);
    person.defineRelationships([{ name: "Zoë" }]);
    expect(person.persona.relationships).toEqual([{ name: "Zoë" }]);
  });
});

describe("routines", () => {
  it("are what the persona says of them, among its behaviors or by themselves", () => {
    const persona = {
      behaviors: { routines: { morning: ["daily at 07:00 swim"], workday: ["weekdays at 09:00 open the shop"] } },
      routines: ["Sundays at 10:00 sing", 7],
    };
    const { person } = testPerson([], { persona });
    const among = ["daily at 07:00 swim", "weekdays at 09:00 open the shop"];
    expect(person.routines).toEqual([...among, "Sundays at 10:00 sing"]);
    const nobody = testPerson([], { persona: { routines: null } });
    expect(nobody.person.routines).toEqual([]);
  });
});

describe("minibio", () => {
  const persona = { age: 40, occupation: "baker", nationality: "Irish" };

  it("is asked once for each persona and wish, in a place of its own, and again when one of them changes", async () => {
    const script = (_request: unknown, call: number): unknown => ({ biography: `Biography ${call}.` });
    const { person, model } = testPerson(script, { persona });
    const [one, same] = await Promise.all([person.minibio(), person.minibio()]);
    expect([one, same]).toEqual(Array(2).fill("Lisa is a 40-year-old Irish baker. Biography 0."));
    expect(await person.minibio({ requirements: "Say what she fears." })).toContain("Biography 1.");
    person.define("age", 41);
    expect(await person.minibio()).toBe("Lisa is a 41-year-old Irish baker. Biography 2.");
    person.define("age", 40);
    expect(await person.minibio()).toBe(one);
    expect(model.requests.map(({ scope, purpose }) => [scope, purpose])).toEqual(
      Array(3).fill(["person:lisa/minibio", "generate"]),
    );
    expect(promptOf(model.requests[1])).toContain("Above all: Say what she fears.");
  });

  it("asks again after a failure, and is the sentence alone where a model is small", async () => {
    const { person, model } = testPerson([new Error("cut off"), { biography: "At last." }], { persona });
    await expect(person.minibio()).rejects.toThrow("cut off");
    expect(await person.minibio()).toContain("At last.");
    expect(model.requests).toHaveLength(2);
    const small = testPerson([], { persona, model: { limits: { following: "small" } } });
    expect(await small.person.minibio()).toBe(minibio(small.person.persona));
  });
});
