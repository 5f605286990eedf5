import type { Meaning } from "../shape/meaning.ts";

/** One place of the answer that has to be filled. */
export interface Spot {
  /** Dotted, as in `ideas.0.who`; "" is the whole answer. */
  readonly path: string;
  readonly name: string;
  readonly meaning: Meaning;
  readonly description: string;
  readonly depth: number;
}

/** Who writes: gives content to places that no draft speaks of. It need not be valid; the filling makes it fit. */
export interface Author {
  text(spot: Spot, most: number): string;
  /** Where on a scale from 0 to 1 the answer lies. */
  share(spot: Spot): number;
  /** A number that the meaning suggests, or undefined for a place on the scale. */
  number(spot: Spot): number | undefined;
  /** The index of the option taken. */
  choose(spot: Spot, options: readonly string[]): number;
  /** How many items a list gets, before its bounds are applied. */
  count(spot: Spot): number;
}

/** In a draft: leave this out where the schema allows it. */
export const absent: unique symbol = Symbol("absent");

export const rootSpot: Spot = { path: "", name: "answer", meaning: "other", description: "", depth: 0 };

export function below(spot: Spot, step: string | number, more: Partial<Spot> = {}): Spot {
  const { name = spot.name, meaning = spot.meaning, description = spot.description, depth = spot.depth } = more;
  return { path: spot.path === "" ? String(step) : `${spot.path}.${step}`, name, meaning, description, depth };
}
