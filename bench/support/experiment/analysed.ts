import { type AnalysisPlan, analyseExperiment, type ExperimentAnalysis, proposeAnalysis } from "../../../src/index.ts";
import type { madeUp, Truth } from "./rows.ts";

/** Three errors of simulation: a method that is right fails so by chance once in some 700 figures. */
export const errors = 3;
export const round = (value: number): number => Number(value.toFixed(4));
export const errorOf = (share: number, times: number): number => Math.sqrt((share * (1 - share)) / times);

/** What is compared. */
export const contrast: [string, string] = ["treated", "control"];

/** What is claimed of it. */
export type Claims = AnalysisPlan["claims"];

/** The analysis of rows, with these claims. */
export async function analysed(rows: ReturnType<typeof madeUp>, claims: Claims = {}): Promise<ExperimentAnalysis> {
  const { plan } = proposeAnalysis(rows);
  return (await analyseExperiment({ ...plan, claims }, rows)).analysis;
}

/** A design of which the truth is known. */
export interface Known {
  readonly name: string;
  readonly truth: Truth;
}
