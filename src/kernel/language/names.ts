import { nearest } from "../text/nearest.ts";

/** Anybody with a name that others may write in their own way. */
export interface Named {
  readonly name: string;
}

/** Scripts in which a mark over or under a letter does not make it another letter for those who look for a name. */
const marked =
  /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])[\p{M}\u0640]+/gu;
/** Scripts written without spaces between the parts of a name. */
const unspaced =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}ー]{2,}$/u;
const titles: ReadonlySet<string> = new Set(
  "mr mrs ms miss mx dr prof professor sir madam sr sra srta señor señora senor senora herr frau monsieur madame mme السيد السيدة الدكتور الدكتورة الاستاذ يا 씨 님 선생님 さん さま 様 くん ちゃん 先生 女士 小姐".split(
    " ",
  ),
);
const suffixes = /(?<=.)(?:선생님|씨|님|さん|さま|くん|ちゃん|先生|様|女士|小姐)$/u;
const longestRun = 12;

/**
 * The words of a name as they are compared: without case, without diacritics, punctuation and titles.
 * @example
 * nameWords("Dr. José  MÜLLER"); // => ["jose", "muller"]
 */
export function nameWords(text: string): readonly string[] {
  const plain = text.normalize("NFKC").toLowerCase().normalize("NFD").replace(marked, "$1").normalize("NFC");
  const words = plain.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const bare = words.filter((word) => !titles.has(word));
  return bare.length > 0 ? bare : words;
}

/**
 * Finds people by what others call them: the exact name, else the whole name however it is spelled, else a part of it
 * (first name, last name, several words), else a text that contains the whole name. Looking up does not grow with the
 * number of people.
 */
export class NameIndex<P extends Named> {
  readonly #exact = new Map<string, P>();
  readonly #whole = new Map<string, P[]>();
  readonly #parts = new Map<string, P[]>();

  constructor(people: readonly P[] = []) {
    for (const person of people) this.add(person);
  }

  add(person: P): void {
    this.#exact.set(person.name.normalize("NFC"), person);
    for (const [map, key] of this.#keys(person)) {
      const others = map.get(key);
      if (others === undefined) map.set(key, [person]);
      else others.push(person);
    }
  }

  remove(person: P): void {
    this.#exact.delete(person.name.normalize("NFC"));
    for (const [map, key] of this.#keys(person)) {
      const others = (map.get(key) ?? []).filter((one) => one !== person);
      if (others.length > 0) map.set(key, others);
      else map.delete(key);
    }
  }

  /** The one so called, to the letter. */
  exact(name: string): P | undefined {
    return this.#exact.get(name.trim().normalize("NFC"));
  }

  /** Everybody whom the text may mean, by the first way of reading it that fits anybody; empty when nobody is meant. */
  find(text: string): readonly P[] {
    const exact = this.exact(text);
    if (exact !== undefined) return [exact];
    const asWritten = nameWords(text);
    for (const words of [asWritten, asWritten.map((word) => word.replace(suffixes, ""))]) {
      const key = words.join(" ");
      const found = this.#whole.get(key) ?? this.#parts.get(key) ?? this.#within(words);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** Everybody whose name, or a word of it, the text may misspell; the nearest first. Grows with the number of people. */
  near(text: string): readonly P[] {
    const key = nameWords(text).join(" ");
    const known = new Map([...this.#words, ...this.#whole]);
    return key.length < 4 ? [] : [...new Set(nearest(key, [...known.keys()]).flatMap((name) => known.get(name) ?? []))];
  }

  get #words(): readonly (readonly [string, readonly P[]])[] {
    return [...this.#parts].filter(([run]) => run.length > 2 && !run.includes(" "));
  }

  #within(words: readonly string[]): readonly P[] {
    return [...new Set(runs(words).flatMap((run) => this.#whole.get(run) ?? []))];
  }

  *#keys(person: P): Iterable<readonly [Map<string, P[]>, string]> {
    const words = nameWords(person.name);
    if (words.length > 0) yield [this.#whole, words.join(" ")];
    for (const run of new Set([...runs(words), ...words.flatMap(pieces)])) yield [this.#parts, run];
  }
}

/**
 * Everybody whom a name may mean as somebody wrote it: without accents, in other case, by a part of it.
 * @example
 * findByName([{ name: "Zoë Braun" }, { name: "Lisa Braun" }], "zoe"); // => [{ name: "Zoë Braun" }]
 */
export const findByName = <P extends { readonly name: string }>(people: readonly P[], text: string): readonly P[] =>
  new NameIndex(people).find(text);

/** Every run of neighbouring words. */
function runs(words: readonly string[]): readonly string[] {
  const some = words.slice(0, longestRun);
  return some.flatMap((_, start) =>
    some.slice(start).map((_, length) => some.slice(start, start + length + 1).join(" ")),
  );
}

/** Family and given name of a name written without spaces: its beginnings and its ends. */
function pieces(word: string): readonly string[] {
  if (!unspaced.test(word)) return [];
  const letters = [...word];
  const beginnings = letters.slice(1).map((_, index) => letters.slice(0, index + 1).join(""));
  const ends = letters.slice(1).map((_, index) => letters.slice(index + 1).join(""));
  return [...beginnings, ...ends.filter((end) => letters.length === 2 || [...end].length > 1)];
}
