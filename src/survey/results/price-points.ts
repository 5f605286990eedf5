import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import type { Unmeasured } from "../../statistics/measured.ts";

/** Where the curves of four prices cross; a point is null where two do not. */
export interface PricePoints {
  /** Below it more people doubt the quality than find it not cheap. */
  readonly marginalCheapness: number | null;
  /** Above it more find it too expensive than not expensive. */
  readonly marginalExpensiveness: number | null;
  /** As many find it too cheap as too expensive. */
  readonly optimal: number | null;
  /** As many find it cheap as expensive. */
  readonly indifference: number | null;
  /** People whose prices rise from one question to the next; the others are left out. */
  readonly people: number;
  readonly leftOut: number;
}

type Prices = readonly [tooCheap: number, cheap: number, expensive: number, tooExpensive: number];
const names = ["too-cheap", "cheap", "expensive", "too-expensive"] as const;

/**
 * The price points of one van Westendorp item (P. H. van Westendorp, "NSS price sensitivity meter", 1976) from the answers of
 * each person: crossings of the shares of people, straight between the prices that anybody named.
 */
export function pricePoints(people: readonly (readonly Answer[])[], item: string): PricePoints | Unmeasured {
  const named = people.map((answers) =>
    names.map((name) => answers.find((answer) => answer.item === `${item}.${name}`)?.value),
  );
  const complete = named.filter((prices) =>
    prices.every((price) => typeof price === "number"),
  ) as unknown as readonly Prices[];
  const rising = complete.filter((prices) =>
    prices.every((price, place) => place === 0 || price > (prices[place - 1] as number)),
  );
  if (rising.length === 0) return { reason: "nobody has four prices that rise" };
  const grid = [...new Set(rising.flat())].sort((one, other) => one - other);
  const atMost = (place: number) => grid.map((price) => share(rising, (prices) => (prices[place] as number) <= price));
  const atLeast = (place: number) => grid.map((price) => share(rising, (prices) => (prices[place] as number) >= price));
  const [tooCheap, cheap, expensive, tooExpensive] = [atLeast(0), atLeast(1), atMost(2), atMost(3)];
  const not = (shares: readonly number[]): readonly number[] => shares.map((one) => 1 - one);
  return {
    marginalCheapness: crossing(grid, tooCheap, not(cheap)),
    marginalExpensiveness: crossing(grid, not(expensive), tooExpensive),
    optimal: crossing(grid, tooCheap, tooExpensive),
    indifference: crossing(grid, cheap, expensive),
    people: rising.length,
    leftOut: people.length - rising.length,
  };
}

const share = (people: readonly Prices[], holds: (prices: Prices) => boolean): number =>
  people.filter(holds).length / people.length;

/** Where a curve that falls meets one that rises. */
function crossing(grid: readonly number[], falling: readonly number[], rising: readonly number[]): number | null {
  const gaps = grid.map((_, place) => (falling[place] as number) - (rising[place] as number));
  const place = gaps.findIndex((gap) => gap <= 0);
  if (place === -1) return null;
  const [after, price] = [gaps[place] as number, grid[place] as number];
  if (after === 0) return middleOfZeros(grid, gaps, place);
  if (place === 0) return null;
  const [before, from] = [gaps[place - 1] as number, grid[place - 1] as number];
  return from + ((price - from) * before) / (before - after);
}

/** Where curves lie upon each other for a while, the middle of it. */
function middleOfZeros(grid: readonly number[], gaps: readonly number[], first: number): number {
  const last = gaps.lastIndexOf(0);
  return ((grid[first] as number) + (grid[last] as number)) / 2;
}
