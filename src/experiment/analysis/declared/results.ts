import type { ExperimentDesign } from "../../design/design.ts";
import type { ExperimentResults } from "../../results/load.ts";
import type { AnalysisPlan } from "../plan.ts";

/** What the results of an experiment are analysed by, and what has to be known of that. */
export interface PlannedResults {
  readonly plan: AnalysisPlan;
  readonly notes: readonly string[];
}

/**
 * What results are analysed by: claims count alone where they were declared before the rows were made, so that none of those
 * of a design that was changed since does.
 * @param design as it is declared by now; default as it was when the rows were made
 */
export function planOfResults(
  { record, ...made }: ExperimentResults,
  design: ExperimentDesign = made.design,
): PlannedResults {
  const more = record.complete ? [] : ["These rows are not whole: the experiment has not come to its end."];
  if (design.digest !== record.digest) {
    const changed = `What is declared was changed after these rows were made (then SHA-256 ${record.digest}): no claim was declared beforehand.`;
    return { plan: { ...design, claims: {} }, notes: [changed, ...more] };
  }
  const at = record.declared.findLast(({ digest }) => digest === record.digest)?.at;
  const others = record.declared.filter(({ digest }) => digest !== record.digest).length;
  return {
    plan: design,
    notes: [
      ...(at === undefined ? [] : [`Declared on ${at.slice(0, 10)}, before the first run.`]),
      ...(others === 0
        ? []
        : [`It was declared and begun otherwise before (${others}): what was seen then may have led to this.`]),
      ...more,
    ],
  };
}
