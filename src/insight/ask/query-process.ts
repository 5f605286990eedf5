// The process in which SQL over a run is answered: it holds the rows in memory, has no rights to files, and whoever waits
// for it can end it, however long a query would take. A query keeps its thread; the other one notices when nobody waits
// any more.
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

/** What is asked, and of which rows. */
export interface QueryOrder {
  readonly tables: readonly QueryTable[];
  readonly sql: string;
  readonly mostRows: number;
  /** Bytes that the database may take. */
  readonly mostBytes: number;
}

/** Rows under the names of their columns. */
export interface QueryTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** What came of it. */
export type QueryReply =
  | { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }
  | { readonly fault: string };

function answered(order: QueryOrder): QueryReply {
  try {
    return selected(order);
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

function selected({ tables, sql, mostRows, mostBytes }: QueryOrder): QueryReply {
  const database = new DatabaseSync(":memory:");
  database.exec(`PRAGMA hard_heap_limit = ${mostBytes}`);
  for (const table of tables) fill(database, table);
  database.exec("PRAGMA query_only = ON");
  database.exec("PRAGMA trusted_schema = OFF");
  const statement = database.prepare(sql);
  if (sql.slice(statement.sourceSQL.length).replace(spaceOrComment, "") !== "") {
    return { fault: "it is more than one statement" };
  }
  statement.setReturnArrays(true);
  statement.setReadBigInts(true);
  const columns = statement.columns().map(({ name }) => name);
  const rows: unknown[][] = [];
  for (const row of statement.iterate() as Iterable<unknown>) {
    if (rows.length === mostRows) return { fault: `it gives more than ${mostRows} rows` };
    rows.push((row as unknown[]).map(exact));
  }
  return { columns, rows };
}

const spaceOrComment = /\s+|--[^\n]*|\/\*.*?(?:\*\/|$)|;/gs;

function fill(database: DatabaseSync, { name, columns, rows }: QueryTable): void {
  database.exec(`CREATE TABLE ${name} (${columns.map((column) => `"${column}"`).join(", ")})`);
  const insert = database.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => "?").join(", ")})`);
  database.exec("BEGIN");
  for (const row of rows) insert.run(...row);
  database.exec("COMMIT");
}

/** Integers are numbers where these are exact. */
function exact(value: unknown): unknown {
  return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

if (isMainThread) {
  process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
  process.once("message", (order: QueryOrder) => {
    const reply = (found: QueryReply): void => void process.send?.(found, () => process.disconnect());
    new Worker(fileURLToPath(import.meta.url), { workerData: order })
      .once("message", reply)
      .once("error", ({ message }) => reply({ fault: message }));
  });
} else parentPort?.postMessage(answered(workerData as QueryOrder));
