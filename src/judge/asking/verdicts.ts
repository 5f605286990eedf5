import { z } from "zod";
import type { Quote, Verdict } from "../../kernel/contracts/judging/verdict.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { Decision, Judged, Proposition } from "../proposition.ts";
import { stands } from "./evidence.ts";
import { keyOf } from "./judge-prompt.ts";

const reasoned = {
  why: z.string(),
  evidence: z.array(z.object({ entry: z.int().min(1), quote: z.string() })),
};
const confidence = z.number().min(0).max(1).optional();
const Scored = z.object({ ...reasoned, score: z.int().min(0).max(9).nullable(), confidence });
const Held = z.object({ ...reasoned, holds: z.boolean().nullable(), confidence });

/** What a judge answers: for each proposition the reason, then the quotes, then the answer and how sure it is. */
export type JudgeAnswer = Readonly<Record<string, z.infer<typeof Scored> | z.infer<typeof Held>>>;

/** The form of the answer about these propositions. */
export function judgeSchema(propositions: readonly Proposition[]): z.ZodType<JudgeAnswer> {
  const fields = propositions.map(({ name, answer }) => [keyOf(name), answer === "score" ? Scored : Held] as const);
  return z.object(Object.fromEntries(fields));
}

/** The verdict on one proposition, or what is wrong with the answer to it. */
export type Read = Verdict | { readonly kind: "unusable"; readonly proposition: string; readonly issue: string };

/**
 * What an answer says of each proposition, in their order. Quotes that do not stand in the entry that they name are left
 * out, and what is left without any is of no use, since a number that rests on nothing is none.
 */
export function readAnswer(
  answer: JudgeAnswer,
  { propositions, judged }: { readonly propositions: readonly Proposition[]; readonly judged: Judged },
): readonly Read[] {
  return propositions.map(({ name }) => readOne(name, answer[keyOf(name)], judged));
}

function readOne(proposition: string, answer: JudgeAnswer[string] | undefined, judged: Judged): Read {
  if (answer === undefined) return { kind: "unusable", proposition, issue: "it has no answer" };
  const { why, confidence: sure } = answer;
  const given = "score" in answer ? answer.score : answer.holds;
  if (given === null) return { kind: "undecided", proposition, why };
  const evidence = answer.evidence.flatMap(({ entry, quote }) => quoted(entry, quote, judged));
  if (evidence.length === 0) {
    return { kind: "unusable", proposition, issue: "no quote of it stands in the entry that it names" };
  }
  const rest = { proposition, why, evidence, ...(sure !== undefined && { confidence: sure }) };
  return typeof given === "number"
    ? { kind: "score", score: given, ...rest }
    : { kind: "truth", holds: given, ...rest };
}

function quoted(number: number, text: string, { record, draft }: Judged): readonly Quote[] {
  const entry = record[number - 1] ?? draft[number - 1 - record.length];
  return entry !== undefined && stands(text, entry) ? [{ entry: entry.id, text }] : [];
}

/** What code decides, as a verdict. */
export function verdictOfCode({ name, answer }: Proposition, decision: Decision | undefined): Verdict {
  if (decision === undefined) return { kind: "undecided", proposition: name, why: "Nothing here bears on it." };
  const { holds, why } = decision;
  const evidence = decision.evidence.map(({ id, text }) => ({ entry: id, text }));
  const rest = { proposition: name, why, evidence, confidence: 1 };
  return answer === "truth" ? { kind: "truth", holds, ...rest } : { kind: "score", score: holds ? 9 : 0, ...rest };
}

/** Answers of no use, as the error that they are. */
export function restsOnNothing(model: string, reads: readonly Read[]): TinyTroupeError<"MODEL_INVALID"> {
  const issues = reads.flatMap((read) => (read.kind === "unusable" ? [`${read.proposition}: ${read.issue}`] : []));
  return new TinyTroupeError("MODEL_INVALID", `The judge ${model} gave answers that rest on nothing.`, {
    data: { model, text: JSON.stringify(reads), issues: [...new Set(issues)] },
    hint: "Ask again, or name a larger model as judge.",
  });
}
