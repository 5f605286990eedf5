import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { labelsOf } from "../cells/cells.ts";
import type { ExperimentDesign } from "../design/design.ts";
import type { Observation } from "./observation.ts";

/**
 * Observations of a blinded experiment with their arms and levels; those of another stay as they are. Throws
 * TARGET_UNKNOWN for a label of no arm.
 * @example
 * unblindObservations([], defineExperiment({
 *   name: "prices", blinded: true, arms: { a: {}, b: {} }, metrics: { words: { from: { count: "TALK" } } },
 *   study: defineStudy({ name: "kettles", run: async () => {} }),
 * }).design); // => []
 */
export function unblindObservations(
  observations: readonly Observation[],
  design: ExperimentDesign,
): readonly Observation[] {
  if (!design.blinded) return observations;
  const labels = labelsOf(design);
  const byLabel = new Map(design.arms.map((arm) => [labels.get(arm.name), arm]));
  return observations.map((row) => {
    const arm = byLabel.get(row.arm);
    if (arm !== undefined) return { ...row, arm: arm.name, levels: arm.levels };
    throw new TinyTroupeError("TARGET_UNKNOWN", `'${row.arm}' is no label of the experiment ${design.name}.`, {
      data: { target: row.arm, known: [...labels.values()] },
      hint: "Read the rows of this experiment, with its first seed as it was.",
    });
  });
}
