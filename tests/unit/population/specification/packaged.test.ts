import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { schemaFiles } from "../../../../scripts/generate-schemas.ts";
import { listPackagedSpecifications, loadSpecification } from "../../../../src/population/specification/files.ts";
import type { Specification } from "../../../../src/population/specification/schema.ts";

const read = (name: string): Promise<string> =>
  readFile(new URL(`../../../../personas/populations/${name}.yaml`, import.meta.url), "utf8");
const countries = ["usa", "brazil", "spain", "india", "norway"];
const segments = ["coffee-chain-customers", "electric-car-buyers"];

/** What of a file has figures: where it stands, and what it says of its source. */
function figuresIn({ dimensions, joints = [], conditionals = [], households }: Specification) {
  const parts = [
    ...Object.entries(dimensions),
    ...joints.map((joint, place) => [`joints.${place}`, joint] as const),
    ...conditionals.map((conditional, place) => [`conditionals.${place}`, conditional] as const),
    ...(households === undefined ? [] : [["households", households] as const]),
  ];
  return parts.flatMap(([place, part]) =>
    "kind" in part && part.kind === "free"
      ? []
      : [{ place, source: undefined, unverified: undefined, ...(part as { source?: string; unverified?: boolean }) }],
  );
}

describe("the populations that come with the package", () => {
  let written: ReadonlyMap<string, { readonly text: string; readonly data: Specification }> = new Map();
  beforeAll(async () => {
    const names = await listPackagedSpecifications();
    const texts = await Promise.all(names.map(async (name) => [name, await read(name)] as const));
    written = new Map(texts.map(([name, text]) => [name, { text, data: parse(text) as Specification }]));
  });

  it("are at least five countries and two segments, found by name, each under its own", async () => {
    expect([...written.keys()]).toEqual(expect.arrayContaining([...countries, ...segments]));
    for (const name of written.keys()) expect((await loadSpecification(name)).name).toBe(name);
  });

  it("are as the published schema wants them, which editors find", () => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
      JSON.parse(schemaFiles()["population.schema.json"] ?? ""),
    );
    for (const [name, { text, data }] of written) {
      expect([name, validate(data), validate.errors]).toEqual([name, true, null]);
      expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/population\.schema\.json\n/);
    }
  });

  it("say of each figure which page was opened for it, or that nobody checked it", () => {
    for (const [name, { data }] of written) {
      for (const { place, source, unverified } of figuresIn(data)) {
        const from = source === undefined ? undefined : data.sources?.[source];
        const checked = from?.url !== undefined && from.opened !== undefined;
        const byDefinition = from?.title.includes("by definition") === true && unverified === false;
        expect([name, place, checked || byDefinition || unverified === true]).toEqual([name, place, true]);
      }
    }
  });

  it("keep what the file says of that when they are read", async () => {
    for (const [name, { data }] of written) {
      const told = figuresIn(await loadSpecification(name)).filter(({ unverified }) => unverified === true);
      const marked = figuresIn(data).filter(({ unverified }) => unverified === true);
      expect(told.map(({ place }) => place)).toEqual(marked.map(({ place }) => place));
      expect(told.length).toBeGreaterThan(0);
      // The segments rest on excerpts of pages that do not say where their figures are from.
      const all = figuresIn(data).length;
      expect([name, told.length === all]).toEqual([name, segments.includes(name)]);
    }
  });

  it.each(countries)("have adults of all ages, sexes, schooling, income and temper in %s", async (name) => {
    const { dimensions, joints = [] } = await loadSpecification(name);
    const wanted = ["age", "sex", "education", "employment", "income", "household-size", "religion", "openness"];
    expect(Object.keys(dimensions)).toEqual(expect.arrayContaining([...wanted, "neuroticism"]));
    for (const [id, dimension] of Object.entries(dimensions)) {
      if (dimension.kind === "free") continue;
      const shares =
        dimension.kind === "numeric"
          ? (dimension.bands ?? []).map(({ share }) => share)
          : Object.values(dimension.shares);
      const total = shares.reduce((sum, share) => sum + share, 0);
      // Of a hundred, or counted in thousands.
      expect([id, Math.abs(total - 100) < 1.2 || total > 1_000]).toEqual([id, true]);
    }
    // The table of ages and sexes says the same as the two alone.
    const { age, sex } = dimensions;
    const [table] = joints;
    if (age?.kind !== "numeric" || sex?.kind !== "categorical") throw new Error("no age or sex");
    const sumOf = (id: string, value: string): number =>
      (table?.cells ?? []).filter(({ when }) => when[id] === value).reduce((sum, { share }) => sum + share, 0);
    for (const { from, to, share } of age.bands ?? []) expect(sumOf("age", `${from}-${to}`)).toBe(share);
    for (const [value, share] of Object.entries(sex.shares)) expect(sumOf("sex", value)).toBe(share);
  });

  it("are told by the names that come near when one is misspelt", async () => {
    await expect(loadSpecification("brasil")).rejects.toMatchObject({
      code: "TARGET_UNKNOWN",
      hint: expect.stringContaining("Did you mean brazil?"),
    });
  });
});
