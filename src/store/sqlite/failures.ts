import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { storeDamaged } from "../failures.ts";

/** The primary result codes of SQLite that we tell apart (sqlite.org/rescode.html). */
const [busy, locked, readOnly, inputOutput, corrupt, full, cannotOpen, notADatabase] = [5, 6, 8, 10, 11, 13, 14, 26];

/** Another connection writes right now. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === busy || code === locked;
}

/** The file, or what SQLite makes beside it, cannot be written. */
export function isUnwritable(error: unknown): boolean {
  const code = resultCode(error);
  return code === readOnly || code === cannotOpen;
}

/** What went wrong with the file, in our words; an error that is not about the file stays as it is. */
export function storeFailure(error: unknown, location: string): unknown {
  if (isBusy(error)) return storeLocked(location, error);
  if (error instanceof SyntaxError) return storeDamaged(location, error);
  const code = resultCode(error) ?? systemCode(error);
  if (code === undefined || !(error instanceof Error)) return error;
  const detail = error.message;
  const [what, hint] = explanation(code);
  return new TinyTroupeError("STORE_FAILED", `The store ${location} ${what} (${detail}). What was saved stays saved.`, {
    data: { location, detail },
    hint,
    cause: error,
  });
}

function storeLocked(location: string, cause: unknown): TinyTroupeError {
  return new TinyTroupeError("STORE_LOCKED", `Another program keeps the store ${location} locked.`, {
    data: { location },
    hint: "Close what has the file open for writing, or use another file; then run this again: it continues.",
    cause,
  });
}

/** A file of a later version of this library. */
export function storeNewer(location: string, version: number, known: number): TinyTroupeError {
  const message = `The store ${location} has version ${version}; this tinytroupe knows up to ${known}.`;
  return new TinyTroupeError("STORE_NEWER", message, {
    data: { location, version, known },
    hint: "Update tinytroupe, or use another file.",
  });
}

/** A file of an earlier version, where it must not be changed. */
export function storeOlder(location: string, version: number, known: number): TinyTroupeError {
  const detail = `version ${version}, and this tinytroupe reads version ${known}`;
  return new TinyTroupeError(
    "STORE_FAILED",
    `The store ${location} must be brought up to date first: it has ${detail}.`,
    {
      data: { location, detail },
      hint: "Playing or listing runs does that, where the file can be written: tinytroupe runs list",
    },
  );
}

/** A file of some other program. */
export function storeForeign(location: string): TinyTroupeError {
  return new TinyTroupeError("STORE_FAILED", `The database ${location} is not tinytroupe's: it was left alone.`, {
    data: { location, detail: "a database of another program" },
    hint: "Choose another file for the store.",
  });
}

function explanation(code: number): readonly [string, string] {
  switch (code) {
    case full:
      return ["is full: the last rows could not be saved", "Make room and run this again: it continues."];
    case corrupt:
    case notADatabase:
      return ["cannot be read: it is damaged or no database", "Restore it from a copy, or use another file."];
    case readOnly:
    case cannotOpen:
      return ["cannot be opened for writing", "Check that the folder exists and may be written, or use another file."];
    case inputOutput:
      return ["failed in reading or writing", "Check the disk; then run this again: it continues."];
    default:
      return ["failed", "Run this again: it continues with what was saved."];
  }
}

function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff;
}

/** What SQLite would call an error of the operating system, as when a folder cannot be made. */
function systemCode(error: unknown): number | undefined {
  if (!(error instanceof Error && "syscall" in error && "code" in error)) return undefined;
  return error.code === "ENOSPC" || error.code === "EDQUOT" ? full : cannotOpen;
}
