import type { ItemPart } from "./kind.ts";

/** A place in a text where an earlier answer stands, and the words where there is none. */
export interface Pipe {
  readonly id: string;
  readonly otherwise?: string;
}

const pattern = /\{\{([^{}|]{1,500})(?:\|([^{}]{0,500}))?\}\}/gu;

/** The earlier answers that a text wants. */
export const pipesIn = (text: string): readonly Pipe[] => [...text.matchAll(pattern)].map(pipeOf);

/**
 * The text with answers in their places.
 * @example
 * piped("Why {{brand}}, {{name | friend}}?", (id) => (id === "brand" ? "Kia" : undefined)); // => "Why Kia, friend?"
 */
export function piped(text: string, answerTo: (id: string) => string | undefined): string {
  return text.replace(pattern, (whole: string, id: string, otherwise: string | undefined) => {
    return answerTo(id.trim()) ?? otherwise?.trim() ?? whole;
  });
}

function pipeOf([, id = "", otherwise]: RegExpMatchArray): Pipe {
  return otherwise === undefined ? { id: id.trim() } : { id: id.trim(), otherwise: otherwise.trim() };
}

/** What of an item people read. */
interface Readable {
  readonly text: string;
  readonly paraphrases?: readonly string[] | undefined;
  readonly hint?: string | undefined;
  readonly parts: readonly ItemPart[];
}

/** Every text of an item that people read. */
export const textsOf = ({ text, paraphrases = [], hint, parts }: Readable): readonly string[] => [
  text,
  ...paraphrases,
  ...(hint === undefined ? [] : [hint]),
  ...parts.flatMap(({ asks, options }) => [
    ...(asks === undefined ? [] : [asks]),
    ...options.map(({ label }) => label),
  ]),
];
