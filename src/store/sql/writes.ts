import type { Transaction } from "kysely";
import type { AttemptRecord, CallRecord, ChainLink } from "../../kernel/contracts/journal.ts";
import type { NewEventRow, RunRecord } from "../../kernel/contracts/store.ts";
import type { Digest } from "../../kernel/values/hash.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import {
  type AttemptRow,
  type CallRow,
  type EventColumns,
  rowOfAttempt,
  rowOfCall,
  rowOfRun,
  rowOfVector,
  type Tables,
  type VectorRow,
} from "./tables.ts";

export type Write =
  | { readonly run: RunRecord }
  | { readonly attemptOf: RunId; readonly attempt: AttemptRecord }
  | { readonly vectorsOf: RunId; readonly vectors: ReadonlyMap<Digest, Float32Array> }
  | { readonly eventsOf: RunId; readonly rows: readonly NewEventRow[]; readonly texts: ReadonlyMap<Digest, string> }
  | {
      readonly callOf: RunId;
      readonly call: CallRecord;
      readonly links: readonly ChainLink[];
      readonly texts: ReadonlyMap<Digest, string>;
    };

/** Rows that travel in one statement. */
const perStatement = 50;

/** Does all writes, in their order, within one transaction. */
export async function doWrites(transaction: Transaction<Tables>, writes: readonly Write[]): Promise<void> {
  const counter = createCounters(transaction);
  const [events, calls, attempts]: [EventColumns[], CallRow[], AttemptRow[]] = [[], [], []];
  const [links, texts] = [new Map<Digest, ChainLink>(), new Map<Digest, string>()];
  const eventTexts: Tables["event_texts"][] = [];
  for (const write of writes) {
    if ("run" in write) {
      await putRun(transaction, write.run);
      continue;
    }
    if ("attemptOf" in write) {
      const next = await counter("attempts", write.attemptOf);
      attempts.push(rowOfAttempt(write.attemptOf, next(), write.attempt));
      continue;
    }
    if ("vectorsOf" in write) {
      await putVectors(transaction, write.vectorsOf, write.vectors);
      continue;
    }
    for (const [digest, text] of write.texts) texts.set(digest, text);
    if ("eventsOf" in write) {
      const run = write.eventsOf;
      const next = await counter("events", run);
      for (const row of write.rows) events.push({ ...row, run, sequence: next() });
      for (const digest of write.texts.keys()) eventTexts.push({ run, digest });
    } else {
      const next = await counter("calls", write.callOf);
      calls.push(rowOfCall(write.callOf, next(), write.call));
      for (const link of write.links) links.set(link.link, link);
    }
  }
  await putOnce(
    transaction,
    "texts",
    [...texts].map(([digest, text]) => ({ digest, text })),
  );
  await putOnce(transaction, "links", [...links.values()]);
  await putOnce(transaction, "event_texts", eventTexts);
  for (const rows of chunks(events)) await transaction.insertInto("events").values(rows).execute();
  for (const rows of chunks(attempts)) await transaction.insertInto("attempts").values(rows).execute();
  for (const rows of chunks(calls)) await transaction.insertInto("calls").values(rows).execute();
}

/** Removes runs; what only they referred to stays until it is swept. */
export async function removeRuns(transaction: Transaction<Tables>, runs: readonly RunId[]): Promise<void> {
  for (const some of chunks(runs)) {
    await transaction.deleteFrom("runs").where("id", "in", some).execute();
    for (const table of ["events", "calls", "attempts", "event_texts", "run_vectors"] as const) {
      await transaction.deleteFrom(table).where("run", "in", some).execute();
    }
  }
}

/** Removes the links, texts and vectors that nothing refers to any more. */
export async function sweep(transaction: Transaction<Tables>): Promise<void> {
  await transaction
    .withRecursive("live", (query) =>
      query
        .selectFrom("calls")
        .select("head as link")
        .union(query.selectFrom("links").innerJoin("live", "live.link", "links.link").select("links.previous as link")),
    )
    .deleteFrom("links")
    .where("link", "not in", (query) => query.selectFrom("live").select("live.link"))
    .execute();
  await transaction
    .deleteFrom("texts")
    .where("digest", "not in", (query) =>
      query
        .selectFrom("links")
        .select("body as digest")
        .union(query.selectFrom("calls").select("schema as digest"))
        .union(query.selectFrom("event_texts").select("digest")),
    )
    .execute();
  await transaction
    .deleteFrom("vectors")
    .where("digest", "not in", (query) => query.selectFrom("run_vectors").select("digest"))
    .execute();
}

async function putRun(transaction: Transaction<Tables>, run: RunRecord): Promise<void> {
  const { id, ...rest } = rowOfRun(run);
  await transaction
    .insertInto("runs")
    .values({ id, ...rest })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(rest))
    .execute();
}

async function putVectors(
  transaction: Transaction<Tables>,
  run: RunId,
  vectors: ReadonlyMap<Digest, Float32Array>,
): Promise<void> {
  const rows: VectorRow[] = [...vectors].map(([digest, vector]) => rowOfVector(digest, vector));
  await putOnce(transaction, "vectors", rows);
  await putOnce(
    transaction,
    "run_vectors",
    rows.map(({ digest }) => ({ run, digest })),
  );
}

type Once = "texts" | "links" | "event_texts" | "vectors" | "run_vectors";

async function putOnce<Name extends Once>(
  transaction: Transaction<Tables>,
  table: Name,
  rows: readonly Tables[Name][],
): Promise<void> {
  for (const some of chunks(rows)) {
    await transaction
      .insertInto<Once>(table)
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Counts on from the last sequence of each run; the run has one writer at a time. */
function createCounters(transaction: Transaction<Tables>) {
  const last = new Map<string, number>();
  return async (table: "events" | "calls" | "attempts", run: RunId): Promise<() => number> => {
    const name = `${table} ${run}`;
    if (!last.has(name)) {
      const { fn } = transaction;
      const query = transaction.selectFrom(table).where("run", "=", run);
      const found = await query.select(fn.max("sequence").as("last")).executeTakeFirst();
      last.set(name, Number(found?.last ?? 0));
    }
    return () => {
      const next = (last.get(name) ?? 0) + 1;
      last.set(name, next);
      return next;
    };
  };
}

function* chunks<T>(rows: readonly T[]): Iterable<T[]> {
  for (let from = 0; from < rows.length; from += perStatement) yield rows.slice(from, from + perStatement);
}
