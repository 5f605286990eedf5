import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { Random } from "../../../kernel/values/random.ts";

/** A relation between two of a list of people, by their places in it from 0. */
export interface Tie {
  readonly from: number;
  readonly to: number;
  readonly type?: string;
  readonly weight?: number;
}

/**
 * Who is related to whom among some people, drawn by the dice of a run.
 * @example
 * const chain = {
 *   name: "chain",
 *   ties: (people) => people.slice(1).map((_, place) => ({ from: place, to: place + 1 })),
 * };
 */
export interface Topology<P = unknown> {
  readonly name: string;
  /** Each tie once; nobody is tied to themselves. OPTION_INVALID where there are too few people for it. */
  ties(people: readonly P[], random: Random): Iterable<Tie>;
}

/** What all ties of a topology are. */
export interface TieOptions {
  /** Default `acquaintance`. */
  readonly type?: string;
  /** Default 1. */
  readonly weight?: number;
}

/** Ties between these places: both directions of each pair, or as they are. */
export function* tied(
  pairs: Iterable<readonly [number, number]>,
  { type, weight, directed = false }: TieOptions & { readonly directed?: boolean },
): Generator<Tie> {
  const what = { ...(type !== undefined && { type }), ...(weight !== undefined && { weight }) };
  for (const [from, to] of pairs) {
    yield { from, to, ...what };
    if (!directed) yield { from: to, to: from, ...what };
  }
}

/** OPTION_INVALID when a number is not what a topology needs. */
export function checkNumber(option: string, value: number, { from, to, of = "numbers" }: Bounds): void {
  const [kind, fits] = kinds[of];
  if (value >= from && value <= to && fits(value)) return;
  const right = from === to ? `${to}` : `${kind} from ${from} to ${to}`;
  throw new TinyTroupeError("OPTION_INVALID", `${option} cannot be ${value} here: it must be ${right}.`, {
    data: { option, value },
    hint: `Give ${right}; how many people there are bounds how many each can know.`,
  });
}

interface Bounds {
  readonly from: number;
  readonly to: number;
  /** Default `numbers`. */
  readonly of?: keyof typeof kinds;
}

const kinds = {
  numbers: ["a number", () => true],
  "whole numbers": ["a whole number", Number.isInteger],
  "even numbers": ["an even number", (value: number) => value % 2 === 0],
} as const satisfies Readonly<Record<string, readonly [string, (value: number) => boolean]>>;

/**
 * The places from 0 to `count` at which something happens that happens at each with the same probability, without
 * looking at those between: the gaps are geometric (V. Batagelj and U. Brandes, "Efficient generation of large random
 * networks", 2005).
 */
export function* happenings(count: number, probability: number, random: Random): Generator<number> {
  if (probability <= 0) return;
  const log = Math.log1p(-probability);
  for (let at = -1; ; ) {
    at += 1 + (probability >= 1 ? 0 : Math.floor(Math.log1p(-random.next()) / log));
    if (at >= count) return;
    yield at;
  }
}
