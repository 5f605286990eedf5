import type { Context, Subject } from "../kernel/contracts/context.ts";
import type { ModelReply, Purpose, Rehearsal, Usage } from "../kernel/contracts/model.ts";
import type { Verdict } from "../kernel/contracts/person.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import { personaProse } from "../persona/prose.ts";
import type { Persona } from "../persona/schema.ts";
import { judgeMessages, type Portrayed } from "./judge-prompt.ts";
import { checkedPropositions, type Judged, type Proposition } from "./proposition.ts";
import { type JudgeAnswer, judgeSchema, verdictsOf } from "./verdicts.ts";

/** What can be judged: a person, a world of them, or anything else with a transcript. */
export interface Judgeable extends Subject {
  readonly persona?: Persona;
  readonly people?: readonly object[];
}

/** How it is judged. */
export interface JudgeOptions {
  /** Judge the last so many entries of the transcript alone. */
  readonly last?: number;
  /** Who the people are; unless told, whom the subject is or holds. */
  readonly personas?: readonly Persona[];
  /** What the ledger adds it up by. Default `judge`. */
  readonly purpose?: Purpose;
  /** What the ledger adds it up by beside its purpose, in words of the program: `survey`, say. */
  readonly label?: string;
  /** The step of a world in which it is asked, as in `focus-group/3`. */
  readonly step?: string;
  readonly signal?: AbortSignal;
}

/** One verdict for each proposition, in their order. */
export interface Judgement {
  readonly verdicts: readonly Verdict[];
  readonly usage: Usage;
  /** Set when rules, not a language model, judged. */
  readonly heuristic?: true;
}

/**
 * Judges a transcript by propositions, all in one call to the run's judge. Each score and each truth comes with quotes
 * that were found in the transcript; where nothing bears on a proposition its verdict is `undecided`. Recorded as
 * `judged`.
 *
 * Throws OPTION_INVALID when there is nothing to judge or a proposition is none, MODEL_UNSUPPORTED when the judge is too
 * small for it, MODEL_INVALID when an answer rests on no quote, and the model's errors.
 * @example
 * const { verdicts } = await judge(lisa, [rubrics.fluency, { name: "sold", claim: "Lisa buys it.", answer: "truth" }]);
 */
export async function judge(
  subject: Judgeable,
  propositions: readonly Proposition[],
  options: JudgeOptions = {},
): Promise<Judgement> {
  const { last, personas = personasOf(subject), ...asked } = options;
  const record = last === undefined ? subject.transcript() : lastOf(subject.transcript(), last);
  if (record.length === 0) throw nothingHappened(subject.name);
  if (propositions.some((proposition) => proposition.needsPersona) && personas.length === 0) throw nobody(subject.name);
  const claims = propositions.map(({ name, claim, answer }) => ({ name, claim, answer }));
  const context = subject.context.forkAsking("judge", { claims, last });
  const ask = createJudge(propositions, context);
  if (ask === undefined) throw tooSmall(context.models.judge.id);
  const portrayed = personas.map((one) => ({ name: one.name, prose: personaProse(one, { for: "full" }) }));
  const judged: Judged = { subject: subject.name, record, draft: [] };
  const { problem, verdicts, usage, heuristic } = await ask({ judged, personas: portrayed, ...asked });
  if (problem !== undefined) throw problem;
  context.journal.record({ type: "judged", subject: subject.name, verdicts, ...(heuristic && { heuristic }) });
  return { verdicts, usage, ...(heuristic && { heuristic }) };
}

/** Whether one proposition is true of a transcript; a text is a claim of one's own. Errors as `judge`. */
export function checkProposition(
  subject: Judgeable,
  claim: string | Proposition,
  options?: JudgeOptions,
): Promise<Verdict> {
  return one(subject, { ...asProposition(claim), answer: "truth" }, options);
}

/** How true one proposition is of a transcript, from 0 to 9; a text is a claim of one's own. Errors as `judge`. */
export function computeScore(
  subject: Judgeable,
  claim: string | Proposition,
  options?: JudgeOptions,
): Promise<Verdict> {
  return one(subject, { ...asProposition(claim), answer: "score" }, options);
}

function asProposition(claim: string | Proposition): Omit<Proposition, "answer"> {
  return typeof claim === "string" ? { name: "claim", claim } : claim;
}

async function one(subject: Judgeable, proposition: Proposition, options?: JudgeOptions): Promise<Verdict> {
  const { verdicts } = await judge(subject, [proposition], options);
  return verdicts[0] as Verdict;
}

/** One case that is brought before a judge. */
export interface Case {
  readonly judged: Judged;
  readonly personas: readonly Portrayed[];
  readonly purpose?: Purpose;
  readonly label?: string;
  readonly step?: string;
  readonly signal?: AbortSignal;
  readonly rehearsal?: Rehearsal;
}

/** What came of a case. */
export interface Judging extends Judgement {
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
  const schemas = new Map<string, ReturnType<typeof judgeSchema>>();
  return async ({ judged, personas, purpose = "judge", label, step, signal, rehearsal }) => {
    const applying = known.filter(({ precondition }) => precondition?.(judged) ?? true);
    if (applying.length === 0) {
      return { verdicts: inOrder(known, []), usage: { input: 0, output: 0 }, calls: 0 };
    }
    const names = applying.map((proposition) => proposition.name).join();
    const schema = schemas.get(names) ?? judgeSchema(applying);
    schemas.set(names, schema);
    const reply: ModelReply<JudgeAnswer> = await model.generate({
      messages: judgeMessages(applying, judged, personas),
      schema,
      purpose,
      scope: context.scope,
      temperature: 0,
      ...(rehearsal && { rehearsal }),
      ...(label !== undefined && { label }),
      ...(step !== undefined && { step }),
      ...(signal && { signal }),
    });
    const read = verdictsOf(reply.value, { propositions: applying, judged, model: model.id });
    const paid = { usage: reply.usage, calls: 1 as const, ...(reply.heuristic && { heuristic: true as const }) };
    if (read instanceof TinyTroupeError) return { verdicts: [], problem: read, ...paid };
    return { verdicts: inOrder(known, read), ...paid };
  };
}

function inOrder(propositions: readonly Proposition[], verdicts: readonly Verdict[]): readonly Verdict[] {
  return propositions.map(
    ({ name }) =>
      verdicts.find((verdict) => verdict.proposition === name) ?? { kind: "inapplicable", proposition: name },
  );
}

function personasOf({ persona, people = [] }: Judgeable): readonly Persona[] {
  if (persona !== undefined) return [persona];
  return people.flatMap((one) => ("persona" in one ? [one.persona as Persona] : []));
}

function lastOf<T>(entries: readonly T[], count: number): readonly T[] {
  if (!Number.isInteger(count) || count < 1) {
    throw new TinyTroupeError("OPTION_INVALID", `The option 'last' of judge is ${String(count)}.`, {
      data: { option: "last", value: count },
      hint: "Give a whole number from 1, or leave it out.",
    });
  }
  return entries.slice(-count);
}

function nothingHappened(name: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `Nothing has happened to ${name} yet, so there is nothing to judge.`, {
    data: { option: "subject", value: name },
    hint: "Judge after somebody has acted, as after listenAndAct or run.",
  });
}

function nobody(name: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError(
    "OPTION_INVALID",
    `Who the people of ${name} are is not known, and a claim is about that.`,
    {
      data: { option: "personas" },
      hint: "Give `personas`, or leave out propositions that need them.",
    },
  );
}

function tooSmall(model: string): TinyTroupeError<"MODEL_UNSUPPORTED"> {
  return new TinyTroupeError("MODEL_UNSUPPORTED", `The model ${model} is too small to judge.`, {
    data: { model, feature: "judging" },
    hint: "Name a larger model as judge.",
  });
}
