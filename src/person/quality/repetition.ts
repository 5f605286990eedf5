import type { Action, Stimulus } from "../../kernel/contracts/person.ts";
import type { RepetitionOptions } from "../options.ts";
import { containment, shingles, words } from "./shingles.ts";

/** Words that can be said again without anybody minding, such as "Yes, please." */
const shortWords = 3;
/** From here on a question counts as asked again. */
const askedAgain = 0.8;
const remembered = 48;
const questionsRemembered = 16;
const guarded: ReadonlySet<string> = new Set(["TALK", "THINK"]);

interface Said {
  readonly key: string;
  readonly shingles: Uint32Array;
}

/** What is left of a turn's actions, and what was said before. */
export interface Sifted {
  readonly kept: readonly Action[];
  readonly repeated: readonly Action[];
}

/**
 * Knows what a person said and thought of late, and finds what they are about to say again. A text is a repetition when
 * the share of its word shingles that one earlier text of the same kind to the same target has reaches the threshold.
 * Short replies may be repeated once; whoever is asked the same again may answer the same again.
 */
export class RepetitionGuard {
  readonly #options: RepetitionOptions;
  #said: readonly Said[] = [];
  #asked: readonly Uint32Array[] = [];

  constructor(options: RepetitionOptions) {
    this.#options = options;
  }

  /** Parts the actions of a turn in which this was done and perceived before; nothing is remembered by it. */
  sift(actions: readonly Action[], turn: { done: readonly Action[]; stimuli: readonly Stimulus[] }): Sifted {
    const free = turn.stimuli.some((stimulus) => this.#wasAsked(stimulus));
    const kept: Action[] = [];
    const repeated: Action[] = [];
    const said = [...this.#said, ...turn.done.flatMap((action) => sayingOf(action) ?? [])];
    for (const action of actions) {
      const fresh = sayingOf(action);
      const again = fresh !== undefined && !(free && action.type === "TALK") && this.#isRepeated(action, fresh, said);
      (again ? repeated : kept).push(action);
      if (fresh !== undefined && !again) said.push(fresh);
    }
    return { kept, repeated };
  }

  /** Keeps what was done and heard in a committed turn. */
  remember(actions: readonly Action[], stimuli: readonly Stimulus[]): void {
    const said = actions.flatMap((action) => sayingOf(action) ?? []);
    this.#said = [...this.#said, ...said].slice(-remembered);
    const asked = stimuli.filter((stimulus) => stimulus.type === "CONVERSATION");
    this.#asked = [...this.#asked, ...asked.map((stimulus) => shingles(stimulus.content))].slice(-questionsRemembered);
  }

  #isRepeated(action: Action, fresh: Said, said: readonly Said[]): boolean {
    const before = said.filter((one) => one.key === fresh.key).slice(-this.#options.lookback);
    const shares = before.map((one) => containment(fresh.shingles, one.shingles));
    if (words(action.content ?? "").length <= shortWords) {
      const lastTwo = before.slice(-2);
      return lastTwo.length === 2 && lastTwo.every((one) => same(one.shingles, fresh.shingles));
    }
    return shares.some((share) => share >= this.#options.threshold);
  }

  #wasAsked(stimulus: Stimulus): boolean {
    if (stimulus.type !== "CONVERSATION") return false;
    const fresh = shingles(stimulus.content);
    return this.#asked.some((old) => containment(fresh, old) >= askedAgain);
  }
}

function sayingOf(action: Action): Said | undefined {
  if (!guarded.has(action.type) || action.content === undefined) return undefined;
  return { key: `${action.type} ${action.target ?? ""}`, shingles: shingles(action.content) };
}

function same(one: Uint32Array, other: Uint32Array): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

/** What a person is told whose words were left unsaid. */
export function repetitionFeedback(repeated: readonly Action[]): string {
  const quotes = repeated.map((action) => `${action.type} “${firstWords(action.content ?? "")}”`);
  return `You were about to say again what you said before, and left it: ${quotes.join("; ")}. Bring in something new, or be DONE.`;
}

function firstWords(text: string): string {
  const letters = [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text.trim())];
  const shown = 60;
  return letters.length <= shown
    ? text.trim()
    : `${letters
        .slice(0, shown)
        .map((one) => one.segment)
        .join("")
        .trimEnd()} …`;
}
