import type { Verdict } from "../../kernel/contracts/judging/verdict.ts";
import type { DraftReview } from "../../kernel/contracts/person.ts";
import { type Drafted, isSpoken } from "./checks/draft-checks.ts";

/**
 * How good a draft is, from -1 to 1, to choose among drafts of which none passed: the mean of its scores, less the share
 * of its words that rules found fault with, of what it repeats above all. The more a draft repeats, the less it is worth.
 */
export function utility({ actions, repeated }: Drafted, { findings, verdicts }: DraftReview): number {
  const scores = verdicts.flatMap(scoreOf);
  const mean = scores.length === 0 ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length / 9;
  const texts = actions.filter(isSpoken).length + repeated.length;
  const faulty = new Set(findings.flatMap(({ action }) => action ?? [])).size + repeated.length;
  return mean - (texts === 0 ? 0 : faulty / texts);
}

/** A verdict as a number from 0 to 9; none where there is no answer. */
export function scoreOf(verdict: Verdict): readonly number[] {
  if (verdict.kind === "score") return [verdict.score];
  return verdict.kind === "truth" ? [verdict.holds ? 9 : 0] : [];
}

/** The verdicts that refuse a draft. */
export function failing(verdicts: readonly Verdict[], threshold: number): readonly Verdict[] {
  return verdicts.filter((verdict) =>
    verdict.kind === "truth" ? !verdict.holds : verdict.kind === "score" && verdict.score < threshold,
  );
}
