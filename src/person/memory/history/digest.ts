import type { Message } from "../../../kernel/contracts/model.ts";
import type { Action } from "../../../kernel/contracts/person.ts";
import { withoutControls } from "../../../kernel/text/controls.ts";
import type { StimulusEpisode } from "../episodic-log.ts";
import { purgedWords } from "../notes/forgetting.ts";

/** A part of the past as one turn holds it. */
export interface Past {
  readonly perceived: readonly StimulusEpisode[];
  readonly actions: readonly Action[];
}

/** A message of a turn that quotes what can be purged. */
export interface Quotation {
  /** Which of the turn's messages, from 0. */
  readonly message: number;
  /** The kind of query that it answers, or of stimulus that it holds. */
  readonly type: string;
  /** Its words that quote; absent where all of it does. */
  readonly text?: string;
  /** Locations of documents. */
  readonly sources: readonly string[];
}

/** The message with these words of it purged. */
export function withoutWords(message: Message, words: string): Message {
  const { content } = message;
  const without = (text: string): string => text.replace(words, () => purgedWords);
  if (typeof content === "string") return { ...message, content: without(content) };
  return {
    ...message,
    content: content.map((part) => (part.type === "text" ? { ...part, text: without(part.text) } : part)),
  };
}

/** What is left of turns that no longer stand in the prompt. */
export interface LeftOut {
  readonly turns: number;
  readonly events: number;
  /** How often each speaker was heard, by name; "" where nobody in particular spoke. */
  readonly heard: ReadonlyMap<string, number>;
  /** How the person's own last talks began, oldest first. */
  readonly said: readonly string[];
  /** What the person keeps of earlier episodes, oldest first; `heard` and `said` then tell of what came after these. */
  readonly summaries?: readonly string[];
  /** How many episodes lie before those. */
  readonly earlierEpisodes?: number;
}

export const nothingLeftOut: LeftOut = { turns: 0, events: 0, heard: new Map(), said: [] };

const talksKept = 6;
const lettersKept = 60;

/** What is left of these turns once they are left out. */
export function leaveOut(turns: readonly Past[]): LeftOut {
  const heard = new Map<string, number>();
  for (const { stimulus } of turns.flatMap((turn) => turn.perceived)) {
    if (stimulus.type !== "CONVERSATION") continue;
    const source = withoutControls(stimulus.source ?? "");
    heard.set(source, (heard.get(source) ?? 0) + 1);
  }
  const actions = turns.flatMap((turn) => turn.actions).filter((action) => action.type !== "DONE");
  const talks = actions.flatMap((action) => (action.type === "TALK" ? [opening(action)] : []));
  return {
    turns: turns.length,
    events: actions.length + turns.reduce((sum, turn) => sum + turn.perceived.length, 0),
    heard,
    said: talks.slice(-talksKept),
  };
}

/** What is left of both, one after the other. */
export function bothLeftOut(before: LeftOut, next: LeftOut): LeftOut {
  const heard = new Map(before.heard);
  for (const [name, times] of next.heard) heard.set(name, (heard.get(name) ?? 0) + times);
  return {
    turns: before.turns + next.turns,
    events: before.events + next.events,
    heard,
    said: [...before.said, ...next.said].slice(-talksKept),
  };
}

/** The note that stands in the prompt in place of what was left out. */
export function leftOutText(left: LeftOut): string {
  const speakers = [...left.heard].map(([name, times]) => `${name === "" ? "someone" : name} ${times}×`);
  const since = left.summaries === undefined ? "" : "Since then: ";
  const lines = [
    `${left.events} things that you perceived and did (${left.turns} of your turns) lie further back and are not shown here.`,
    ...summaryLines(left),
    ...(speakers.length > 0 ? [`${since}You heard: ${speakers.slice(0, 12).join(", ")}.`] : []),
    ...(left.said.length > 0 ? ["Among what you said then:", ...left.said.map((text) => `- ${text}`)] : []),
  ];
  return lines.join("\n");
}

function summaryLines({ summaries = [], earlierEpisodes = 0 }: LeftOut): readonly string[] {
  if (summaries.length === 0) return [];
  const before = earlierEpisodes === 0 ? [] : [`- (${earlierEpisodes} earlier parts of your life are not told here.)`];
  return ["What you keep of it, oldest first:", ...before, ...summaries.map((text) => `- ${text}`)];
}

/** Without what prompts leave out, before it is measured: a saved life holds nothing of that. */
function opening(action: Action): string {
  const whom = action.target === undefined ? "" : `to ${withoutControls(action.target)}: `;
  const text = withoutControls(action.content ?? "")
    .replace(/\s+/gu, " ")
    .trim();
  return `${whom}“${text.length <= lettersKept ? text : `${cutAtWord(text)} …`}”`;
}

function cutAtWord(text: string): string {
  const cut = text.slice(0, lettersKept);
  const space = cut.lastIndexOf(" ");
  return (space > lettersKept / 2 ? cut.slice(0, space) : cut).replace(/[\ud800-\udbff]$/u, "").trimEnd();
}
