import { createBench } from "../../judge/bench.ts";
import { literalClaim } from "../../judge/claim.ts";
import type { Context } from "../../kernel/contracts/context.ts";
import type { JudgeCalibration } from "../../kernel/contracts/judging/calibration.ts";
import type { Verdict } from "../../kernel/contracts/judging/verdict.ts";
import { eachRow, type RowResult } from "../../kernel/rows/rows.ts";
import { type Anchor, digestOfAnchors } from "../anchors.ts";
import { figuresOfScores, figuresOfTruths } from "./figures.ts";

/** How a judge is calibrated. */
export interface CalibrateOptions {
  /** Independent answers to each, as `judge` takes them; what is judged later should have as many. Default 1. */
  readonly samples?: number;
  /** Cases at once. Default 16. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  readonly onRow?: (row: CalibrationRow) => unknown;
}

/** A case and what the judge said of it. */
export interface CalibrationRow {
  readonly id: string;
  readonly claim: string;
  readonly label: boolean | number;
  /** Absent where the judge did not decide, or had no usable answer. */
  readonly given?: boolean | number;
  readonly kind: Verdict["kind"];
  readonly why?: string;
}

/** How far off a judge is, and on what. */
export interface Calibration {
  /** To be given to `judge`, which keeps it beside its verdicts. */
  readonly summary: JudgeCalibration;
  readonly rows: readonly CalibrationRow[];
}

/**
 * Has the run's judge answer cases of which the answers are known, and says how far off it is: bias, mean error, agreement
 * (κ, α) and rank correlation, each with its interval of 95 %. Cases that it leaves undecided or fails on are counted and
 * never guessed; where nothing came of any of them, why is thrown. Throws as `judgeEach`.
 * @example
 * const anchors = readAnchors([{ text: "Never!", claim: "Somebody refuses.", label: true }]);
 * const { summary } = await calibrateJudge(simulation.context, anchors);
 * summary.asked; // => 1
 */
export async function calibrateJudge(
  context: Context,
  anchors: readonly Anchor[],
  { samples = 1, concurrency, signal, onRow }: CalibrateOptions = {},
): Promise<Calibration> {
  const place = context.fork("calibration");
  const told = (row: RowResult<Verdict>, index: number): CalibrationRow => rowOf(anchors[index] as Anchor, row);
  const found = await eachRow<Anchor, Verdict>(anchors, (anchor, key) => asked(anchor, place.fork(key), samples), {
    key: ({ id }) => id,
    ...(concurrency !== undefined && { concurrency }),
    ...(signal && { signal }),
    ...(onRow && { onRow: (row, index) => onRow(told(row, index)) }),
  });
  const rows = found.map(told);
  const random = place.random.fork("intervals");
  const scored = rows.flatMap(({ label, given }) =>
    typeof label === "number" && typeof given === "number" ? [{ label, given }] : [],
  );
  const held = rows.flatMap(({ label, given }) =>
    typeof label === "boolean" && typeof given === "boolean" ? [{ label, given }] : [],
  );
  const { judge } = context.models;
  const summary: JudgeCalibration = {
    judge: judge.id,
    anchors: digestOfAnchors(anchors),
    ...{ asked: rows.length, samples },
    undecided: rows.filter(({ kind }) => kind === "undecided").length,
    failed: rows.filter(({ kind }) => kind === "error").length,
    ...(judge.id === "builtin" && { heuristic: true as const }),
    ...(scored.length > 0 && { scores: await figuresOfScores(scored, random.fork("scores")) }),
    ...(held.length > 0 && { truths: await figuresOfTruths(held, random.fork("truths")) }),
  };
  return { summary, rows };
}

async function asked({ id, claim, label, transcript }: Anchor, context: Context, samples: number): Promise<Verdict> {
  const answer = typeof label === "number" ? "score" : "truth";
  const entries = transcript.map(({ from, text }, place) => ({
    ...{ id: `anchor:${id}#${place}`, kind: "action" as const, type: "TALK", from, to: [], text },
  }));
  const bench = createBench([{ ...literalClaim("claim", claim), answer }], { samples, label: "calibration" });
  const { verdicts } = await bench([{ name: "somebody", context, transcript: () => entries }]);
  return verdicts[0] as Verdict;
}

function rowOf({ id, claim, label }: Anchor, row: RowResult<Verdict>): CalibrationRow {
  if ("error" in row) return { id, claim, label, kind: "error", why: row.error.message };
  const verdict = row.value;
  if (verdict.kind === "inapplicable") return { id, claim, label, kind: verdict.kind };
  if (verdict.kind === "error") return { id, claim, label, kind: verdict.kind, why: verdict.error.message };
  const given = verdict.kind === "score" ? verdict.score : verdict.kind === "truth" ? verdict.holds : undefined;
  return { id, claim, label, ...(given !== undefined && { given }), kind: verdict.kind, why: verdict.why };
}
