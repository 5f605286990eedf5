import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Visit, VisitStep } from "../../kernel/contracts/systems/visit.ts";
import { answerEntry, moveText } from "./told.ts";

/** What passed between somebody and a system, in its order. */
export interface Exchange {
  /** What they did with it; empty where they had only come. */
  readonly did: string;
  /** What it showed or answered then. */
  readonly showed: string;
  /** What they said or thought of that; empty where nothing. */
  readonly said: string;
}

/** In characters: so much of each part is quoted. */
const longestPart = 240;

/** The exchange of a step, or that of coming; the words that are looked for stand in it, however long it is. */
export function exchangeOf(visit: Visit, step: VisitStep | undefined, words = ""): Exchange {
  const answer = answerEntry(visit, step);
  return {
    did: step === undefined ? "" : excerpt(moveText(step.move), words),
    showed: excerpt((step?.shown ?? visit.first).text, words),
    said: excerpt(saidAfter(visit, answer).join(" "), words),
  };
}

/** The exchange to which an entry of the visit's transcript belongs. */
export function exchangeAt(visit: Visit, entry: TranscriptEntry, words: string): Exchange {
  const done = visit.steps.find(({ id }) => id === entry.id);
  if (done !== undefined) return exchangeOf(visit, done, words);
  const until = visit.transcript.slice(0, visit.transcript.indexOf(entry) + 1);
  const shown = until.filter(isView).length;
  const exchange = exchangeOf(visit, visit.steps[shown - 2], words);
  return isView(entry) ? exchange : { ...exchange, said: excerpt(entry.text, words) };
}

/** What was shown; answers stand in the transcript in their order. */
const isView = ({ kind, type }: TranscriptEntry): boolean => kind === "stimulus" && type === "VISUAL";

/** What somebody said and thought until they were shown something else. */
function saidAfter({ transcript }: Visit, answer: TranscriptEntry | undefined): readonly string[] {
  if (answer === undefined) return [];
  const after = transcript.slice(transcript.indexOf(answer) + 1);
  const next = after.findIndex(isView);
  return (next < 0 ? after : after.slice(0, next))
    .filter(({ kind, type }) => kind === "action" && /^(?:THINK|TALK|GOAL_REACHED|GIVE_UP)$/.test(type))
    .map(({ text }) => text);
}

/** A text that is short enough, or as much of it as has the words in it. */
function excerpt(text: string, words: string): string {
  if (text.length <= longestPart) return text;
  const at = Math.max(0, text.toLowerCase().indexOf(words.toLowerCase()));
  const from = Math.max(0, Math.min(at - Math.floor((longestPart - words.length) / 2), text.length - longestPart));
  const part = text.slice(from, from + longestPart).toWellFormed();
  return `${from > 0 ? "…" : ""}${part}${from + longestPart < text.length ? "…" : ""}`;
}
