import type { Random } from "../../kernel/values/random.ts";

/** One dimension of everybody, made comparable: numbers from 0 to 1, or codes that are the same or not. */
export interface Trait {
  readonly kind: "number" | "code";
  readonly values: Float64Array;
}

/** Who belongs to which group, and who stands in the middle of each. */
export interface Clusters {
  readonly clusterOf: Int32Array;
  /** The person nearest to the centre of each group. */
  readonly medoids: readonly number[];
}

const mostRounds = 50;

/**
 * Groups people by numbers and categories together: k-prototypes (Huang 1998), whose centres are means and modes, begun
 * far apart (k-means++; Arthur & Vassilvitskii 2007), by the distance of Gower (1971).
 */
export function cluster(traits: readonly Trait[], count: number, random: Random): Clusters {
  const size = traits[0]?.values.length ?? 0;
  let centres = spreadOut(traits, count, random).map((person) => traits.map(({ values }) => values[person] as number));
  let clusterOf = new Int32Array(size).fill(-1);
  for (let round = 0; round < mostRounds; round++) {
    const next = Int32Array.from(clusterOf, (_, person) => nearest(traits, centres, person));
    const same = next.every((one, person) => one === clusterOf[person]);
    clusterOf = next;
    if (same) break;
    centres = centres.map((centre, at) =>
      traits.map((trait, place) => middle(trait, clusterOf, { at, or: centre[place] ?? 0 })),
    );
  }
  const best = centres.map(() => ({ person: -1, far: Number.POSITIVE_INFINITY }));
  for (const [person, at] of clusterOf.entries()) {
    const far = distance(traits, centres[at] ?? [], person);
    if (far < (best[at]?.far ?? 0)) best[at] = { person, far };
  }
  return { clusterOf, medoids: best.map(({ person }) => person) };
}

function spreadOut(traits: readonly Trait[], count: number, random: Random): readonly number[] {
  const size = traits[0]?.values.length ?? 0;
  const chosen = [random.integer(size)];
  const far = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  while (chosen.length < count) {
    const last = traits.map(({ values }) => values[chosen.at(-1) as number] as number);
    let total = 0;
    for (let person = 0; person < size; person++) {
      far[person] = Math.min(far[person] as number, distance(traits, last, person) ** 2);
      total += far[person] as number;
    }
    // Fewer kinds of people than groups: no more of them than there are.
    if (total === 0) break;
    let rest = random.next() * total;
    const next = far.findIndex((one) => {
      rest -= one;
      return rest < 0;
    });
    chosen.push(next < 0 ? far.findLastIndex((one) => one > 0) : next);
  }
  return chosen;
}

/** The mean difference over all dimensions: 0 the same, 1 nothing in common. */
export function distance(traits: readonly Trait[], centre: readonly number[], person: number): number {
  let sum = 0;
  for (const [place, { kind, values }] of traits.entries()) {
    const [one, other] = [values[person] as number, centre[place] as number];
    if (kind === "number") sum += Math.abs(one - other);
    else if (one !== other) sum += 1;
  }
  return sum / traits.length;
}

function nearest(traits: readonly Trait[], centres: readonly (readonly number[])[], person: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [at, centre] of centres.entries()) {
    const far = distance(traits, centre, person);
    if (far < least) [best, least] = [at, far];
  }
  return best;
}

/** The mean of a group, or the code that most of it have; what it was where the group is empty. */
function middle(
  { kind, values }: Trait,
  clusterOf: Int32Array,
  { at, or }: { readonly at: number; readonly or: number },
): number {
  let [sum, count] = [0, 0];
  const codes = new Map<number, number>();
  for (const [person, value] of values.entries()) {
    if (clusterOf[person] !== at) continue;
    sum += value;
    count++;
    if (kind === "code") codes.set(value, (codes.get(value) ?? 0) + 1);
  }
  if (count === 0) return or;
  if (kind === "number") return sum / count;
  return [...codes].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}
