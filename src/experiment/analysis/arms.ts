import { mean, variance } from "../../statistics/moments.ts";
import { measuresOf } from "./pairs/measures.ts";
import { type NumberedRow, whyNone } from "./pairs/rows.ts";
import type { AnalysisPlan } from "./plan.ts";

/** What an arm comes to by itself, over all rows: no comparison. */
export interface ArmFigure {
  /** By which it is found in all tables: `a1`. */
  readonly id: string;
  readonly metric: string;
  readonly measure: string;
  readonly option?: string;
  readonly arm: string;
  /** Rows with a value, and those without. */
  readonly n: number;
  readonly missing: number;
  readonly value?: number;
  /** Of the values, in points; absent for shares. */
  readonly sd?: number;
}

/** What each arm comes to in each measure. */
export function armFigures({ arms, metrics }: AnalysisPlan, rows: readonly NumberedRow[]): readonly ArmFigure[] {
  const found = Object.entries(metrics).flatMap(([metric, { scale }]) => {
    const measures = measuresOf(scale);
    return measures.flatMap((measure) =>
      arms.map(({ name: arm }) => {
        const own = rows.filter((row) => row.metric === metric && row.arm === arm);
        const there = own.filter((row) => whyNone(row, measures) === undefined);
        const values = there.map(({ value }) => measure.of(value as number | string) as number);
        return {
          ...{ metric, measure: measure.name, ...(measure.option !== undefined && { option: measure.option }), arm },
          ...{ n: values.length, missing: own.length - values.length },
          ...(values.length > 0 && { value: mean(values) }),
          ...(measure.name !== "share" && values.length > 1 && { sd: Math.sqrt(variance(values)) }),
        };
      }),
    );
  });
  return found.map((figure, place) => ({ id: `a${place + 1}`, ...figure }));
}
