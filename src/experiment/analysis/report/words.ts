import type { EffectFigure } from "../figures.ts";
import type { CheckedEffect } from "../gate/gate.ts";

/** Three digits that say something. */
export const digits = (value: number | undefined): string =>
  value === undefined ? "" : Math.abs(value) < 1e-9 ? "0" : String(Number(value.toPrecision(3)));

/** A p value as it is usual. */
export const chance = (p: number | undefined): string =>
  p === undefined ? "" : p < 0.001 ? "< 0.001" : p.toFixed(p < 0.1 ? 3 : 2);

export const percent = (share: number): string => `${Math.round(100 * share)}\u00a0%`;

/** A difference with its sign and its interval. */
export function differenceOf({ value, low, high }: Pick<EffectFigure, "value" | "low" | "high">): string {
  if (value === undefined) return "";
  const signed = (one: number): string => `${one > 0 ? "+" : ""}${digits(one)}`;
  return low === undefined || high === undefined
    ? `${signed(value)} (no interval)`
    : `${signed(value)} (${signed(low)} to ${signed(high)})`;
}

/** What is measured: a metric, or the share of an option of it. */
export const measured = ({ metric, option }: Pick<EffectFigure | CheckedEffect, "metric" | "option">): string =>
  option === undefined ? metric : `${metric}: share of ${option}`;

/** Along what an effect repeats, where it does not, and what nobody tried. */
export function repeatsInWords(all: NonNullable<CheckedEffect["repeats"]>): string {
  const along = (wanted: string): readonly string[] =>
    all.flatMap(({ dimension, verdict }) => (verdict === wanted ? [dimension] : []));
  return ["stable", "fragile", "not tried"]
    .flatMap((verdict) => (along(verdict).length === 0 ? [] : [`${verdict}: ${along(verdict).join(", ")}`]))
    .join("; ");
}

/** Rows of a table with a cell for every column, so that none is left out. */
export const told = (row: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? ""]));
