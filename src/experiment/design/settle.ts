import { z } from "zod";
import { issuesInWords } from "../../kernel/text/issues.ts";
import { nearest } from "../../kernel/text/nearest.ts";
import type { Budget, Issue } from "../../kernel/values/errors.ts";
import type { EffectClaim } from "./claim.ts";
import { armsOfSide, crossed, type DesignedArm, designDigest, type ExperimentDesign } from "./design.ts";
import { declared } from "./document.ts";
import { invalidExperiment } from "./invalid.ts";
import { type Metric, ownScale } from "./metric.ts";

const Declared = z.strictObject(declared);
/** What is declared, as somebody writes it. */
export type Declaration = z.input<typeof Declared>;

/** The names of what is compared, and what is done, as plain data: the hash is of it, too. */
export interface Compared {
  readonly arms?: readonly string[];
  readonly factors?: ExperimentDesign["factors"];
  readonly wordings?: readonly string[];
  readonly populations?: readonly string[];
  readonly models?: readonly string[];
  readonly done: unknown;
}

/** The design of an experiment. Throws EXPERIMENT_INVALID with all that contradicts itself in it. */
export function settleDesign(declaration: Declaration, compared: Compared): ExperimentDesign {
  const read = Declared.safeParse(declaration);
  if (!read.success)
    throw invalidExperiment(issuesInWords(read.error.issues, { whole: declaration, schema: Declared }));
  const { metrics, claims = {}, seeds = [1], replicates = 1, blinded = false, ...others } = read.data;
  const { question, budget, crossover, ...rest } = others;
  const factors = compared.factors ?? {};
  const named = (compared.arms ?? []).map((name) => ({ name, levels: {} }));
  const arms = compared.factors === undefined ? named : crossed(factors);
  const issues = [...armIssues(arms, compared), ...metricIssues(metrics), ...claimIssues(claims, { arms, metrics })];
  if (issues.length > 0) throw invalidExperiment(issues);
  const design = {
    ...{ name: rest.name, ...(question !== undefined && { question }) },
    ...{ arms: arms as ExperimentDesign["arms"], factors, wordings: compared.wordings ?? [] },
    ...{ populations: compared.populations ?? ["people"], models: compared.models ?? [] },
    ...{ seeds: seeds.map(String), replicates, claims, blinded, ...(crossover && { crossover }) },
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, settled(metric)])),
    ...{ correction: rest.correction ?? ("holm" as const), level: rest.level ?? 0.95 },
    ...(budget !== undefined && { budget: budget as Budget }),
  };
  return { ...design, digest: designDigest(design, compared.done) };
}

type Metrics = z.output<typeof Declared>["metrics"];

/** A metric with its scale, which was checked to be there. */
function settled({ about, scale, from }: Metrics[string]): Metric {
  return { ...(about !== undefined && { about }), scale: scale ?? (ownScale(from) as Metric["scale"]), from };
}

function armIssues(arms: readonly DesignedArm[], { arms: named, factors }: Compared): readonly Issue[] {
  const levels = Object.entries(factors ?? {}).flatMap(([factor, own]) =>
    own.flatMap((level): Issue[] =>
      level.includes("+") ? [{ path: `factors.${factor}.${level}`, message: "A '+' stands between levels." }] : [],
    ),
  );
  const both = named !== undefined && factors !== undefined;
  return [
    ...levels,
    ...(both ? [{ path: "factors", message: "Give `arms` or `factors`, not both." }] : []),
    ...(arms.length < 2
      ? [{ path: "arms", message: "There is nothing to compare: give two `arms` or more, or `factors` with levels." }]
      : []),
    ...(arms.length > 64
      ? [{ path: "factors", message: `These are ${arms.length} arms; at most 64 are played.` }]
      : []),
  ];
}

function metricIssues(metrics: Metrics): readonly Issue[] {
  return Object.entries(metrics).flatMap(([name, { scale, from }]): Issue[] => {
    const path = `metrics.${name}.scale`;
    const own = ownScale(from);
    if (scale === undefined && own === undefined)
      return [{ path, message: "Declare what a value can be, as in { kind: number, low: 1, high: 5 }." }];
    if (own !== undefined && scale !== undefined)
      return [{ path, message: "Scores go from 0 to 9 and counts from 0 up: leave this out." }];
    if ("option" in from && from.option !== undefined && scale?.kind !== "number")
      return [{ path, message: "What an item says of one `option` is a number." }];
    return [];
  });
}

interface Claimed {
  readonly arms: readonly DesignedArm[];
  readonly metrics: Metrics;
}

function claimIssues(claims: Readonly<Record<string, EffectClaim>>, claimed: Claimed): readonly Issue[] {
  return Object.entries(claims).flatMap(([name, claim]) =>
    [...metricOfClaim(claim, claimed), ...contrastOf(claim, claimed), ...boundsOf(claim)].map(([key, message]) => ({
      path: `claims.${name}.${key}`,
      message,
    })),
  );
}

type Fault = readonly [key: string, message: string];

function metricOfClaim({ metric: name, option }: EffectClaim, { metrics }: Claimed): readonly Fault[] {
  const metric = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  if (metric === undefined) return [["metric", unknown("metric", name, Object.keys(metrics))]];
  const scale = metric.scale ?? ownScale(metric.from);
  if (scale?.kind === "text") return [["metric", "Texts cannot be compared by a claim: extract or score them."]];
  if (scale?.kind !== "nominal")
    return option === undefined ? [] : [["option", `'${name}' is not nominal: leave this out.`]];
  if (option === undefined) return [["option", `'${name}' is nominal: say the share of which option is compared.`]];
  return scale.options.includes(option) ? [] : [["option", unknown("option", option, scale.options)]];
}

function contrastOf({ contrast }: EffectClaim, { arms }: Claimed): readonly Fault[] {
  const sides = contrast.map((side) => armsOfSide(side, arms));
  const known = arms.map(({ name }) => name);
  const faults = contrast.flatMap((side, place): Fault[] => {
    if (sides[place]?.length !== 0) return [];
    const what = typeof side === "string" ? unknown("arm", side, known) : "No arm has these levels.";
    return [[`contrast.${place}`, what]];
  });
  if (faults.length > 0) return faults;
  const [treatment = [], control = []] = sides;
  return treatment.some((arm) => control.includes(arm))
    ? [["contrast", "An arm stands on both sides: they have to be different ones."]]
    : [];
}

function boundsOf({ direction, least, margin }: EffectClaim): readonly Fault[] {
  if (direction === "equivalent") {
    return [
      ...(margin === undefined ? [["margin", "Say how far apart they may be to count as equivalent."] as const] : []),
      ...(least === undefined ? [] : [["least", "Equivalence has a `margin`."] as const]),
    ];
  }
  return margin === undefined ? [] : [["margin", "Only equivalence has a margin: give `least`."]];
}

function unknown(what: string, given: string, known: readonly string[]): string {
  const [meant] = nearest(given, known);
  return `There is no ${what} '${given}'. ${meant === undefined ? `There are: ${known.join(", ")}.` : `Did you mean '${meant}'?`}`;
}
