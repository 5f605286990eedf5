import { isTelling } from "../../../kernel/language/stems.ts";

/** Words before which a noun stands … */
const articles = new Set(
  "a an the your my our their his her this these those some any un una el la los las le les des du um uma os as ein eine einen einem einer der die das dem den".split(
    " ",
  ),
);
const prepositions = new Set("about of on for with like into over against sobre acerca über von para avec".split(" "));
/** … and before which a verb does. */
const pronouns = new Set(
  "to you i we they would could should can will is are was were be been what who which how and".split(" "),
);

export interface Phrase {
  readonly words: string;
  /** How surely it names a matter; from `strong` on it can stand for the whole text. */
  readonly weight: number;
}

export const strong = 11;
/** Up to here it is a verb, as far as its place says: "would sell", "were yours". */
const verbal = 0;

/**
 * What a text is about: runs of telling words, the most telling first.
 * @example
 * keyPhrases("Which AI feature would you add to a word processor?")[0]; // => "word processor"
 */
export function keyPhrases(text: string, most = 6): string[] {
  return weighedPhrases(text)
    .slice(0, most)
    .map((phrase) => phrase.words);
}

export function weighedPhrases(text: string): Phrase[] {
  const found = new Map<string, number>();
  const pieces = text.slice(-2_000).split(/[.,;:!?()[\]"“”«»„‘`\n。、？！؟،؛]+/u);
  for (const piece of pieces) {
    for (const { words, weight } of runs(piece)) found.set(words, (found.get(words) ?? 0) + weight);
  }
  return [...found]
    .map(([words, weight]) => ({ words, weight }))
    .filter(({ weight }) => weight > verbal)
    .toSorted((one, other) => other.weight - one.weight);
}

function weigh(words: string, before: string): number {
  const company = articles.has(before) ? 8 : prepositions.has(before) ? 6 : pronouns.has(before) ? -6 : 0;
  const dense = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Katakana}\p{sc=Arabic}]/u.test(words) ? 10 : 0;
  return Math.min(18, words.length) + (words.includes(" ") ? 6 : 0) + company + dense;
}

function runs(piece: string): Phrase[] {
  const found: Phrase[] = [];
  let [run, before, last]: [string[], string, string] = [[], "", ""];
  const close = (): void => {
    if (run.length > 0) found.push({ words: run.slice(-2).join(" "), weight: weigh(run.slice(-2).join(" "), before) });
    run = [];
  };
  for (const word of wordsIn(piece)) {
    if (!isTelling(word.toLowerCase()) || run.length === 3) close();
    if (isTelling(word.toLowerCase())) {
      if (run.length === 0) before = last;
      run.push(word);
    }
    last = word.toLowerCase();
  }
  close();
  return found;
}

/** Japanese is written without gaps: its words of substance are those in kanji or katakana. */
function wordsIn(piece: string): string[] {
  const words = piece.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
  return words.flatMap((word) => {
    if (/[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(word))
      return [...(word.match(/[\p{sc=Han}\p{sc=Katakana}ー]{2,}/gu) ?? []), "の"];
    return /\p{sc=Hangul}/u.test(word) ? [koreanNoun(word)] : [word];
  });
}

/** A Korean noun without its particle; verbs give a word too short to tell anything. */
function koreanNoun(word: string): string {
  if (/(?:요|다|까|죠|네|게|고|면|서|며|려|있는|하는|되는|주는|같은|나도)$/u.test(word)) return "가";
  const bare = word.replace(/(?:에서|으로|에게|까지|부터|을|를|은|는|이|가|의|에|로|와|과|도|만)$/u, "");
  return bare.length > 1 ? bare : word;
}
