import { stat } from "node:fs/promises";
import type { DatabaseSync } from "node:sqlite";
import { undefinedIfMissing } from "../../kernel/text/files/missing.ts";
import { knownVersion } from "../sql/migrations.ts";
import { storeFailure, storeForeign } from "./failures.ts";
import { applicationId, readingHandle } from "./open.ts";

/** What can be told of a store's file without writing to it. */
export interface StoreFile {
  readonly version: number;
  /** The version that this library writes; an older file is brought up to it when it is opened. */
  readonly known: number;
  readonly runs: number;
  /** The file and its log on the disk. */
  readonly bytes: number;
  /** Of them, those that hold nothing and are filled before the file grows. */
  readonly freeBytes: number;
}

/**
 * Looks at a SQLite store; `undefined` where there is none.
 * @throws STORE_FAILED for what is no store of ours or cannot be read
 */
export async function inspectSqliteStore(path: string): Promise<StoreFile | undefined> {
  const { DatabaseSync } = await import("node:sqlite");
  try {
    const sizes = await Promise.all([path, `${path}-wal`].map((file) => stat(file).catch(undefinedIfMissing)));
    if (sizes[0] === undefined) return undefined;
    const database = readingHandle(DatabaseSync, path, (opened) => {
      opened.exec("pragma busy_timeout = 500");
      if (numberOf(opened, "pragma application_id") !== applicationId) throw storeForeign(path);
    });
    try {
      return {
        ...{ version: numberOf(database, "pragma user_version"), known: knownVersion },
        runs: numberOf(database, "select count(*) from runs"),
        bytes: sizes.reduce((sum, size) => sum + (size?.size ?? 0), 0),
        freeBytes: numberOf(database, "pragma freelist_count") * numberOf(database, "pragma page_size"),
      };
    } finally {
      database.close();
    }
  } catch (error) {
    throw storeFailure(error, path);
  }
}

function numberOf(database: DatabaseSync, sql: string): number {
  return Number(Object.values(database.prepare(sql).get() ?? {})[0]);
}
