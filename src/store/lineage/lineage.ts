import type { EventQuery, EventRow, Parent, RunRecord, Store } from "../../kernel/contracts/store.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import { runUnknown } from "../failures.ts";

/** A run whose rows belong to a story, and its last row that does. */
export interface Generation {
  readonly run: RunId;
  readonly upTo: number;
}

/** The runs that a story is told by, the eldest first: those that a fork comes from, and itself. */
export type Lineage = readonly [...Generation[], Generation];

/** Throws `RUN_UNKNOWN` where one that a fork comes from is gone. */
export async function lineageOf(store: Store, { id, parent }: Pick<RunRecord, "id" | "parent">): Promise<Lineage> {
  const elders: Generation[] = [];
  for (let next: Parent | undefined = parent; next !== undefined; ) {
    const { run, upTo } = next;
    elders.unshift({ run, upTo });
    next = (await known(store, run)).parent;
  }
  return [...elders, { run: id, upTo: Number.POSITIVE_INFINITY }];
}

/**
 * The rows of a whole lineage as if one run had written them: their sequence goes on from generation to generation, and
 * what elders wrote is of no take of this run.
 */
export async function* readRows(store: Store, lineage: Lineage, query: EventQuery = {}): AsyncIterable<EventRow> {
  let before = 0;
  for (const [place, { run, upTo }] of lineage.entries()) {
    const isOwn = place === lineage.length - 1;
    for await (const row of store.readEvents(run, query)) {
      if (row.sequence > upTo) break;
      yield isOwn ? { ...row, sequence: row.sequence + before } : { ...row, sequence: row.sequence + before, take: 0 };
    }
    before += upTo;
  }
}

/** A fork's parent as its record keeps it: from the first opening on, what the parent tells later is no part of the fork. */
export async function parentOf(
  store: Store,
  given: Omit<Parent, "upTo"> | undefined,
  before: RunRecord | undefined,
): Promise<Parent | undefined> {
  if (given === undefined) return before?.parent;
  if (before?.parent?.run === given.run) return { ...before.parent, ...given };
  await known(store, given.run);
  let upTo = 0;
  for await (const { sequence } of store.readEvents(given.run, { bodies: false })) upTo = sequence;
  return { ...given, upTo };
}

/** Whether a fork that is opened for the first time begins with a story that was told to its end. */
export async function isWholeFor(store: Store, { parent }: RunRecord): Promise<boolean> {
  return parent !== undefined && (await store.getRun(parent.run))?.status === "finished";
}

async function known(store: Store, run: RunId): Promise<RunRecord> {
  const record = await store.getRun(run);
  if (record === undefined) throw runUnknown(run, store.location);
  return record;
}
