import { folded } from "../people/reading/value.ts";

/** A text that a model read before it foretold something. */
export interface AuditedPrompt {
  /** Whose it is, and where it stands: the scope of a call. */
  readonly id: string;
  readonly text: string;
}

/** What must not stand in any of them. */
export interface Hidden {
  /** What was asked, word for word. */
  readonly question: string;
  /** By id: what the person answered in words of their own, or as the option is called. */
  readonly answers: Readonly<Record<string, string>>;
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

/**
 * Looks through what models read for an item that was hidden from them: its question, and the very words of anybody's
 * answer to it, whatever their case and spacing. A finding is a fault of the study; that there is none says only that the
 * words are not there. Answers of fewer than twelve characters are not looked for.
 * @example
 * findLeaks([{ id: "lisa", text: "You like tea. Would you buy gazpacho? Surely not." }], { question: "Would you buy gazpacho?", answers: {} }).length; // => 1
 */
export function findLeaks(prompts: readonly AuditedPrompt[], { question, answers }: Hidden): readonly Leak[] {
  const wanted = [
    { kind: "question" as const, words: question },
    ...Object.entries(answers).flatMap(([person, words]) =>
      folded(words).length < shortest ? [] : [{ kind: "answer" as const, person, words }],
    ),
  ];
  return prompts.flatMap(({ id, text }) => {
    const plain = folded(text);
    const lower = plain.toLowerCase();
    return wanted.flatMap(({ words, ...kind }) => {
      const sought = folded(words).toLowerCase();
      const at = sought === "" ? -1 : lower.indexOf(sought);
      if (at < 0) return [];
      return [{ prompt: id, ...kind, words: plain.slice(Math.max(0, at - around), at + sought.length + around) }];
    });
  });
}
