import type { DatabaseSync } from "node:sqlite";
import type { Kysely } from "kysely";
import type { EventQuery, EventRow, Ownership, Store, VectorStore } from "../../kernel/contracts/store.ts";
import { type Digest, digest } from "../../kernel/values/hash.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import { runBusy, runNeeded, storeClosed } from "../failures.ts";
import { createGroupCommit } from "../group-commit.ts";
import * as reads from "../sql/reads.ts";
import * as runs from "../sql/runs.ts";
import { Statements } from "../sql/statements.ts";
import { rowOfAttempt, rowOfCall, rowOfRun, type Tables } from "../sql/tables.ts";
import { doWrites, removeRuns, sweep, type Write } from "../sql/writes.ts";
import { type OpenAside, openAside } from "./aside.ts";
import { patiently } from "./patience.ts";
import { isRunLocked, takeRunLock } from "./run-lock.ts";
import { ended, WritingThread } from "./thread/writing-thread.ts";

/** One handle that writes and one that only reads, on the same file. */
export interface Handles {
  readonly location: string;
  readonly patienceMs: number;
  readonly windowMs: number;
  readonly maxBytes?: number;
  readonly writing: Kysely<Tables>;
  readonly reading: Kysely<Tables>;
  readonly Database: typeof DatabaseSync;
  close(): void;
}

/** The store over its two handles. */
export function sqliteStore(handles: Handles): Store {
  const { location, reading, writing } = handles;
  let closing: Promise<void> | undefined;
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) throw storeClosed(location);
    return patiently(work, handles);
  };
  const group = groupOf(handles);
  const write = async (one: Write): Promise<void> => {
    if (closing !== undefined) throw storeClosed(location);
    // Only answers are waited for: what is told, counted and embedded can be had again from them, if it must be.
    return group.add(one, { patient: "eventsOf" in one || "attempt" in one || "vectorsOf" in one });
  };
  const owners = createOwners(handles);
  const { aside, closeAside } = asideOf(handles);
  const close = async (): Promise<void> => {
    await group.close();
    await group.closeThread();
    try {
      await owners.releaseAll();
    } finally {
      closeAside();
      handles.close();
    }
  };
  return {
    location,
    aside,
    own: (run) => guarded(async () => owners.take(run)),
    putRun: (run) => write({ run: rowOfRun(run) }),
    getRun: (id) => guarded(() => runs.getRun(reading, id)),
    listRuns: (query = {}) => guarded(() => runs.listRuns(reading, query)),
    countRuns: (query = {}) => guarded(() => runs.countRuns(reading, query)),
    heldRuns: (ids) => guarded(async () => new Set(ids.filter(owners.has))),
    removeRun: (...ids) => guarded(() => removeOwned(writing, ids, owners)),
    appendEvents: (run, rows, texts = new Map()) => write({ eventsOf: run, rows, texts }),
    readEvents: (run, query = {}) => readEvents((page) => guarded(() => reads.pageOfEvents(reading, run, page)), query),
    putCall: (run, call, { links, texts }) => write({ call: rowOfCall(run, call), links, texts }),
    findCall: (run, asked) => guarded(() => reads.findCall(reading, run, asked)),
    callAt: (run, scope, ordinal) => guarded(() => reads.callAt(reading, run, { scope, ordinal })),
    listCalls: (run) => inPages((after) => guarded(() => reads.pageOfCalls(reading, run, after))),
    putAttempt: (run, attempt) => write({ attempt: rowOfAttempt(run, attempt) }),
    listAttempts: (run) => inPages((after) => guarded(() => reads.pageOfAttempts(reading, run, after))),
    chain: (head) => guarded(() => reads.chain(reading, head)),
    text: (key) => guarded(() => reads.textOf(reading, key)),
    ...vectorsIn((run, digests) => guarded(() => reads.findVectors(reading, run, digests)), write),
    close: () => (closing ??= close()),
  };
}

/** So many writes at once are those of many people … */
const crowd = 64;
/** … and after so many of them in all it pays to start a thread, which takes as long as some six hundred. */
const writesBefore = 1_024;

/** A write that waits for its transaction: itself, or that the thread has it already. */
type Waiting = Write | "handed over";

/** Writes here, and in a thread of its own as soon as there is much to write: one handle at a time, which keeps its pages. */
function groupOf(handles: Handles) {
  const { location, maxBytes } = handles;
  const opening = { location, ...(maxBytes !== undefined && { maxBytes }) };
  const statements = new Statements();
  let ofCrowds = 0;
  let thread: WritingThread | undefined;
  const write = async (first: readonly Write[], handed: number): Promise<void> => {
    if (thread?.isOpen) return thread.commit(first, handed);
    if (handed > 0) throw ended();
    await handles.writing.transaction().execute((open) => doWrites(open, first, statements));
  };
  const commit = async (waiting: readonly Waiting[]): Promise<void> => {
    if (waiting.length >= crowd) ofCrowds += waiting.length;
    if (ofCrowds > writesBefore) thread ??= new WritingThread(opening);
    const first = waiting.filter((one) => one !== "handed over");
    const handed = waiting.length - first.length;
    try {
      await patiently(() => write(first, handed), handles);
    } catch (error) {
      thread?.giveUp(handed);
      throw error;
    }
  };
  const group = createGroupCommit<Waiting>(commit, handles.windowMs);
  return {
    close: () => group.close(),
    closeThread: async () => thread?.close(),
    add: (one: Write, options: { readonly patient: boolean }): Promise<void> => {
      if (!thread?.isOpen) return group.add(one, options);
      thread.hand(one);
      return group.add("handed over", options);
    },
  };
}

/** Opened when it is first asked for. */
function asideOf({ location, Database }: Handles) {
  let opened: OpenAside | undefined;
  return {
    aside: () => {
      opened ??= openAside(location, Database);
      return opened;
    },
    closeAside: () => opened?.close(),
  };
}

function vectorsIn(
  find: (run: RunId | undefined, digests: readonly Digest[]) => Promise<reads.FoundVectors>,
  write: (one: Write) => Promise<void>,
): VectorStore {
  return {
    putVectors: (run, vectors) => write({ vectorsOf: run, vectors }),
    findVectors: async (run, digests) => {
      const { vectors, foreign } = await find(run, digests);
      if (run !== undefined && foreign.size > 0) await write({ vectorsOf: run, vectors: foreign });
      return vectors;
    },
  };
}

/** Runs that are removed in one transaction, with a lock file open for each. */
const removedAtOnce = 200;

async function removeOwned(
  writing: Kysely<Tables>,
  ids: readonly RunId[],
  owners: ReturnType<typeof createOwners>,
): Promise<void> {
  const busy = ids.find(owners.has);
  if (busy !== undefined) throw runBusy(busy);
  await checkUnneeded(writing, ids);
  for (let from = 0; from < ids.length; from += removedAtOnce) {
    const some = ids.slice(from, from + removedAtOnce);
    const taken: Ownership[] = [];
    try {
      for (const id of new Set(some)) taken.push(owners.take(id));
      await writing.transaction().execute(async (open) => {
        await removeRuns(open, some);
        if (from + removedAtOnce >= ids.length) await sweep(open);
      });
    } catch (error) {
      if (from > 0) await writing.transaction().execute(sweep);
      throw error;
    } finally {
      await Promise.all(taken.map((owner) => owner.release()));
    }
  }
}

/** Throws `RUN_NEEDED` where a run that stays is a fork of one of these. */
async function checkUnneeded(writing: Kysely<Tables>, ids: readonly RunId[]): Promise<void> {
  const removed = new Set(ids);
  const forks = await writing.selectFrom("runs").select(["id", "parent"]).where("parent", "is not", null).execute();
  const needed = forks.find(({ id, parent }) => parent !== null && removed.has(parent) && !removed.has(id));
  if (needed?.parent === undefined || needed.parent === null) return;
  const own = forks.filter(({ id, parent }) => parent === needed.parent && !removed.has(id));
  throw runNeeded(
    needed.parent,
    own.map(({ id }) => id),
  );
}

/** The runs that are held through this store. */
function createOwners({ location, Database }: Handles) {
  const held = new Set<Ownership>();
  const lockOf = (run: RunId): string => `${location}-run-${digest(run).slice(0, 16)}.lock`;
  return {
    has: (run: RunId): boolean => isRunLocked(lockOf(run), Database),
    take: (run: RunId): Ownership => {
      const lock = takeRunLock(lockOf(run), Database);
      if (lock === undefined) throw runBusy(run);
      held.add(lock);
      return {
        release: async () => {
          held.delete(lock);
          await lock.release();
        },
      };
    },
    releaseAll: async (): Promise<void> => {
      await Promise.all([...held].map((lock) => lock.release()));
      held.clear();
    },
  };
}

async function* readEvents(
  pageOf: (query: EventQuery) => Promise<readonly EventRow[]>,
  query: EventQuery,
): AsyncIterable<EventRow> {
  let { afterSequence = 0, limit = Number.POSITIVE_INFINITY } = query;
  while (limit > 0) {
    const rows = await pageOf({ ...query, afterSequence, limit });
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    afterSequence = last.sequence;
    limit -= rows.length;
  }
}

async function* inPages<Item>(pageAfter: (sequence: number) => Promise<reads.Page<Item>>): AsyncIterable<Item> {
  let after: number | undefined = 0;
  while (after !== undefined) {
    const { items, last }: reads.Page<Item> = await pageAfter(after);
    yield* items;
    after = last;
  }
}
