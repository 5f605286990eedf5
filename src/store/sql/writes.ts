import type { Transaction } from "kysely";
import type { ChainLink } from "../../kernel/contracts/journal.ts";
import type { NewEventRow } from "../../kernel/contracts/store.ts";
import type { Digest } from "../../kernel/values/hash.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import type { Statements } from "./statements.ts";
import { type AttemptRow, type CallRow, type EventColumns, type RunRow, rowOfVector, type Tables } from "./tables.ts";

/** What is to be written, in columns as far as it can be: it may go to a thread, and what it was made of be let go of. */
export type Write =
  | { readonly run: RunRow }
  | { readonly attempt: Unnumbered<AttemptRow> }
  | { readonly vectorsOf: RunId; readonly vectors: ReadonlyMap<Digest, Float32Array> }
  | { readonly eventsOf: RunId; readonly rows: readonly NewEventRow[]; readonly texts: ReadonlyMap<Digest, string> }
  | {
      readonly call: Unnumbered<CallRow>;
      readonly links: readonly ChainLink[];
      readonly texts: ReadonlyMap<Digest, string>;
    };

/** A row whose place among those of its run is told when it is written. */
type Unnumbered<Row> = Omit<Row, "sequence">;

/** Runs that are named in one statement. */
const perStatement = 50;

/** Does all writes, in their order, within one transaction. */
export async function doWrites(
  transaction: Transaction<Tables>,
  writes: readonly Write[],
  statements: Statements,
): Promise<void> {
  const counter = createCounters(transaction, statements);
  const [events, calls, attempts]: [EventColumns[], CallRow[], AttemptRow[]] = [[], [], []];
  const [links, texts] = [new Map<Digest, ChainLink>(), new Map<Digest, string>()];
  const eventTexts: Tables["event_texts"][] = [];
  for (const write of writes) {
    if ("run" in write) {
      await putRun(transaction, write.run);
      continue;
    }
    if ("attempt" in write) {
      const next = await counter("attempts", write.attempt.run);
      attempts.push({ ...write.attempt, sequence: next() });
      continue;
    }
    if ("vectorsOf" in write) {
      await putVectors(transaction, write, statements);
      continue;
    }
    for (const [digest, text] of write.texts) texts.set(digest, text);
    if ("eventsOf" in write) {
      const run = write.eventsOf;
      const next = await counter("events", run);
      for (const row of write.rows) events.push({ ...row, run, sequence: next() });
      for (const digest of write.texts.keys()) eventTexts.push({ run, digest });
    } else {
      const next = await counter("calls", write.call.run);
      calls.push({ ...write.call, sequence: next() });
      for (const link of write.links) links.set(link.link, link);
    }
  }
  const textRows = [...texts].map(([digest, text]) => ({ digest, text }));
  await statements.insert(transaction, "texts", { rows: textRows, once: true });
  await statements.insert(transaction, "links", { rows: [...links.values()], once: true });
  await statements.insert(transaction, "event_texts", { rows: eventTexts, once: true });
  await statements.insert(transaction, "events", { rows: events });
  await statements.insert(transaction, "attempts", { rows: attempts });
  await statements.insert(transaction, "calls", { rows: calls });
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

async function putRun(transaction: Transaction<Tables>, { id, ...rest }: RunRow): Promise<void> {
  await transaction
    .insertInto("runs")
    .values({ id, ...rest })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(rest))
    .execute();
}

async function putVectors(
  transaction: Transaction<Tables>,
  { vectorsOf: run, vectors }: Extract<Write, { vectorsOf: RunId }>,
  statements: Statements,
): Promise<void> {
  const rows = [...vectors].map(([digest, vector]) => rowOfVector(digest, vector));
  await statements.insert(transaction, "vectors", { rows, once: true });
  await statements.insert(transaction, "run_vectors", {
    rows: rows.map(({ digest }) => ({ run, digest })),
    once: true,
  });
}

/** Counts on from the last sequence of each run; the run has one writer at a time. */
function createCounters(transaction: Transaction<Tables>, statements: Statements) {
  const last = new Map<string, number>();
  return async (table: "events" | "calls" | "attempts", run: RunId): Promise<() => number> => {
    const name = `${table} ${run}`;
    if (!last.has(name)) last.set(name, await statements.lastOf(transaction, table, run));
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
