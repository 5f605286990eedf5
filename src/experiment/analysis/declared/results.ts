import type { ExperimentDesign } from "../../design/design.ts";
import { declarationOf } from "../../results/declared.ts";
import type { ExperimentResults } from "../../results/load.ts";
import type { AnalysisPlan } from "../plan.ts";

/** What the results of an experiment are analysed by, and what has to be known of that. */
export interface PlannedResults {
  readonly plan: AnalysisPlan;
  readonly notes: readonly string[];
}

/**
 * What results are analysed by: claims count alone where they were declared before the rows were made, so that none of those
 * of a design that was changed since does, nor of one that was declared when its answers were there already.
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
  const declaration = declarationOf(record);
  return {
    plan: declaration?.answeredBefore === undefined ? design : { ...design, claims: {} },
    notes: [...(declaration ? [declaration.words] : []), ...more],
  };
}
