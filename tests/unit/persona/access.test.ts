import { describe, expect, it } from "vitest";
import { defineAt, getAt } from "../../../src/persona/access.ts";
import { parsePersona } from "../../../src/persona/schema.ts";

const oscar = parsePersona({ name: "Oscar", occupation: { title: "welder" }, beliefs: ["one", "two"], "a.b": 1 });

describe("getAt", () => {
  it("reads by path and by index, and knows nothing of prototypes", () => {
    expect(getAt(oscar, "occupation.title")).toBe("welder");
    expect(getAt(oscar, "beliefs.1")).toBe("two");
    expect(getAt(oscar, ["a.b"])).toBe(1);
    for (const path of [
      "health",
      "occupation.title.x",
      "beliefs.9",
      "beliefs.length",
      "constructor",
      "toString.name",
    ]) {
      expect(getAt(oscar, path)).toBeUndefined();
    }
    expect(() => getAt(oscar, "__proto__")).toThrow(/leads nowhere/);
    expect(() => getAt(oscar, "a..b")).toThrow(/leads nowhere/);
  });
});

describe("defineAt", () => {
  it("makes what is missing on the way and leaves the given persona alone", () => {
    const next = defineAt(oscar, "behaviors.shopping.food", { value: ["cash"] });
    expect(next.behaviors).toEqual({ shopping: { food: ["cash"] } });
    expect(oscar.behaviors).toBeUndefined();
    expect(Object.isFrozen(next)).toBe(true);
  });
  it("sets, appends and takes away items of lists", () => {
    expect(defineAt(oscar, "beliefs.0", { value: "zero" }).beliefs).toEqual(["zero", "two"]);
    expect(defineAt(oscar, "beliefs.2", { value: "three" }).beliefs).toEqual(["one", "two", "three"]);
    expect(defineAt(oscar, "beliefs.0", { value: null }).beliefs).toEqual(["two"]);
    expect(() => defineAt(oscar, "beliefs.4", { value: "five" })).toThrow(/list of 2/);
    expect(() => defineAt(oscar, "beliefs.first", { value: "x" })).toThrow(/leads nowhere/);
    expect(defineAt(oscar, "relationships.0", { value: { Name: "Ana", Description: "sister" } }).relationships).toEqual(
      [{ name: "Ana", description: "sister" }],
    );
  });
  it("merges when told to", () => {
    expect(defineAt(oscar, "beliefs", { value: ["two", "three"], merge: true }).beliefs).toEqual([
      "one",
      "two",
      "three",
    ]);
    expect(defineAt(oscar, "beliefs", { value: "two", merge: true }).beliefs).toEqual(["one", "two"]);
    expect(defineAt(oscar, "occupation", { value: { organization: "Yard" }, merge: true }).occupation).toEqual({
      title: "welder",
      organization: "Yard",
    });
    const conflict = () => defineAt(oscar, "occupation", { value: { title: "boss" }, merge: true, policy: "error" });
    expect(conflict).toThrow(/occupation\.title/);
  });
  it("removes, dedents and validates", () => {
    expect("occupation" in defineAt(oscar, "occupation", { value: undefined })).toBe(false);
    expect(defineAt(oscar, "style", { value: `\n      Dry.\n        Very dry.\n    ` }).style).toBe(
      "Dry.\n  Very dry.",
    );
    expect(() => defineAt(oscar, "age", { value: "old" })).toThrow(/age/);
    expect(() => defineAt(oscar, "name", { value: null })).toThrow(/name/);
    expect(() => defineAt(oscar, "occupation.__proto__.polluted", { value: 1 })).toThrow(/leads nowhere/);
    expect(defineAt(oscar, "constructor.prototype.polluted", { value: 1 })["constructor"]).toEqual({
      prototype: { polluted: 1 },
    });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
