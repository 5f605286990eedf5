import { isCommonWord } from "./language.ts";

/** Words that say little about a topic, beside the commonest of each language. */
const weak = new Set(
  "think thinks feel feels know say says said tell tells told like likes want wants need needs make makes made get gets give gives go goes going take takes come comes see sees look looks use uses used new good great nice best better really maybe perhaps please thanks thank yes ok okay thing things way people person someone something anything everyone everything lot much many every first last time times day let lets add added give idea ideas feature features suggestion suggestions wild wildly possible possibly hello hi dear morning question answer opinion don doesn didn won isn aren wasn wouldn couldn shouldn hasn ll ve re im id there's that's it's i'm i'd i'll i've what's let's still even well right sure back around between because while during after before never always often usually".split(
    " ",
  ),
);

/** The words of a text in lower case, in order. */
export function tokens(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
}

function isTelling(word: string): boolean {
  const long = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Katakana}]/u.test(word) ? word.length > 1 : word.length > 3;
  return long && !weak.has(word) && !isCommonWord(word) && !/^\d+$/.test(word);
}

/** The beginnings of the telling words, so that forms of one word meet. */
export function stems(text: string): Set<string> {
  return new Set(tokens(text).filter(isTelling).map(stem));
}

function stem(word: string): string {
  return /^[a-z]/.test(word) ? word.replace(/(?:ings?|ers?|ies|es|s|ed|ly)$/, "").slice(0, 7) : word.slice(0, 7);
}

/** How many stems two sets share. */
export function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let count = 0;
  for (const item of one) if (other.has(item)) count += 1;
  return count;
}

/**
 * What a text is about: runs of telling words, the longest and latest first.
 * @example
 * keyPhrases("Which AI feature would you add to a word processor?")[0]; // => "word processor"
 */
export function keyPhrases(text: string, most = 6): string[] {
  const found = new Map<string, number>();
  const pieces = text.slice(-2_000).split(/[.,;:!?()[\]"“”«»„‘`\n。、？！؟،؛]+/u);
  for (const piece of pieces)
    for (const phrase of runs(piece)) found.set(phrase, (found.get(phrase) ?? 0) + weight(phrase));
  return [...found.keys()].toSorted((one, other) => (found.get(other) ?? 0) - (found.get(one) ?? 0)).slice(0, most);
}

const weight = (phrase: string): number => Math.min(18, phrase.length) + (phrase.includes(" ") ? 6 : 0);

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

function runs(piece: string): string[] {
  const words = wordsIn(piece);
  const found: string[] = [];
  let run: string[] = [];
  for (const word of [...words, ""]) {
    if (word !== "" && isTelling(word.toLowerCase()) && run.length < 3) run.push(word);
    else {
      if (run.length > 0) found.push(run.slice(-2).join(" "));
      run = word !== "" && isTelling(word.toLowerCase()) ? [word] : [];
    }
  }
  return found;
}

/** The sentences of a text, in any of the scripts. */
export function sentences(text: string): string[] {
  return (text.match(/[^.!?。！？؟\n]+(?:[.!?。！？؟]+["”»’]?|\n|$)/gu) ?? [text])
    .map((sentence) => sentence.trim())
    .filter((s) => s.length > 1);
}

/** A number in [0, 1) that depends on the text alone (FNV-1a with a final mix). */
export function noise(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
