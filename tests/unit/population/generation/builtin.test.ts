import { describe, expect, it } from "vitest";
import type { Model } from "../../../../src/kernel/contracts/model.ts";
import { createBuiltin } from "../../../../src/model/builtin/builtin.ts";
import { lintPersona } from "../../../../src/persona/lint.ts";
import type { Persona } from "../../../../src/persona/schema.ts";
import type { Draw } from "../../../../src/population/draw.ts";
import { TinyPersonFactory } from "../../../../src/population/factory.ts";
import type { GeneratePeopleOptions } from "../../../../src/population/generation/people.ts";
import { testContext } from "../../../support/context.ts";

const builtin = createBuiltin();
const seeded: Model = { ...builtin, generate: (request) => builtin.generate({ ...request, seed: 7 }) };
const works = ["employed", "retired", "unemployed", "student"] as const;
const marriages = ["single", "married", "divorced", "widowed"] as const;
const schools = ["primary school", "high school", "university degree"] as const;
const draws: Draw[] = Array.from({ length: 60 }, (_, index) => ({
  id: String(index + 1).padStart(4, "0"),
  values: {
    ...{ age: 18 + index, sex: index % 2 ? "female" : "male", nationality: "Brazilian" },
    ...{ marital_status: marriages[index % 4] ?? "single", children: index % 3 },
    employment: index > 45 ? "retired" : index < 25 && index % 4 === 1 ? "employed" : (works[index % 4] ?? "employed"),
    education: schools[index % 3] ?? "high school",
  },
  weight: 1,
}));

async function made(options: GeneratePeopleOptions, model = seeded): Promise<readonly Persona[]> {
  const results = await new TinyPersonFactory(testContext({ model })).generatePeople(draws, options);
  return results.map((result) => {
    if ("error" in result) throw new Error(JSON.stringify(result.error));
    return result.persona;
  });
}

describe("builtin", () => {
  it.each(["sketch", "standard", "deep"] as const)("writes whole and coherent people: %s", async (depth) => {
    const people = await made({ depth });
    expect(people.map(({ age }) => age)).toEqual(draws.map(({ values }) => values["age"]));
    const allowed = depth === "deep" ? ["repeated"] : ["repeated", "missing-section"];
    for (const persona of people) {
      expect(
        lintPersona(persona).filter(({ rule }) => !allowed.includes(rule)),
        persona.name,
      ).toEqual([]);
    }
  });
  it("writes people who are unlike each other", async () => {
    const people = await made({});
    const share = (of: (persona: Persona) => unknown): number =>
      new Set(people.map((persona) => JSON.stringify(of(persona)))).size / people.length;
    expect(share(({ occupation }) => occupation)).toBeGreaterThan(0.5);
    expect(share(({ beliefs }) => beliefs)).toBe(1);
    expect(share(({ style }) => style)).toBeGreaterThan(0.15);
  });
  it("finds many reasons to be at home, where none was drawn, and one where it was", async () => {
    const titles = async (employment: string): Promise<readonly string[]> => {
      const all = draws.map((draw, index) => ({
        ...draw,
        values: { ...draw.values, age: 26 + (index % 33), employment },
      }));
      const results = await new TinyPersonFactory(testContext({ model: seeded })).generatePeople(all, {});
      return results.map((result) => ("error" in result ? "" : String(Object(result.persona.occupation).title)));
    };
    const outside = await titles("outside the labour force");
    expect(outside).not.toContain("");
    expect(outside.filter((title) => /retired|^student$/i.test(title))).toEqual([]);
    for (const title of new Set(outside)) expect(outside.filter((one) => one === title).length).toBeLessThan(25);
    expect(new Set(await titles("homemaker"))).toEqual(new Set(["Homemaker"]));
  });
  it("writes them for a small model's questions, too", async () => {
    const small: Model = { ...seeded, limits: { ...seeded.limits, following: "small" } };
    const people = await made({ depth: "deep" }, small);
    expect(people.every(({ other_facts = [] }) => other_facts.length >= 3)).toBe(true);
  });
});
