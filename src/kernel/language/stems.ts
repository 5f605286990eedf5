import { words } from "./shingles.ts";
import { isCommonWord } from "./tongues.ts";

/** Words that say little about a topic, beside the commonest of each language. */
const weak = new Set(
  "think thinks feel feels know say says said tell tells told like likes want wants need needs make makes made get gets give gives go goes going take takes come comes see sees look looks use uses used new good great nice best better really maybe perhaps please thanks thank yes ok okay thing things way people person someone something anything everyone everything lot much many every first last time times day let lets add added give idea ideas feature features suggestion suggestions wild wildly possible possibly hello hi dear morning question answer opinion don doesn didn won isn aren wasn wouldn couldn shouldn hasn ll ve re im id there's that's it's i'm i'd i'll i've what's let's still even well right sure back around between because while during after before never always often usually concrete others missing tried solved notice costs cost change changed later months today exactly choose choice closer react reacts problem problems kind sort example examples part parts pretend suppose imagine different especially already matter matters resist stop start happen happens wrong true themselves yourself myself himself herself itself work works working does doing done being having close closely opinions questions answers words sentence sentences describe explain discuss list names short briefly particular main certain nobody somebody everybody none each annoys welcome coming propose proposes makes between among against without within while rather quite almost enough itself moment moments attention these those whole half".split(
    " ",
  ),
);

/** The words of a text in lower case, in order. */
export function tokens(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
}

const isFigure = (word: string): boolean => word <= "9\uffff" && /^\d+$/.test(word);

/** Words of two characters that say as much as a long one elsewhere. */
const syllabic = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Katakana}]/u;

/** Whether a word says something about a topic; `least` letters make one in alphabets. */
export function isTelling(word: string, least = 4): boolean {
  const long = word.length >= least || (word.length > 1 && syllabic.test(word));
  return long && !weak.has(word) && !isCommonWord(word) && !isFigure(word);
}

/** The beginnings of the telling words, so that forms of one word meet. */
export function stems(text: string): Set<string> {
  return new Set(
    tokens(text)
      .filter((word) => isTelling(word))
      .map(stem),
  );
}

/** The longest first. */
const endings = ["ings", "ing", "ers", "ies", "er", "es", "ed", "ly", "s"];

function stem(word: string): string {
  const isLatin = word >= "a" && word < "{";
  const ending = isLatin ? endings.find((one) => word.endsWith(one)) : undefined;
  return word.slice(0, Math.min(7, word.length - (ending?.length ?? 0)));
}

/** Scripts without spaces, or whose words grow at their end. */
const dense = /^[\p{sc=Han}\p{sc=Hangul}\p{sc=Katakana}]/u;

/** What a text is about, so that texts in any script meet: its stems, and in dense scripts how its words begin. */
export function matters(text: string): Set<string> {
  const begun = words(text).filter((word) => word.length > 1 && dense.test(word) && !isCommonWord(word));
  return new Set([...[...stems(text)].filter((stem) => !dense.test(stem)), ...begun.map((word) => word.slice(0, 2))]);
}

/** How many stems two sets share. */
export function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let count = 0;
  for (const item of one) if (other.has(item)) count += 1;
  return count;
}

/** The sentences of a text, in any of the scripts. */
export function sentences(text: string): string[] {
  return (text.match(/[^.!?。！？؟\n]+(?:[.!?。！？؟]+["”»’]?|\n|$)/gu) ?? [text])
    .map((sentence) => sentence.trim())
    .filter((s) => s.length > 1);
}
