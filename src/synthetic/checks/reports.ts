import type { Drawn } from "../draw.ts";
import type { DataItem } from "../items.ts";
import type { DataSpecification } from "../specification.ts";
import { eachPair, givesAway, nearestOf, rounding } from "./near.ts";

/** One value of one dimension: what was asked for, and what is in the set. */
export interface BalanceRow {
  /** `label` for labels. */
  readonly dimension: string;
  readonly value: string;
  /** Its quota, from 0 to 1. */
  readonly quota: number;
  /** Items that were drawn with it, and those of them that are in the set. */
  readonly asked: number;
  readonly achieved: number;
  /** Of the set, from 0 to 1. */
  readonly share: number;
}

/** What was looked for that would make a measurement on the set look better than it is. */
export interface LeakageRow {
  readonly check: "label in text" | "near copies across splits" | "near copies of examples";
  /** Items, or pairs of items, that were looked at. */
  readonly checked: number;
  readonly found: number;
  /** The highest cosine that was met; null where there was none. */
  readonly nearest: number | null;
  /** Where it was found: ids, and `0001 0007` for pairs; the first twenty. */
  readonly where: readonly string[];
}

export function balanceOf(
  { dimensions, labels }: DataSpecification,
  drawn: readonly Drawn[],
  items: readonly DataItem[],
): readonly BalanceRow[] {
  const all = Object.entries({ ...dimensions, ...(labels && { label: labels }) });
  return all.flatMap(([dimension, quotas]) =>
    Object.entries(quotas).map(([value, quota]) => {
      const has = (one: Pick<Drawn, "values" | "label">): boolean =>
        (dimension === "label" ? one.label : one.values[dimension]) === value;
      const [asked, achieved] = [drawn.filter(has).length, items.filter(has).length];
      return { dimension, value, quota, asked, achieved, share: items.length === 0 ? 0 : achieved / items.length };
    }),
  );
}

interface Vectors {
  /** One an item. */
  readonly vectors: readonly Float32Array[];
  readonly examples: readonly Float32Array[];
}

/** Looks over a set that is done, without trusting how it was made. */
export async function leakageOf(
  { labels, examples: given, copy, kin }: DataSpecification,
  items: readonly DataItem[],
  { vectors, examples }: Vectors,
): Promise<readonly LeakageRow[]> {
  const rows: LeakageRow[] = [];
  if (labels !== undefined) {
    const found = items.filter(({ text, label = "" }) => givesAway(text, label)).map(({ id }) => id);
    rows.push({
      check: "label in text",
      checked: items.length,
      found: found.length,
      nearest: null,
      where: first(found),
    });
  }
  rows.push(await acrossSplits(items, vectors, kin));
  if (given.length > 0) {
    const near = vectors.map((vector) => nearestOf(vector, examples)?.cosine ?? -1);
    const found = items.filter((_, at) => (near[at] as number) >= copy - rounding).map(({ id }) => id);
    const nearest = near.length === 0 ? null : near.reduce((most, one) => Math.max(most, one));
    rows.push({
      check: "near copies of examples",
      checked: items.length,
      found: found.length,
      nearest,
      where: first(found),
    });
  }
  return rows;
}

async function acrossSplits(
  items: readonly DataItem[],
  vectors: readonly Float32Array[],
  kin: number,
): Promise<LeakageRow> {
  const found: string[] = [];
  let [checked, nearest]: [number, number | null] = [0, null];
  await eachPair(vectors, (one, other, cosine) => {
    const [first, second] = [items[one] as DataItem, items[other] as DataItem];
    if (first.split === second.split) return;
    checked += 1;
    nearest = Math.max(nearest ?? -1, cosine);
    if (cosine >= kin - rounding) found.push(`${first.id} ${second.id}`);
  });
  return { check: "near copies across splits", checked, found: found.length, nearest, where: first(found) };
}

const first = (found: readonly string[]): readonly string[] => found.slice(0, 20);
