import { setImmediate } from "node:timers/promises";
import { isDense, stemOf, wordsOf } from "../../kernel/language/terms.ts";
import { cosine } from "../../statistics/clusters/spherical-k-means.ts";

/**
 * Tells whether a label stands in a text: its words one after the other, in whatever form they have there.
 * @example
 * givesAway("Two complaints in a week!", "complaint"); // => true
 */
export function givesAway(text: string, label: string): boolean {
  const wanted = wordsOf(label);
  // Where no spaces part words, a label can stand anywhere.
  if (wanted.some(isDense)) return text.normalize("NFKC").toLowerCase().includes(wanted.join(" "));
  if (wanted.length === 0) return false;
  const there = ` ${wordsOf(text).map(stemOf).join(" ")} `;
  return there.includes(` ${wanted.map(stemOf).join(" ")} `);
}

/** Two of several vectors, by their places, and how near they are. */
export interface Pair {
  readonly one: number;
  readonly other: number;
  readonly cosine: number;
}

/** All pairs from a cosine on, the earlier place first. Takes time with the square of how many there are. */
export async function nearPairs(vectors: readonly Float32Array[], least: number): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  await eachPair(vectors, (one, other, near) => {
    if (near >= least - rounding) pairs.push({ one, other, cosine: near });
  });
  return pairs;
}

/** Looks at all pairs; others get their turn meanwhile. */
export async function eachPair(
  vectors: readonly Float32Array[],
  look: (one: number, other: number, cosine: number) => void,
): Promise<void> {
  for (const [other, vector] of vectors.entries()) {
    if (other % 100 === 99) await setImmediate();
    for (let one = 0; one < other; one++) look(one, other, cosine(vectors[one] as Float32Array, vector));
  }
}

/** The nearest of several vectors, and how near it is; undefined where there are none. */
export function nearestOf(
  vector: Float32Array,
  others: readonly Float32Array[],
): { readonly place: number; readonly cosine: number } | undefined {
  let found: { place: number; cosine: number } | undefined;
  for (const [place, other] of others.entries()) {
    const near = cosine(vector, other);
    if (found === undefined || near > found.cosine) found = { place, cosine: near };
  }
  return found;
}

/** Vectors are of norm 1 but for what 32 bits leave out. */
export const rounding = 1e-6;
