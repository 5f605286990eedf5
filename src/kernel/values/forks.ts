import type { SimulationEvent } from "../contracts/events.ts";
import { digestJson } from "./hash.ts";
import type { PersonId } from "./ids.ts";

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

/**
 * Whether a scope is that of a fork of somebody, or lies below it: no part of the run's story.
 * @example
 * inFork("person:lisa/fork:interview/memory"); // => true
 */
export const inFork = (scope: string): boolean => /(?:^|\/)fork:/.test(scope);

/**
 * Where a fork tells what becomes of it, by its id.
 * @example
 * scopeOfFork("lisa/interview"); // => "person:lisa/fork:interview"
 */
export const scopeOfFork = (id: PersonId): string => `person:${id.replaceAll("/", "/fork:")}`;

/**
 * Whether an event tells what becomes of a fork of somebody, who is no part of the run's story.
 * @example
 * let seen = 0;
 * simulation.onEvent((event) => void (isOfFork(event) || seen++));
 * await lisa.fork("interview");
 * seen; // => 0
 */
export function isOfFork(event: SimulationEvent): boolean {
  if ("id" in event) return inFork(event.id);
  return "person" in event && event.person.includes("/");
}
