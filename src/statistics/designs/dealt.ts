import type { Random } from "../../kernel/values/random.ts";
import { williamsDesign } from "./latin-square.ts";

/** How arms are dealt. */
export interface DealOptions {
  readonly random: Random;
  /** What an item is dealt among, such as the country of a person: each such group is balanced by itself. */
  readonly groupOf?: (item: string) => string;
}

/**
 * Which arm each item has, by permuted blocks: of as many items of a group as there are arms each has another, in an order
 * by chance, so that no arm is ever more than one ahead. An item is known by its name, once; those that are added at the end
 * move nobody else's arm, as do items of another group.
 * @example
 * const arms = dealtArms(["ana", "ben"], ["old", "new"], { random: createRandom(1) });
 * [...arms.values()].sort(); // => ["new", "old"]
 */
export function dealtArms<T>(
  items: readonly string[],
  arms: readonly T[],
  { random, groupOf = () => "" }: DealOptions,
): ReadonlyMap<string, T> {
  const dealt = new Map<string, T>();
  const sizes = new Map<string, number>();
  for (const item of new Set(arms.length === 0 ? [] : items)) {
    const group = groupOf(item);
    const place = sizes.get(group) ?? 0;
    sizes.set(group, place + 1);
    const block = random
      .fork(`group ${group}`)
      .fork(`block ${Math.floor(place / arms.length)}`)
      .shuffle(arms);
    dealt.set(item, block[place % arms.length] as T);
  }
  return dealt;
}

/**
 * The arm of one item by its name alone: whoever else there is and comes, it stays. The arms are equally many in the long
 * run only; `dealtArms` keeps them so throughout.
 * @example
 * armOf("ana", ["old", "new"], createRandom(1)) === armOf("ana", ["old", "new"], createRandom(1)); // => true
 */
export function armOf<T>(item: string, arms: readonly T[], random: Random): T {
  return random.fork(`item ${item}`).pick(arms);
}

/**
 * In which order each item meets all conditions (a crossover): orders of Williams' design, dealt as arms are, so that over
 * each block of them every condition stands in each place, and right after each other one, as often.
 * @example
 * const orders = crossover(["ana", "ben"], ["old", "new"], { random: createRandom(1) });
 * [...orders.values()].map((order) => order.join()).sort(); // => ["new,old", "old,new"]
 */
export function crossover<T>(
  items: readonly string[],
  conditions: readonly T[],
  options: DealOptions,
): ReadonlyMap<string, readonly T[]> {
  const orders = williamsDesign(conditions.length).map((order) => order.map((place) => conditions[place] as T));
  return dealtArms(items, orders, options);
}
