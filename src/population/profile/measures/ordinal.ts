import type { Member } from "../people/people.ts";
import { keyOf, valuesAt } from "../people/values.ts";

/** The values of ordinal places from the lowest to the highest, by path. */
export type Orders = Readonly<Record<string, readonly string[]>>;

/** What is said first of a trait, from the lowest: `High. Reads instruction leaflets for pleasure.` */
const degrees: readonly (readonly [degree: number, says: RegExp])[] = [
  [-2, /^(very|extremely|quite) low\b/i],
  [-1, /^((rather|fairly|somewhat) )?low\b/i],
  [0, /^(average|medium|moderate|mixed|split|in the middle)\b/i],
  [1, /^((rather|fairly|somewhat) )?high\b/i],
  [2, /^(very|extremely|quite) high\b/i],
];

/**
 * A number for what somebody says in a place: the number itself, its place in an order, or of the big five the degree in
 * which the text begins. Undefined where there is none.
 */
export function degreeOf(person: Member, path: string, orders: Orders = {}): number | undefined {
  const [said, ...more] = valuesAt(person, path);
  if (said === undefined || more.length > 0) return undefined;
  const order = orders[path];
  if (order !== undefined) {
    const place = order.findIndex((value) => keyOf(value) === keyOf(said));
    return place < 0 ? undefined : place;
  }
  if (typeof said === "number") return said;
  // Elsewhere `low` is half of a name: low income, low tide.
  if (!path.startsWith("personality.big_five.")) return undefined;
  return degrees.find(([, says]) => says.test(said))?.[0];
}
