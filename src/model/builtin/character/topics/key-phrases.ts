import { isTelling } from "../../../../kernel/language/stems.ts";
import { detectLanguage } from "../../../../kernel/language/tongues.ts";
import { completing, doing, inCompany, passing } from "./passing-words.ts";

/** Words before which a noun stands … */
const articles = new Set(
  "a an the your my our their his her this these those some any every each un una el la los las le les des du um uma os as ein eine einen einem einer der die das dem den".split(
    " ",
  ),
);
const prepositions = new Set("about of on for with like into over against sobre acerca über von para avec".split(" "));
/** … and before which a verb does. */
const pronouns = new Set(
  "to you i we they would could should can will is are was were be been what who which how and".split(" "),
);
/** What follows a verb, and no noun. */
const pronounsAfter = new Set("its their his her your my our the a an it them him us me".split(" "));
/** What follows a word that is mostly a verb. */
const afterVerb = new Set([...pronounsAfter, ..."on at to in from by for with until before after and".split(" ")]);

/** “School should begin at ten.” */
const demands = new Set("should must shall ought".split(" "));
/** What of something is demanded has no article where it is a kind, and weighs as much as if it had one. */
const bareSubject = 8;

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

/** The same with their weights; `ofPiece` reads what stands between two marks. */
export function weighedPhrases(text: string, ofPiece = phrasesOfPiece): Phrase[] {
  const found = new Map<string, number>();
  const isGerman = detectLanguage(text) === "de";
  const pieces = text.slice(-2_000).split(/[.,;:!?()[\]"“”«»„‘`\n。、？！？؟،؛]+/u);
  for (const piece of pieces) {
    for (const { words, weight } of ofPiece(isGerman ? nounsAlone(piece) : piece))
      found.set(words, (found.get(words) ?? 0) + weight);
  }
  return [...found]
    .map(([words, weight]) => ({ words, weight }))
    .filter(({ weight }) => weight > verbal)
    .toSorted((one, other) => other.weight - one.weight);
}

/** German writes its nouns with a capital: what is small names nothing. The first word has one in any case. */
function nounsAlone(piece: string): string {
  const words = piece.trim().split(/\s+/u);
  const isNoun = (word: string, index: number): boolean =>
    /^\p{Lu}/u.test(word) && (index > 0 || words.length < 3) && !passing.has(word.toLowerCase());
  return words.map((word, index) => (isNoun(word, index) || articles.has(word) ? word : "und")).join(" ");
}

function weigh(words: string, [before, earlier]: readonly [string, string]): number {
  const place = earlier === "about" ? 6 : /^(?:in|on|at|from|by)$/.test(earlier) ? -4 : 0;
  const company = articles.has(before) ? 8 + place : prepositions.has(before) ? 6 : pronouns.has(before) ? -6 : 0;
  const dense = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Katakana}\p{sc=Arabic}]/u.test(words) ? 10 : 0;
  const attached = /^ل(?!ل)\p{L}{4}/u.test(words) ? -24 : 0;
  return Math.min(18, words.length) + (words.includes(" ") ? 6 : 0) + company + dense + attached;
}

/** The runs of telling words in a piece of a sentence. */
export function phrasesOfPiece(piece: string): readonly Phrase[] {
  const found: Phrase[] = [];
  let [run, before]: [string[], readonly [string, string]] = [[], ["", ""]];
  const close = (next = ""): void => {
    const ends = run.length > 1 ? isVerb(run.at(-1) ?? "", next) : isDoing(run[0] ?? "", next);
    const whole = ends ? run.slice(0, -1) : run;
    const words = whole.slice(-2).join(" ");
    const demanded = before[0] === "" && demands.has(next) ? bareSubject : 0;
    if (whole.length > 0) found.push({ words, weight: weigh(words, before) + demanded });
    run = [];
  };
  let [last, earlier] = ["", ""];
  for (const { word, ends } of wordsIn(piece)) {
    const small = word.toLowerCase();
    const telling = isNoun(small, last) && (run.length > 0 || !inCompany.has(small));
    const completes = run.length > 0 && completing.has(small);
    if ((!telling && !completes) || run.length === 3) close(small);
    if (telling || completes) {
      if (run.length === 0) before = [last, earlier];
      run.push(word);
    }
    if (ends) close();
    [last, earlier] = [small, last];
  }
  close();
  return found;
}

/** A telling word; after an article a short one tells, too: "our app", "the fee". */
const isNoun = (word: string, before: string): boolean =>
  isTelling(word, articles.has(before) ? 3 : 4) && !passing.has(word);

/** "Repairs included", "bank closes its": what ends the run says what becomes of it. */
const isVerb = (word: string, next: string): boolean =>
  /^[a-z]{3,}ed$/.test(word) ||
  (/^[a-z]{3,}[^s]s$/.test(word) && pronounsAfter.has(next)) ||
  (doing.has(word) && (next === "" || afterVerb.has(next)));

/** “Thank you for taking the time.” */
const isDoing = (word: string, next: string): boolean => /^[a-z]{3,}ing$/.test(word) && pronounsAfter.has(next);

interface Word {
  readonly word: string;
  /** No other word belongs to it. */
  readonly ends: boolean;
}

/** Japanese is written without gaps: its words of substance are those in kanji or katakana. */
function wordsIn(piece: string): Word[] {
  const words = piece.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
  return words.flatMap((word) => {
    if (/[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(word))
      return japaneseNouns(word).map((noun) => ({ word: noun, ends: true }));
    if (/\p{sc=Hangul}/u.test(word)) return [koreanNoun(word)];
    // "d'une liseuse", "ajouteriez-vous": the article counts, the verb does not.
    const [, elided, rest] = /^(\p{L}{1,2})['’](\p{L}.*)$/u.exec(word) ?? [];
    if (/-(?:vous|tu|il|elle|on|nous|je|ils|elles|você|se|me|lhe)$/iu.test(word)) return [{ word: "et", ends: true }];
    return [elided, rest ?? word].flatMap((part) => (part === undefined ? [] : [{ word: part, ends: false }]));
  });
}

const japaneseNouns = (word: string): string[] => [
  ...(word.match(/(?:[\p{sc=Han}\p{sc=Katakana}ー]{2,}の)?[\p{sc=Han}\p{sc=Katakana}ー]{2,}/gu) ?? []),
];

/** A Korean noun without its particle, which ends it; verbs give a word too short to tell anything. */
function koreanNoun(word: string): Word {
  if (/(?:요|다|까|죠|네|게|고|면|서|며|려|있는|하는|되는|주는|같은|나도|씀해|.한)$|^\d/u.test(word))
    return { word: "가", ends: true };
  const bare = word.replace(/(?:에서|으로|에게|까지|부터|을|를|은|는|이|가|의|에|로|와|과|도|만)$/u, "");
  const known = bare.length === word.length || bare.length > 1 ? bare : "가";
  return { word: known, ends: bare.length < word.length };
}
