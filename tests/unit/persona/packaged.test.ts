import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { schemaFiles } from "../../../scripts/generate-schemas.ts";
import { validateFiles } from "../../../src/index.ts";
import {
  listPackagedFragments,
  listPackagedPersonas,
  packagedFragment,
  packagedPersona,
} from "../../../src/persona/files.ts";
import { layFragment } from "../../../src/persona/fragment.ts";
import { lintPersona } from "../../../src/persona/lint.ts";
import { personaProse } from "../../../src/persona/prose.ts";
import type { Persona } from "../../../src/persona/schema.ts";

const root = new URL("../../../", import.meta.url);
const json = async (path: string): Promise<unknown> => JSON.parse(await readFile(new URL(path, root), "utf8"));
let people: ReadonlyMap<string, Persona> = new Map();
beforeAll(async () => {
  const names = await listPackagedPersonas();
  people = new Map(await Promise.all(names.map(async (name) => [name, await packagedPersona(name)] as const)));
});

/** Every three words in a row. */
function shingles(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`));
}

function similarity(one: string, two: string): number {
  const [a, b] = [shingles(one), shingles(two)];
  const shared = [...a].filter((shingle) => b.has(shingle)).length;
  return shared / (a.size + b.size - shared);
}

describe("our personas", () => {
  it("are several, and of all ages and countries", () => {
    const all = [...people.values()];
    expect(all.length).toBeGreaterThanOrEqual(7);
    const ages = all.map(({ age }) => age ?? 0);
    expect(Math.min(...ages)).toBeLessThan(25);
    expect(Math.max(...ages)).toBeGreaterThan(70);
    expect(new Set(all.map(({ nationality }) => nationality)).size).toBe(all.length);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });
  it("are rich in every section", () => {
    for (const [file, persona] of people) {
      const { interests = [], likes = [], dislikes = [] } = persona.preferences ?? {};
      const counts = {
        traits: persona.personality?.traits?.length,
        interests: interests.length,
        likes: likes.length,
        dislikes: dislikes.length,
        beliefs: persona.beliefs?.length,
        facts: persona.other_facts?.length,
        goals: persona.long_term_goals?.length,
        relationships: persona.relationships?.length,
        skills: persona.skills?.length,
        bigFive: Object.keys(persona.personality?.big_five ?? {}).length,
        routines: Object.keys(persona.behaviors?.routines ?? {}).length,
        languages: persona.languages?.length,
      };
      const least = {
        traits: 10,
        interests: 5,
        likes: 5,
        dislikes: 5,
        beliefs: 12,
        facts: 10,
        goals: 3,
        relationships: 3,
        skills: 4,
        bigFive: 5,
        routines: 4,
        languages: 1,
      };
      for (const [key, minimum] of Object.entries(least)) {
        expect(counts[key as keyof typeof counts] ?? 0, `${file}: ${key}`).toBeGreaterThanOrEqual(minimum);
      }
      for (const key of ["gender", "nationality", "residence", "education", "style", "health"] as const)
        expect(persona[key], `${file}: ${key}`).toBeTypeOf("string");
    }
  });
  it("give the linter nothing to find", () => {
    for (const [file, persona] of people) expect(lintPersona(persona), file).toEqual([]);
  });
  it("are nobody's near copy", () => {
    const texts = [...people].map(([file, persona]) => [file, personaProse(persona, { for: "full" })] as const);
    for (const [index, [file, text]] of texts.entries()) {
      for (const [other, otherText] of texts.slice(index + 1))
        expect(similarity(text, otherText), `${file} and ${other}`).toBeLessThan(0.03);
    }
  });
  it("can tell near copies", () => {
    expect(similarity("You count the biscuits twice a day.", "You count the biscuits twice a week.")).toBeGreaterThan(
      0.5,
    );
  });
  it("hold a Korean who is written in Korean and speaks nothing else", () => {
    const minji = people.get("minji");
    expect(minji?.languages).toEqual(["Korean"]);
    // But for the words that programs read: nationality, languages, degrees of character.
    expect(JSON.stringify(minji)).not.toMatch(/[a-z]+ [a-z]+ [a-z]+/u);
    expect(minji?.style).toMatch(/\p{sc=Hangul}/u);
  });
});

describe("our fragments", () => {
  it("go over everybody without a finding", async () => {
    const names = await listPackagedFragments();
    expect(names.length).toBeGreaterThanOrEqual(4);
    for (const name of names) {
      const fragment = await packagedFragment(name);
      for (const [file, persona] of people) {
        const laid = layFragment(persona, fragment);
        expect(lintPersona(laid), `${name} over ${file}`).toEqual([]);
        expect(laid.beliefs?.length).toBeGreaterThan(persona.beliefs?.length ?? 0);
      }
    }
  });
});

describe("the schemas for editors", () => {
  it("are up to date", async () => {
    for (const [name, text] of Object.entries(schemaFiles())) {
      expect(await readFile(new URL(`schemas/${name}`, root), "utf8"), `run: node scripts/generate-schemas.ts`).toBe(
        text,
      );
    }
  });
  it("are named in the first line of the examples' files, and take them, as validate does", async () => {
    const ajv = new Ajv2020({ strict: false, formats: { date: true, "date-time": true } });
    const files = (await readdir(new URL("examples", root), { recursive: true })).filter((one) =>
      one.endsWith(".yaml"),
    );
    expect(files.length).toBeGreaterThan(14);
    for (const file of files) {
      const path = fileURLToPath(new URL(`examples/${file}`, root));
      const text = await readFile(path, "utf8");
      const [, name = ""] = /^# yaml-language-server: \$schema=(?:\.\.\/)+schemas\/(\S+)\n/.exec(text) ?? [];
      const takes =
        ajv.getSchema(name) ?? ajv.addSchema(JSON.parse(schemaFiles()[name] ?? "false"), name).getSchema(name);
      expect(takes?.(parse(text)), `${file} by ${name}: ${JSON.stringify(takes?.errors)}`).toBe(true);
      expect(
        (await validateFiles(path)).flatMap(({ issues }) => issues),
        file,
      ).toEqual([]);
    }
    const taken = (name: string, value: unknown): unknown => ajv.compile(JSON.parse(schemaFiles()[name] ?? ""))(value);
    const anchor = { label: true, text: "x" };
    expect(taken("anchors.schema.json", { claim: "A", anchors: [anchor] })).toBe(true);
    expect(taken("anchors.schema.json", [{ ...anchor, label: 12 }])).toBe(false);
    expect(taken("ads.schema.json", [{ name: "a", text: "Buy." }])).toBe(true);
    expect(taken("ads.schema.json", { ads: [{ name: "a", txt: "Buy." }] })).toBe(false);
    expect(taken("data.schema.json", { data: 1, name: "d", kind: "queries", about: "x", size: 0 })).toBe(false);
  });
  it("take all our files and refuse faults", async () => {
    const ajv = new Ajv2020({ strict: false });
    const person = ajv.compile(JSON.parse(schemaFiles()["persona.schema.json"] ?? ""));
    const fragment = ajv.compile(JSON.parse(schemaFiles()["fragment.schema.json"] ?? ""));
    for (const name of await listPackagedPersonas())
      expect(person(await json(`personas/${name}.json`)), name).toBe(true);
    for (const file of await readdir(new URL("personas/fragments", root))) {
      expect(fragment(await json(`personas/fragments/${file}`)), file).toBe(true);
    }
    expect(person({ name: "A", age: 3, x: 1 })).toBe(true);
    expect(person({ type: "TinyPerson", persona: { name: "A", age: "old" } })).toBe(false);
    expect(fragment({ type: "Fragment", persona: { beliefs: 3 } })).toBe(false);
  });
});
