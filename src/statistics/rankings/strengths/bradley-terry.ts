import { checkWeights, invalid, sum, type Unmeasured } from "../../measured.ts";
import type { Choice } from "./choices.ts";
import { type StrengthOptions, type Strengths, strengthsOf } from "./strengths.ts";

/** Two options that were held against each other. */
export interface PairComparison<T> {
  /** In the order in which they were shown. */
  readonly first: T;
  readonly second: T;
  readonly won: "first" | "second" | "neither";
  /** Default 1. */
  readonly times?: number;
}

/** How pairs are weighed up. */
export interface BradleyTerryOptions<T> extends StrengthOptions {
  /** Default: those that occur. */
  readonly options?: readonly T[];
  /** Whether to estimate what being shown first adds. Default no. */
  readonly order?: boolean;
}

/**
 * How strong options are that were compared two by two (R. A. Bradley and M. E. Terry, 1952): of two, each wins by its share
 * of their strengths; a tie counts half for each. With `order` what being shown first adds is told apart (R. R. Davidson and
 * R. J. Beaver, 1977).
 * @example
 * const pairs = [{ first: "a", second: "b", won: "first", times: 3 }, { first: "b", second: "a", won: "first" }];
 * const found = await bradleyTerry(pairs);
 * "rows" in found && found.rows[0].strength.toFixed(2); // => "0.75"
 */
export async function bradleyTerry<T>(
  comparisons: readonly PairComparison<T>[],
  how: BradleyTerryOptions<T> = {},
): Promise<Strengths<T> | Unmeasured> {
  const { options = [...new Set(comparisons.flatMap(({ first, second }) => [first, second]))], order = false } = how;
  const places = new Map(options.map((option, place) => [option, place]));
  const counts = new Map<string, number>();
  for (const { first, second, won, times = 1 } of comparisons) {
    checkWeights("times", [times]);
    const [one, other] = [placeOf(places, first), placeOf(places, second)];
    if (one === other) throw invalid("comparisons", { value: first, hint: "Compare two different options." });
    for (const [chosen, share] of [
      [one, shareOf(won, "first")],
      [other, shareOf(won, "second")],
    ] as const) {
      const key = `${chosen},${one},${other}`;
      counts.set(key, (counts.get(key) ?? 0) + share * times);
    }
  }
  const choices = [...counts].flatMap(([key, times]): readonly Choice[] => {
    const [chosen, first, second] = key.split(",").map(Number) as [number, number, number];
    return times === 0 ? [] : [{ chosen, among: [first, second], times, ...(order && { first }) }];
  });
  const n = sum(comparisons.map(({ times = 1 }) => times));
  const found = await strengthsOf({ choices, options, n, ordered: order }, how);
  const unclear = order && "reason" in found && found.reason === "no finite strengths fit best";
  return unclear ? { reason: "what being shown first adds cannot be told from the strengths" } : found;
}

const shareOf = (won: PairComparison<unknown>["won"], which: "first" | "second"): number =>
  won === "neither" ? 0.5 : won === which ? 1 : 0;

function placeOf<T>(places: ReadonlyMap<T, number>, option: T): number {
  const place = places.get(option);
  if (place === undefined)
    throw invalid("comparisons", { value: option, hint: `The options are: ${[...places.keys()].join(", ")}.` });
  return place;
}
