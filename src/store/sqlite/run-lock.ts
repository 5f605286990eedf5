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
    // Whoever holds it may remove the file while we open and lock it, and a lock on what is removed keeps nobody out. So
    // the file must be one and the same before it is opened, when it is open and when it is locked.
    const before = identityOf(path);
    const database = new Database(path);
    const isOurs = (): boolean => before !== undefined && before === identityOf(path);
    if (!isOurs()) {
      database.close();
      continue;
    }
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
  if (identityOf(path) === undefined) return false;
  let database: DatabaseSync | undefined;
  try {
    database = new Database(path, { readOnly: true });
    database.prepare("select count(*) from sqlite_master").get();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    // Its holder removes it as it lets go.
    if (identityOf(path) === undefined) return false;
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

/** Which file is there; numbers of files are given again, so that the time of its birth belongs to it. */
function identityOf(path: string): string | undefined {
  const file = statSync(path, { bigint: true, throwIfNoEntry: false });
  return file && `${file.ino} ${file.birthtimeNs}`;
}
