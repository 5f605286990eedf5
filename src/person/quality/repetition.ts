import type { Action, Stimulus } from "../../kernel/contracts/person.ts";
import { containment, shingles, shinglesOf, words } from "../../kernel/language/shingles.ts";
import type { RepetitionOptions } from "../options.ts";

/** Words that can be said again without anybody minding, such as "Yes, please." */
const shortWords = 3;
/** From here on a question counts as asked again. */
const askedAgain = 0.8;
const sayingsRemembered = 32;
const questionsRemembered = 16;
const guarded: ReadonlySet<string> = new Set(["TALK", "THINK"]);

interface Saying {
  readonly key: string;
  readonly shingles: Uint32Array;
  readonly short: boolean;
}

/** What a person said and was asked of late. */
interface KnownSayings {
  readonly said: readonly Saying[];
  readonly asked: readonly string[];
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
  /** Of the turn that is being planned: looked at several times before it is committed. */
  #planned: Map<Action, Saying> | undefined;
  #said: readonly Saying[] = [];
  #asked: readonly string[] = [];

  constructor(options: RepetitionOptions) {
    this.#options = options;
  }

  /** All that it knows. */
  get known(): KnownSayings {
    return { said: this.#said, asked: this.#asked };
  }

  /** Lets go of all that it knows. */
  putAside(): KnownSayings {
    const { known } = this;
    this.takeUp({ said: [], asked: [] });
    return known;
  }

  takeUp({ said, asked }: KnownSayings): void {
    this.#said = said;
    this.#asked = asked;
  }

  /** Parts the actions of a turn in which this was done and perceived before; nothing is remembered by it. */
  sift(actions: readonly Action[], turn: { done: readonly Action[]; stimuli: readonly Stimulus[] }): Sifted {
    const kept: Action[] = [];
    const repeated: Action[] = [];
    const said = [...this.#said, ...turn.done.flatMap((action) => this.#saying(action) ?? [])];
    for (const action of actions) {
      const saying = this.#saying(action);
      const again = saying !== undefined && this.#isRepeated(saying, said);
      if (again && !(action.type === "TALK" && this.#isAskedAgain(turn.stimuli))) {
        repeated.push(action);
        continue;
      }
      kept.push(action);
      if (saying !== undefined) said.push(saying);
    }
    return { kept, repeated };
  }

  /** Keeps what was done and heard in a committed turn. */
  remember(actions: readonly Action[], stimuli: readonly Stimulus[]): void {
    const said = actions.flatMap((action) => this.#saying(action) ?? []);
    this.#said = lastOfEach([...this.#said, ...said], this.#options.lookback).slice(-sayingsRemembered);
    this.#asked = [...this.#asked, ...questionsIn(stimuli)].slice(-questionsRemembered);
    this.#planned = undefined;
  }

  #isRepeated(fresh: Saying, said: readonly Saying[]): boolean {
    const before = said.filter((one) => one.key === fresh.key).slice(-this.#options.lookback);
    if (fresh.short) {
      const lastTwo = before.slice(-2);
      return lastTwo.length === 2 && lastTwo.every((one) => same(one.shingles, fresh.shingles));
    }
    return before.some((one) => containment(fresh.shingles, one.shingles) >= this.#options.threshold);
  }

  /** Looked at only when something is about to be repeated: most turns never pay for it. */
  #isAskedAgain(stimuli: readonly Stimulus[]): boolean {
    const before = this.#asked.map(shingles);
    const now = questionsIn(stimuli).slice(-questionsRemembered).map(shingles);
    return now.some((question) => before.some((old) => containment(question, old) >= askedAgain));
  }

  #saying(action: Action): Saying | undefined {
    if (!guarded.has(action.type) || action.content === undefined) return undefined;
    const known = this.#planned?.get(action);
    if (known !== undefined) return known;
    const found = words(action.content);
    const key = `${action.type} ${action.target ?? ""}`;
    const saying = { key, shingles: shinglesOf(found), short: found.length <= shortWords };
    this.#planned ??= new Map();
    this.#planned.set(action, saying);
    return saying;
  }
}

/** The last few sayings of each kind and target, in their order. */
function lastOfEach(said: readonly Saying[], count: number): readonly Saying[] {
  const seen = new Map<string, number>();
  const kept = said.toReversed().filter(({ key }) => {
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return times <= count;
  });
  return kept.reverse();
}

function questionsIn(stimuli: readonly Stimulus[]): readonly string[] {
  return stimuli.flatMap((stimulus) => (stimulus.type === "CONVERSATION" ? [stimulus.content] : []));
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
  const shown = 60;
  const whole = text.trim();
  return whole.length <= shown
    ? whole
    : `${whole
        .slice(0, shown)
        .toWellFormed()
        .replace(/\ufffd$/u, "")
        .trimEnd()} …`;
}
