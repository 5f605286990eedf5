import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";
import type { EffectClaim } from "../design/claim.ts";
import type { DesignedArm } from "../design/design.ts";
import type { MetricScale } from "../design/metric.ts";
import type { Observation } from "../results/observation.ts";

/** What an analysis goes by: an experiment's design is one. */
export interface AnalysisPlan {
  readonly name: string;
  readonly question?: string;
  /** The others are held against the first. */
  readonly arms: readonly DesignedArm[];
  /** The levels of each factor that arms are made of. */
  readonly factors: Readonly<Record<string, readonly string[]>>;
  readonly metrics: Readonly<Record<string, { readonly about?: string; readonly scale: MetricScale }>>;
  /** What was declared before anybody looked; all else is exploratory. */
  readonly claims: Readonly<Record<string, EffectClaim>>;
  readonly correction: "holm" | "benjamini-hochberg";
  readonly level: number;
  /** SHA-256 of what was declared. */
  readonly digest?: string;
  /** The rows come from elsewhere: those of arms and metrics that were not declared are left out. */
  readonly handedIn?: boolean;
}

/** A plan for rows that nobody declared anything of, and what was assumed for it. */
export interface ProposedPlan {
  readonly plan: AnalysisPlan;
  readonly assumptions: readonly string[];
}

/** Texts up to which they are taken for options, where each is given twice on the mean. */
const mostOptions = 12;

/**
 * A plan for rows from elsewhere: arms in the order in which they are met, metrics by what their values look like, and no
 * claims, so that all is exploratory.
 * @example
 * const row = { cell: "1", levels: {}, population: "p", seed: "1", replicate: 1, model: "m", person: "ana", run: "r" };
 * proposeAnalysis([{ ...row, arm: "control", metric: "price", value: 5 }]).plan.metrics; // => { price: { scale: { kind: "number" } } }
 */
export function proposeAnalysis(observations: readonly Observation[], name = "rows"): ProposedPlan {
  const arms = new Map(observations.map(({ arm, levels }) => [arm, { name: arm, levels }]));
  const factors = [...new Set(observations.flatMap(({ levels }) => Object.keys(levels)))].map((factor) => {
    const met = observations.flatMap(({ levels }) => levels[factor] ?? []);
    return [factor, [...new Set(met)]] as const;
  });
  const metrics = [...new Set(observations.map(({ metric }) => metric))].map((metric) => {
    const values = observations.flatMap((row) => (row.metric === metric && row.value !== null ? [row.value] : []));
    return [metric, { scale: scaleOf(values) }] as const;
  });
  const [base] = arms.keys();
  return {
    plan: {
      ...{ name, arms: [...arms.values()], factors: Object.fromEntries(factors), metrics: Object.fromEntries(metrics) },
      ...{ claims: {}, correction: "holm", level: 0.95, handedIn: true },
    },
    assumptions: [
      `All arms are held against '${base ?? ""}', the first in the rows.`,
      ...metrics.map(([metric, { scale }]) => `${metric}: ${scaleInWords(scale)}.`),
    ],
  };
}

function scaleOf(values: readonly (number | string)[]): MetricScale {
  if (values.every((value) => typeof value === "number")) return { kind: "number" };
  const options = [...new Set(values.map(String))];
  const isChosen = options.length >= 2 && options.length <= mostOptions && values.length >= 2 * options.length;
  return isChosen ? { kind: "nominal", options } : { kind: "text" };
}

function scaleInWords(scale: MetricScale): string {
  if (scale.kind === "number") return "numbers";
  return scale.kind === "text" ? "texts, which are not compared" : `options without an order (${scale.options.length})`;
}

/**
 * The rows that a plan is for. Throws EXPERIMENT_INVALID where there are none, and for an experiment whose rows have arms or
 * metrics that were not declared.
 */
export function rowsOf<R extends Observation>(
  { arms, metrics, handedIn }: AnalysisPlan,
  rows: readonly R[],
): readonly R[] {
  const names = new Set(arms.map(({ name }) => name));
  const isOf = ({ arm, metric }: R): boolean => names.has(arm) && Object.hasOwn(metrics, metric);
  const own = rows.filter(isOf);
  const strays = new Set(rows.filter((row) => !isOf(row)).map(({ arm, metric }) => `'${metric}' in the arm '${arm}'`));
  const issues: readonly Issue[] = [
    ...(own.length === 0 ? [{ path: "", message: "There are no rows of what was declared." }] : []),
    ...(handedIn
      ? []
      : [...strays].map((stray) => ({ path: "", message: `The rows have ${stray}, which was not declared.` }))),
  ];
  if (issues.length === 0) return own;
  const message = ["The rows are not those of this experiment:", ...issues.map((issue) => `  ${issue.message}`)];
  throw new TinyTroupeError("EXPERIMENT_INVALID", message.join("\n"), {
    data: { issues },
    hint: "Name the rows of the experiment that was declared; without one all rows can be explored.",
  });
}
