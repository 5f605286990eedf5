import type { CheckedEffect, EffectFigure, ExperimentAnalysis, Stability } from "../../../index.ts";
import type { Session } from "../../session.ts";
import { table } from "../../terminal/table.ts";
import { harmless } from "../../terminal/text.ts";

/** Effects that a terminal shows: the others stand in the report. */
const mostShown = 20;

/** Shows what an experiment came to: what was declared first, then what was not, and what values differ by. */
export function showAnalysis(session: Session, analysis: ExperimentAnalysis): void {
  const { out, outStyle: style } = session;
  const { plan, of, claims, effects } = analysis;
  const look = { width: out.width, style };
  const counts = `${of.rows} rows · ${of.people} people · ${of.runs.length} runs · ${of.models.join(", ")}`;
  out.say(harmless(`${plan.name}: ${counts}`), style.dim);
  for (const note of of.notes ?? []) out.say(harmless(note), style.warn);
  if (of.models.includes("builtin"))
    out.say("builtin is no language model: this is a rehearsal, and its figures are no insight.", style.warn);
  const declared = effects.filter((figure) => figure.claims.length > 0);
  if (claims.length > 0) {
    out.print("", style.bold("Declared beforehand"), ...table(claims.map(claimLine), look));
    if (plan.digest !== undefined) out.say(`SHA-256 of what was declared: ${plan.digest}`, style.dim);
  }
  for (const figure of declared) showLost(session, figure);
  showCrossover(session, analysis);
  const others = effects.filter((figure) => figure.claims.length === 0);
  if (others.length > 0) {
    const shown = others.slice(0, mostShown);
    const more = others.length > shown.length ? ` (the first ${shown.length} of ${others.length})` : "";
    out.print("", style.bold(`Exploratory${more}`), ...table(shown.map(exploratoryLine), look));
  }
  if (claims.length === 0) out.say("Nothing was declared beforehand: all of this is exploratory.", style.dim);
  showVariance(session, analysis);
}

function claimLine({ claim, status, bound, corrected, because, repeats = [], ...found }: CheckedEffect) {
  const p = corrected === undefined ? "" : chance(corrected);
  return { claim, status, claimed: bound, found: difference(found), p, repeats: verdicts(repeats), because };
}

function exploratoryLine(figure: EffectFigure) {
  const { metric, option, contrast, pairs, p, reason, stability } = figure;
  return {
    what: option === undefined ? metric : `${metric}: ${option}`,
    ...{ contrast, pairs, found: figure.value === undefined ? (reason ?? "") : difference(figure) },
    ...{ p: p === undefined ? "" : chance(p), repeats: verdicts(stability) },
  };
}

function showLost({ out, outStyle: style }: Session, { attrition, contrast, metric, pairs }: EffectFigure): void {
  if (!attrition.flagged) return;
  const reasons = Object.entries(attrition.reasons).map(([reason, count]) => `${reason} ${count}`);
  const sides = `${attrition.treatment} on the first side, ${attrition.control} on the other`;
  const all = attrition.lost + pairs;
  out.say(
    harmless(`${metric}, ${contrast}: ${attrition.lost} of ${all} lost (${sides}): ${reasons.join(", ")}`),
    style.warn,
  );
}

/** Whether the order of arms matters; in full it stands in the report. */
function showCrossover({ out, outStyle: style }: Session, { crossover }: ExperimentAnalysis): void {
  if (crossover.length === 0) return;
  const shown = crossover.slice(0, mostShown);
  const more = crossover.length > shown.length ? ` (the first ${shown.length} of ${crossover.length})` : "";
  const rows = shown.map(({ metric, option, contrast, p, reason, ...figure }) => ({
    what: option === undefined ? metric : `${metric}: ${option}`,
    ...{ contrast, found: figure.value === undefined ? (reason ?? "") : difference(figure) },
    p: p === undefined ? "" : chance(p),
  }));
  out.print("", style.bold(`Periods and carry-over${more}`), ...table(rows, { width: out.width, style }));
}

function showVariance({ out, outStyle: style }: Session, { variance }: ExperimentAnalysis): void {
  const rows = variance.flatMap((split) => {
    if ("reason" in split) return [];
    const lone = split.components.map(({ name, share }) => `${name} ${percent(share)}`);
    const mixed = split.confounded.map(({ names, together }) => {
      return `${names.join(" or ")} ${together === undefined ? "?" : percent(together.share)}`;
    });
    return [{ metric: split.metric, "differs by": [...lone, ...mixed].join(", ") }];
  });
  if (rows.length > 0) out.print("", ...table(rows, { width: out.width, style }));
}

const verdicts = (all: readonly Pick<Stability, "dimension" | "verdict">[]): string =>
  all.flatMap(({ dimension, verdict }) => (verdict === "not tried" ? [] : [`${dimension} ${verdict}`])).join(", ") ||
  "not tried";

function difference({
  value,
  low,
  high,
}: {
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
}): string {
  if (value === undefined) return "";
  return low === undefined || high === undefined
    ? rounded(value)
    : `${rounded(value)} (${rounded(low)} to ${rounded(high)})`;
}

const rounded = (value: number): string => (Math.abs(value) < 0.005 ? 0 : value).toFixed(2);
const chance = (p: number): string => (p < 0.001 ? "< 0.001" : p.toFixed(3));
const percent = (share: number): string => `${Math.round(100 * share)}%`;
