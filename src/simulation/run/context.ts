import type { Context } from "../../kernel/contracts/context.ts";
import { numberedForks } from "../../kernel/values/forks.ts";
import { createVectors } from "../../model/embed/vectors.ts";
import { createShelf } from "./shelf.ts";

/** What a run is opened with; the rest of a context follows from it. */
type Given = Omit<Context, "fork" | "forkNext" | "scope" | "shelf" | "vectors">;

/** What is the same everywhere in a run. */
type Common = Omit<Context, "fork" | "forkNext" | "scope" | "random" | "journal">;

/** Bytes of memory for the notes and vectors of a run's people: those of some ten thousand notes each for a few, or of a hundred for many. */
const shelfBytes = 192 * 2 ** 20;

/** A context whose forks each have their own dice and their own place in the journal; all else is shared. */
export function createContext(given: Given): Context {
  const { journal, models, watch, signal } = given;
  const vectors = createVectors({ embedder: models.embedder, log: journal.vectors, watch, signal });
  return contextOf({ ...given, vectors, shelf: createShelf(shelfBytes) }, given);
}

/** What all contexts of a run have in common is held once, as their prototype: a person has several of them. */
function contextOf(common: Common, { random, journal }: Pick<Context, "random" | "journal">): Context {
  const forks = numberedForks((name) => contextOf(common, { random: random.fork(name), journal: journal.fork(name) }));
  return Object.assign(Object.create(common) as Context, { random, journal, scope: journal.scope, ...forks });
}
