import type { Context, Subject } from "../kernel/contracts/context.ts";
import type { JudgeCalibration } from "../kernel/contracts/judging/calibration.ts";
import type { Verdict } from "../kernel/contracts/judging/verdict.ts";
import type { Purpose, Usage } from "../kernel/contracts/model.ts";
import type { Action } from "../kernel/contracts/person.ts";
import { concernsOneAnswer, errorRecord } from "../kernel/values/errors.ts";
import { addUsage } from "../kernel/values/usage.ts";
import { deepFreeze } from "../persona/plain-data.ts";
import { personaProse } from "../persona/prose.ts";
import type { Persona } from "../persona/schema.ts";
import { createSchemas, inOrder, type Schemas } from "./asking/ask.ts";
import { type HeardOut, hear } from "./asking/hear.ts";
import { isItself, warnOfItself } from "./asking/itself.ts";
import type { Portrayed } from "./asking/judge-prompt.ts";
import { restsOnNothing } from "./asking/verdicts.ts";
import { draftEntries } from "./draft.ts";
import { checkedPropositions, type Judged, type Proposition } from "./proposition.ts";
import { checkWindow, recordOf, type Window } from "./reading/window.ts";
import { checkSamples, nobody, nothingHappened, otherJudge } from "./refusals.ts";

/** What can be judged: a person, a fork of one, a world of them, or anything else with a transcript. */
export interface Judgeable extends Subject {
  readonly persona?: unknown;
  readonly people?: readonly object[];
}

/** How it is judged. */
export interface JudgeOptions {
  /** Judge the first so many entries of the transcript, and with `last` those at its end, too. */
  readonly first?: number;
  /** Judge the last so many entries of the transcript alone. */
  readonly last?: number;
  /** What somebody is about to do: then this alone is judged, and the transcript is what came before. */
  readonly draft?: readonly Action[];
  /** Who the people are; unless told, whom the subject is or holds. */
  readonly personas?: readonly Persona[];
  /** The model that acted, where it is not the run's own: of a stored run, say. */
  readonly actor?: string;
  /** Who judges: `judge` (default), `actor`, or a name of the run's `models`. */
  readonly by?: string;
  /** Independent answers, of which the middle one counts; claims and records stand in another order in each. Default 1. */
  readonly samples?: number;
  /** How far off this judge was where the answers were known: it stays with the verdicts. */
  readonly calibration?: JudgeCalibration;
  /** What the ledger adds it up by. Default `judge`. */
  readonly purpose?: Purpose;
  /** What the ledger adds it up by beside its purpose, in words of the program: `survey`, say. */
  readonly label?: string;
  /** The step of a world in which it is asked, as in `focus-group/3`. */
  readonly step?: string;
  readonly signal?: AbortSignal;
}

/** One verdict for each proposition, in their order; frozen. */
export interface Judgement {
  readonly verdicts: readonly Verdict[];
  /** The model that judged. */
  readonly judge: string;
  readonly usage: Usage;
  /** Set when rules, not a language model, judged. */
  readonly heuristic?: true;
  /** Set when the model that judged is the one that acted: it may favour its own words. */
  readonly judgesItself?: true;
  readonly calibration?: JudgeCalibration;
}

/** Judges these subjects together, as one. */
export type Bench = (subjects: readonly Judgeable[]) => Promise<Judgement>;

interface Seated {
  readonly propositions: readonly Proposition[];
  readonly options: JudgeOptions;
  readonly schemas: Schemas;
}

/** A judge of the same propositions for any number of subjects. OPTION_INVALID for propositions and options that are none. */
export function createBench(propositions: readonly Proposition[], options: JudgeOptions): Bench {
  const seated = { propositions: checkedPropositions(propositions), options, schemas: createSchemas() };
  checkWindow(options);
  checkSamples(options.samples);
  return (subjects) => judged(subjects, seated);
}

/** Says for all that is judged where the judge is the model that acted: not of what another part asks for its own ends. */
export function warnOfBench(context: Context, options: JudgeOptions): void {
  if ((options.purpose ?? "judge") === "judge") warnOfItself(context, options);
}

async function judged(subjects: readonly Judgeable[], { options, ...seated }: Seated): Promise<Judgement> {
  const name = subjects.map((one) => one.name).join(", ");
  const personas = peopleBefore(subjects, seated.propositions, options);
  const context = (subjects[0] as Judgeable).context.forkAsking(
    "judge",
    questionOf(subjects, seated.propositions, options),
  );
  const { calibration, by = "judge" } = options;
  const { id } = context.models.named(by);
  if (calibration !== undefined && calibration.judge !== id) throw otherJudge(calibration.judge, id);
  const portrayed = personas.map((one) => ({ name: one.name, prose: personaProse(one, { for: "full" }) }));
  const heard = await hearWindows({ ...seated, options }, subjects, { context, personas: portrayed });
  const found = heard.flatMap((one) => one.verdicts);
  if (found.length > 0 && found.every(({ kind }) => kind === "error")) throw nothingUsable(id, heard);
  const kept = {
    verdicts: inOrder(seated.propositions, found),
    ...(heard.some(({ heuristic }) => heuristic) && { heuristic: true as const }),
    ...(calibration !== undefined && { calibration }),
  };
  context.journal.record({ type: "judged", subject: name, ...kept });
  const isAsked = heard.some(({ calls }) => calls > 0);
  const itself = isAsked && !kept.heuristic && isItself(context, options) && { judgesItself: true as const };
  const usage = heard.reduce((sum, one) => addUsage(sum, one.usage), { input: 0, output: 0 });
  return deepFreeze({ ...kept, judge: id, usage, ...itself }) as Judgement;
}

/** What is asked, by which its place in the run is found again. */
function questionOf(
  subjects: readonly Judgeable[],
  propositions: readonly Proposition[],
  { first, last, draft, samples, by }: JudgeOptions,
): unknown {
  const claims = propositions.map(({ precondition: _, decide: __, ...data }) => data);
  const others = subjects.slice(1).map(({ name }) => name);
  return { claims, first, last, draft, samples, others, by };
}

/** Why no claim has a usable answer: what was thrown first, else all answers that rest on nothing. */
function nothingUsable(judge: string, heard: readonly HeardWindow[]): unknown {
  const failed = heard.find(({ thrown }) => thrown !== undefined);
  return (
    failed?.thrown ??
    restsOnNothing(
      judge,
      heard.flatMap(({ unusable }) => unusable),
    )
  );
}

/** Who the people are; refuses what cannot be judged. */
function peopleBefore(
  subjects: readonly Judgeable[],
  propositions: readonly Proposition[],
  { personas = subjects.flatMap(personasOf), draft }: JudgeOptions,
): readonly Persona[] {
  const name = subjects.map((one) => one.name).join(", ");
  const isEmpty = subjects.every((subject) => subject.transcript().length === 0);
  if (subjects.length === 0 || (isEmpty && draft === undefined)) throw nothingHappened(name);
  if (propositions.some(({ needsPersona }) => needsPersona) && personas.length === 0) throw nobody(name);
  return personas;
}

/** What came of the claims of one window, and why there is nothing of them. */
type HeardWindow = HeardOut & { readonly thrown?: unknown };

/** The propositions that look through the same window are heard together; what fails takes nothing of another along. */
function hearWindows(
  { propositions, options, schemas }: Seated,
  subjects: readonly Judgeable[],
  { context, personas }: { readonly context: Context; readonly personas: readonly Portrayed[] },
): Promise<readonly HeardWindow[]> {
  const { samples = 1, purpose, label, step, signal, by } = options;
  const labelled = { ...(purpose && { purpose }), ...(label !== undefined && { label }) };
  const placed = { ...(step !== undefined && { step }), ...(by !== undefined && { by }) };
  const how = { ...labelled, ...placed, ...(signal && { signal }) };
  const groups = Map.groupBy(propositions, (proposition) => JSON.stringify(windowOf(proposition, options)));
  const hearings = [...groups.values()].map((group, place) => {
    const window = windowOf(group[0] as Proposition, options);
    const own = groups.size === 1 ? context : context.fork(`window:${place + 1}`);
    const hearing = { propositions: group, judged: judgedThrough(window, subjects, options), personas };
    return hear(hearing, { ...how, schemas, context: own, samples }).catch((error: unknown) => failed(group, error));
  });
  return Promise.all(hearings);
}

/** An answer that did not come, as the verdict on each of its claims. */
function failed(propositions: readonly Proposition[], thrown: unknown): HeardWindow {
  if (!concernsOneAnswer(thrown)) throw thrown;
  const error = errorRecord(thrown);
  const verdicts = propositions.map(({ name }) => ({ kind: "error" as const, proposition: name, error }));
  return { verdicts, unusable: [], thrown, usage: { input: 0, output: 0 }, calls: 1 };
}

/** What the one who asks says comes over what the proposition says. */
function windowOf({ window = {} }: Proposition, { first, last }: JudgeOptions): Window {
  if (first === undefined && last === undefined) return window;
  return { ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
}

function judgedThrough(window: Window, subjects: readonly Judgeable[], { draft = [] }: JudgeOptions): Judged {
  const subject = subjects.map(({ name }) => name).join(", ");
  return { subject, ...recordOf(subjects, window), draft: draftEntries(draft, subject) };
}

function personasOf({ persona, people = [] }: Judgeable): readonly Persona[] {
  if (persona !== undefined) return [persona as Persona];
  return people.flatMap((one) => ("persona" in one ? [one.persona as Persona] : []));
}
