import { isMeasured } from "../../statistics/measured.ts";
import type { Observation } from "../results/observation.ts";
import { type ArmFigure, armFigures } from "./arms.ts";
import { type CrossoverFigure, crossoverFigures, type TracedCrossover } from "./crossover.ts";
import { type EffectFigure, effectFigures, type TracedEffect } from "./figures.ts";
import { type CheckedEffect, checkEffects } from "./gate/gate.ts";
import { measuresOf } from "./pairs/measures.ts";
import { type NumberedRow, numbered } from "./pairs/rows.ts";
import { type AnalysisPlan, rowsOf } from "./plan.ts";
import { type NoSplit, type VarianceSplit, varianceSplit } from "./variance/split.ts";

/** What was analysed, for who wants to do it again. */
export interface AnalysedRows {
  /** What the rows are called: a file. */
  readonly source?: string;
  /** SHA-256 of that file. */
  readonly digest?: string;
  /** What has to be known of them, or of what was declared, before anything is made of it. */
  readonly notes?: readonly string[];
  readonly rows: number;
  /** Rows of arms and metrics that were not declared. */
  readonly leftOut: number;
  readonly people: number;
  readonly runs: readonly string[];
  readonly populations: readonly string[];
  readonly seeds: readonly string[];
  readonly replicates: number;
  readonly models: readonly string[];
}

/** What an experiment comes to. */
export interface ExperimentAnalysis {
  readonly simulated: true;
  readonly plan: AnalysisPlan;
  readonly of: AnalysedRows;
  /** What was declared beforehand; a finding is what passed. */
  readonly claims: readonly CheckedEffect[];
  /** All effects; those without a claim are exploratory. */
  readonly effects: readonly EffectFigure[];
  /** Where people met arms one after the other: what periods do, and what stays of an arm. */
  readonly crossover: readonly CrossoverFigure[];
  readonly arms: readonly ArmFigure[];
  readonly variance: readonly (VarianceSplit | NoSplit)[];
}

/** An analysis with what its figures were made of, which tables are written from. */
export interface TracedAnalysis {
  readonly analysis: ExperimentAnalysis;
  readonly rows: readonly NumberedRow[];
  readonly found: readonly TracedEffect[];
  readonly crossed: readonly TracedCrossover[];
}

/** Where rows come from. */
export type AnalysisSource = Pick<AnalysedRows, "source" | "digest" | "notes">;

/**
 * Analyses the rows of an experiment: effects person by person, with intervals that allow for what belongs together; claims
 * that were declared, corrected for being several; what values differ by; and whether effects repeat. Throws EXPERIMENT_INVALID
 * for rows with arms or metrics that were not declared.
 * @example
 * const row = { cell: "1", levels: {}, population: "p", seed: "1", replicate: 1, model: "m", metric: "price", run: "r" };
 * const rows = ["ana", "ben", "eva"].flatMap((person, place) => [
 *   { ...row, person, arm: "control", value: place },
 *   { ...row, person, arm: "ad", value: place + 1 + place / 10 },
 * ]);
 * const { analysis } = await analyseExperiment(proposeAnalysis(rows).plan, rows);
 * analysis.effects.map(({ contrast, value }) => `${contrast}: ${value.toFixed(1)}`); // => ["ad - control: 1.1"]
 */
export async function analyseExperiment(
  plan: AnalysisPlan,
  observations: readonly Observation[],
  source: AnalysisSource = {},
): Promise<TracedAnalysis> {
  const all = numbered(observations);
  const rows = rowsOf(plan, all);
  const found = await effectFigures(plan, rows);
  const crossed = await crossoverFigures(plan, rows);
  const analysis: ExperimentAnalysis = {
    ...{ simulated: true, plan, of: { ...source, leftOut: all.length - rows.length, ...countsOf(rows) } },
    claims: await checkEffects(plan, found),
    effects: found.map(({ figure }) => figure),
    crossover: crossed.map(({ figure }) => figure),
    arms: armFigures(plan, rows),
    variance: splits(plan, rows),
  };
  return { analysis, rows, found, crossed };
}

function splits({ metrics }: AnalysisPlan, rows: readonly NumberedRow[]): readonly (VarianceSplit | NoSplit)[] {
  const numeric = Object.entries(metrics).filter(
    ([, { scale }]) => scale.kind === "number" || scale.kind === "ordinal",
  );
  return numeric.map(([metric, { scale }], place) => {
    const [measure] = measuresOf(scale);
    const own = rows.filter((row) => row.metric === metric);
    const found = measure === undefined ? { reason: "it has no numbers" } : varianceSplit(own, measure);
    const head = { id: `v${place + 1}`, metric };
    return isMeasured(found) ? { ...head, ...found } : { ...head, reason: found.reason };
  });
}

function countsOf(rows: readonly NumberedRow[]): Omit<AnalysedRows, keyof AnalysisSource | "leftOut"> {
  const all = <T>(of: (row: NumberedRow) => T): readonly T[] => [...new Set(rows.map(of))];
  return {
    rows: rows.length,
    people: all(({ population, person }) => JSON.stringify([population, person])).length,
    runs: all(({ run }) => run),
    populations: all(({ population }) => population),
    seeds: all(({ seed }) => seed),
    replicates: all(({ replicate }) => replicate).length,
    models: all(({ model }) => model),
  };
}
