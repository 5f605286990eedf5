import type { Verdict } from "../kernel/contracts/judging/verdict.ts";
import { createBench, type Judgeable, type Judgement, type JudgeOptions, warnOfBench } from "./bench.ts";
import { literalClaim } from "./claim.ts";
import type { Proposition } from "./proposition.ts";

/**
 * Judges a transcript, or those of several together, by propositions: all in one call to the run's judge, as long as the
 * transcript fits its context. Each score and each truth comes with quotes that were found in the transcript; where
 * nothing bears on a proposition its verdict is `undecided`, and where its answer cannot be used an `error`. Recorded as `judged`. Warns where the judge is the model that
 * acted.
 *
 * Throws OPTION_INVALID when there is nothing to judge or a proposition is none, MODEL_UNSUPPORTED when the judge is too
 * small for it, MODEL_INVALID when no proposition has an answer that rests on a quote, and the model's errors.
 * @example
 * const { verdicts } = await judge(lisa, [stockPropositions.fluency, { name: "sold", claim: "Lisa buys it.", answer: "truth" }]);
 */
export async function judge(
  subject: Judgeable | readonly Judgeable[],
  propositions: readonly Proposition[],
  options: JudgeOptions = {},
): Promise<Judgement> {
  const bench = createBench(propositions, options);
  const subjects = listed(subject);
  if (subjects[0] !== undefined) warnOfBench(subjects[0].context, options);
  return bench(subjects);
}

/** Whether one proposition is true of a transcript; a text is a claim of one's own. Errors as `judge`. */
export function checkProposition(
  subject: Judgeable | readonly Judgeable[],
  claim: string | Omit<Proposition, "answer">,
  options?: JudgeOptions,
): Promise<Verdict> {
  return one(subject, { ...asProposition(claim), answer: "truth" }, options);
}

/** How true one proposition is of a transcript, from 0 to 9; a text is a claim of one's own. Errors as `judge`. */
export function computeScore(
  subject: Judgeable | readonly Judgeable[],
  claim: string | Omit<Proposition, "answer">,
  options?: JudgeOptions,
): Promise<Verdict> {
  return one(subject, { ...asProposition(claim), answer: "score" }, options);
}

function asProposition(claim: string | Omit<Proposition, "answer">): Omit<Proposition, "answer"> {
  return typeof claim === "string" ? literalClaim("claim", claim) : claim;
}

async function one(
  subject: Judgeable | readonly Judgeable[],
  proposition: Proposition,
  options?: JudgeOptions,
): Promise<Verdict> {
  const { verdicts } = await judge(subject, [proposition], options);
  return verdicts[0] as Verdict;
}

const listed = (subject: Judgeable | readonly Judgeable[]): readonly Judgeable[] =>
  "context" in subject ? [subject] : subject;
