import { z } from "zod";
import { judge } from "../../judge/judge.ts";
import type { Proposition } from "../../judge/proposition.ts";
import type { Fork } from "../../kernel/contracts/asked/fork.ts";
import type { Verdict } from "../../kernel/contracts/judging/verdict.ts";
import type { Persona } from "../../persona/schema.ts";
import { type Interviewee, interviewerName, saidIn } from "../interviewee.ts";
import type { FactAnswer, FactProbe } from "./facts.ts";
import { type Brief, nextQuestions } from "./interviewer.ts";

/** What an interview is to find out, and how. */
export interface InterviewPlan {
  readonly facts: readonly FactProbe[];
  readonly unknowns: readonly string[];
  readonly brief: Brief;
  readonly propositions: readonly Proposition[];
  /** Whom the judge reads, where it may know the persona. */
  readonly personas: readonly Persona[];
  readonly label: string;
  readonly signal?: AbortSignal;
}

/** What was asked in a round, and what was answered aloud. */
export interface InterviewRound {
  readonly questions: readonly string[];
  readonly answer: string;
}

/** One interview as it was. */
export interface ValidationInterview {
  /** The fork that was interviewed: `lisa/validation:3fa2…`, by what is asked. */
  readonly fork: string;
  /** In the order of the facts: before the interview, and asked otherwise after it. */
  readonly facts: readonly (readonly [FactAnswer, FactAnswer])[];
  readonly unknowns: readonly (string | null)[];
  readonly rounds: readonly InterviewRound[];
  readonly verdicts: readonly Verdict[];
  readonly heuristic: boolean;
  /** Set when the model that judged is the one that acted: it may favour its own words. */
  readonly judgesItself?: true;
}

const InNumbers = z.object({ answer: z.number().nullable() });
const InWords = z.object({ answer: z.string().nullable() });
const short = "Answer in a few words; null where you do not know.";

/**
 * Interviews one fork: what is true of them, what nobody can know, then a talk of some rounds, then the facts once more in
 * other words. What is asked aside is asked of forks of the fork, at the same time.
 */
export async function interview(person: Interviewee, plan: InterviewPlan): Promise<ValidationInterview> {
  const { facts, unknowns, propositions, personas, label, signal } = plan;
  const fork = await person.fork("validation", { asking: { facts, unknowns, brief: plan.brief } });
  const seen = { heuristic: false };
  const factsAsked = (which: 0 | 1) =>
    Promise.all(
      facts.map((fact) => aside(fork, { ...plan, name: `${fact.name} ${which}`, fact, text: fact.ask[which], seen })),
    );
  const [before, unknown] = await Promise.all([
    factsAsked(0),
    Promise.all(unknowns.map((text, place) => aside(fork, { ...plan, name: `unknown ${place + 1}`, text, seen }))),
  ]);
  const rounds = await talk(fork, plan, seen);
  const after = await factsAsked(1);
  const judged = await judge(fork, propositions, {
    personas,
    label,
    ...(signal && { signal }),
  });
  return {
    fork: fork.id,
    facts: before.map((first, place) => [first, after[place] ?? null]),
    unknowns: unknown.map((answer) => (answer === null ? null : String(answer))),
    rounds,
    verdicts: judged.verdicts,
    heuristic: seen.heuristic || judged.heuristic === true,
    ...(judged.judgesItself && { judgesItself: true }),
  };
}

interface Seen {
  heuristic: boolean;
}

interface Aside extends Pick<InterviewPlan, "label" | "signal"> {
  readonly name: string;
  readonly text: string;
  readonly fact?: FactProbe;
  readonly seen: Seen;
}

async function aside(fork: Fork, { name, text, fact, label, signal, seen }: Aside): Promise<FactAnswer> {
  const alone = await fork.fork(name);
  const { value, heuristic } = await alone.answer<{ answer: FactAnswer }>({
    text: `${text}\n${short}`,
    schema: typeof fact?.expects === "number" ? InNumbers : InWords,
    label,
    ...(signal && { signal }),
  });
  seen.heuristic ||= heuristic === true;
  return value.answer;
}

async function talk(fork: Fork, plan: InterviewPlan, seen: Seen): Promise<readonly InterviewRound[]> {
  const { brief, label, signal } = plan;
  const context = fork.context.fork("interviewer");
  const rounds: InterviewRound[] = [];
  for (let round = 1; round <= brief.rounds; round++) {
    const at = { round, said: fork.transcript(), label, ...(signal && { signal }) };
    const { questions, complete, heuristic } = await nextQuestions(context, brief, at);
    seen.heuristic ||= heuristic === true;
    if (questions.length === 0) break;
    const turn = await fork.listenAndAct(questions.join(" "), interviewerName, { ...(signal && { signal }) });
    seen.heuristic ||= turn.heuristic === true;
    rounds.push({ questions, answer: saidIn(turn) });
    if (complete) break;
  }
  return rounds;
}
