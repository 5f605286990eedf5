import fc from "fast-check";
import type { Specification } from "../../../../src/index.ts";
import { createRandom, type Random } from "../../../../src/kernel/values/random.ts";

type Person = Readonly<Record<string, string>>;
type Joint = NonNullable<Specification["joints"]>[number];
type Constraint = NonNullable<Specification["constraints"]>[number];

/** A specification that people who exist have met: its figures are counted among them. */
export interface Counted {
  readonly specification: Specification;
  readonly people: readonly Person[];
}

/** Specifications that can be met, since they tell of a hidden population. */
export const counted: fc.Arbitrary<Counted> = fc
  .record({
    seed: fc.integer({ min: 0, max: 1_000_000 }),
    levels: fc.array(fc.integer({ min: 2, max: 5 }), { minLength: 2, maxLength: 6 }),
    people: fc.integer({ min: 5, max: 400 }),
    joints: fc.integer({ min: 0, max: 3 }),
    conditionals: fc.integer({ min: 0, max: 2 }),
    constraints: fc.integer({ min: 0, max: 4 }),
  })
  .map(countedFrom);

interface Plan {
  readonly seed: number;
  readonly levels: readonly number[];
  readonly people: number;
  readonly joints: number;
  readonly conditionals: number;
  readonly constraints: number;
}

function countedFrom({ seed, levels, people: size, joints, conditionals, constraints }: Plan): Counted {
  const random = createRandom(seed);
  const ids = levels.map((_, place) => `d${place}`);
  const values = levels.map((count) => Array.from({ length: count }, (_, level) => `v${level}`));
  // A few kinds of people, whom the others are like but for one thing: dimensions hang together, and much is impossible.
  const anybody = (): Person => Object.fromEntries(ids.map((id, place) => [id, random.pick(values[place] ?? [])]));
  const kinds = Array.from({ length: 1 + random.integer(12) }, anybody);
  const people = Array.from({ length: size }, () => {
    const place = random.integer(ids.length);
    return { ...random.pick(kinds), [ids[place] as string]: random.pick(values[place] ?? []) };
  });
  const pair = (): readonly string[] => random.shuffle(ids).slice(0, 2 + random.integer(Math.min(2, ids.length - 1)));
  const specification: Specification = {
    specification: 1,
    name: "counted",
    dimensions: Object.fromEntries(
      ids.map((id, place) => [id, { kind: "categorical" as const, shares: sharesOf(people, id, values[place] ?? []) }]),
    ),
    joints: Array.from({ length: joints }, () => jointOf(people, pair())),
    conditionals: Array.from({ length: conditionals }, () => conditionalOf(people, pair())),
    constraints: Array.from({ length: constraints }, () =>
      constraintOf({ people, ids: pair(), random, values }),
    ).flat(),
  };
  return { specification, people };
}

export const matches = (person: Readonly<Record<string, unknown>>, when: object): boolean =>
  Object.entries(when).every(([id, value]) => person[id] === value);

function sharesOf(people: readonly Person[], id: string, values: readonly string[]): Record<string, number> {
  return Object.fromEntries(values.map((value) => [value, people.filter((one) => one[id] === value).length]));
}

function jointOf(people: readonly Person[], of: readonly string[]): Joint {
  const cells = new Map<string, { when: Record<string, string>; share: number }>();
  for (const person of people) {
    const when = Object.fromEntries(of.map((id) => [id, person[id] as string]));
    const key = JSON.stringify(when);
    cells.set(key, { when, share: (cells.get(key)?.share ?? 0) + 1 });
  }
  return { of: [...of], cells: [...cells.values()] };
}

function conditionalOf(people: readonly Person[], [of = "", on = ""]: readonly string[]) {
  const ons = [...new Set(people.map((one) => one[on] as string))];
  const ofs = [...new Set(people.map((one) => one[of] as string))];
  const rows = ons.map((value) => ({
    when: { [on]: value },
    shares: sharesOf(
      people.filter((one) => one[on] === value),
      of,
      ofs,
    ),
  }));
  return { of, rows };
}

interface Scene {
  readonly people: readonly Person[];
  readonly ids: readonly string[];
  readonly random: Random;
  readonly values: readonly (readonly string[])[];
}

/** A combination that nobody of them has, as one of the ways to say so; none where everybody has something. */
function constraintOf({ people, ids, random, values }: Scene): readonly Constraint[] {
  const when = Object.fromEntries(ids.map((id) => [id, random.pick(values[Number(id.slice(1))] ?? [])]));
  if (people.some((person) => matches(person, when))) return [];
  const [first = "", ...rest] = ids;
  if (random.integer(2) === 0) return [{ never: when }];
  const others = (values[Number(first.slice(1))] ?? []).filter((value) => value !== when[first]);
  return [{ when: Object.fromEntries(rest.map((id) => [id, when[id] as string])), must: { [first]: others } }];
}
