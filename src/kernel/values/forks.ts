import { digestJson } from "./hash.ts";

/** Enough of a digest to tell the questions of one subject apart. */
const digits = 12;

/**
 * The ways to fork that a context offers: by a name of its own, as the next of a kind, counted from 1, or by a question,
 * counted where the same is asked again.
 * @example
 * const { forkNext, forkAsking } = numberedForks((name) => name);
 * forkNext("story"); // => "story:1"
 * forkAsking("extract", "Who spoke?") === forkAsking("extract", "Who spoke?"); // => false
 */
export function numberedForks<C>(fork: (name: string) => C): {
  fork: (name: string) => C;
  forkNext: (kind: string) => C;
  forkAsking: (kind: string, question: unknown) => C;
} {
  let counts: Map<string, number> | undefined;
  const countOf = (kind: string): number => {
    counts ??= new Map();
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count;
  };
  return {
    fork,
    forkNext: (kind) => fork(`${kind}:${countOf(kind)}`),
    forkAsking: (kind, question) => {
      const name = `${kind}:${digestJson(question).slice(0, digits)}`;
      const count = countOf(name);
      return fork(count === 1 ? name : `${name}:${count}`);
    },
  };
}
