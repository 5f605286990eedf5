import { chiSquareFit } from "../../statistics/counts/chi-square.ts";
import type { FigureKind } from "../joint/figures/family.ts";
import { type Placed, sharesOf } from "../joint/tree/fit.ts";
import type { Table } from "../joint/tree/tables.ts";
import type { Reported } from "./reported.ts";

/** One figure of a specification, and what came of it. Shares are of all people, or of those a condition holds of. */
export interface FigureRow {
  readonly part: string;
  readonly kind: FigureKind;
  /** `age`, `age × sex`, `education | age 18-29`. */
  readonly about: string;
  readonly value: string;
  /** The share that is asked. */
  readonly target: number;
  /** How many people that is, of those who are drawn. */
  readonly expected: number;
  readonly count: number;
  /** The share that they have, with their weights. */
  readonly share: number;
  /** `share` less `target`. */
  readonly difference: number;
  /** What a quota allows. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** The figure was not checked against a source. */
  readonly unverified?: true;
}

/** The figures of one margin, table, row or quota together. */
export interface FigureTest {
  readonly part: string;
  readonly kind: FigureKind;
  readonly about: string;
  /** Half the sum of all differences of shares: 0 the same, 1 nothing in common. */
  readonly totalVariation: number;
  /** Pearson's statistic of the counts against those expected. */
  readonly chiSquare: number;
  readonly degrees: number;
  /** How often chance alone would be as far off; absent where there is nothing to compare. */
  readonly p?: number;
  /** No count is one or more away from what is expected. */
  readonly withinRounding: boolean;
  readonly unverified?: true;
}

export async function figureRows(
  given: Reported,
): Promise<{ readonly figures: readonly FigureRow[]; readonly tests: readonly FigureTest[] }> {
  const all = given.joint.placed.map((one) => ({ one, rows: rowsOf(given, one) }));
  return {
    figures: all.flatMap(({ rows }) => rows),
    tests: await Promise.all(all.map(({ one, rows }) => testOf(one, rows))),
  };
}

function rowsOf(given: Reported, one: Placed): readonly FigureRow[] {
  const { family } = one;
  const { counts, weighted } = countsOf(given, one);
  const aims = sharesOf((given.tables[one.home] as Table).mass, one);
  const within = family.rule === "within";
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const base = within ? sum(weighted) : sum(given.weights);
  const inside = within ? sum(aims) : 1;
  const people = within ? sum(counts) : given.size;
  return family.labels.flatMap((value, index) => {
    const target = (family.target ?? family.low)[index] as number;
    const count = counts[index] as number;
    if (value === "any other" && target === 0 && count === 0) return [];
    const share = base === 0 ? 0 : (weighted[index] as number) / base;
    const expected = inside === 0 ? 0 : tidy(((aims[index] as number) / inside) * people);
    const { part, kind, about } = family;
    return [
      {
        part,
        kind,
        about,
        value,
        target,
        expected,
        count,
        share,
        difference: share - target,
        ...(family.rule === "bounds" && bounds(family, index, given.size)),
        ...(family.unverified && { unverified: true as const }),
      },
    ];
  });
}

/** Without what the fit leaves over in the last digits. */
const tidy = (value: number): number => Number(value.toFixed(6));

function bounds({ low, high }: Placed["family"], index: number, size: number) {
  const people = (shares: Float64Array): number => Math.round((shares[index] as number) * size);
  return { atLeast: people(low), atMost: people(high) };
}

function countsOf({ cellOf, weights, size }: Reported, { family, home, classes }: Placed) {
  const counts = new Float64Array(family.labels.length);
  const weighted = new Float64Array(family.labels.length);
  const cells = cellOf[home] as Int32Array;
  for (let person = 0; person < size; person++) {
    const index = classes[cells[person] as number] as number;
    if (index < 0) continue;
    counts[index] = (counts[index] as number) + 1;
    weighted[index] = (weighted[index] as number) + (weights[person] as number);
  }
  return { counts, weighted };
}

async function testOf({ family }: Placed, rows: readonly FigureRow[]): Promise<FigureTest> {
  const { part, kind, about, unverified } = family;
  const filled = rows.filter(({ expected }) => expected > 0);
  const quota = family.rule === "bounds";
  const counts = filled.map(({ count }) => count);
  const fit = quota
    ? undefined
    : await chiSquareFit(
        counts,
        filled.map(({ expected }) => expected),
      );
  const tested = fit === undefined || "reason" in fit ? undefined : fit;
  const met = ({ count, expected, atLeast, atMost }: FigureRow): boolean =>
    atLeast === undefined || atMost === undefined
      ? Math.abs(count - expected) < 1
      : count >= atLeast && count <= atMost;
  return {
    part,
    kind,
    about,
    totalVariation: quota ? 0 : rows.reduce((sum, { difference }) => sum + Math.abs(difference), 0) / 2,
    chiSquare: tested?.statistic ?? 0,
    degrees: tested?.degrees ?? 0,
    ...(tested && { p: tested.p }),
    withinRounding: rows.every(met),
    ...(unverified && { unverified: true as const }),
  };
}
