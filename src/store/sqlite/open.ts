import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import type { Kysely } from "kysely";
import type { Store } from "../../kernel/contracts/store.ts";
import { knownVersion, migrate } from "../sql/migrations.ts";
import type { Tables } from "../sql/tables.ts";
import { nodeSqliteDialect } from "./dialect.ts";
import { isUnwritable, storeForeign, storeNewer, storeOlder } from "./failures.ts";
import { patiently } from "./patience.ts";
import { type Handles, sqliteStore } from "./store.ts";
import { limitBytes, makeDurable, numberOf, tuneWriter } from "./thread/tuning.ts";

/** How a SQLite store waits and writes. */
export interface SqliteOptions {
  /** How long to wait while another program writes, in milliseconds; 5,000 unless told. */
  readonly patienceMs?: number;
  /** Writes that come within so many milliseconds become durable together; 10 unless told. */
  readonly windowMs?: number;
  /** The file never grows beyond this, in bytes: what comes after fails as on a full disk. */
  readonly maxBytes?: number;
  /**
   * Nothing is written, so that a file on a disk that cannot be written to is read too. An older file, which is brought
   * up to date otherwise, is refused. Default false.
   */
  readonly readOnly?: boolean;
}

/** Says in the file's header whose database it is: "TROU". */
export const applicationId = 0x54524f55;

/**
 * A store in one SQLite file, made when it is not there. It can be read by others while a run writes to it.
 * Throws `STORE_NEWER` for a file of a later version, `STORE_LOCKED` when another program does not let go of it, and
 * `STORE_FAILED` when it cannot be opened, read or written.
 * @example
 * const store = await openSqliteStore(".tinytroupe/troupe.db");
 * await store.close();
 */
export async function openSqliteStore(path: string, options: SqliteOptions = {}): Promise<Store> {
  const { patienceMs = 5000, windowMs = 10, readOnly = false } = options;
  const [kysely, { DatabaseSync: Database }] = await Promise.all([import("kysely"), import("node:sqlite")]);
  const openToRead = async (): Promise<Handles> => {
    const reader = readingHandle(Database, path, (database) => {
      if (!isCurrent(database, path)) throw storeOlder(path, numberOf(database, "user_version"), knownVersion);
    });
    const reading = new kysely.Kysely<Tables>({ dialect: nodeSqliteDialect(kysely, reader, { readOnly: true }) });
    const close = reader.close.bind(reader);
    return { location: path, patienceMs, windowMs, writing: reading, reading, Database, close };
  };
  const open = async (): Promise<Handles> => {
    await mkdir(dirname(path), { recursive: true });
    const writer = new Database(path);
    const writing = new kysely.Kysely<Tables>({ dialect: nodeSqliteDialect(kysely, writer) });
    try {
      await prepare(writer, writing, path);
      if (options.maxBytes !== undefined) limitBytes(writer, options.maxBytes);
      const reader = new Database(path, { readOnly: true });
      reader.exec("pragma busy_timeout = 50");
      const reading = new kysely.Kysely<Tables>({ dialect: nodeSqliteDialect(kysely, reader, { readOnly: true }) });
      const close = (): void => {
        reader.close(); // first, since only a handle that writes can fold the log into the file
        writer.close();
      };
      const { maxBytes } = options;
      const settings = { location: path, patienceMs, windowMs, ...(maxBytes !== undefined && { maxBytes }) };
      return { ...settings, writing, reading, Database, close };
    } catch (error) {
      writer.close();
      throw error;
    }
  };
  return sqliteStore(await patiently(readOnly ? openToRead : open, { location: path, patienceMs }));
}

/**
 * A handle that may fold the log into the file as it closes, and changes nothing else. Where not even the log's index
 * can be made beside the file nobody writes, and the file is read as it stands.
 * @param check the first that is read of it; may throw
 */
export function readingHandle(
  Database: typeof DatabaseSync,
  path: string,
  check: (database: DatabaseSync) => void,
): DatabaseSync {
  const opened = (mode: string): DatabaseSync => {
    const database = new Database(new URL(`${pathToFileURL(path)}?${mode}`));
    try {
      database.exec("pragma busy_timeout = 50");
      database.exec("pragma query_only = on");
      check(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  };
  try {
    return opened("mode=rw");
  } catch (error) {
    // The log holds what is not in the file yet: without it a part would be missing.
    if (!isUnwritable(error) || existsSync(`${path}-wal`)) throw error;
    return opened("mode=ro&immutable=1");
  }
}

/** Readies a file for durable writes beside readers, and brings its tables up to date. */
async function prepare(writer: DatabaseSync, writing: Kysely<Tables>, location: string): Promise<void> {
  tuneWriter(writer);
  if (isCurrent(writer, location)) return makeDurable(writer);
  writer.exec("pragma journal_mode = wal");
  makeDurable(writer);
  await writing.transaction().execute(async (transaction) => {
    if (isCurrent(writer, location)) return;
    await migrate(transaction, numberOf(writer, "user_version"));
    writer.exec(`pragma application_id = ${applicationId}`);
    writer.exec(`pragma user_version = ${knownVersion}`);
  });
}

function isCurrent(writer: DatabaseSync, location: string): boolean {
  const version = numberOf(writer, "user_version");
  const ours = numberOf(writer, "application_id") === applicationId;
  const { tables } = writer.prepare("select count(*) as tables from sqlite_master").get() as { tables: number };
  if (!ours && (tables > 0 || version > 0)) throw storeForeign(location);
  if (version > knownVersion) throw storeNewer(location, version, knownVersion);
  return version === knownVersion;
}
