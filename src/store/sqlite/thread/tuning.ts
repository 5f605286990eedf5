import type { DatabaseSync } from "node:sqlite";

/** Digests come in no order: each new one belongs on another page, which is better at hand than read again. */
const cacheKibibytes = 8_192;
/** A page that changes often is folded into the file once for all that came meanwhile; the log grows to some 32 MB. */
const pagesOfLog = 8_000;

/** Readies a handle to write much, beside others. */
export function tuneWriter(writer: DatabaseSync): void {
  writer.exec("pragma busy_timeout = 50");
  writer.exec(`pragma cache_size = -${cacheKibibytes}`);
  writer.exec(`pragma wal_autocheckpoint = ${pagesOfLog}`);
}

/** What is committed outlives a power cut. */
export function makeDurable(writer: DatabaseSync): void {
  writer.exec("pragma synchronous = full");
}

/** What would make the file longer than this fails as on a full disk. */
export function limitBytes(writer: DatabaseSync, bytes: number): void {
  writer.exec(`pragma max_page_count = ${Math.max(1, Math.floor(bytes / numberOf(writer, "page_size")))}`);
}

export function numberOf(database: DatabaseSync, pragma: string): number {
  return Number(Object.values(database.prepare(`pragma ${pragma}`).get() ?? {})[0]);
}
