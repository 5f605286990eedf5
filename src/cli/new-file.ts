import { createWriteStream, existsSync, statSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { isTinyTroupeError, TinyTroupeError } from "../index.ts";
import type { Session } from "./session.ts";
import { harmless, sizeText } from "./terminal/text.ts";

/**
 * Writes a file that is not there yet, and tells people how large it is. A draft beside it is put in its place when it is whole:
 * the file is never half of one. Throws FILE_UNWRITABLE.
 */
export async function writeNewFile(
  session: Session,
  pieces: AsyncIterable<string | Uint8Array>,
  file: string,
): Promise<void> {
  const path = resolve(session.environment.folder, file);
  const draft = `${path}.${process.pid}.draft`;
  await reserve(path).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === "EEXIST" ? "it is there already" : cause.message;
    throw unwritable(file, path, { why, hint: "Name another file with --out, or remove that one.", cause });
  });
  const stream = createWriteStream(draft);
  try {
    await pipeline(pieces, stream);
    await rename(draft, path);
  } catch (cause) {
    await Promise.all([draft, path].map((half) => rm(half, { force: true })));
    if (isTinyTroupeError(cause)) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw unwritable(file, path, { why, hint: "Make room, or name a file on another disk with --out.", cause });
  }
  if (!session.json) session.out.print(harmless(`Written to ${file}: ${sizeText(stream.bytesWritten)}.`));
}

/** FILE_UNWRITABLE for a file that is there already, before anything was paid for that would go over it. */
export function refuseTaken(session: Session, file: string, flag?: "--html" | "--out" | "--propose" | "--save"): void {
  const path = resolve(session.environment.folder, file);
  if (!existsSync(path)) return;
  const hint = `Name another file${flag === undefined ? "" : ` with ${flag}`}, or remove that one.`;
  throw unwritable(file, path, { why: "it is there already", hint, cause: undefined });
}

/** FILE_UNWRITABLE for a file in a folder that there is not, for those who make no folders. */
export function refuseWithoutFolder(session: Session, file: string): void {
  const path = resolve(session.environment.folder, file);
  const why = `there is no folder ${dirname(file)}`;
  if (!existsSync(dirname(path))) throw unwritable(file, path, { why, hint: "Make it first.", cause: undefined });
}

/** Both. */
export function refuseUnwritable(session: Session, file: string, flag?: "--html" | "--out"): void {
  refuseWithoutFolder(session, file);
  refuseTaken(session, file, flag);
}

/** FILE_UNWRITABLE for a folder in which one of the files is already, or that is none, before anything was paid for. */
export function refuseTakenIn(session: Session, folder: string, files: readonly string[]): void {
  const at = (file: string): string => resolve(session.environment.folder, file);
  const isFile = statSync(at(folder), { throwIfNoEntry: false })?.isDirectory() === false;
  const taken = isFile ? folder : files.map((file) => join(folder, file)).find((file) => existsSync(at(file)));
  if (taken === undefined) return;
  const hint = `Name another folder with --out, or remove ${isFile ? "that file" : "what is in that one"}.`;
  throw unwritable(taken, at(taken), { why: "it is there already", hint, cause: undefined });
}

/** Makes the file, empty, so that nobody else's can be written over. */
async function reserve(path: string): Promise<void> {
  await (await open(path, "wx")).close();
}

function unwritable(
  file: string,
  path: string,
  { why, hint, cause }: { readonly why: string; readonly hint: string; readonly cause: unknown },
): TinyTroupeError<"FILE_UNWRITABLE"> {
  const message = `${file} cannot be written: ${why}.`;
  return new TinyTroupeError("FILE_UNWRITABLE", message, { data: { file: path }, hint, cause });
}
