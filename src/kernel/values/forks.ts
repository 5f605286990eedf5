import type { SimulationEvent } from "../contracts/events.ts";
import { digestJson } from "./hash.ts";
import type { PersonId } from "./ids.ts";

/** Enough of a digest to tell the questions of one subject apart. */
const digits = 12;

/** Names of forks: the second of one name is `<name>:2`, and what one is asked tells it from another of its name. */
export class ForkNames {
  #counts: Map<string, number> | undefined;

  /** `asking` stands in the name as a digest. */
  next(name: string, asking?: unknown): string {
    const own = asking === undefined ? name : `${name}:${digestJson(asking).slice(0, digits)}`;
    const count = this.count(own);
    return count === 1 ? own : `${own}:${count}`;
  }

  /** The how-manieth of this name it is, from 1. */
  count(name: string): number {
    this.#counts ??= new Map();
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count;
  }
}

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
  const names = new ForkNames();
  return {
    fork,
    forkNext: (kind) => fork(`${kind}:${names.count(kind)}`),
    forkAsking: (kind, question) => fork(names.next(kind, question)),
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
