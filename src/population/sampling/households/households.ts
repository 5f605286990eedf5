import type { Random } from "../../../kernel/values/random.ts";
import { levelsWith } from "../../joint/figures/where.ts";
import type { Levels } from "../../joint/levels/levels.ts";
import type { HouseholdReport } from "../../report/household-rows.ts";
import type { Level, Specification } from "../../specification/schema.ts";
import type { Columns } from "../columns.ts";
import { couplesOf } from "./couples.ts";
import { addCouple, type Compared, comparedOf, noSums, spreadOf } from "./likeness.ts";

export type Households = NonNullable<Specification["households"]>;

/** People as they were drawn. */
export interface Drawn {
  readonly levels: readonly Levels[];
  readonly columns: Columns;
  readonly values: readonly (readonly Level[])[];
  readonly size: number;
  readonly random: Random;
}

/** Who lives with whom: a household for each person, and a partner for some. */
export interface Matched {
  readonly householdOf: Int32Array;
  /** -1 for who has none. */
  readonly partnerOf: Int32Array;
  readonly report: HouseholdReport;
}

/**
 * Matches people who were drawn into households, so that no margin moves: sizes as wanted, couples as alike as wanted,
 * and all of a household with the same values of what is shared.
 */
export function matchHouseholds(given: Households, drawn: Drawn): Matched {
  const { size, random } = drawn;
  const householdOf = new Int32Array(size).fill(-1);
  const partnerOf = new Int32Array(size).fill(-1);
  const valuesOf = (dimension: string): readonly Level[] => {
    const place = drawn.levels.findIndex(({ id }) => id === dimension);
    return drawn.values[place] ?? [];
  };
  const compared = given.partners === undefined ? [] : comparedOf(given.partners, valuesOf);
  const eligible = eligibleOf(given, drawn);
  const sizes = sizesOf(given);
  const couples: (readonly [number, number])[] = [];
  const owed = { couples: 0 };
  let households = 0;
  for (const [group, people] of groupsOf(given, drawn, valuesOf)) {
    const dice = random.fork(group);
    const counts = sizes.take(people.length);
    const paired = pairsIn(people, counts, { given, eligible, compared, owed, random: dice, valuesOf });
    for (const [one, other] of paired) {
      partnerOf[one] = other;
      partnerOf[other] = one;
    }
    couples.push(...paired);
    households = settle({ people, counts, paired, householdOf, partnerOf, households, random: dice });
  }
  return { householdOf, partnerOf, report: reportOf({ given, sizes, couples, compared, eligible }) };
}

/** How many people each household is to have, one group after the other, with the shares kept over all of them. */
function sizesOf({ sizes }: Households) {
  const total = Object.values(sizes).reduce((sum, share) => sum + share, 0);
  const wanted = Object.entries(sizes).map(([text, share]) => ({ size: Number(text), share: share / total, count: 0 }));
  let all = 0;
  const take = (people: number): readonly number[] => {
    const found: number[] = [];
    for (let left = people; left > 0; ) {
      const fitting = wanted.filter(({ size, share }) => size <= left && share > 0);
      // Whoever is left over where no size fits lives alone, or with as many as there are.
      const best = fitting.reduce<(typeof wanted)[number] | undefined>((one, other) => {
        const due = (entry: (typeof wanted)[number]): number => entry.share * (all + 1) - entry.count;
        return one === undefined || due(other) > due(one) ? other : one;
      }, undefined);
      const size = best?.size ?? left;
      if (best !== undefined) best.count++;
      all++;
      found.push(size);
      left -= size;
    }
    return found;
  };
  return { wanted, take, all: () => all };
}

function eligibleOf({ partners }: Households, { levels, columns, size }: Drawn): Uint8Array {
  const good = new Uint8Array(size).fill(partners === undefined ? 0 : 1);
  for (const [id, test] of Object.entries(partners?.of ?? {})) {
    const place = levels.findIndex((one) => one.id === id);
    const mask = levelsWith(levels[place] as Levels, test);
    const column = columns[place] as Uint16Array;
    for (let person = 0; person < size; person++) if (mask[column[person] as number] === 0) good[person] = 0;
  }
  return good;
}

/** People by what all of a household have in common; everybody together where nothing is shared. */
function groupsOf(
  { shared = [] }: Households,
  { size }: Drawn,
  valuesOf: (dimension: string) => readonly Level[],
): ReadonlyMap<string, readonly number[]> {
  const columns = shared.map(valuesOf);
  const groups = new Map<string, number[]>();
  for (let person = 0; person < size; person++) {
    const key = columns.map((column) => String(column[person])).join(" × ");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [person]);
    else group.push(person);
  }
  return groups;
}

interface Pairing {
  readonly given: Households;
  readonly eligible: Uint8Array;
  readonly compared: readonly Compared[];
  /** Halves of couples that groups before were too small for. */
  readonly owed: { couples: number };
  readonly random: Random;
  readonly valuesOf: (dimension: string) => readonly Level[];
}

function pairsIn(
  people: readonly number[],
  counts: readonly number[],
  pairing: Pairing,
): readonly (readonly [number, number])[] {
  const { given, eligible, compared, owed, random, valuesOf } = pairing;
  const { partners } = given;
  if (partners === undefined) return [];
  const able = people.filter((person) => eligible[person] === 1);
  const due = (partners.share * able.length) / 2 + owed.couples;
  const room = Math.min(Math.floor(able.length / 2), counts.filter((count) => count >= 2).length);
  const wanted = Math.max(0, Math.min(Math.round(due), room));
  owed.couples = due - wanted;
  if (wanted === 0) return [];
  const alike = compared.filter(({ mean, sd }) => sd !== undefined || mean >= 0.5);
  const columns = alike.map(({ dimension }) => valuesOf(dimension));
  return couplesOf(able, compared, {
    wanted,
    random: random.fork("couples"),
    key: (person) => columns.map((column) => column[person] ?? ""),
  });
}

interface Settling {
  readonly people: readonly number[];
  readonly counts: readonly number[];
  readonly paired: readonly (readonly [number, number])[];
  readonly householdOf: Int32Array;
  readonly partnerOf: Int32Array;
  /** How many households there are already. */
  readonly households: number;
  readonly random: Random;
}

/** Gives couples a household for two or more each, and everybody else a place that is left. */
function settle({ people, counts, paired, householdOf, partnerOf, households, random }: Settling): number {
  const forTwo = random.shuffle(counts.flatMap((count, at) => (count >= 2 ? [at] : [])));
  const places = [...counts];
  for (const [at, couple] of paired.entries()) {
    const household = forTwo[at] as number;
    for (const person of couple) householdOf[person] = households + household;
    places[household] = (places[household] as number) - 2;
  }
  const alone = random.shuffle(people.filter((person) => partnerOf[person] === -1));
  let next = 0;
  for (const [household, left] of places.entries())
    for (let place = 0; place < left; place++) householdOf[alone[next++] as number] = households + household;
  return households + counts.length;
}

interface Reporting {
  readonly given: Households;
  readonly sizes: ReturnType<typeof sizesOf>;
  readonly couples: readonly (readonly [number, number])[];
  readonly compared: readonly Compared[];
  readonly eligible: Uint8Array;
}

function reportOf({ given, sizes, couples, compared, eligible }: Reporting): HouseholdReport {
  const all = sizes.all();
  const sums = noSums(compared);
  for (const [one, other] of couples) addCouple(sums, compared, { one, other, by: 1 });
  const able = eligible.reduce((sum, is) => sum + is, 0);
  return {
    households: all,
    sizes: sizes.wanted.map(({ size, share, count }) => ({ size, target: share, count, share: count / all })),
    ...(given.partners && {
      partners: {
        target: given.partners.share,
        share: able === 0 ? 0 : (2 * couples.length) / able,
        couples: couples.length,
      },
    }),
    likeness: compared.map(({ dimension, mean, sd }, at) => {
      const found = couples.length === 0 ? { mean: 0, sd: 0 } : spreadOf(sums, at, couples.length);
      return sd === undefined
        ? { dimension, measure: "same" as const, target: mean, achieved: found.mean }
        : { dimension, measure: "gap" as const, target: mean, achieved: found.mean, sd, achievedSd: found.sd };
    }),
  };
}
