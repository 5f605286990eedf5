import { isMeasured } from "../../../statistics/measured.ts";
import { benjaminiHochberg, holm } from "../../../statistics/multiplicity.ts";
import type { EffectClaim } from "../../design/claim.ts";
import { clusteringOf } from "../effects/clusters.ts";
import { differencesOf } from "../effects/effect.ts";
import type { EffectFigure, TracedEffect } from "../figures.ts";
import type { AnalysisPlan } from "../plan.ts";
import type { Stability } from "../stability/stability.ts";
import { boundOf, testClaim } from "./claim-test.ts";

/** What became of a claim that was declared beforehand. */
export interface CheckedEffect {
  readonly claim: string;
  /** The id of its figure. */
  readonly figure: string;
  readonly metric: string;
  readonly option?: string;
  readonly contrast: string;
  /** What was claimed, as in `greater, by at least 0.5`. */
  readonly bound: string;
  readonly status: "passed" | "failed" | "unmeasured";
  /** What that rests on, in a sentence. */
  readonly because: string;
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
  /** That what was claimed is not so; and the same corrected for the number of claims. */
  readonly p?: number;
  readonly corrected?: number;
  readonly test?: string;
  /** Why it was expected. */
  readonly why?: string;
  /** Along what it repeats; absent where it could not be measured. */
  readonly repeats?: readonly Pick<Stability, "dimension" | "verdict">[];
}

/**
 * Which claims passed. One does whose p value, corrected for all that were declared, is at most 1 − level: its test asks for the
 * direction and the least distance that were declared. A claim that cannot be measured counts in the correction, too.
 */
export async function checkEffects(
  { claims, correction, level }: AnalysisPlan,
  all: readonly TracedEffect[],
): Promise<readonly CheckedEffect[]> {
  const rows = await Promise.all(Object.entries(claims).map(([name, claim]) => tested(name, claim, all)));
  const correct = { holm, "benjamini-hochberg": benjaminiHochberg }[correction];
  const corrected = correct(rows.map(({ p = 1 }) => p));
  return rows.map((row, place) => {
    if (row.status === "unmeasured") return row;
    const p = corrected[place] as number;
    const passed = p <= 1 - level + 1e-12;
    return { ...row, corrected: p, status: passed ? "passed" : "failed", because: reasonOf(row, { p, passed, level }) };
  });
}

async function tested(name: string, claim: EffectClaim, all: readonly TracedEffect[]): Promise<CheckedEffect> {
  const found = all.find(({ figure }) => figure.claims.includes(name));
  const { metric, option, why } = claim;
  const head = { claim: name, metric, bound: boundOf(claim), ...(option && { option }), ...(why && { why }) };
  const none = (because: string, figure?: EffectFigure): CheckedEffect => ({
    ...head,
    ...{ figure: figure?.id ?? "", contrast: figure?.contrast ?? "", status: "unmeasured", because },
  });
  if (found === undefined) return none("There are no values that could be compared.");
  const { figure, paired, measure } = found;
  const { value, low, high } = figure;
  if (value === undefined) return none(sentence(figure.reason ?? "there is no figure"), figure);
  const values = differencesOf(paired.pairs, measure);
  const chance = await testClaim(claim, { values, clustering: clusteringOf(paired.pairs), measure: measure.name });
  const figures = { value, ...(low !== undefined && { low }), ...(high !== undefined && { high }) };
  if (!isMeasured(chance)) return { ...none(sentence(figure.reason ?? chance.reason), figure), ...figures };
  return {
    ...{ ...head, ...figures, figure: figure.id, contrast: figure.contrast, p: chance.p, test: chance.test },
    repeats: figure.stability.map((row) => ({ dimension: row.dimension, verdict: verdictOn(claim, row) })),
    // What it comes to is settled once all are corrected.
    ...{ status: "failed", because: direction(claim, value) },
  };
}

/** That two are equivalent repeats where each level by itself keeps within the margin. */
function verdictOn({ direction, margin = 0 }: EffectClaim, { verdict, levels }: Stability): Stability["verdict"] {
  if (direction !== "equivalent" || verdict === "not tried") return verdict;
  const within = levels.every(({ low = -Infinity, high = Infinity }) => low >= -margin && high <= margin);
  return within ? "stable" : "fragile";
}

/** Which way the effect goes, where that is not what was claimed. */
function direction({ direction: claimed, least = 0 }: EffectClaim, value: number): string {
  if (claimed === "equivalent") return "";
  const along = claimed === "different" ? Math.abs(value) : claimed === "greater" ? value : -value;
  if (along <= 0) return "The effect does not go that way.";
  return along <= least ? `The effect is below ${least}.` : "";
}

function reasonOf(
  { because, p: alone = 1 }: CheckedEffect,
  { p, passed, level }: { readonly p: number; readonly passed: boolean; readonly level: number },
): string {
  if (passed) return "It passed its test, after correction.";
  if (because !== "") return because;
  if (alone <= 1 - level)
    return `Alone it would pass; of all that was claimed together it does not (p ${p.toFixed(3)}).`;
  return "Chance alone would often show as much.";
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
