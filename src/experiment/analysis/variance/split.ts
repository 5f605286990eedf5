import { isMeasured } from "../../../statistics/measured.ts";
import { type VarianceComponents, varianceComponents } from "../../../statistics/models/variance-components.ts";
import type { Measure } from "../pairs/measures.ts";
import { type NumberedRow, whyNone } from "../pairs/rows.ts";
import { factorsOf } from "./factors.ts";

/** What the values of a metric differ by. */
export interface VarianceSplit extends VarianceComponents {
  /** By which the figures are found, as `v1`. */
  readonly id: string;
  readonly metric: string;
}

/** Why there is none. */
export interface NoSplit {
  readonly id: string;
  readonly metric: string;
  readonly reason: string;
}

/**
 * The variance of a metric of numbers or steps in parts: arm, person, panel, model, wording, order, run, how people and models
 * react to arms, and the rest, by `varianceComponents`. A pair of factors that only repeats one of them says nothing of its own
 * and is left out.
 */
export function varianceSplit(
  rows: readonly NumberedRow[],
  measure: Measure,
): VarianceComponents | { readonly reason: string } {
  const own = rows.filter((row) => row.person !== "" && whyNone(row, [measure]) === undefined);
  const values = own.map(({ value }) => measure.of(value as number | string) as number);
  const factors = factorsOf(own);
  const varied = (name: string): boolean => new Set(factors[name]).size > 1;
  const told = Object.entries(factors).filter(([name]) => {
    const [one, other] = name.split(" × ");
    return other === undefined || (varied(one as string) && varied(other));
  });
  const found = varianceComponents(values, Object.fromEntries(told));
  return isMeasured(found) ? found : { reason: found.reason };
}
