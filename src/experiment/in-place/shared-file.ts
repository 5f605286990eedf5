import { mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { undefinedIfMissing } from "../../kernel/text/files/missing.ts";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { fileReason } from "../../kernel/text/reasons.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { writeJsonFile } from "../../persona/files.ts";
import { takeRunLock } from "../../store/sqlite/run-lock.ts";
import { emptyDocument, type InPlaceDocument, parseInPlace } from "./document.ts";

const mostBytes = 64 * 1024 * 1024;

/** A file that several programs change, one after the other. */
export interface SharedFile {
  read(): Promise<InPlaceDocument>;
  /** Reads, changes and replaces the file while nobody else does; what throws leaves it as it was. */
  change<T>(by: (document: InPlaceDocument) => Changed<T>): Promise<T>;
}

/** What a change comes to: the whole file, and what is told of it. */
export interface Changed<T> {
  readonly document: InPlaceDocument;
  readonly told: T;
}

/** The file, which need not be there yet; `patienceMs` is how long others are waited for. */
export function sharedFile(file: string, patienceMs: number): SharedFile {
  const read = async (): Promise<InPlaceDocument> => {
    const text = await readTextFile(file, { mostBytes }).catch(undefinedIfMissing);
    return text === undefined ? emptyDocument : parseInPlace(text, file);
  };
  // Within a program changes queue here, so that none waits for the lock of another.
  let last: Promise<unknown> = Promise.resolve();
  const changeAlone = async <T>(by: (document: InPlaceDocument) => Changed<T>): Promise<T> => {
    const lock = await locked(file, patienceMs);
    try {
      const before = await read();
      const { document, told } = by(before);
      if (document !== before) await writeJsonFile(file, document, mostBytes);
      return told;
    } finally {
      await lock.release();
    }
  };
  return {
    read,
    change: (by) => {
      const change = last.then(() => changeAlone(by));
      last = change.catch(() => undefined); // it is thrown to who asked for it
      return change;
    },
  };
}

async function locked(file: string, patienceMs: number) {
  const { DatabaseSync } = await import("node:sqlite");
  const path = join(dirname(file), `.${basename(file)}.lock`);
  const until = performance.now() + patienceMs;
  try {
    await mkdir(dirname(file), { recursive: true });
    for (;;) {
      const lock = takeRunLock(path, DatabaseSync);
      if (lock !== undefined) return lock;
      if (performance.now() >= until) break;
      await pause(10);
    }
  } catch (cause) {
    throw new TinyTroupeError("FILE_UNWRITABLE", `Cannot write ${file}: ${fileReason(cause)}.`, {
      data: { file },
      hint: "Choose a file in a folder where you may write.",
      cause,
    });
  }
  throw new TinyTroupeError("STORE_LOCKED", `Another program is changing ${file} and does not come to an end.`, {
    data: { location: file },
    hint: "Look whether one hangs, and end it; its lock ends with it.",
  });
}
