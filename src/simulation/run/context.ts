import type { Context } from "../../kernel/contracts/context.ts";
import type { Store } from "../../kernel/contracts/store.ts";
import { numberedForks } from "../../kernel/values/forks.ts";
import { createVectors } from "../../model/embed/vectors.ts";
import { createDormitory } from "./memory/dormitory.ts";
import { createShelf } from "./memory/shelf.ts";

/** What a run is opened with; the rest of a context follows from it. */
type Given = Omit<Context, "fork" | "forkNext" | "forkAsking" | "scope" | "shelf" | "dormitory" | "vectors">;

/** Where people rest. */
export interface Lodging {
  /** What does not fit into memory is put aside there. */
  readonly store: Pick<Store, "aside">;
  /** MiB of memory for what people hold between their turns; 256 unless told. */
  readonly megabytes?: number | undefined;
}

/** What is the same everywhere in a run. */
type Shared = Omit<Context, "fork" | "forkNext" | "forkAsking" | "scope" | "random" | "journal">;

/** The same with how a context forks, which is said of the one that it is asked of. */
type Common = Shared & Pick<Context, "fork" | "forkNext" | "forkAsking"> & ThisType<Context>;

/** MiB for the notes and vectors of a run's people: those of some ten thousand notes each for a few, or of a hundred for many. */
const shelfMegabytes = 192;
/** Where people are given more room than usual, their notes have so much beside it: else they are read again in each step. */
const shelfPart = 3 / 4;

const dormitoryMegabytes = 256;

/** A context whose forks each have their own dice and their own place in the journal; all else is shared. */
export function createContext(given: Given, { store, megabytes = dormitoryMegabytes }: Lodging): Context {
  const { journal, models, watch, signal } = given;
  const vectors = createVectors({ embedder: models.embedder, log: journal.vectors, watch, signal });
  const dormitory = createDormitory({ bytes: megabytes * 2 ** 20, store, watch });
  const shelf = createShelf(Math.max(shelfMegabytes, megabytes * shelfPart) * 2 ** 20);
  return contextOf(withForks({ ...given, vectors, shelf, dormitory }), given);
}

/** What all contexts of a run have in common is held once, as their prototype: a person has several of them. */
function contextOf(common: Common, { random, journal }: Pick<Context, "random" | "journal">): Context {
  return Object.assign(Object.create(common) as Context, { random, journal, scope: journal.scope });
}

function withForks(shared: Shared): Common {
  /** Of the few that have numbered forks. */
  const known = new WeakMap<Context, ReturnType<typeof numberedForks<Context>>>();
  const numbered = (context: Context): ReturnType<typeof numberedForks<Context>> => {
    const forks = known.get(context) ?? numberedForks((name) => context.fork(name));
    known.set(context, forks);
    return forks;
  };
  const common: Common = {
    ...shared,
    fork(name) {
      return contextOf(common, { random: this.random.fork(name), journal: this.journal.fork(name) });
    },
    forkNext(kind) {
      return numbered(this).forkNext(kind);
    },
    forkAsking(kind, question) {
      return numbered(this).forkAsking(kind, question);
    },
  };
  return common;
}
