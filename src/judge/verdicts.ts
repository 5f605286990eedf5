import { z } from "zod";
import type { Quote, Verdict } from "../kernel/contracts/person.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import { stands } from "./evidence.ts";
import { keyOf } from "./judge-prompt.ts";
import type { Judged, Proposition } from "./proposition.ts";

const reasoned = {
  why: z.string(),
  evidence: z.array(z.object({ entry: z.int().min(1), quote: z.string() })),
};
const Scored = z.object({ ...reasoned, score: z.int().min(0).max(9).nullable() });
const Held = z.object({ ...reasoned, holds: z.boolean().nullable() });

/** What a judge answers: for each proposition the reason, then the quotes, then the answer. */
export type JudgeAnswer = Readonly<Record<string, z.infer<typeof Scored> | z.infer<typeof Held>>>;

/** The form of the answer about these propositions. */
export function judgeSchema(propositions: readonly Proposition[]): z.ZodType<JudgeAnswer> {
  const fields = propositions.map(({ name, answer }) => [keyOf(name), answer === "score" ? Scored : Held] as const);
  return z.object(Object.fromEntries(fields));
}

/**
 * The verdicts of an answer. Quotes that do not stand in the entry that they name are left out; an error when an answer
 * is left without any, since a number that rests on nothing is none.
 */
export function verdictsOf(
  answer: JudgeAnswer,
  asked: { readonly propositions: readonly Proposition[]; readonly judged: Judged; readonly model: string },
): readonly Verdict[] | TinyTroupeError<"MODEL_INVALID"> {
  const { propositions, judged, model } = asked;
  const read = propositions.map(({ name }) => verdictOf(name, answer[keyOf(name)], judged));
  const issues = read.flatMap((verdict) => (typeof verdict === "string" ? [verdict] : []));
  if (issues.length === 0) return read as readonly Verdict[];
  return new TinyTroupeError("MODEL_INVALID", `The judge ${model} gave answers that rest on nothing.`, {
    data: { model, text: JSON.stringify(answer), issues },
    hint: "Ask again, or name a larger model as judge.",
  });
}

/** A verdict, or what is wrong with it. */
function verdictOf(name: string, answer: JudgeAnswer[string] | undefined, judged: Judged): Verdict | string {
  if (answer === undefined) return `${name}: it has no answer`;
  const given = "score" in answer ? answer.score : answer.holds;
  if (given === null) return { kind: "undecided", proposition: name, why: answer.why };
  const evidence = answer.evidence.flatMap(({ entry, quote }) => quoted(entry, quote, judged));
  if (evidence.length === 0) return `${name}: no quote of it stands in the entry that it names`;
  const rest = { proposition: name, why: answer.why, evidence };
  return typeof given === "number"
    ? { kind: "score", score: given, ...rest }
    : { kind: "truth", holds: given, ...rest };
}

function quoted(number: number, text: string, { record, draft }: Judged): readonly Quote[] {
  const entry = record[number - 1] ?? draft[number - 1 - record.length];
  return entry !== undefined && stands(text, entry) ? [{ entry: entry.id, text }] : [];
}
