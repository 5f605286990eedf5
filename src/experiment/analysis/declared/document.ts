import { z } from "zod";
import { issuesInWords } from "../../../kernel/text/issues.ts";
import { nearest } from "../../../kernel/text/nearest.ts";
import type { Issue } from "../../../kernel/values/errors.ts";
import { canonicalJson, digest } from "../../../kernel/values/hash.ts";
import { declared } from "../../design/document.ts";
import { invalidExperiment } from "../../design/invalid.ts";
import { MetricScale } from "../../design/metric.ts";
import { settleDesign } from "../../design/settle.ts";
import type { Observation } from "../../results/observation.ts";
import { type AnalysisPlan, proposeAnalysis } from "../plan.ts";

const said = z.string().trim().min(1);

/** What is declared of rows from elsewhere before anybody looks: a file in YAML or JSON. */
export const AnalysisDocument = z
  .strictObject({
    $schema: z.string().optional(),
    analysis: z.literal(1).describe("The version of the format."),
    name: declared.name,
    question: declared.question,
    arms: z
      .array(said)
      .min(2)
      .optional()
      .describe("The first is what the others are held against. Default: as in the rows."),
    metrics: z
      .record(said, z.strictObject({ about: said.optional(), scale: MetricScale }))
      .refine((all) => Object.keys(all).length > 0, "There must be a metric.")
      .describe(
        "By name, what a value can be: declared, and never guessed from values. Rows of other metrics are left out.",
      ),
    claims: declared.claims,
    correction: declared.correction,
    level: declared.level,
  })
  .describe("What is declared of rows for `tinytroupe experiment analyse`.");

/**
 * What was declared of rows, as what an analysis goes by. Throws EXPERIMENT_INVALID with all that is wrong with it.
 * @example
 * const row = { cell: "1", levels: {}, population: "p", seed: "1", replicate: 1, model: "m", metric: "price", run: "r" };
 * const rows = ["control", "ad"].map((arm) => ({ ...row, arm, person: "ana", value: 5 }));
 * const declared = { analysis: 1, name: "prices", metrics: { price: { scale: { kind: "number" } } } };
 * parseAnalysis(declared, rows).arms.map(({ name }) => name); // => ["control", "ad"]
 */
export function parseAnalysis(value: unknown, observations: readonly Observation[]): AnalysisPlan {
  const read = AnalysisDocument.safeParse(value);
  if (!read.success)
    throw invalidExperiment(issuesInWords(read.error.issues, { whole: value, schema: AnalysisDocument }));
  const { $schema: _editorsOnly, analysis: _version, arms: named, metrics, ...declaration } = read.data;
  const met = proposeAnalysis(observations).plan;
  const names = named ?? met.arms.map(({ name }) => name);
  const strange = names.filter((name) => !met.arms.some((arm) => arm.name === name));
  if (strange.length > 0)
    throw invalidExperiment(
      strange.map((name) =>
        noSuchArm(
          name,
          met.arms.map((arm) => arm.name),
        ),
      ),
    );
  // Rows are a table: all that is declared is checked as it is of an experiment.
  const from = Object.entries(metrics).map(([name, metric]) => {
    return [name, { ...metric, from: { table: "rows", column: "value" } }] as const;
  });
  const design = settleDesign({ ...declaration, metrics: Object.fromEntries(from) }, { arms: names, done: "rows" });
  const arms = names.map((name) => met.arms.find((arm) => arm.name === name) ?? { name, levels: {} });
  return { ...design, arms, factors: met.factors, digest: digest(canonicalJson(value)), handedIn: true };
}

function noSuchArm(name: string, known: readonly string[]): Issue {
  const [meant] = nearest(name, known);
  const hint = meant === undefined ? `There are: ${known.join(", ")}.` : `Did you mean '${meant}'?`;
  return { path: "arms", message: `The rows have no arm '${name}'. ${hint}` };
}
