import { judgeEach, verdictRows } from "../../judge/judge-each.ts";
import type { MetricSource } from "../design/metric.ts";
import type { Reading, Scene } from "./reading.ts";

type ClaimSource = Extract<MetricSource, { proposition: string }>;

/** How true a claim is of each person, or of each world as a whole, by the judge of the run. */
export async function scoresOf(source: ClaimSource, { simulation, group }: Scene): Promise<readonly Reading[]> {
  const { proposition: claim, of, last } = source;
  const subjects = of === "each" ? simulation.people : simulation.worlds;
  const judged = await judgeEach(subjects, [{ name: "claim", claim, answer: "score" }], {
    label: "experiment",
    ...(last !== undefined && { last }),
  });
  return verdictRows(judged).map(({ id, kind, score, error }): Reading => {
    const person = of === "each" ? id : `${group}/${id}`;
    if (score !== undefined) return { person, value: score };
    return { person, value: null, missing: error ?? (kind === "inapplicable" ? "not-applicable" : "failed") };
  });
}
