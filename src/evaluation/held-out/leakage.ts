import { stems } from "../../kernel/language/stems.ts";
import { folded } from "../people/reading/value.ts";

/** A text that a model read before it foretold something. */
export interface AuditedPrompt {
  /** Whose it is, and where it stands: the scope of a call. */
  readonly id: string;
  /** Whom it is to play, by the id of their answers: answers of a few letters are looked for in such alone. */
  readonly person?: string;
  readonly text: string;
}

/** What must not stand in any of them. */
export interface Hidden {
  /** What was asked, word for word. */
  readonly question: string;
  /** By id: what the person answered in words of their own, or as the option is called. */
  readonly answers: Readonly<Record<string, string>>;
  /** What could be answered: where all of it stands together, it is the question and no answer. */
  readonly options?: readonly string[];
}

/** Something that was hidden and stands in a prompt. */
export interface Leak {
  readonly prompt: string;
  readonly kind: "question" | "answer";
  /** Whose answer it is. */
  readonly person?: string;
  /** The words around it. */
  readonly words: string;
}

/** Answers shorter than this stand in any text by chance. */
const shortest = 12;
/** Characters of the prompt on either side. */
const around = 30;
/** … among which a short answer has to stand beside what was asked. */
const beside = 120;
/** The share of the question's telling words that say that it is about this question. */
const mostOf = 0.5;

/**
 * Looks through what models read for an item that was hidden from them: its question, and the very words of anybody's
 * answer to it, whatever their case and spacing. Answers of fewer than twelve characters ("Yes", "4") would be found in any
 * text: they count only as a word of its own, in a prompt of the person who gave them, beside half of the question's telling
 * words, and not where all options stand together. A finding is a fault of the study; that there is none says only that the
 * words are not there.
 * @example
 * findLeaks([{ id: "lisa", text: "You like tea. Would you buy gazpacho? Surely not." }], { question: "Would you buy gazpacho?", answers: {} }).length; // => 1
 */
export function findLeaks(prompts: readonly AuditedPrompt[], hidden: Hidden): readonly Leak[] {
  const answers = Object.entries(hidden.answers).map(([person, words]) => ({ person, words: lower(words) }));
  const long = answers.filter(({ words }) => words.length >= shortest);
  const short = Map.groupBy(
    answers.filter(({ words }) => words.length < shortest && words !== ""),
    ({ person }) => person,
  );
  const question = lower(hidden.question);
  return prompts.flatMap(({ id, person, text }): readonly Leak[] => {
    const plain = folded(text);
    const found = (words: string, more: Pick<Leak, "kind" | "person">, at: number): readonly Leak[] =>
      at < 0 ? [] : [{ prompt: id, ...more, words: plain.slice(Math.max(0, at - around), at + words.length + around) }];
    const within = lower(plain);
    const own = person === undefined ? [] : (short.get(person) ?? []);
    return [
      ...found(question, { kind: "question" }, question === "" ? -1 : within.indexOf(question)),
      ...long.flatMap(({ person: whose, words }) =>
        found(words, { kind: "answer", person: whose }, within.indexOf(words)),
      ),
      ...own.flatMap(({ person: whose, words }) =>
        found(words, { kind: "answer", person: whose }, besideQuestion(within, words, hidden)),
      ),
    ];
  });
}

const lower = (text: string): string => folded(text).toLowerCase();

/** Where a short answer stands as a word of its own beside what was asked; -1 where it does not. */
function besideQuestion(text: string, answer: string, { question, options = [] }: Hidden): number {
  const asked = stems(question);
  if (asked.size === 0) return -1;
  const word = new RegExp(
    `(?<![\\p{L}\\p{N}])${answer.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\p{N}])`,
    "gu",
  );
  for (const { index } of text.matchAll(word)) {
    const near = text.slice(Math.max(0, index - beside), index + answer.length + beside);
    const there = stems(near);
    const shared = [...asked].filter((stem) => there.has(stem)).length;
    const isList = options.length > 1 && options.every((option) => near.includes(lower(option)));
    if (shared >= mostOf * asked.size && !isList) return index;
  }
  return -1;
}
