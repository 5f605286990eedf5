import type { CreateTableBuilder, Kysely } from "kysely";
import type { Tables } from "./tables.ts";

interface Columns {
  readonly key: readonly string[];
  readonly texts: readonly string[];
  readonly integers?: readonly string[];
  readonly bytes?: readonly string[];
  /** Texts that may be absent. */
  readonly optional?: readonly string[];
}

type Step = (database: Kysely<Tables>) => Promise<void>;

/** What each version of the store adds to the one before; a step is never changed once it was published. */
const steps: readonly Step[] = [createTables, addAttempts, indexRuns, addVectors, addParents, addLabels];

/** The version of the store that this library writes. */
export const knownVersion = steps.length;

/** Brings a store from a version to the one that is known; call it within a transaction. */
export async function migrate(database: Kysely<Tables>, from: number): Promise<void> {
  for (const step of steps.slice(from)) await step(database);
}

function createTable(
  { schema }: Kysely<Tables>,
  name: string,
  { key, texts, integers = [], bytes = [], optional = [] }: Columns,
): Promise<void> {
  let builder: CreateTableBuilder<string, string> = schema.createTable(name);
  for (const column of texts) builder = builder.addColumn(column, "text", (type) => type.notNull());
  for (const column of integers) builder = builder.addColumn(column, "integer", (type) => type.notNull());
  for (const column of bytes) builder = builder.addColumn(column, "blob", (type) => type.notNull());
  for (const column of optional) builder = builder.addColumn(column, "text");
  return builder.addPrimaryKeyConstraint(`${name}_key`, [...key]).execute();
}

async function createTables(database: Kysely<Tables>): Promise<void> {
  const { schema } = database;
  const table = (name: string, columns: Columns): Promise<void> => createTable(database, name, columns);
  const index = (name: string, on: string, columns: readonly string[]): Promise<void> =>
    schema
      .createIndex(name)
      .on(on)
      .columns([...columns])
      .execute();
  await table("runs", {
    key: ["id"],
    texts: ["id", "name", "seed", "model", "status", "created_at", "updated_at"],
    integers: ["takes", "heuristic"],
    optional: ["details"],
  });
  await table("events", {
    key: ["run", "sequence"],
    texts: ["run", "scope", "type", "digest", "body"],
    integers: ["sequence", "ordinal", "take"],
  });
  await index("events_by_scope", "events", ["run", "scope", "sequence"]);
  await index("events_by_type", "events", ["run", "type", "sequence"]);
  const asked = ["run", "scope", "key", "model", "purpose", "head", "schema", "parameters"];
  await table("calls", {
    key: ["run", "sequence"],
    texts: [...asked, "value", "usage", "at"],
    integers: ["sequence", "ordinal", "occurrence", "heuristic", "duration_ms"],
    optional: ["error"],
  });
  // The sequence at their end keeps a search for the latest from walking the whole run by its primary key.
  await index("calls_by_question", "calls", ["run", "scope", "key", "occurrence", "sequence"]);
  await index("calls_by_place", "calls", ["run", "scope", "ordinal", "sequence"]);
  await table("links", { key: ["link"], texts: ["link", "previous", "body"] });
  await table("texts", { key: ["digest"], texts: ["digest", "text"] });
  await table("event_texts", { key: ["run", "digest"], texts: ["run", "digest"] });
}

/** What earlier versions knew of attempts is what their calls cost: each becomes the one attempt behind its answer. */
async function addAttempts(database: Kysely<Tables>): Promise<void> {
  await database.schema.alterTable("calls").addColumn("step", "text").execute();
  await createTable(database, "attempts", {
    key: ["run", "sequence"],
    texts: ["run", "scope", "purpose", "model", "at"],
    integers: ["sequence"],
    optional: ["step", "usage", "at_most", "failure"],
  });
  const known = ["run", "sequence", "scope", "purpose", "model", "usage", "at"] as const;
  await database
    .insertInto("attempts")
    .columns(known)
    .expression((query) => query.selectFrom("calls").select(known))
    .execute();
  const failed = database.selectFrom("calls").select(["run", "sequence", "error"]).where("error", "is not", null);
  for (const { run, sequence, error } of await failed.execute()) {
    const { code } = JSON.parse(error ?? "{}") as { readonly code: string };
    const row = database.updateTable("attempts").where("run", "=", run).where("sequence", "=", sequence);
    await row.set({ failure: code }).execute();
  }
}

/** The newest of ten thousand runs are found without reading the others. */
async function indexRuns({ schema }: Kysely<Tables>): Promise<void> {
  await schema.createIndex("runs_by_update").on("runs").columns(["updated_at desc", "id"]).execute();
  await schema.createIndex("runs_by_creation").on("runs").columns(["created_at desc", "id"]).execute();
}

async function addVectors(database: Kysely<Tables>): Promise<void> {
  await createTable(database, "vectors", { key: ["digest"], texts: ["digest"], bytes: ["vector"] });
  await createTable(database, "run_vectors", { key: ["run", "digest"], texts: ["run", "digest"] });
}

async function addParents({ schema }: Kysely<Tables>): Promise<void> {
  for (const column of ["parent", "parent_at"]) await schema.alterTable("runs").addColumn(column, "text").execute();
  await schema.alterTable("runs").addColumn("parent_up_to", "integer").execute();
  await schema.createIndex("runs_by_parent").on("runs").column("parent").execute();
}

async function addLabels({ schema }: Kysely<Tables>): Promise<void> {
  for (const table of ["calls", "attempts"]) await schema.alterTable(table).addColumn("label", "text").execute();
}
