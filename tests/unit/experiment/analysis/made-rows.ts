import type { AnalysisPlan } from "../../../../src/experiment/analysis/plan.ts";
import type { Observation } from "../../../../src/experiment/results/observation.ts";

/** A row of a person in an arm; all else as it is usual. */
export function row(
  arm: string,
  person: string,
  value: number | string | null,
  more: Partial<Observation> = {},
): Observation {
  const { seed = "1", model = "m" } = more;
  return {
    ...{
      cell: `${model} ${seed}`,
      arm,
      levels: {},
      population: "panel",
      seed,
      replicate: 1,
      model,
      person,
      metric: "intent",
    },
    ...{ value, run: `${model} ${seed} ${arm}`, ...(value === null && { missing: "refused" }), ...more },
  };
}

/** Both arms of several people, by their values. */
export const both = (
  values: Readonly<Record<string, readonly [control: number | string | null, ad: number | string | null]>>,
  more: Partial<Observation> = {},
): readonly Observation[] =>
  Object.entries(values).flatMap(([person, [control, ad]]) => [
    row("control", person, control, more),
    row("ad", person, ad, more),
  ]);

/** What was declared of such rows. */
export const plan = (more: Partial<AnalysisPlan> = {}): AnalysisPlan => ({
  name: "ads",
  arms: [
    { name: "control", levels: {} },
    { name: "ad", levels: {} },
  ],
  ...{ factors: {}, metrics: { intent: { scale: { kind: "number" } } }, claims: {}, correction: "holm", level: 0.95 },
  ...more,
});
