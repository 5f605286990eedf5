import type { Interval } from "../intervals/interval.ts";
import { shareInterval } from "../intervals/share.ts";
import { sum, type Unmeasured } from "../measured.ts";
import { checkOrders, type Order } from "./orders.ts";

/** How an option fares by points. */
export interface BordaRow<T> {
  readonly option: T;
  /** The mean over orders: how many options it is before, from 0 to all others. */
  readonly points: number;
}

/**
 * J.-C. de Borda's count (1781), the best option first: in each order an option has as many points as there are options
 * after it; those that an order leaves out share what is left.
 * @example
 * borda([["a", "b", "c"], ["a", "c", "b"]], ["a", "b", "c"]); // => [{ option: "a", points: 2 }, { option: "b", points: 0.5 }, { option: "c", points: 0.5 }]
 */
export function borda<T>(orders: readonly Order<T>[], options: readonly T[]): readonly BordaRow<T>[] | Unmeasured {
  checkOrders(orders, options);
  if (orders.length === 0) return { reason: "there are no orders" };
  const pointsOf = (option: T): number => sum(orders.map((order) => bordaPoints(order, option, options.length)));
  return options
    .map((option) => ({ option, points: pointsOf(option) / orders.length }))
    .sort((one, other) => other.points - one.points);
}

/** The points of an option in one order of so many. */
export function bordaPoints<T>(order: Order<T>, option: T, size: number): number {
  const place = order.indexOf(option);
  return place < 0 ? (size - order.length - 1) / 2 : size - 1 - place;
}

/** How often an option is the first. */
export interface FirstChoice<T> extends Interval {
  readonly option: T;
  readonly count: number;
  readonly share: number;
}

/**
 * How many have each option first, of those who have any, with Wilson's interval; in the order of the options.
 * @example
 * const found = await firstChoices([["a", "b"], ["a"], ["b", "a"], []], ["a", "b"]);
 * Array.isArray(found) && found.map(({ count }) => count); // => [2, 1]
 */
export async function firstChoices<T>(
  orders: readonly Order<T>[],
  options: readonly T[],
  level = 0.95,
): Promise<readonly FirstChoice<T>[] | Unmeasured> {
  checkOrders(orders, options);
  const firsts = orders.filter((order) => order.length > 0).map((order) => order[0]);
  if (firsts.length === 0) return { reason: "there are no orders" };
  const rows = options.map(async (option) => {
    const count = firsts.filter((first) => first === option).length;
    return { option, count, share: count / firsts.length, ...(await shareInterval(count, firsts.length, level)) };
  });
  return Promise.all(rows);
}
