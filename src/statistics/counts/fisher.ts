import type { Random } from "../../kernel/values/random.ts";
import { hypergeometricDistribution, noLikelier } from "../distributions/discrete.ts";
import { checkWeights, sum, type Unmeasured } from "../measured.ts";
import { drawnShare, sharesOfTables } from "./tables.ts";

/** Whether rows of a table of counts differ, without the roughness of χ². */
export interface FisherExact {
  readonly n: number;
  /** Two-sided: of all tables with the same sums those that are no likelier than this one. */
  readonly p: number;
  /** All such tables counted, or a sample of them drawn. */
  readonly method: "exact" | "drawn";
}

/** For tables that have too many others with the same sums. */
export interface FisherOptions {
  /** The dice; without them such a table has no answer. */
  readonly random?: Random;
  /** Default 10,000. */
  readonly draws?: number;
}

/**
 * Whether the rows of a table of counts differ (R. A. Fisher, 1935; more than two rows or columns: G. H. Freeman and J. H.
 * Halton, 1951). Where more than some 200,000 tables have the same sums, as many as asked for are drawn by the dice.
 * @example
 * const found = fisherExact([[3, 1], [1, 3]]);
 * "p" in found && found.p.toFixed(4); // => "0.4857"
 */
export function fisherExact(
  table: readonly (readonly number[])[],
  { random, draws = 10_000 }: FisherOptions = {},
): FisherExact | Unmeasured {
  const width = table[0]?.length ?? 0;
  for (const row of table) checkWeights("table", row, width);
  const places = Array.from({ length: width }, (_, place) => place);
  const used = places.filter((place) => table.some((row) => (row[place] as number) > 0));
  const counts = table.filter((row) => sum(row) > 0).map((row) => used.map((place) => row[place] as number));
  const n = sum(counts.flat());
  if (n === 0) return { reason: "there is nobody" };
  if (!counts.flat().every(Number.isInteger)) return { reason: "counts of whole people are needed" };
  if (counts.length < 2 || used.length < 2) return { reason: "there is a single value, so that nothing can differ" };
  if (counts.length === 2 && used.length === 2) return { n, p: ofFour(counts), method: "exact" };
  const shares = sharesOfTables(counts);
  if (shares !== undefined) return { n, p: Math.min(1, shares), method: "exact" };
  if (random === undefined) return { reason: "there are too many tables with the same sums to count: give dice" };
  return { n, p: drawnShare(counts, { random, draws }), method: "drawn" };
}

function ofFour([[a = 0, b = 0] = [], [c = 0, d = 0] = []]: readonly (readonly number[])[]): number {
  return noLikelier(hypergeometricDistribution({ marked: a + c, unmarked: b + d, drawn: a + b }), a);
}
