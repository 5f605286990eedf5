import type { MemoryNote } from "../../../kernel/contracts/memory/notes.ts";
import { hashedWords, words } from "../../../kernel/language/shingles.ts";
import type { KnownNote } from "../notes/likeness.ts";
import { estimateTokens } from "../token-estimate.ts";
import type { Happening } from "./material.ts";

const mostNotes = 16;
const mostTokens = 500;
/** The newest are shown whatever they are about: what was just kept is what comes again first. */
const newestShown = 4;

/**
 * The notes that what happened has most to do with, in their order: those about the same people and in the same words,
 * rare words counting for more (inverse document frequency). Summaries and what was read in documents stay out: neither
 * is to be corrected by what happens next.
 */
export function relatedNotes(known: readonly KnownNote[], happened: readonly Happening[]): readonly MemoryNote[] {
  const own = known.filter(({ note }) => note.kind !== "event" && note.from === undefined);
  if (own.length === 0) return [];
  const said = hashedWords(words(happened.map((one) => one.text).join("\n")));
  const people = new Set(happened.flatMap(({ from, to }) => [from, to]).map((name) => name?.toLowerCase()));
  const rarity = raritiesOf(own);
  const heardWords = new Set(said);
  const scored = own.map((one, index) => ({
    one,
    index,
    score: score(one) + (index >= own.length - newestShown ? 1_000 : 0),
  }));
  function score({ note, print }: KnownNote): number {
    const shared = print.words.reduce((sum, word) => sum + (heardWords.has(word) ? (rarity.get(word) ?? 0) : 0), 0);
    const acquainted = note.about?.some((name) => people.has(name.toLowerCase())) ? 1.5 : 1;
    return (shared * acquainted) / Math.sqrt(1 + print.words.length);
  }
  const best = scored.toSorted((a, b) => b.score - a.score || b.index - a.index).slice(0, mostNotes);
  const shown = withinTokens(best.filter(({ score: reached }) => reached > 0));
  return shown.toSorted((a, b) => a.index - b.index).map(({ one }) => one.note);
}

function raritiesOf(known: readonly KnownNote[]): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const { print } of known) for (const word of print.words) times.set(word, (times.get(word) ?? 0) + 1);
  return new Map([...times].map(([word, count]) => [word, Math.log(1 + known.length / count)]));
}

function withinTokens<T extends { readonly one: KnownNote }>(scored: readonly T[]): readonly T[] {
  let tokens = 0;
  return scored.filter(({ one }) => {
    tokens += estimateTokens(one.note.text);
    return tokens <= mostTokens;
  });
}
