import type { Kysely } from "kysely";
import type { AttemptRecord, CallRecord, ChainLink } from "../../kernel/contracts/journal.ts";
import type { EventQuery, EventRow } from "../../kernel/contracts/store.ts";
import type { Digest } from "../../kernel/values/hash.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import { attemptOfRow, callOfRow, type Tables, vectorOfRow } from "./tables.ts";

type Database = Kysely<Tables>;

/** Rows fetched at a time: long reads leave room for others between their pages. */
const page = 500;

/** One page of events after a sequence. */
export async function pageOfEvents(database: Database, run: RunId, query: EventQuery): Promise<EventRow[]> {
  const { afterSequence = 0, scope, within, types, limit = page, bodies } = query;
  if (types?.length === 0) return [];
  const rows = await database
    .selectFrom("events")
    .select(["sequence", "scope", "ordinal", "take", "type", "digest"])
    .$if(bodies !== false, (some) => some.select("body"))
    .where("run", "=", run)
    .where("sequence", ">", afterSequence)
    .$if(scope !== undefined, (some) => some.where("scope", "=", scope ?? ""))
    .$if(within !== undefined, (some) =>
      // What begins with `scope/` lies between that and `scope0`, the sign after the stroke.
      some.where((is) =>
        is.or([
          is("scope", "=", `${within}`),
          is.and([is("scope", ">", `${within}/`), is("scope", "<", `${within}0`)]),
        ]),
      ),
    )
    .$if(types !== undefined, (some) => some.where("type", "in", types ?? []))
    .orderBy("sequence")
    .limit(Math.min(limit, page))
    .execute();
  return rows.map((row) => ({ ...row, body: row.body ?? "" }));
}

export async function findCall(
  database: Database,
  run: RunId,
  { scope, key, occurrence }: Pick<CallRecord, "scope" | "key" | "occurrence">,
): Promise<CallRecord | undefined> {
  const found = latestCall(database, run, scope).where("key", "=", key).where("occurrence", "=", occurrence);
  const row = await found.executeTakeFirst();
  return row && callOfRow(row);
}

export async function callAt(
  database: Database,
  run: RunId,
  { scope, ordinal }: Pick<CallRecord, "scope" | "ordinal">,
): Promise<CallRecord | undefined> {
  const row = await latestCall(database, run, scope).where("ordinal", "=", ordinal).executeTakeFirst();
  return row && callOfRow(row);
}

function latestCall(database: Database, run: RunId, scope: string) {
  const calls = database.selectFrom("calls").selectAll().where("run", "=", run).where("scope", "=", scope);
  return calls.orderBy("sequence", "desc").limit(1);
}

/** Some rows of a run, and the sequence of the last of them. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly last: number | undefined;
}

/** One page of calls after a sequence. */
export async function pageOfCalls(database: Database, run: RunId, after: number): Promise<Page<CallRecord>> {
  const calls = database.selectFrom("calls").selectAll().where("run", "=", run).where("sequence", ">", after);
  const rows = await calls.orderBy("sequence").limit(page).execute();
  return { items: rows.map(callOfRow), last: rows.at(-1)?.sequence };
}

/** One page of attempts after a sequence: their rows are short, so it has many. */
export async function pageOfAttempts(database: Database, run: RunId, after: number): Promise<Page<AttemptRecord>> {
  const attempts = database.selectFrom("attempts").selectAll().where("run", "=", run).where("sequence", ">", after);
  const rows = await attempts
    .orderBy("sequence")
    .limit(10 * page)
    .execute();
  return { items: rows.map(attemptOfRow), last: rows.at(-1)?.sequence };
}

export async function chain(database: Database, head: Digest): Promise<ChainLink[]> {
  const rows = await database
    .withRecursive("chain(link, previous, body, depth)", (query) =>
      query
        .selectFrom("links")
        .select(({ lit }) => ["link", "previous", "body", lit<number>(0).as("depth")])
        .where("link", "=", head)
        .unionAll(
          query
            .selectFrom("links")
            .innerJoin("chain", "chain.previous", "links.link")
            .select(({ eb, lit }) => [
              "links.link",
              "links.previous",
              "links.body",
              eb("chain.depth", "+", lit<number>(1)).as("depth"),
            ]),
        ),
    )
    .selectFrom("chain")
    .select(["link", "previous", "body"])
    .orderBy("depth", "desc")
    .execute();
  return rows.map(({ link, previous, body }) => ({ link, previous, body }));
}

export async function textOf(database: Database, digest: Digest): Promise<string | undefined> {
  const row = await database.selectFrom("texts").select("text").where("digest", "=", digest).executeTakeFirst();
  return row?.text;
}

/** What is known of these vectors, and which of them this run has not needed so far. */
export interface FoundVectors {
  readonly vectors: Map<Digest, Float32Array>;
  readonly foreign: Map<Digest, Float32Array>;
}

export async function findVectors(
  database: Database,
  run: RunId | undefined,
  digests: readonly Digest[],
): Promise<FoundVectors> {
  const found: FoundVectors = { vectors: new Map(), foreign: new Map() };
  for (let from = 0; from < digests.length; from += page) {
    const rows = await database
      .selectFrom("vectors")
      .leftJoin("run_vectors", (join) =>
        join.onRef("run_vectors.digest", "=", "vectors.digest").on("run_vectors.run", "=", run ?? ""),
      )
      .select(["vectors.digest", "vectors.vector", "run_vectors.run"])
      .where("vectors.digest", "in", digests.slice(from, from + page))
      .execute();
    for (const row of rows) {
      const vector = vectorOfRow(row);
      found.vectors.set(row.digest, vector);
      if (row.run === null) found.foreign.set(row.digest, vector);
    }
  }
  return found;
}
