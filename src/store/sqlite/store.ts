import type { DatabaseSync } from "node:sqlite";
import type { Kysely } from "kysely";
import type { EventQuery, EventRow, Ownership, Store } from "../../kernel/contracts/store.ts";
import { digest } from "../../kernel/values/hash.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import { runBusy, storeClosed } from "../failures.ts";
import { createGroupCommit } from "../group-commit.ts";
import * as reads from "../sql/reads.ts";
import type { Tables } from "../sql/tables.ts";
import { doWrites, removeRun, type Write } from "../sql/writes.ts";
import { patiently } from "./patience.ts";
import { takeRunLock } from "./run-lock.ts";

/** One handle that writes and one that only reads, on the same file. */
export interface Handles {
  readonly location: string;
  readonly patienceMs: number;
  readonly windowMs: number;
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
  const group = createGroupCommit<Write>(
    (writes) => patiently(() => writing.transaction().execute((open) => doWrites(open, writes)), handles),
    handles.windowMs,
  );
  const write = async (one: Write): Promise<void> => {
    if (closing !== undefined) throw storeClosed(location);
    return group.add(one);
  };
  const owners = createOwners(handles);
  const close = async (): Promise<void> => {
    await group.close();
    await owners.releaseAll();
    handles.close();
  };
  return {
    location,
    own: (run) => guarded(async () => owners.take(run)),
    putRun: (run) => write({ run }),
    getRun: (id) => guarded(() => reads.getRun(reading, id)),
    listRuns: (query = {}) => guarded(() => reads.listRuns(reading, query)),
    removeRun: (id) => guarded(async () => removeOwned(writing, id, owners.take(id))),
    appendEvents: (run, rows, texts = new Map()) => write({ eventsOf: run, rows, texts }),
    readEvents: (run, query = {}) => readEvents((page) => guarded(() => reads.pageOfEvents(reading, run, page)), query),
    putCall: (run, call, { links, texts }) => write({ callOf: run, call, links, texts }),
    findCall: (run, asked) => guarded(() => reads.findCall(reading, run, asked)),
    callAt: (run, scope, ordinal) => guarded(() => reads.callAt(reading, run, { scope, ordinal })),
    listCalls: (run) => inPages((after) => guarded(() => reads.pageOfCalls(reading, run, after))),
    putAttempt: (run, attempt) => write({ attemptOf: run, attempt }),
    listAttempts: (run) => inPages((after) => guarded(() => reads.pageOfAttempts(reading, run, after))),
    chain: (head) => guarded(() => reads.chain(reading, head)),
    text: (key) => guarded(() => reads.textOf(reading, key)),
    close: () => (closing ??= close()),
  };
}

async function removeOwned(writing: Kysely<Tables>, run: RunId, owner: Ownership): Promise<void> {
  const removing = writing.transaction().execute((open) => removeRun(open, run));
  await removing.finally(owner.release);
}

/** The runs that are held through this store. */
function createOwners({ location, Database }: Handles) {
  const held = new Set<Ownership>();
  return {
    take: (run: RunId): Ownership => {
      const lock = takeRunLock(`${location}-run-${digest(run).slice(0, 16)}.lock`, Database);
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
