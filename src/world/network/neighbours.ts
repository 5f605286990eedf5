import type { PersonId } from "../../kernel/values/ids.ts";
import type { BondBook, Bonds } from "./bonds.ts";

/** Along which relations words go. */
export interface NetworkWay {
  /** Only relations of these types. Default: all. */
  readonly types?: readonly string[];
  /** Only relations of at least this weight. */
  readonly atLeast?: number;
  /**
   * `out`: to those who are something to the speaker; `in`: to those to whom the speaker is something, as to followers;
   * `either`: to both. Default `out`.
   */
  readonly direction?: "out" | "in" | "either";
}

/** Along which relations words go, and how far. */
export interface NetworkReach extends NetworkWay {
  /** Over how many relations. Default 1. */
  readonly hops?: number;
}

/** Those who are one relation away. */
export function* neighboursOf(who: PersonId, book: BondBook, way: NetworkWay): Generator<PersonId> {
  const { direction = "out" } = way;
  if (direction !== "in") for (const [other, bonds] of book.from(who)) if (counts(bonds, way)) yield other;
  if (direction === "out") return;
  for (const other of book.to(who)) if (counts(book.between(other, who), way)) yield other;
}

function counts(bonds: Bonds, { types, atLeast = 0 }: NetworkWay): boolean {
  return bonds.some(({ type, weight }) => weight >= atLeast && (types === undefined || types.includes(type)));
}
