import type { z } from "zod";
import type { Context } from "../../kernel/contracts/context.ts";
import type { Verdict } from "../../kernel/contracts/judging/verdict.ts";
import type { Message, Model, Purpose, Rehearsal, Usage } from "../../kernel/contracts/model.ts";
import type { Judged, Proposition } from "../proposition.ts";
import type { Hearing } from "./judge-prompt.ts";
import { type JudgeAnswer, judgeSchema, type Read, readAnswer, verdictOfCode } from "./verdicts.ts";

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
  /** Who judges: a name of the run's models. Default `judge`. */
  readonly by?: string;
  /** What rests on no quote is not asked for again. */
  readonly once?: true;
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

/** The model that judges; MODEL_UNKNOWN for a name that the run does not know. */
export const judgeOf = ({ context, by = "judge" }: Pick<Asking, "context" | "by">): Model => context.models.named(by);

/** One call to the judge. Throws the model's errors. */
export async function askJudge(hearing: Hearing, messages: readonly Message[], asking: Asking): Promise<Heard> {
  const { context, schemas, purpose = "judge", temperature = 0, by: _, once: __, ...rest } = asking;
  const { value, usage, heuristic } = await judgeOf(asking).generate({
    ...rest,
    messages,
    schema: schemas(hearing.propositions),
    purpose,
    scope: context.scope,
    temperature,
  });
  return { answer: value, reads: readAnswer(value, hearing), usage, ...(heuristic && { heuristic }) };
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
