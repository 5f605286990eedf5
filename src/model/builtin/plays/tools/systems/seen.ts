import { shared, stems } from "../../../../../kernel/language/stems.ts";
import type { Scene } from "../../../speech/scene.ts";

/** A system as somebody sees it who came for something. */
export interface Seen {
  /** What they came for. */
  readonly goal: string;
  /** What the goal is about. */
  readonly wanted: ReadonlySet<string>;
  /** What the system shows, without what is said of it. */
  readonly text: string;
  /** What they did so far, as they wrote it. */
  readonly before: readonly Readonly<Record<string, unknown>>[];
  /** How often it showed nothing of use before they tire of it. */
  readonly patience: number;
  /** Nothing was sent: a rehearsal of a test. */
  readonly rehearsed: boolean;
}

const view = /<visual[^>]*>What [^\n]*\n([\s\S]*?)<\/visual>/gu;
const purpose = /<thought[^>]*>I am here for this: ([\s\S]*?)<\/thought>/gu;
const doing = /\{"type":"(?:SAY_TO_SYSTEM|SEARCH_FOR|RUN_PROGRAM|ENTER|CLICK|TYPE|CHOOSE|GO_BACK)"[^{}]*\}/gu;

/**
 * What somebody has before them; undefined where they are at no system.
 * @param fresh what is new to the person, as the prompt tells it
 * @param written all that the person wrote before
 */
export function seenIn({ character }: Scene, fresh: string, written: string): Seen | undefined {
  const text = [...fresh.matchAll(view)].at(-1)?.[1];
  const goal = [...fresh.matchAll(purpose)].at(-1)?.[1];
  if (text === undefined || goal === undefined) return undefined;
  const before = [...written.matchAll(doing)].flatMap(([json]) => readable(json));
  const { agreeableness, conscientiousness } = character.temper;
  const patience = Math.round(3 + agreeableness + conscientiousness);
  return { goal, wanted: stems(goal), text, before, patience, rehearsed: text.includes("(Nothing was sent") };
}

function readable(json: string): Readonly<Record<string, unknown>>[] {
  try {
    return [JSON.parse(json)];
  } catch {
    // Words that look like an action, and are none.
    return [];
  }
}

/** The share of what somebody wants that a text speaks of. */
export function speaksOf(text: string, { wanted }: Pick<Seen, "wanted">): number {
  return wanted.size === 0 ? 0 : shared(stems(text), wanted) / wanted.size;
}

const excuse =
  /\b(?:sorry|apolog|can(?:no|')t|unable|do(?:es)?n't (?:know|understand)|do not (?:know|understand)|not sure|nothing was found|no results|error|try again|rephrase|did(?: not|n't) (?:understand|find|work))/iu;

/** Whether what a system says is no help, whatever else it is. */
export const excusesItself = (text: string): boolean => excuse.test(text);

/** The sentence of a text that says most of what is wanted, in the system's words. */
export function bestLine(text: string, seen: Pick<Seen, "wanted">): string {
  const lines = text.split(/\n|(?<=[.!?])\s+/u).filter((line) => line.trim() !== "");
  const best = lines.toSorted((one, other) => speaksOf(other, seen) - speaksOf(one, seen))[0];
  return (best ?? text).trim().slice(0, 200);
}
