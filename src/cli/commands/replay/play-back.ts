import type { Action, JournalEvent, Listener } from "../../../index.ts";
import { inReadingOrder } from "./order.ts";

/** Milliseconds at speed 1: a word as people speak, a breath before somebody begins, and the longest look at anything. */
const pace = { word: 375, breath: 600, look: 8000 } as const;

export interface PlayBack {
  readonly listener: Listener;
  /** How many times as fast as people speak; `Infinity` for at once. */
  readonly speed: number;
  readonly thoughts: boolean;
  /** Waits so many milliseconds; rejects when it is stopped. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Asked before each step of a world, and before each turn outside of one. */
  readonly before?: (place: string) => Promise<void>;
}

/** Tells a stored story again as if it happened, to those who watch; nothing is asked and nothing is written. */
export async function playBack(story: readonly JournalEvent[], options: PlayBack): Promise<void> {
  const inWorlds = new Set(story.flatMap((event) => (event.type === "acted" ? [event.turn] : [])));
  for (const event of inReadingOrder(story)) {
    const isAlone = event.type === "turn" && !inWorlds.has(event.id);
    if (event.type === "step-started") await options.before?.(`${event.world}/${event.step}`);
    else if (isAlone) await options.before?.(event.name);
    if (event.type === "turn") await speak(event, options);
    options.listener(event);
    await rest(event, options);
  }
}

/** The words of a turn as they come, where there is time for that. */
async function speak(turn: Turn, options: PlayBack): Promise<void> {
  const { listener, speed, thoughts, wait } = options;
  if (speed === Number.POSITIVE_INFINITY) return;
  const { person, name } = turn;
  for (const [index, action] of turn.actions.entries()) {
    const { type, target } = action;
    if (type === "DONE" || (type === "THINK" && !thoughts)) continue;
    await wait(pace.breath / speed);
    if (!isSpoken(action)) continue;
    for (const text of wordsOf(action.content)) {
      listener({ type: "speaking", person, name, action: type, index, ...(target && { target }), text });
      await wait(pace.word / speed);
    }
  }
}

/** Time to look at what was not spoken word by word. */
async function rest(event: JournalEvent, { speed, wait }: PlayBack): Promise<void> {
  if (speed === Number.POSITIVE_INFINITY) return;
  if (event.type === "step-started") return wait(pace.breath / speed);
  if (event.type !== "stimulus" && event.type !== "broadcast") return;
  if (event.stimulus.via !== undefined || event.stimulus.type === "FEEDBACK") return;
  const words = wordsOf(event.stimulus.content).length;
  return wait(Math.min(pace.look, pace.breath + words * pace.word) / speed);
}

type Turn = Extract<JournalEvent, { type: "turn" }>;

const isSpoken = (action: Action): action is Action & { content: string } =>
  (action.type === "TALK" || action.type === "THINK") && action.content !== undefined;

/** Words with what stands before the next one; in scripts without spaces, too. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  for (const { segment, isWordLike } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    if (isWordLike || words.length === 0) words.push(segment);
    else words[words.length - 1] += segment;
  }
  return words;
}
