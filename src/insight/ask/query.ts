import { fork } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Store } from "../../kernel/contracts/store.ts";
import { withoutControls } from "../../kernel/text/controls.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import { readProvenance } from "../../simulation/provenance.ts";
import { storedCalls } from "../../store/lineage/stored-calls.ts";
import { knownRun, listForks, readStory } from "../../store/story.ts";
import { type Table, tableOf } from "../../table/table.ts";
import type { QueryOrder, QueryReply } from "./query-process.ts";
import { queryTables, viewsOf } from "./views.ts";

/** What a run is asked, and how. */
export interface Query {
  /** One SELECT. */
  readonly sql: string;
  /** More rows than these are an error. Default 100,000. */
  readonly mostRows?: number;
  /** Ends the query. */
  readonly signal?: AbortSignal;
}

/** Bytes of the database in its process. */
const mostBytes = 2_000_000_000;

/** What only reads, after spaces and comments. */
const beginning = /^(?:\s|--[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:select|with|values|explain)\b/i;

/**
 * Asks a stored run in SQL (SQLite's): one SELECT over the tables of `queryTables`, copies in memory in a process of their
 * own that may touch no files.
 * Throws RUN_UNKNOWN, OPTION_INVALID for what is no such query or gives too many rows, and ABORTED.
 */
export async function queryRun(store: Store, run: RunId, query: Query): Promise<Table> {
  const { sql, mostRows = 100_000, signal } = query;
  if (!beginning.test(sql)) {
    throw invalid(sql, "it does not begin with SELECT, WITH, VALUES or EXPLAIN");
  }
  const provenance = await readProvenance(store, run);
  const events = await Array.fromAsync(readStory(store, run));
  const tables = viewsOf({
    ...{ provenance, events },
    forks: await listForks(store, run),
    calls: await storedCalls(store, await knownRun(store, run)),
  });
  const reply = await asked({ tables, sql, mostRows, mostBytes }, signal);
  if ("fault" in reply) throw invalid(sql, reply.fault);
  const names = distinct(reply.columns);
  const rows = reply.rows.map((row) => Object.fromEntries(row.map((value, at) => [names[at] ?? "", value])));
  const found = tableOf(rows);
  if (rows.length > 0) return found;
  return { columns: names.map((name) => ({ name, type: "text" })), rows: [] };
}

function asked(order: QueryOrder, signal: AbortSignal | undefined): Promise<QueryReply> {
  if (signal?.aborted) return Promise.reject(aborted(signal.reason));
  const file = fileURLToPath(new URL(`./query-process${extname(import.meta.url)}`, import.meta.url));
  const child = fork(file, {
    ...{ env: {}, serialization: "advanced", stdio: ["ignore", "ignore", "ignore", "ipc"] },
    execArgv: ["--permission", "--allow-worker", `--allow-fs-read=${file}`],
  });
  const { promise, resolve, reject } = Promise.withResolvers<QueryReply>();
  const stop = (): void => {
    child.kill("SIGKILL");
  };
  signal?.addEventListener("abort", stop, { once: true });
  child.once("message", (reply) => resolve(reply as QueryReply));
  child.once("error", reject);
  child.once("exit", (code, by) => {
    signal?.removeEventListener("abort", stop);
    reject(signal?.aborted ? aborted(signal.reason) : new Error(`the process of the query ended by ${by ?? code}`));
  });
  child.send(order, (error) => error && reject(error));
  return promise;
}

/** Two columns of one name are a column each. */
function distinct(columns: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let name = column;
    for (let number = 2; taken.has(name); number++) name = `${column}_${number}`;
    taken.add(name);
    return name;
  });
}

function aborted(cause: unknown): TinyTroupeError<"ABORTED"> {
  return new TinyTroupeError("ABORTED", "The query was stopped.", {
    data: {},
    hint: "Ask again when you like.",
    cause,
  });
}

function invalid(sql: string, why: string): TinyTroupeError<"OPTION_INVALID"> {
  const said = withoutControls(why);
  return new TinyTroupeError("OPTION_INVALID", `The run cannot be asked this: ${said}.`, {
    data: { option: "sql", value: sql.slice(0, 2_000) },
    hint: `Write one SELECT over ${Object.keys(queryTables).join(", ")}; add a LIMIT for fewer rows.`,
  });
}
