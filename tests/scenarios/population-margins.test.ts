import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import {
  generatePopulation,
  loadPopulation,
  loadSpecification,
  type Persona,
  type Specification,
  samplePopulation,
} from "../../src/index.ts";
import { createBuiltin } from "../../src/model/builtin/builtin.ts";
import { testSimulation } from "../../src/testing/index.ts";

const degrees: Readonly<Record<string, string>> = {
  ...{ "Muito baixo.": "very low", "Baixo.": "low", "Médio.": "average", "Alto.": "high", "Muito alto.": "very high" },
};

type Dimension = Specification["dimensions"][string];
type Values = Readonly<Record<string, unknown>>;
type Where = Readonly<Record<string, unknown>>;

it.each([
  ["a country", 1_000, "brazil"],
  [
    "a town where not everything goes together",
    300,
    join(import.meta.dirname, "../../examples/12-population/town.yaml"),
  ],
] as const)(
  "the people of %s, %i of them, are what was asked, within rounding, by what their personas say",
  { timeout: 120_000 },
  async (_, size, name) => {
    const specification = await loadSpecification(name);
    const people = (await made(specification, size)).map((persona) => valuesOf(persona, specification));
    expect(people).toHaveLength(size);

    const figures = figuresOf(specification);
    expect(figures.length).toBeGreaterThan(15);
    const off = figures.filter(({ among, where, share }) => {
      const all = people.filter((values) => holds(among, values, specification));
      const count = all.filter((values) => holds(where, values, specification)).length;
      return Math.abs(count - all.length * share) > 1;
    });
    expect(off).toEqual([]);

    const { constraints = [] } = specification;
    expect(constraints.length).toBeGreaterThan(0);
    for (const rule of constraints) {
      const against = people.filter((values) => {
        if ("never" in rule) return holds(rule.never, values, specification);
        if ("always" in rule) return !holds(rule.always, values, specification);
        return holds(rule.when, values, specification) && !holds(rule.must, values, specification);
      });
      expect([rule, against]).toEqual([rule, []]);
    }
  },
);

/** The personas of a folder that was made, read from its files, without what was drawn of them. */
async function made(specification: Specification, size: number): Promise<readonly Persona[]> {
  const { people: draws } = await samplePopulation(specification, { size, seed: 1 });
  const above = await mkdtemp(join(tmpdir(), "margins-"));
  try {
    await using run = await testSimulation(createBuiltin());
    const folder = join(above, "people");
    await generatePopulation(run.simulation, draws, { specification, folder, depth: "sketch" });
    return (await loadPopulation(folder)).people.map(({ persona }) => persona);
  } finally {
    await rm(above, { recursive: true, force: true });
  }
}

const valuesOf = (persona: Persona, { dimensions }: Specification): Values =>
  Object.fromEntries(Object.entries(dimensions).map(([id, dimension]) => [id, saidOf(persona, id, dimension)]));

function saidOf(persona: Persona, id: string, dimension: Dimension): unknown {
  if (id === "age" || id === "education") return persona[id];
  if (id === "sex") return persona.gender;
  const five = persona.personality?.big_five as Readonly<Record<string, string>> | undefined;
  if (dimension.persona?.startsWith("personality.big_five.")) return degrees[five?.[id] ?? ""];
  const title = (dimension.title ?? id.replaceAll("-", " ")).toLowerCase();
  const facts = (persona.other_facts ?? []).map((fact) => /^([^:]+): (.+)\.$/.exec(String(fact)));
  return facts.find((fact) => fact?.[1]?.toLowerCase() === title)?.[2];
}

function holds(where: Where, values: Values, { dimensions }: Specification): boolean {
  return Object.entries(where).every(([id, wanted]) => {
    const value = values[id];
    const { bands = [] } = dimensions[id] as { bands?: readonly { from: number; to: number }[] };
    const band = bands.find(({ from, to }) => `${from}-${to}` === wanted) ?? wanted;
    if (typeof band !== "object") return value === band;
    const { from = 0, to = 1_000 } = band as { from?: number; to?: number };
    return typeof value === "number" && value >= from && value <= to;
  });
}

interface Figure {
  readonly among: Where;
  readonly where: Where;
  readonly share: number;
}

/** Every share that the specification gives: of all, of combinations, and of those of whom something holds. */
function figuresOf({ dimensions, joints = [], conditionals = [] }: Specification): readonly Figure[] {
  const margins = Object.entries(dimensions).flatMap(([id, dimension]) =>
    dimension.kind === "free" ? [] : scaled(levelsOf(dimension).map(([value, share]) => [{ [id]: value }, share])),
  );
  const tables = joints.flatMap(({ cells }) => scaled(cells.map(({ when, share }) => [when, share])));
  const rows = conditionals.flatMap(({ of, rows: all }) =>
    all.flatMap(({ when, shares }) =>
      scaled(Object.entries(shares).map(([value, share]) => [{ [of]: value }, share])).map((one) => ({
        ...one,
        among: when,
      })),
    ),
  );
  return [...margins, ...tables, ...rows];
}

function levelsOf(dimension: Exclude<Dimension, { kind: "free" }>): readonly (readonly [string, number])[] {
  if (dimension.kind !== "numeric") return Object.entries(dimension.shares);
  return (dimension.bands ?? []).map(({ from, to, share }) => [`${from}-${to}`, share]);
}

function scaled(levels: readonly (readonly [Where, number])[]): readonly Figure[] {
  const all = levels.reduce((sum, [, share]) => sum + share, 0);
  return levels.map(([where, share]) => ({ among: {}, where, share: share / all }));
}
