import { constants } from "node:fs";
import { type FileHandle, open, realpath, stat } from "node:fs/promises";
import { normalize, relative, sep } from "node:path";
import { fileReason } from "../../kernel/text/reasons.ts";
import { isTinyTroupeError, TinyTroupeError } from "../../kernel/values/errors.ts";
import { type ReadOptions, readLimits, type SourceDocument } from "../document.ts";
import { documentOf } from "../read/document-of.ts";
import { refusal, within } from "../refusal.ts";

/** A file to be read as a document. */
export interface FileToRead {
  readonly path: string;
  /** What the document's location says; the path itself unless told. */
  readonly location?: string;
  /** The folder that the file may not lead out of, as the system names it. */
  readonly inside?: string;
}

/**
 * Reads a file as a document. Its size is asked before it is read, and neither a pipe nor a device is opened. Throws
 * DOCUMENT_UNREADABLE, and PATH_OUTSIDE where a link leads out of the folder.
 */
export async function readDocumentFile(file: FileToRead, options: ReadOptions = {}): Promise<SourceDocument> {
  const location = file.location ?? slashed(file.path);
  const bytes = await bytesOf(file, { location, most: readLimits(options.limits).bytes }).catch((cause: unknown) => {
    if (isTinyTroupeError(cause)) throw cause;
    throw refusal(location, "missing", { words: fileReason(cause), cause });
  });
  return documentOf({ location, bytes }, options);
}

/** A path as locations are written on every system: with slashes, none at its end, and without detours. */
export function slashed(path: string): string {
  return normalize(path)
    .replaceAll(sep, "/")
    .replace(/(?<=.)\/+$/, "");
}

/** Throws PATH_OUTSIDE where a path, as the system names it, is not in the folder. */
export function staysInside(
  path: string,
  { folder, shown }: { readonly folder: string; readonly shown: string },
): void {
  const way = relative(folder, path);
  if (way !== ".." && !way.startsWith(`..${sep}`) && way !== path) return;
  throw new TinyTroupeError("PATH_OUTSIDE", `${shown} leads out of its folder.`, {
    data: { path: shown, folder },
    hint: "Put a copy of the file into the folder, or name the file itself.",
  });
}

async function bytesOf(
  { path, inside }: FileToRead,
  { location, most }: { readonly location: string; readonly most: number },
): Promise<Uint8Array> {
  const real = await realpath(path);
  if (inside !== undefined) staysInside(real, { folder: inside, shown: location });
  if (!(await stat(real)).isFile()) throw refusal(location, "kind", { words: "it is a folder, a pipe or a device" });
  // What it is can change before it is opened: then the link is not followed, and the pipe does not wait.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  await using handle = await open(real, flags);
  const found = await handle.stat();
  if (!found.isFile()) throw refusal(location, "kind", { words: "it is no file" });
  within(location, { amount: found.size, limit: most, what: "bytes" });
  const bytes = await readUpTo(handle, most + 1);
  within(location, { amount: bytes.length, limit: most, what: "bytes" });
  return bytes;
}

/** A file can grow while it is read: no more than so many bytes are taken. */
async function readUpTo(handle: FileHandle, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const buffer = Buffer.alloc(Math.min(1024 * 1024, most - length));
    if (buffer.length === 0) break;
    const { bytesRead } = await handle.read(buffer, 0, buffer.length);
    if (bytesRead === 0) break;
    pieces.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(pieces);
}
