import { words } from "../../../kernel/language/shingles.ts";
import type { ConsolidationAnswer } from "./answer.ts";
import type { Happening } from "./material.ts";

const sentencesKept = 3;
const mostLetters = 240;
const spoken: ReadonlySet<string> = new Set(["CONVERSATION", "TALK", "SOCIAL"]);

/**
 * What is kept without asking a model: the sentences that tell most, in the words in which they were said. For models
 * too small to be asked; a quote is never wrong about what was said.
 */
export function extractedNotes(happened: readonly Happening[], name: string): ConsolidationAnswer {
  const telling = happened
    .flatMap((one, index) => sentencesOf(one, index + 1))
    .toSorted((one, other) => other.score - one.score || one.line - other.line);
  const best = telling
    .filter((one, index) => telling.findIndex((other) => other.quote === one.quote) === index)
    .slice(0, sentencesKept)
    .toSorted((one, other) => one.line - other.line);
  const [first] = happened;
  const summary = best.map(({ quote }) => quote).join(" ") || quoted(first, first?.text ?? "…");
  return {
    summary,
    added: best
      .filter(({ from }) => from !== name)
      .map(({ quote, line, from }) => ({ kind: "fact", text: quote, importance: 4, about: [from], events: [line] })),
    revised: [],
    reflections: [],
  };
}

interface Telling {
  readonly line: number;
  readonly from: string;
  readonly quote: string;
  readonly score: number;
}

function sentencesOf(one: Happening, line: number): readonly Telling[] {
  const { from, text } = one;
  if (!spoken.has(one.type) || from === undefined) return [];
  return (text.match(/[^.!?。！？\n]+[.!?。！？]*/gu) ?? []).flatMap((raw) => {
    const sentence = raw.trim();
    if (words(sentence).length < 4) return [];
    return [{ line, from, quote: quoted(one, sentence), score: tellingOf(sentence) }];
  });
}

/** Different words, long ones, numbers and names tell more; questions tell nothing. */
function tellingOf(sentence: string): number {
  const different = new Set(words(sentence));
  const long = [...different].filter((word) => word.length > 5).length;
  const named = (sentence.match(/\p{N}+|(?<=\s)\p{Lu}\p{L}+/gu) ?? []).length;
  return (Math.min(different.size, 20) + long + 2 * named) * (/[?？]$/u.test(sentence) ? 0.2 : 1);
}

function quoted(one: Happening | undefined, text: string): string {
  const short = text.length <= mostLetters ? text : `${text.slice(0, mostLetters).toWellFormed().trimEnd()} …`;
  return one?.from === undefined ? short : `${one.from}: “${short}”`;
}
