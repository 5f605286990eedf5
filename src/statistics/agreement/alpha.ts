import { sum, type Unmeasured } from "../measured.ts";
import type { Level } from "./kappa.ts";

/** How far any number of coders agree. */
export interface Alpha {
  /** 1 is full agreement, 0 what chance gives. */
  readonly alpha: number;
  /** Units that two or more coded, and values in them. */
  readonly units: number;
  readonly values: number;
}

/** What a difference between two values counts: any alike, by the ranks between them, or by the distance. */
export type Metric = "nominal" | "ordinal" | "interval";

/**
 * K. Krippendorff's alpha (Content Analysis, 2004, chapter 11): any number of coders, with gaps. One list a coder, one
 * place a unit; undefined where a coder has nothing. `ordinal` and `interval` need numbers.
 * @example
 * krippendorffAlpha([["a", "b", "b"], ["a", "b", undefined]], "nominal"); // => { alpha: 1, units: 2, values: 4 }
 */
export function krippendorffAlpha(
  coders: readonly (readonly (Level | undefined)[])[],
  metric: Metric,
): Alpha | Unmeasured {
  const width = Math.max(0, ...coders.map((coder) => coder.length));
  const units = Array.from({ length: width }, (_, unit) =>
    coders.flatMap((coder) => (coder[unit] === undefined ? [] : [coder[unit] as Level])),
  ).filter((values) => values.length > 1);
  const values = units.flat();
  if (values.length === 0) return { reason: "there is nothing that two coded" };
  const totals = new Map<Level, number>();
  for (const value of values) totals.set(value, (totals.get(value) ?? 0) + 1);
  if (totals.size < 2) return { reason: "all values are the same" };
  const apart = distances(totals, metric);
  // Within each unit every pair counts 1 / (m − 1), as a unit's values are m.
  const observed = sum(units.map((unit) => pairs(unit, apart) / (unit.length - 1)));
  const levels = [...totals];
  const expected = sum(
    levels.flatMap(([one, count]) => levels.map(([other, times]) => count * times * apart(one, other))),
  );
  return { alpha: 1 - ((values.length - 1) * observed) / expected, units: units.length, values: values.length };
}

type Distance = (one: Level, other: Level) => number;

const pairs = (values: readonly Level[], apart: Distance): number =>
  sum(values.flatMap((one) => values.map((other) => apart(one, other))));

function distances(totals: ReadonlyMap<Level, number>, metric: Metric): Distance {
  if (metric === "nominal") return (one, other) => (one === other ? 0 : 1);
  if (metric === "interval") return (one, other) => (Number(one) - Number(other)) ** 2;
  const order = [...totals.keys()].sort((one, other) => Number(one) - Number(other));
  let below = 0;
  // Half of a level's own values lie below its middle.
  const middles = new Map<Level, number>();
  for (const level of order) {
    const count = totals.get(level) as number;
    middles.set(level, below + count / 2);
    below += count;
  }
  return (one, other) => ((middles.get(one) as number) - (middles.get(other) as number)) ** 2;
}
