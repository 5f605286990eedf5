import type { TranscriptEntry } from "../kernel/contracts/events.ts";
import type { Judged, Proposition } from "./proposition.ts";

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

/** Ready-made propositions, each scored from 0 to 9. */
export const rubrics = {
  personaAdherence: {
    name: "persona-adherence",
    claim:
      "What is judged is what these people, as their personas describe them, would most plausibly think, say and do here: traits, manner of speaking, beliefs, habits, skills and knowledge. What the persona leaves open is free. Judge each entry, and give the mean.",
    answer: "score",
    needsPersona: true,
    precondition: hasWords,
  },
  hardPersonaAdherence: {
    name: "hard-persona-adherence",
    claim:
      "Nothing that is judged departs from the personas: start from 9 and take off 2 for each departure, however small (a softened opinion, a borrowed manner, knowledge that they lack, politeness that is not theirs, a trait that should show here and does not).",
    answer: "score",
    needsPersona: true,
    precondition: hasWords,
  },
  selfConsistency: {
    name: "self-consistency",
    claim:
      "Nothing that is judged contradicts what the same person said, thought or did before: facts, opinions, promises, moods. Changing one's mind for a reason that the record shows is no contradiction.",
    answer: "score",
    precondition: hasPast,
  },
  fluency: {
    name: "fluency",
    claim:
      "What is judged reads as a person thinks and talks, and not as a machine writes: not stilted or formulaic, no stock phrases, no lists, no praise as an opening, no thought or wording that the record has already.",
    answer: "score",
    precondition: hasWords,
  },
  suitability: {
    name: "suitability",
    claim:
      "What is judged fits this moment: it answers what was put to the person last, or moves on what they are about, or tells something that matters here. One of these is enough for 9. Words that pass by all of it are 0.",
    answer: "score",
    needsPersona: true,
    precondition: hasWords,
  },
} as const satisfies Readonly<Record<string, Proposition>>;
