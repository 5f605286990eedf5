import { statSync, unlinkSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import type { Ownership } from "../../kernel/contracts/store.ts";
import { isBusy } from "./failures.ts";

type Open = typeof DatabaseSync;

/**
 * Takes the lock file of a run, or tells that somebody has it. The lock is the operating system's: it ends with its
 * holder, however that dies, and a process that is only slow keeps it.
 */
export function takeRunLock(path: string, Database: Open): Ownership | undefined {
  for (;;) {
    const database = new Database(path);
    const before = inodeOf(path);
    // Whoever held it before may remove the file between our opening and locking it: that lock keeps nobody out.
    const isOurs = (): boolean => before !== undefined && before === inodeOf(path);
    try {
      database.exec("pragma busy_timeout = 50");
      database.exec("begin exclusive");
      if (isOurs()) return ownership(database, path);
    } catch (error) {
      database.close();
      if (isBusy(error)) return undefined;
      if (isOurs()) throw error;
      continue;
    }
    database.close();
  }
}

/**
 * Tells whether somebody has the lock, without taking it: where there is no file nobody has, and one that can be read
 * was left behind by somebody who died.
 */
export function isRunLocked(path: string, Database: Open): boolean {
  if (inodeOf(path) === undefined) return false;
  let database: DatabaseSync | undefined;
  try {
    database = new Database(path, { readOnly: true });
    database.prepare("select count(*) from sqlite_master").get();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    // Its holder removes it as it lets go.
    if (inodeOf(path) === undefined) return false;
    throw error;
  } finally {
    database?.close();
  }
}

function ownership(database: DatabaseSync, path: string): Ownership {
  return {
    release: async () => {
      if (!database.isOpen) return;
      removeFile(path);
      database.close();
    },
  };
}

/** Removed while still locked, so that nobody else's lock is taken away; where open files cannot go, it stays, empty. */
function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (!["EBUSY", "EPERM", "EACCES", "ENOENT"].includes(code)) throw error;
  }
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}
