import { z } from "zod";
import { issuesInWords } from "../../../kernel/text/issues.ts";
import { nearest } from "../../../kernel/text/nearest.ts";
import { type Issue, isTinyTroupeError } from "../../../kernel/values/errors.ts";
import { canonicalJson, digest } from "../../../kernel/values/hash.ts";
import type { ExperimentDesign } from "../../design/design.ts";
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
  const { arms: named, ...declaration } = declaredIn(value);
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
  const design = settled(declaration, names);
  const arms = names.map((name) => met.arms.find((arm) => arm.name === name) ?? { name, levels: {} });
  return { ...design, arms, factors: met.factors, digest: digest(canonicalJson(value)), handedIn: true };
}

/**
 * Looks over what is declared of rows without them, as which arms and levels they have is told by themselves where `arms` are
 * not named. Throws EXPERIMENT_INVALID.
 */
export function checkAnalysis(value: unknown): void {
  const { arms: named, claims = {}, ...declaration } = declaredIn(value);
  const nameOf = (side: string | object): string => (typeof side === "string" ? side : JSON.stringify(side));
  const sides = Object.values(claims).flatMap(({ contrast }) => contrast);
  const met = sides.filter((side) => named === undefined || typeof side !== "string").map(nameOf);
  const called = Object.entries(claims).map(
    ([
      name,
      {
        contrast: [treatment, control],
        ...claim
      },
    ]) => {
      return [name, { ...claim, contrast: [nameOf(treatment), nameOf(control)] as [string, string] }] as const;
    },
  );
  try {
    settled({ ...declaration, claims: Object.fromEntries(called) }, [...new Set([...(named ?? []), ...met])]);
  } catch (cause) {
    if (!isTinyTroupeError(cause, "EXPERIMENT_INVALID")) throw cause;
    const issues = cause.data.issues.filter(({ path }) => path !== "arms");
    if (issues.length > 0) throw invalidExperiment(issues);
  }
}

type Declared = Omit<z.output<typeof AnalysisDocument>, "$schema" | "analysis">;

function declaredIn(value: unknown): Declared {
  const read = AnalysisDocument.safeParse(value);
  if (!read.success) {
    const issues = issuesInWords(read.error.issues, { whole: value, schema: AnalysisDocument });
    throw invalidExperiment(isOfAnswers(value) ? [besidePeople, ...issues] : issues);
  }
  const { $schema: _editorsOnly, analysis: _version, ...declared } = read.data;
  return declared;
}

/** Claims on answers are declared in a format of their own. */
const isOfAnswers = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "claims" in value && typeof value.claims === "number";
const besidePeople: Issue = {
  path: "",
  message:
    "These are claims on simulated answers beside people's, which 'tinytroupe validate human.csv simulated.csv --claims' goes by. Of arms they begin with `analysis: 1`.",
};

/** Rows are a table: all that is declared is checked as it is of an experiment. */
function settled({ metrics, ...declaration }: Omit<Declared, "arms">, arms: readonly string[]): ExperimentDesign {
  const from = Object.entries(metrics).map(([name, metric]) => {
    return [name, { ...metric, from: { table: "rows", column: "value" } }] as const;
  });
  return settleDesign({ ...declaration, metrics: Object.fromEntries(from) }, { arms, done: "rows" });
}

function noSuchArm(name: string, known: readonly string[]): Issue {
  const [meant] = nearest(name, known);
  const hint = meant === undefined ? `There are: ${known.join(", ")}.` : `Did you mean '${meant}'?`;
  return { path: "arms", message: `The rows have no arm '${name}'. ${hint}` };
}
