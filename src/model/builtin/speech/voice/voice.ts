import type { LanguageCode } from "../../../../kernel/language/tongues.ts";
import type { Random } from "../../../../kernel/values/random.ts";
import type { Phrases } from "../phrases.ts";
import { finished } from "./sentence.ts";
import type { Trace } from "./trace.ts";

/** The words that can stand in a slot, worked out when a phrase has it; none for a slot that nobody knows. */
export type Slots = (slot: string) => readonly string[];

interface Speaking {
  readonly language: LanguageCode;
  readonly phrases: Phrases;
  readonly slots: Slots;
  readonly dice: Random;
  /** What must not be said again. */
  readonly said: string;
  readonly traceOf: (template: string) => Trace;
  /** Which of so many who speak this is: each begins with phrases of their own. */
  readonly place: { readonly rank: number; readonly of: number };
}

/** Whole sentences: nobody says them twice. */
const statements: ReadonlySet<string> = new Set(["belief", "fact", "habit", "trait", "goal"]);
/** The same throughout what somebody says at once. */
const once: ReadonlySet<string> = new Set(["topic", "thing", "word", "from", "other", "option", "name", "job"]);

/** Says phrases of one language with a person's own words in them, none of them twice. */
export class Voice {
  readonly #speaking: Speaking;
  readonly #said: string;
  /** What was said since. */
  #added = "";
  readonly #fixed = new Map<string, string>();

  constructor(speaking: Speaking) {
    this.#speaking = speaking;
    this.#said = speaking.said.toLowerCase();
  }

  get phrases(): Phrases {
    return this.#speaking.phrases;
  }

  get language(): LanguageCode {
    return this.#speaking.language;
  }

  /** A sentence from the pool that was not said yet; undefined when the pool has nothing left. */
  say(pool: readonly string[]): string | undefined {
    const words = this.#expand(pool, 0);
    if (words === undefined) return undefined;
    this.remember(words);
    return finished(words, this.#speaking.language);
  }

  /** The same as part of a sentence. */
  part(pool: readonly string[]): string | undefined {
    const words = this.#expand(pool, 0);
    if (words !== undefined) this.remember(words);
    return words;
  }

  /** One of a slot's own words, if there are any. */
  word(slot: string): string | undefined {
    const words = this.#speaking.slots(slot);
    return this.#slot(slot, 0) ?? (words.length > 0 ? this.#speaking.dice.pick(words) : undefined);
  }

  remember(text: string): void {
    this.#added += `\n${text.toLowerCase()}`;
  }

  /** From a place that the dice tell, and the person's own before those of the others, who speak at the same time. */
  #expand(pool: readonly string[], depth: number): string | undefined {
    const { dice, place } = this.#speaking;
    const start = dice.integer(Math.max(1, pool.length));
    for (const own of [true, false]) {
      for (let after = 0; after < pool.length; after++) {
        const index = (start + after) % pool.length;
        if ((index % place.of === place.rank) !== own) continue;
        const text = this.#unsaid(pool[index] as string, depth);
        if (text !== undefined) return text;
      }
    }
    return undefined;
  }

  #unsaid(template: string, depth: number): string | undefined {
    return this.#wasSaid(template) ? undefined : this.#filled(template, depth);
  }

  #filled(template: string, depth: number): string | undefined {
    const { parts } = this.#speaking.traceOf(template);
    let text = parts[0] as string;
    for (let slot = 1; slot < parts.length; slot += 2) {
      const word = this.#slot(parts[slot] as string, depth);
      if (word === undefined) return undefined;
      text += word + (parts[slot + 1] as string);
    }
    return text;
  }

  #slot(slot: string, depth: number): string | undefined {
    const { slots, dice, phrases } = this.#speaking;
    if (slot === "idea" && depth === 0) return this.#expand(phrases.ideas, 1);
    if (slot === "benefit" && depth === 0) return this.#expand(phrases.benefits, 1);
    const fixed = this.#fixed.get(slot);
    if (fixed !== undefined) return fixed;
    const words = slots(slot);
    if (words.length === 0) return undefined;
    const fresh = words.filter((word) => !this.#wasHeard(word.toLowerCase()));
    if (fresh.length === 0 && statements.has(slot)) return undefined;
    const word = dice.pick(fresh.length > 0 ? fresh : words);
    if (once.has(slot)) this.#fixed.set(slot, word);
    return word;
  }

  #wasSaid(template: string): boolean {
    const { longest, tells, pieces } = this.#speaking.traceOf(template);
    if (tells) return this.#wasHeard(longest);
    return pieces.length > 1 && pieces.every((piece) => this.#wasHeard(piece));
  }

  #wasHeard(words: string): boolean {
    return this.#said.includes(words) || this.#added.includes(words);
  }
}
