import type { Random } from "../../../kernel/values/random.ts";
import { addCouple, type Compared, farness, noSums, type Sums } from "./likeness.ts";

/** How many exchanges are tried for each couple. */
const triesEach = 60;
/** An exchange with a couple that stands near in the order leaves most of what they have in common as it is. */
const near = 16;

/**
 * Pairs people so that as many couples as wanted have the same value, and are as far apart as wanted. Those who are
 * most alike are paired first, then partners are exchanged as long as that brings all couples together nearer to what
 * they are held to, among each other or for somebody who has none; nobody's own values change.
 * @param able who can have a partner
 */
export function couplesOf(
  able: readonly number[],
  compared: readonly Compared[],
  { wanted, random, key }: Pairing,
): readonly (readonly [number, number])[] {
  const shuffled = random.shuffle(able);
  const order = sortedBy(shuffled.slice(0, 2 * wanted), key);
  const ones = order.filter((_, index) => index % 2 === 0);
  const others = order.filter((_, index) => index % 2 === 1);
  const sums = noSums(compared);
  for (const [at, one] of ones.entries()) addCouple(sums, compared, { one, other: others[at] as number, by: 1 });
  const spare = shuffled.slice(2 * wanted);
  const state: State = { ones, others, spare, sums, compared, far: farness(sums, compared, wanted) };
  for (let attempt = 0; attempt < triesEach * wanted && state.far > 1e-6; attempt++) {
    const first = random.integer(wanted);
    if (attempt % 3 === 0 && spare.length > 0) replace(state, first, random.integer(spare.length));
    else {
      const step = attempt % 3 === 1 ? random.integer(2 * near) - near : random.integer(wanted);
      exchange(state, first, (first + step + near * wanted) % wanted);
    }
  }
  return ones.map((one, at) => [one, others[at] as number] as const);
}

interface Pairing {
  /** How many couples. */
  readonly wanted: number;
  readonly random: Random;
  /** What people are alike in, the first first. */
  readonly key: (person: number) => readonly (string | number)[];
}

interface State {
  readonly ones: readonly number[];
  readonly others: number[];
  /** Who can have a partner, and has none. */
  readonly spare: number[];
  readonly sums: Sums;
  readonly compared: readonly Compared[];
  far: number;
}

/** Exchanges the partners of two couples where that helps. */
function exchange(state: State, first: number, second: number): void {
  if (first === second) return;
  const { ones, others } = state;
  const [a, b] = [ones[first] as number, ones[second] as number];
  const [x, y] = [others[first] as number, others[second] as number];
  const before = [[a, x] as const, [b, y] as const];
  if (!helps(state, before, [[a, y] as const, [b, x] as const])) return;
  others[first] = y;
  others[second] = x;
}

/** Gives somebody another partner, who has none, where that helps. */
function replace(state: State, first: number, at: number): void {
  const { ones, others, spare } = state;
  const [one, left, taken] = [ones[first] as number, others[first] as number, spare[at] as number];
  if (!helps(state, [[one, left]], [[one, taken]])) return;
  others[first] = taken;
  spare[at] = left;
}

type Couples = readonly (readonly [number, number])[];

/** Whether all couples come nearer to what they are held to with these in place of those; the sums follow if so. */
function helps(state: State, before: Couples, after: Couples): boolean {
  const { sums, compared, ones } = state;
  const change = (gone: Couples, come: Couples): void => {
    for (const [one, other] of gone) addCouple(sums, compared, { one, other, by: -1 });
    for (const [one, other] of come) addCouple(sums, compared, { one, other, by: 1 });
  };
  change(before, after);
  const far = farness(sums, compared, ones.length);
  if (far < state.far) {
    state.far = far;
    return true;
  }
  change(after, before);
  return false;
}

function sortedBy(people: readonly number[], key: (person: number) => readonly (string | number)[]): readonly number[] {
  const keyed = people.map((person) => ({ person, key: key(person) }));
  keyed.sort((one, other) => {
    for (const [at, value] of one.key.entries()) {
      const against = other.key[at] ?? "";
      if (value < against) return -1;
      if (value > against) return 1;
    }
    return 0;
  });
  return keyed.map(({ person }) => person);
}
