import type { Kysely, SelectQueryBuilder } from "kysely";
import type { RunQuery, RunRecord } from "../../kernel/contracts/store.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import { runOfRow, type Tables } from "./tables.ts";

type Database = Kysely<Tables>;

export async function getRun(database: Database, id: RunId): Promise<RunRecord | undefined> {
  const row = await database.selectFrom("runs").selectAll().where("id", "=", id).executeTakeFirst();
  return row && runOfRow(row);
}

export async function listRuns(database: Database, query: RunQuery): Promise<RunRecord[]> {
  const { limit, offset = 0, order = "created" } = query;
  const rows = await fitting(database.selectFrom("runs").selectAll(), query)
    .orderBy(`${order}_at`, "desc")
    .orderBy("id", "asc")
    .limit(limit ?? 2 ** 31 - 1)
    .offset(offset)
    .execute();
  return rows.map(runOfRow);
}

export async function countRuns(database: Database, query: RunQuery): Promise<number> {
  const counted = database.selectFrom("runs").select(({ fn }) => fn.countAll().as("count"));
  const row = await fitting(counted, query).executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Above every text that begins so, in the order of bytes. */
const last = "\u{10ffff}";

function fitting<Found>(
  runs: SelectQueryBuilder<Tables, "runs", Found>,
  { name, status, parent, nameStart, modelStart, idStart, idPart, since, before }: RunQuery,
): SelectQueryBuilder<Tables, "runs", Found> {
  let some = runs;
  if (name !== undefined) some = some.where("name", "=", name);
  if (status !== undefined) some = some.where("status", "=", status);
  if (parent !== undefined) some = some.where("parent", "=", parent);
  const starts = { name: nameStart, model: modelStart, id: idStart } as const;
  for (const [column, start] of Object.entries(starts) as [keyof typeof starts, string | undefined][]) {
    if (start !== undefined) some = some.where(column, ">=", start).where(column, "<", start + last);
  }
  if (idPart)
    some = some.where(({ eb, fn, ref, val }) => eb(fn("replace", ["id", val(idPart), val("")]), "!=", ref("id")));
  if (since !== undefined) some = some.where("updated_at", ">=", since);
  if (before !== undefined) some = some.where("updated_at", "<", before);
  return some;
}
