import {
  isTinyTroupeError,
  type Specification,
  samplePopulation,
  type TinyTroupeError,
} from "../../../../src/index.ts";

const regions = { north: 0.17, midwest: 0.21, south: 0.38, west: 0.24 };
const urban: readonly (readonly [string, string, number])[] = [
  ["north", "city", 0.1],
  ["north", "suburb", 0.04],
  ["north", "country", 0.03],
  ["midwest", "city", 0.1],
  ["midwest", "suburb", 0.06],
  ["midwest", "country", 0.05],
  ["south", "city", 0.2],
  ["south", "suburb", 0.1],
  ["south", "country", 0.08],
  ["west", "city", 0.15],
  ["west", "suburb", 0.05],
  ["west", "country", 0.04],
];

/** A specification as they are: ten dimensions, two joint tables, conditions and constraints that tie most of them. */
export function town(changes: Partial<Specification> = {}): Specification {
  return { ...base, ...changes };
}

const base: Specification = {
  specification: 1,
  name: "A town",
  size: 1_000,
  dimensions: {
    age: {
      kind: "numeric",
      bands: [
        { from: 18, to: 29, share: 0.2 },
        { from: 30, to: 44, share: 0.25 },
        { from: 45, to: 64, share: 0.33 },
        { from: 65, to: 90, share: 0.22 },
      ],
    },
    sex: { kind: "categorical", shares: { female: 0.51, male: 0.49 } },
    region: { kind: "categorical", shares: regions },
    education: { kind: "ordinal", shares: { none: 0.1, school: 0.28, college: 0.27, degree: 0.35 } },
    employment: { kind: "categorical", shares: { employed: 0.6, retired: 0.2, student: 0.08, other: 0.12 } },
    income: { kind: "numeric", from: 0, to: 500_000, distribution: { name: "log-normal", median: 60_000, sigma: 0.8 } },
    children: { kind: "ordinal", shares: { "0": 0.3, "1": 0.2, "2": 0.3, "3": 0.2 } },
    urban: { kind: "categorical", shares: { city: 0.55, suburb: 0.25, country: 0.2 } },
    party: { kind: "categorical", shares: { left: 0.33, right: 0.3, none: 0.37 } },
    openness: {
      kind: "numeric",
      integer: false,
      from: 0,
      to: 100,
      distribution: { name: "normal", mean: 50, sd: 10 },
    },
    hobby: { kind: "free", describe: "What they do on Sundays." },
  },
  joints: [
    {
      of: ["sex", "region"],
      cells: Object.entries(regions).flatMap(([region, share]) => [
        { when: { sex: "female", region }, share: 0.51 * share },
        { when: { sex: "male", region }, share: 0.49 * share },
      ]),
    },
    { of: ["region", "urban"], cells: urban.map(([region, at, share]) => ({ when: { region, urban: at }, share })) },
  ],
  conditionals: [
    { of: "party", rows: [{ when: { urban: "city" }, shares: { left: 0.4, right: 0.22, none: 0.38 } }] },
    {
      of: "education",
      rows: [{ when: { age: "18-29" }, shares: { none: 0.07, school: 0.33, college: 0.35, degree: 0.25 } }],
    },
  ],
  constraints: [
    { when: { employment: "retired" }, must: { age: { from: 55 } } },
    { when: { employment: "student" }, must: { age: { to: 35 } } },
    { never: { age: { to: 20 }, education: "degree" }, because: "Nobody has one so early." },
    { never: { employment: "employed", income: { to: 2_000 } } },
  ],
  strata: ["sex", "region"],
};

/** What a specification is refused with. */
export async function conflictOf(
  specification: Specification,
  size: number,
): Promise<TinyTroupeError<"SPECIFICATION_CONFLICT">> {
  try {
    await samplePopulation(specification, { size, seed: 1 });
  } catch (error) {
    if (isTinyTroupeError(error, "SPECIFICATION_CONFLICT")) return error;
    throw error;
  }
  throw new Error("It was met.");
}
