import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { personaLimits } from "../../../src/persona/plain-data.ts";
import { parsePersona } from "../../../src/persona/schema.ts";

function issuesOf(value: unknown, file?: string) {
  try {
    parsePersona(value, file === undefined ? {} : { file });
  } catch (error) {
    if (isTinyTroupeError(error, "PERSONA_INVALID")) return error.data.issues;
    throw error;
  }
  throw new Error("The persona was taken.");
}

describe("parsePersona", () => {
  it("keeps unknown keys, drops nulls and orders the known keys", () => {
    const persona = parsePersona({
      shoeSize: 38,
      age: 28,
      gender: null,
      name: " Lisa ",
      pets: [null, { cat: null, dog: "Rex" }],
    });
    expect(persona).toStrictEqual({ name: "Lisa", age: 28, shoeSize: 38, pets: [{ dog: "Rex" }] });
    expect(Object.keys(persona)).toEqual(["name", "age", "shoeSize", "pets"]);
  });
  it("takes texts, lists and objects where files have either", () => {
    for (const occupation of ["baker", { title: "baker", organization: "Own shop", tools: ["oven"] }]) {
      expect(parsePersona({ name: "A", occupation }).occupation).toEqual(occupation);
    }
    expect(parsePersona({ name: "A", residence: { city: "Lagos" } }).residence).toEqual({ city: "Lagos" });
    const behaviors = { routines: ["Rise at five."], debate: ["You interrupt."], shopping: { food: "cash" } };
    expect(parsePersona({ name: "A", behaviors }).behaviors).toEqual(behaviors);
  });
  it("brings loose shapes into one", () => {
    const persona = parsePersona({
      name: "\u200fA\u202e",
      skills: "sailing",
      languages: "Korean",
      personality: "stubborn",
      preferences: { likes: "rain" },
      behaviors: ["You hum."],
      relationships: [
        { Name: "Ana", Description: "sister" },
        { name: "Bo", description: "rival", since: 1999 },
        "a dog",
      ],
    });
    expect(persona).toStrictEqual({
      name: "A",
      languages: ["Korean"],
      personality: { traits: ["stubborn"] },
      preferences: { likes: ["rain"] },
      skills: ["sailing"],
      behaviors: { general: ["You hum."] },
      relationships: [
        { name: "Ana", description: "sister" },
        { name: "Bo", description: "rival", since: 1999 },
        { description: "a dog" },
      ],
    });
  });
  it("unwraps the content of a file and forgets the editor's key", () => {
    const wrapped = { $schema: "x", type: "TinyPerson", persona: { name: "A" }, mental_state: { mood: 1 } };
    expect(parsePersona(wrapped)).toEqual({ name: "A" });
    expect(parsePersona({ $schema: "x", name: "A" })).toEqual({ name: "A" });
    expect(issuesOf({ type: "Fragment", persona: {} })[0]?.path).toBe("type");
  });
  it("says where in the file each fault is", () => {
    const persona = {
      name: "",
      age: "old",
      relationships: [{ name: "Ana" }, 3],
      personality: { big_five: [] },
      skills: ["a", 1],
    };
    expect(
      issuesOf({ type: "TinyPerson", persona }, "p.json")
        .map(({ path }) => path)
        .sort(),
    ).toEqual([
      "persona.age",
      "persona.name",
      "persona.personality.big_five",
      "persona.relationships.1",
      "persona.skills.1",
    ]);
    expect(issuesOf({ type: "TinyPerson" })[0]?.path).toBe("persona");
    expect(issuesOf(null)[0]?.path).toBe("");
    expect(() => parsePersona({ age: 3 }, { file: "x.json" })).toThrow(
      /x\.json.*\n {2}name: This is missing; a text is expected\.$/,
    );
    expect(issuesOf({ name: "A\u001b[31m" })[0]?.path).toBe("name");
  });
  it("refuses what is no JSON and what is too much", () => {
    expect(issuesOf({ name: "A", born: new Date(), run: () => 1, big: Number.NaN }).map(({ path }) => path)).toEqual([
      "born",
      "run",
      "big",
    ]);
    const cycle: Record<string, unknown> = { name: "A" };
    cycle["self"] = cycle;
    expect(issuesOf(cycle)[0]?.message).toContain("nested deeper");
    expect(issuesOf({ name: "A", text: "x".repeat(personaLimits.characters + 1) })[0]?.message).toContain("characters");
    expect(issuesOf({ name: "A", list: new Array(personaLimits.values).fill(1) })[0]?.message).toContain("values");
  });
  it("is deeply frozen and leaves its input alone", () => {
    const input = { name: "A", preferences: { likes: ["tea"] } };
    const persona = parsePersona(input);
    expect(
      Object.isFrozen(persona) && Object.isFrozen(persona.preferences) && Object.isFrozen(persona.preferences?.likes),
    ).toBe(true);
    input.preferences.likes.push("coffee");
    expect(persona.preferences?.likes).toEqual(["tea"]);
  });
  it("is not harmed by prototype keys", () => {
    const value: unknown = JSON.parse(
      '{"name":"A","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"x":{"__proto__":{"y":1}}}',
    );
    const persona = parsePersona(value);
    expect(Object.getPrototypeOf(persona)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(persona["polluted"]).toBeUndefined();
    expect(persona["x"]).toStrictEqual({});
  });
  it("takes any JSON under unknown keys and reads its own result again as the same", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().map((key) => `x${key}`),
          fc.jsonValue({ maxDepth: 4 }),
        ),
        (extra) => {
          const persona = parsePersona({ ...extra, name: "A" });
          expect(parsePersona(persona)).toStrictEqual(persona);
        },
      ),
    );
  });
});
