import type { DatabaseSync } from "node:sqlite";
import type { Aside } from "../../kernel/contracts/store.ts";
import { storeClosed } from "../failures.ts";
import { storeFailure } from "./failures.ts";

/** An `Aside`, and its end. */
export interface OpenAside extends Aside {
  close(): void;
}

/**
 * Room on disk in a database without a name: SQLite makes its file where the machine keeps temporary files, shows it to
 * nobody else, and takes it away when it is closed, or when the process ends, however it does.
 */
export function openAside(location: string, Database: typeof DatabaseSync): OpenAside {
  const database = new Database("");
  const guarded = <T>(work: () => T): T => {
    if (!database.isOpen) throw storeClosed(location);
    try {
      return work();
    } catch (error) {
      throw storeFailure(error, `${location} (what it has put aside)`);
    }
  };
  // A write that finds the disk full is taken back; nothing has to outlive the process.
  database.exec("pragma journal_mode = memory; pragma synchronous = off; pragma cache_size = -4096");
  database.exec("create table aside (place integer primary key, bytes blob not null)");
  const put = database.prepare("insert or replace into aside (place, bytes) values (?, ?)");
  const get = database.prepare("select bytes from aside where place = ?");
  return {
    put: (place, bytes) => void guarded(() => put.run(place, bytes)),
    get: (place) => guarded(() => get.get(place))?.["bytes"] as Uint8Array | undefined,
    close: () => database.close(),
  };
}
