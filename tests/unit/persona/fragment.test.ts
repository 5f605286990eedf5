import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../src/kernel/values/hash.ts";
import { type Fragment, layFragment, parseFragment } from "../../../src/persona/fragment.ts";
import { type Persona, parsePersona } from "../../../src/persona/schema.ts";

const texts = fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 4 });
const projects = fc.array(fc.record({ title: fc.constantFrom("x", "y"), parts: texts }), { maxLength: 3 });
const part = fc.record(
  {
    skills: texts,
    style: fc.constantFrom("calm", "loud"),
    preferences: fc.record({ likes: texts, dislikes: texts }, { requiredKeys: [] }),
    projects,
  },
  { requiredKeys: [] },
);
const personas = part.map((rest) => parsePersona({ name: "A", ...rest }));
const fragments = part.map((rest) => parseFragment({ type: "Fragment", persona: rest }));

describe("layFragment", () => {
  it("joins lists without duplicates, nested objects included", () => {
    const persona = parsePersona({ name: "A", projects: [{ title: "x", parts: ["p"] }], beliefs: ["one"] });
    const fragment = parseFragment({
      projects: [{ parts: ["p"], title: "x" }, { title: "y" }],
      beliefs: ["two", "one"],
    });
    const laid = layFragment(persona, fragment);
    expect(laid["projects"]).toEqual([{ title: "x", parts: ["p"] }, { title: "y" }]);
    expect(laid.beliefs).toEqual(["one", "two"]);
  });
  it("follows its policy where single values differ", () => {
    const persona = parsePersona({ name: "A", age: 30, occupation: { title: "baker", organization: "Own" } });
    const fragment = parseFragment({ age: 31, occupation: { title: "miller" }, residence: "Lagos" });
    expect(layFragment(persona, fragment)).toMatchObject({
      age: 31,
      occupation: { title: "miller", organization: "Own" },
    });
    expect(layFragment(persona, fragment, "persona")).toMatchObject({
      age: 30,
      occupation: { title: "baker" },
      residence: "Lagos",
    });
    expect(() => layFragment(persona, fragment, "error")).toThrow(/2 place\(s\).*age.*30.*31/);
    expect(layFragment(persona, parseFragment({ age: 30, residence: "Lagos" }), "error")).toMatchObject({
      residence: "Lagos",
    });
  });
  it("replaces nulls and shapes that do not fit", () => {
    const blank = { name: "A", style: null, occupation: "baker" } as unknown as Persona;
    const fragment = {
      type: "Fragment",
      persona: { style: "loud", occupation: { title: "miller" }, health: null },
    } as unknown as Fragment;
    expect(layFragment(blank, fragment, "fragment")).toStrictEqual({
      name: "A",
      style: "loud",
      occupation: { title: "miller" },
    });
    expect(layFragment(blank, fragment, "persona")).toMatchObject({ style: "loud", occupation: "baker" });
  });
  it("leaves its inputs as they are and shares nothing with them", () => {
    fc.assert(
      fc.property(personas, fragments, (frozen, frozenFragment) => {
        const persona = structuredClone(frozen) as Persona;
        const fragment = structuredClone(frozenFragment) as Fragment;
        const before = canonicalJson([persona, fragment]);
        const laid = layFragment(persona, fragment);
        expect(canonicalJson([persona, fragment])).toBe(before);
        expect(Object.isFrozen(laid)).toBe(true);
        expect(Object.isFrozen(fragment.persona.skills ?? Object.freeze([]))).toBe(
          fragment.persona.skills === undefined,
        );
      }),
    );
  });
  it("changes nothing when laid twice, and nothing with an empty fragment", () => {
    fc.assert(
      fc.property(
        personas,
        fragments,
        fc.constantFrom("fragment" as const, "persona" as const),
        (persona, fragment, policy) => {
          const once = layFragment(persona, fragment, policy);
          expect(layFragment(once, fragment, policy)).toStrictEqual(once);
          expect(layFragment(once, parseFragment({}), policy)).toStrictEqual(once);
        },
      ),
    );
  });
  it("is associative: two fragments one by one, or the second laid over the first before", () => {
    fc.assert(
      fc.property(personas, fragments, fragments, (persona, one, two) => {
        const both = layFragment({ ...one.persona, name: "A" }, two);
        const stepwise = layFragment(layFragment(persona, one), two);
        expect(stepwise).toStrictEqual(layFragment(persona, { type: "Fragment", persona: both }));
      }),
    );
  });
  it("keeps no prototype key and takes no whole person", () => {
    const fragment = parseFragment(JSON.parse('{"__proto__":{"age":3},"x":{"__proto__":{"y":1},"z":1}}'));
    const laid = layFragment(parsePersona({ name: "A" }), fragment);
    expect(laid).toStrictEqual({ name: "A", x: { z: 1 } });
    expect(() => parseFragment({ type: "TinyPerson", persona: { name: "A" } })).toThrow(/not a fragment/);
  });
});
