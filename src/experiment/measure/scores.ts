import { judgeEach, verdictRows } from "../../judge/judge-each.ts";
import { concernsOneAnswer, errorRecord } from "../../kernel/values/errors.ts";
import type { MetricSource } from "../design/metric.ts";
import type { Reading, Scene } from "./reading.ts";

type ClaimSource = Extract<MetricSource, { proposition: string }>;

/** How true a claim is of each person, or of each world as a whole, by the judge of the run. */
export async function scoresOf(source: ClaimSource, { simulation, group }: Scene): Promise<readonly Reading[]> {
  const { proposition: claim, of, last } = source;
  const subjects = of === "each" ? simulation.people : simulation.worlds;
  const person = (id: string): string => (of === "each" ? id : `${group}/${id}`);
  try {
    const judged = await judgeEach(subjects, [{ name: "claim", claim, answer: "score" }], {
      label: "experiment",
      ...(last !== undefined && { last }),
    });
    return verdictRows(judged).map(({ id, kind, score, error }): Reading => {
      if (score !== undefined) return { person: person(id), value: score };
      const missing = error ?? (kind === "inapplicable" ? "not-applicable" : "failed");
      return { person: person(id), value: null, missing };
    });
  } catch (error) {
    // Nothing usable came of anybody: what else was measured stays.
    if (!concernsOneAnswer(error)) throw error;
    return subjects.map(({ id }) => ({ person: person(id), value: null, missing: errorRecord(error).code }));
  }
}
