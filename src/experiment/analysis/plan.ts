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
}

/** A plan for rows that nobody declared anything of, and what was assumed for it. */
export interface ProposedPlan {
  readonly plan: AnalysisPlan;
  readonly assumptions: readonly string[];
}

/** Texts up to which they are taken for options. */
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
      ...{ claims: {}, correction: "holm", level: 0.95 },
    },
    assumptions: [
      `All arms are held against '${base ?? ""}', the first in the rows.`,
      ...metrics.map(([metric, { scale }]) => `${metric}: ${scaleInWords(scale)}.`),
      "Nothing was declared beforehand: all is exploratory.",
    ],
  };
}

function scaleOf(values: readonly (number | string)[]): MetricScale {
  if (values.every((value) => typeof value === "number")) return { kind: "number" };
  const options = [...new Set(values.map(String))];
  return options.length >= 2 && options.length <= mostOptions ? { kind: "nominal", options } : { kind: "text" };
}

function scaleInWords(scale: MetricScale): string {
  if (scale.kind === "number") return "numbers";
  return scale.kind === "text" ? "texts, which are not compared" : `options without an order (${scale.options.length})`;
}

/** Throws EXPERIMENT_INVALID for rows that no plan can be for, and for a plan that they are none of. */
export function checkFit({ arms, metrics }: AnalysisPlan, observations: readonly Observation[]): void {
  const strays = (known: readonly string[], met: readonly string[]): readonly string[] =>
    [...new Set(met)].filter((name) => !known.includes(name));
  const ofArms = strays(
    arms.map(({ name }) => name),
    observations.map(({ arm }) => arm),
  );
  const ofMetrics = strays(
    Object.keys(metrics),
    observations.map(({ metric }) => metric),
  );
  const issues: readonly Issue[] = [
    ...(observations.length === 0 ? [{ path: "", message: "There are no rows." }] : []),
    ...ofArms.map((name) => ({ path: "arm", message: `The rows have an arm '${name}', which was not declared.` })),
    ...ofMetrics.map((name) => ({ path: "metric", message: `The rows have '${name}', which was not declared.` })),
  ];
  if (issues.length === 0) return;
  const message = ["The rows are not those of this experiment:", ...issues.map((issue) => `  ${issue.message}`)];
  throw new TinyTroupeError("EXPERIMENT_INVALID", message.join("\n"), {
    data: { issues },
    hint: "Name the rows of the experiment that was declared; without one all rows can be explored.",
  });
}
