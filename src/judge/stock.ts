import type { TranscriptEntry } from "../kernel/contracts/events.ts";
import type { Decision, Judged, Proposition } from "./proposition.ts";

/** Kinds of actions that are words: only these can be fluent, fitting or out of character. */
const spoken: ReadonlySet<string> = new Set(["TALK", "THINK"]);

const isWords = ({ kind, type }: TranscriptEntry): boolean => kind === "action" && spoken.has(type);

/** There are words to judge, anywhere among the actions and not in the first of them alone. */
const hasWords = ({ record, draft }: Judged): boolean => (draft.length > 0 ? draft : record).some(isWords);

/** Somebody said or thought something before, so that it can be contradicted. */
const hasPast = (judged: Judged): boolean => {
  const words = judged.record.filter(isWords).length;
  return hasWords(judged) && words >= (judged.draft.length > 0 ? 1 : 2);
};

/** Two or more have said something, and each twice, so that there is a before and an after. */
const hasCourse = ({ record }: Judged): boolean => {
  const turns = Map.groupBy(record.filter(isWords), ({ from }) => from);
  return [...turns.values()].filter((words) => words.length > 1).length > 1;
};

/** The same claim about what somebody is about to do alone, seen against the beginning and the end of what came before. */
const ofNextAction = <const N extends string>(name: N, proposition: Proposition) => ({
  ...proposition,
  name,
  window: { first: 5, last: 10 },
  precondition: (judged: Judged) => judged.draft.length > 0 && (proposition.precondition?.(judged) ?? true),
});

const personaAdherence = {
  name: "persona-adherence",
  claim:
    "What is judged is what these people, as their personas describe them, would most plausibly think, say and do here: traits, manner of speaking, beliefs, habits, skills and knowledge. What the persona leaves open is free. Judge each entry, and give the mean.",
  answer: "score",
  needsPersona: true,
  precondition: hasWords,
} as const satisfies Proposition;

const hardPersonaAdherence = {
  name: "hard-persona-adherence",
  claim:
    "Nothing that is judged departs from the personas: start from 9 and take off 2 for each departure, however small (a softened opinion, a borrowed manner, knowledge that they lack, politeness that is not theirs, a trait that should show here and does not).",
  answer: "score",
  needsPersona: true,
  precondition: hasWords,
} as const satisfies Proposition;

const selfConsistency = {
  name: "self-consistency",
  claim:
    "Nothing that is judged contradicts what the same person said, thought or did before: facts, opinions, promises, moods. Changing one's mind for a reason that the record shows is no contradiction.",
  answer: "score",
  precondition: hasPast,
} as const satisfies Proposition;

const fluency = {
  name: "fluency",
  claim:
    "What is judged reads as a person thinks and talks, and not as a machine writes: not stilted or formulaic, no stock phrases, no lists, no praise as an opening, no thought or wording that the record has already.",
  answer: "score",
  precondition: hasWords,
} as const satisfies Proposition;

/** Ready-made propositions, each scored from 0 to 9. Those of the next action need a draft. */
export const stockPropositions = {
  personaAdherence,
  hardPersonaAdherence,
  selfConsistency,
  fluency,
  suitability: {
    name: "suitability",
    claim:
      "What is judged fits this moment: it answers what was put to the person last, or moves on what they are about, or tells something that matters here. One of these is enough for 9. Words that pass by all of it are 0.",
    answer: "score",
    needsPersona: true,
    precondition: hasWords,
  },
  taskCompletion: {
    name: "task-completion",
    claim:
      "By the end of the record this task is done, as it was put and in all of its parts; what is only begun, promised or planned is not done: {task}",
    answer: "score",
  },
  quietRecently: {
    name: "quiet-recently",
    claim: "Nobody who is judged has done anything since the last two things that they perceived.",
    answer: "truth",
    decide: quietRecently,
  },
  divergence: {
    name: "divergence",
    claim:
      "In the course of the record these people move apart: towards its end they speak of more different things, hold more different opinions and go more different ways than at its beginning. Compare its first third with its last.",
    answer: "score",
    precondition: hasCourse,
  },
  convergence: {
    name: "convergence",
    claim:
      "In the course of the record these people draw together: towards its end they speak of the same things, hold the same opinions and go the same way more than at its beginning. Compare its first third with its last.",
    answer: "score",
    precondition: hasCourse,
  },
  nextPersonaAdherence: ofNextAction("next-persona-adherence", personaAdherence),
  nextHardPersonaAdherence: ofNextAction("next-hard-persona-adherence", hardPersonaAdherence),
  nextSelfConsistency: ofNextAction("next-self-consistency", selfConsistency),
  nextFluency: ofNextAction("next-fluency", fluency),
} as const satisfies Readonly<Record<string, Proposition>>;

/** Those that need no draft and nothing filled in, to be named in files and on the command line. */
export const readyPropositions = (): readonly Proposition[] =>
  Object.values(stockPropositions).filter(({ name, claim }) => !name.startsWith("next-") && !claim.includes("{"));

function quietRecently({ record }: Judged): Decision | undefined {
  const last = record.slice(-2);
  if (last.length < 2) return undefined;
  const acts = last.filter(({ kind }) => kind === "action");
  if (acts.length > 0) return { holds: false, why: "Somebody acted on what came last.", evidence: acts };
  return { holds: true, why: "Two things came last, and nobody acted on them.", evidence: last };
}
