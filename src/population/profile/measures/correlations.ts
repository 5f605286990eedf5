import { pearson, spearman } from "../../../statistics/correlation.ts";
import { isMeasured } from "../../../statistics/measured.ts";
import { holm } from "../../../statistics/multiplicity.ts";
import type { Member } from "../people/people.ts";
import { valuesAt } from "../people/values.ts";
import { degreeOf, type Orders } from "./ordinal.ts";

/** How two numeric or ordinal places go together. */
export interface CorrelationRow {
  readonly one: string;
  readonly other: string;
  /** Pearson's r of two numbers; Spearman's where one of them is an order. */
  readonly method: "pearson" | "spearman";
  readonly n: number;
  readonly r?: number;
  readonly p?: number;
  /** p corrected for all pairs by Holm's method. */
  readonly corrected?: number;
  /** Why there is none. */
  readonly reason?: string;
}

/** Every pair of numeric and ordinal places, weights respected; those that go together most come first. */
export async function correlations(
  people: readonly Member[],
  paths: readonly string[],
  orders: Orders = {},
): Promise<readonly CorrelationRow[]> {
  const columns = paths.map((path) => ({ path, degrees: people.map((person) => degreeOf(person, path, orders)) }));
  const pairs = columns.flatMap((one, index) => columns.slice(index + 1).map((other) => [one, other] as const));
  const rows: CorrelationRow[] = [];
  for (const [one, other] of pairs) {
    const both = people.flatMap(({ weight }, index) => {
      const [x, y] = [one.degrees[index], other.degrees[index]];
      return x === undefined || y === undefined ? [] : [{ x, y, weight }];
    });
    const numbers = [one, other].every(({ path }) => isNumeric(people, path, orders));
    const weights = both.map(({ weight }) => weight);
    const ask = numbers ? pearson : spearman;
    const [xs, ys] = [both.map(({ x }) => x), both.map(({ y }) => y)];
    const found = await ask(xs, ys, weights.every((weight) => weight === weights[0]) ? undefined : weights);
    const pair = {
      one: one.path,
      other: other.path,
      method: numbers ? "pearson" : "spearman",
      n: both.length,
    } as const;
    rows.push({ ...pair, ...(isMeasured(found) ? { r: found.r, p: found.p } : { reason: found.reason }) });
  }
  return corrected(rows).toSorted((left, right) => Math.abs(right.r ?? 0) - Math.abs(left.r ?? 0));
}

/** Rows with their p values corrected for being several. */
export function corrected<T extends { readonly p?: number }>(
  rows: readonly T[],
): readonly (T & { corrected?: number })[] {
  const tested = rows.filter((row) => row.p !== undefined);
  const ps = holm(tested.map(({ p }) => p as number));
  return rows.map((row) => (row.p === undefined ? row : { ...row, corrected: ps[tested.indexOf(row)] as number }));
}

const isNumeric = (people: readonly Member[], path: string, orders: Orders): boolean =>
  orders[path] === undefined && people.every((person) => typeof (valuesAt(person, path)[0] ?? 0) === "number");
