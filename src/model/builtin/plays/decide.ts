import { sentences, shared, stems, tokens } from "../../../kernel/language/stems.ts";
import { detectLanguage } from "../../../kernel/language/tongues.ts";
import { phrasesIn } from "../speech/languages.ts";
import { feelingIn } from "../speech/listening/cues.ts";
import { leaningIn } from "../speech/listening/templates.ts";

/**
 * Which option a text speaks for: the one named in the warmest sentences, the first of equals; options such as
 * positive and negative go by the feeling of the text. Undefined when it says nothing about any.
 */
export function decided(options: readonly unknown[], text: string, question: string): unknown {
  if (options.every((option) => typeof option === "boolean")) return yesOrNo(text, question);
  const spoken = options.filter((option) => option !== null && option !== undefined);
  // "For" and "yes" are said in any sentence: what people hold tells more.
  const stance = spoken.some((option) => side.test(String(option))) ? byStance(spoken, text) : undefined;
  if (stance !== undefined) return stance;
  const parts = sentences(text);
  let [best, most]: [unknown, number] = [undefined, 0];
  for (const option of spoken) {
    const score = parts.reduce((sum, part) => sum + named(String(option), part), 0);
    if (score > most) [best, most] = [option, score];
  }
  return best ?? byFeeling(spoken, text);
}

export const choosing =
  /\b(?:choose|pick|prefer|take|go with|vote|favou?rite|for me it is|rather have|speaks to me)\b|nehme|wahl|choisis|prends|choix|elijo|elección|me quedo con|escolh|fico com|고르|선택|選び|أختار/iu;

/** How strongly one sentence speaks for an option. */
function named(option: string, sentence: string): number {
  const words = tokens(option.replaceAll(/[_-]/g, " "));
  const heard = tokens(sentence);
  if (/^[A-Z]$/.test(option)) return letter(option, sentence);
  const literal =
    ` ${heard.join(" ")} `.includes(` ${words.join(" ")} `) ||
    (/[^\x20-\x7e]/.test(option) && sentence.includes(option));
  const close =
    !literal &&
    words.length > 1 &&
    shared(stems(option), stems(sentence)) >= Math.ceil(stems(option).size / 2) &&
    stems(option).size > 0;
  if (!literal && !close) return 0;
  const feeling = feelingIn(sentence);
  return (literal ? 1 : 0.5) * (1 + feeling * 0.95 + (choosing.test(sentence) && feeling >= 0 ? 1.5 : 0));
}

/** An option that is one letter: never the article of "A white room". */
function letter(option: string, sentence: string): number {
  const next =
    option === "A" || option === "I" ? "(?! (?!because|since|as|is|was|for|and|over|then|but|clearly|to)[a-z])" : "";
  if (!new RegExp(`(?<![\\p{L}\\p{N}])${option}(?![A-Za-z0-9'’])${next}`, "u").test(sentence)) return 0;
  const feeling = feelingIn(sentence);
  return 1 + feeling * 0.95 + (choosing.test(sentence) && feeling >= 0 ? 1.5 : 0);
}

const side = /^(?:for|against|pro|contra|in favou?r|opposed)$/i;

function byStance(options: readonly unknown[], text: string): unknown {
  const leaning = leaningIn(text, phrasesIn[detectLanguage(text) ?? "en"]);
  return leaning === undefined ? undefined : bySign(options, leaning);
}

const byFeeling = (options: readonly unknown[], text: string): unknown => bySign(options, feelingIn(text));

function bySign(options: readonly unknown[], feeling: number): unknown {
  const word = (pattern: RegExp): unknown => options.find((option) => pattern.test(String(option)));
  const [good, bad] = [
    /^(?:very )?(?:positive|yes|agree|favou?r|in favou?r|support|good|accept|for|pro|happy|satisfied|like)/i,
    /^(?:very )?(?:negative|no|disagree|against|oppos|contra|bad|reject|unhappy|dissatisfied|dislike)/i,
  ];
  if (word(good) === undefined || word(bad) === undefined) return undefined;
  const middle = word(/neutral|mixed|undecided|unsure|unknown|neither|none/i);
  if (middle !== undefined && Math.abs(feeling) < 0.2) return middle;
  return feeling >= 0 ? word(good) : word(bad);
}

/** True when those sentences that speak of the question sound pleased; undefined when none does. */
function yesOrNo(text: string, question: string): boolean | undefined {
  const about = stems(question);
  const relevant = sentences(text).filter((sentence) => shared(about, stems(sentence)) > 0);
  const feeling = feelingIn(relevant.length > 0 ? relevant.join(" ") : text);
  return relevant.length === 0 && feeling === 0 ? undefined : feeling >= 0;
}
