import type { z } from "zod";
import type { Context } from "../../kernel/contracts/context.ts";
import type { Verdict } from "../../kernel/contracts/judging/verdict.ts";
import type { Message, Purpose, Rehearsal, Usage } from "../../kernel/contracts/model.ts";
import type { TinyTroupeError } from "../../kernel/values/errors.ts";
import { checkedPropositions, type Judged, type Proposition } from "../proposition.ts";
import { type Hearing, judgeMessages, type Portrayed } from "./judge-prompt.ts";
import { type JudgeAnswer, judgeSchema, type Read, readAnswer, restsOnNothing, verdictOfCode } from "./verdicts.ts";

/** How a judge is asked: in which place of the run, for what, and until when. */
export interface Asking {
  readonly context: Context;
  readonly schemas: Schemas;
  readonly purpose?: Purpose;
  readonly label?: string;
  /** The step of a world in which it is asked, as in `focus-group/3`. */
  readonly step?: string;
  readonly signal?: AbortSignal;
  readonly rehearsal?: Rehearsal;
  readonly temperature?: number;
  /** The n-th independent answer to the same question, from 0. */
  readonly sample?: number;
}

/** The form of the answer about some propositions; the same object for the same ones. */
export type Schemas = (propositions: readonly Proposition[]) => z.ZodType<JudgeAnswer>;

/** Forms that are made once each. */
export function createSchemas(): Schemas {
  const made = new Map<string, z.ZodType<JudgeAnswer>>();
  return (propositions) => {
    const key = propositions.map(({ name, answer }) => `${name} ${answer}`).join();
    const schema = made.get(key) ?? judgeSchema(propositions);
    made.set(key, schema);
    return schema;
  };
}

/** What one call gave. */
export interface Heard {
  /** As it was given. */
  readonly answer: JudgeAnswer;
  readonly reads: readonly Read[];
  readonly usage: Usage;
  readonly heuristic?: true;
}

/** One call to the judge. Throws the model's errors. */
export async function askJudge(hearing: Hearing, messages: readonly Message[], asking: Asking): Promise<Heard> {
  const { context, schemas, purpose = "judge", temperature = 0, ...rest } = asking;
  const { value, usage, heuristic } = await context.models.judge.generate({
    ...rest,
    messages,
    schema: schemas(hearing.propositions),
    purpose,
    scope: context.scope,
    temperature,
  });
  return { answer: value, reads: readAnswer(value, hearing), usage, ...(heuristic && { heuristic }) };
}

/** One case that is brought before a judge. */
export interface Case extends Omit<Asking, "context" | "schemas"> {
  readonly judged: Judged;
  readonly personas: readonly Portrayed[];
}

/** What came of a case: one verdict for each proposition, in their order. */
export interface Judging {
  readonly verdicts: readonly Verdict[];
  readonly usage: Usage;
  readonly heuristic?: true;
  readonly calls: 0 | 1;
  /** The answer was of no use, and there are no verdicts: MODEL_INVALID. */
  readonly problem?: TinyTroupeError;
}

/** A judge of these propositions, who makes one call a case, or none where no proposition applies. */
export type Judge = (asked: Case) => Promise<Judging>;

/** Nobody when the model is too small to be trusted with it. The calls have the context's scope. */
export function createJudge(propositions: readonly Proposition[], context: Context): Judge | undefined {
  const known = checkedPropositions(propositions);
  const model = context.models.judge;
  if (model.limits.following === "small") return undefined;
  const schemas = createSchemas();
  return async ({ judged, personas, ...asked }) => {
    const { open, settled } = withoutModel(known, judged);
    if (open.length === 0) return { verdicts: settled, usage: { input: 0, output: 0 }, calls: 0 };
    const hearing = { propositions: open, judged, personas };
    const {
      reads,
      answer: _,
      ...paid
    } = await askJudge(hearing, judgeMessages(hearing), { ...asked, context, schemas });
    const verdicts = reads.filter((read) => read.kind !== "unusable");
    if (verdicts.length === reads.length) {
      return { verdicts: inOrder(known, [...settled, ...verdicts]), ...paid, calls: 1 };
    }
    return { verdicts: [], problem: restsOnNothing(model.id, reads), ...paid, calls: 1 };
  };
}

/** What needs no model: propositions that do not apply, and those that code decides; and what is left. */
export function withoutModel(
  propositions: readonly Proposition[],
  judged: Judged,
): { readonly settled: readonly Verdict[]; readonly open: readonly Proposition[] } {
  const settled: Verdict[] = [];
  const open: Proposition[] = [];
  for (const proposition of propositions) {
    const { name, precondition, decide } = proposition;
    if (precondition?.(judged) === false) settled.push({ kind: "inapplicable", proposition: name });
    else if (decide !== undefined) settled.push(verdictOfCode(proposition, decide(judged)));
    else open.push(proposition);
  }
  return { settled, open };
}

/** The verdicts in the order of their propositions. */
export function inOrder(propositions: readonly Proposition[], verdicts: readonly Verdict[]): readonly Verdict[] {
  const byName = new Map(verdicts.map((verdict) => [verdict.proposition, verdict]));
  return propositions.flatMap(({ name }) => byName.get(name) ?? []);
}
