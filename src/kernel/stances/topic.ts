import { matters } from "../language/stems.ts";

/** From this share of stems in common on, two wordings are about the same. */
const alike = 0.5;

/**
 * Whether two wordings of a topic mean the same one: half of their telling stems are shared (Jaccard's index), or they
 * are the same letters. What is said in wholly other words stays two topics.
 * @example
 * sameTopic("Kettles should be repairable.", "repairable kettles"); // => true
 */
export function sameTopic(one: string, other: string): boolean {
  if (bare(one) === bare(other)) return true;
  const [left, right] = [matters(one), matters(other)];
  const common = [...left].filter((stem) => right.has(stem)).length;
  const all = left.size + right.size - common;
  return all > 0 && common / all >= alike;
}

const bare = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
