import type { Interval } from "../../statistics/intervals/interval.ts";
import { meanInterval } from "../../statistics/intervals/mean.ts";
import { shareInterval } from "../../statistics/intervals/share.ts";
import type { Unmeasured } from "../../statistics/measured.ts";

/** How well somebody did in one respect. */
export interface DimensionScore {
  readonly name: string;
  /** What code can hold an answer against is never judged. */
  readonly by: "rule" | "judge";
  /** From 0 to 1, or why there is none. */
  readonly score: number | Unmeasured;
  /** Of the score: by Wilson over questions (of `in-character` over interviews), of a judge's by Student's t over interviews; or why there is none. */
  readonly interval: Interval | Unmeasured;
  /** Questions, or interviews. */
  readonly n: number;
}

/**
 * The mean over questions, each a share of its samples from 0 to 1, or over interviews, each a share of its answers. Samples of
 * one question are no further questions, and answers of one interview no further interviews.
 */
export async function ofQuestions(name: string, shares: readonly number[]): Promise<DimensionScore> {
  const n = shares.length;
  const none = { reason: "nothing was asked" };
  if (n === 0) return { name, by: "rule", score: none, interval: none, n };
  const sum = shares.reduce((total, share) => total + share, 0);
  return { name, by: "rule", score: sum / n, interval: await shareInterval(sum, n), n };
}

/** The mean over interviews of a judge's scores from 0 to 9; those that were undecided say nothing. */
export async function ofScores(name: string, scores: readonly number[]): Promise<DimensionScore> {
  const n = scores.length;
  const parts = scores.map((score) => score / 9);
  const none = { reason: "nothing bears on it" };
  if (n === 0) return { name, by: "judge", score: none, interval: none, n };
  const found = await meanInterval(parts);
  const score = parts.reduce((total, part) => total + part, 0) / n;
  if (!("mean" in found)) return { name, by: "judge", score, interval: found, n };
  const { low, high, level } = found;
  return { name, by: "judge", score, interval: { low: Math.max(0, low), high: Math.min(1, high), level }, n };
}
