import { gramsOf, isDense, stemOf, weightOf, wordsOf } from "../../../kernel/language/terms.ts";

/** What a text is compared by: its terms and how much each tells by itself. */
export type Terms = ReadonlyMap<string, number>;

/**
 * The stems of a text's words; where characters are syllables or words, each two of them that stand together.
 * @example
 * [...termsOf("Cheap phones").keys()]; // => ["cheap", "phon"]
 */
export function termsOf(text: string): Terms {
  const terms = new Map<string, number>();
  for (const word of wordsOf(text)) {
    if (isDense(word)) for (const gram of gramsOf(word)) terms.set(gram, 1);
    else terms.set(stemOf(word), weightOf(word));
  }
  return terms;
}

/**
 * Texts by their words: how alike each is to a question, as the cosine of their terms, where a term that few texts
 * have counts for more (inverse document frequency: K. Spärck Jones, 1972; cosine: G. Salton and C. Buckley, 1988).
 */
export class Lexicon {
  readonly #ids = new Map<string, number>();
  /** By term: how much it tells by itself, and which texts have it. */
  readonly #weights: number[] = [];
  readonly #slots: number[][] = [];
  /** By slot; absent for what was taken out. */
  readonly #terms: (Uint32Array | undefined)[] = [];
  #size = 0;
  #measured: Measured | undefined;

  add(slot: number, terms: Terms): void {
    const ids = new Uint32Array(terms.size);
    let at = 0;
    for (const [term, weight] of terms) ids[at++] = this.#enter(term, weight, slot);
    this.#terms[slot] = ids;
    this.#size += 1;
    this.#measured = undefined;
  }

  remove(slot: number): void {
    for (const id of this.#terms[slot] ?? []) {
      const slots = this.#slots[id] ?? [];
      slots.splice(slots.indexOf(slot), 1);
    }
    this.#terms[slot] = undefined;
    this.#size -= 1;
    this.#measured = undefined;
  }

  /** Likeness in [0, 1] by slot. */
  match(asked: Terms): Float64Array {
    const { values, lengths } = this.#measure();
    const shared = new Float64Array(this.#terms.length);
    let length = 0;
    for (const [term, weight] of asked) {
      const id = this.#ids.get(term);
      const value = id === undefined ? this.#valueOf(weight, 0) : (values[id] ?? 0);
      length += value;
      for (const slot of id === undefined ? [] : (this.#slots[id] ?? [])) shared[slot] = (shared[slot] ?? 0) + value;
    }
    for (let slot = 0; slot < shared.length; slot++) {
      const common = shared[slot] ?? 0;
      if (common > 0) shared[slot] = common / Math.sqrt(length * (lengths[slot] ?? 1));
    }
    return shared;
  }

  /** Likeness of two of the texts, in [0, 1]. */
  likeness(one: number, other: number): number {
    const { values, lengths } = this.#measure();
    const known = new Set(this.#terms[one]);
    let common = 0;
    for (const id of this.#terms[other] ?? []) if (known.has(id)) common += values[id] ?? 0;
    return common === 0 ? 0 : common / Math.sqrt((lengths[one] ?? 1) * (lengths[other] ?? 1));
  }

  /** Notes that a text has a term, and gives the term's id. */
  #enter(term: string, weight: number, slot: number): number {
    const known = this.#ids.get(term);
    if (known !== undefined) {
      this.#slots[known]?.push(slot);
      return known;
    }
    const id = this.#weights.push(weight) - 1;
    this.#ids.set(term, id);
    // Most terms are those of one text: a list that grew by pushing would hold room for sixteen more.
    this.#slots.push([slot]);
    return id;
  }

  /** What terms and texts count for depends on all texts: it is worked out once after a change. */
  #measure(): Measured {
    if (this.#measured !== undefined) return this.#measured;
    const values = Float64Array.from(this.#weights, (weight, id) =>
      this.#valueOf(weight, this.#slots[id]?.length ?? 0),
    );
    const lengths = Float64Array.from(this.#terms, (ids = new Uint32Array()) =>
      ids.reduce((sum, id) => sum + (values[id] ?? 0), 0),
    );
    this.#measured = { values, lengths };
    return this.#measured;
  }

  #valueOf(weight: number, texts: number): number {
    return (weight * Math.log(1 + this.#size / Math.max(1, texts))) ** 2;
  }
}

/** By term and by slot: the squares that a cosine is made of. */
interface Measured {
  readonly values: Float64Array;
  readonly lengths: Float64Array;
}
