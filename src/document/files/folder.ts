import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileReason } from "../../kernel/text/reasons.ts";
import { type ErrorRecord, errorRecord, isTinyTroupeError } from "../../kernel/values/errors.ts";
import { type ReadLimits, type ReadOptions, readLimits, type SourceDocument } from "../document.ts";
import { refusal, within } from "../refusal.ts";
import { readDocumentFile, slashed, staysInside } from "./file.ts";

/** What was read, and what of it was not, with the reason of each. */
export interface Reading {
  readonly documents: readonly SourceDocument[];
  readonly refused: readonly ErrorRecord[];
}

/** Tells whether a path is a folder. Throws DOCUMENT_UNREADABLE where there is nothing. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw refusal(slashed(path), "missing", { words: fileReason(cause), cause });
  }
}

/**
 * Reads all documents of a folder and of those in it, in the order of their names; what begins with a dot is left
 * out. Links are followed within the folder, and each file is read once, so that links in a circle end. One file that
 * is refused does not keep the others from being read. Throws DOCUMENT_UNREADABLE where there is no such folder, or
 * too much in it.
 */
export async function readFolder(path: string, options: ReadOptions = {}): Promise<Reading> {
  const limits = readLimits(options.limits);
  const location = slashed(path);
  if (!(await isFolder(path))) throw refusal(location, "kind", { words: "it is no folder" });
  const root = await realpath(path);
  const walk: Walk = { root, limits, location, seen: new Set([root]), files: [], refused: [] };
  await walkInto({ path: root, location, depth: 0 }, walk);
  const documents: SourceDocument[] = [];
  for (const file of walk.files) {
    options.signal?.throwIfAborted();
    await readDocumentFile({ ...file, inside: root }, options).then(
      (document) => documents.push(document),
      (error: unknown) => {
        options.signal?.throwIfAborted();
        walk.refused.push(errorRecord(error));
      },
    );
  }
  return { documents, refused: walk.refused };
}

interface Place {
  readonly path: string;
  readonly location: string;
  readonly depth: number;
}

interface Walk {
  readonly root: string;
  readonly limits: ReadLimits;
  readonly location: string;
  /** What was met already, as the system names it. */
  readonly seen: Set<string>;
  readonly files: Omit<Place, "depth">[];
  readonly refused: ErrorRecord[];
}

async function walkInto(folder: Place, walk: Walk): Promise<void> {
  within(walk.location, { amount: folder.depth, limit: walk.limits.depth, what: "folders within folders" });
  const found = await readdir(folder.path).catch((cause: unknown) => {
    walk.refused.push(errorRecord(refusal(folder.location, "missing", { words: fileReason(cause), cause })));
    return [];
  });
  const names = found.filter((name) => !name.startsWith(".")).sort();
  for (const name of names) {
    await meet(
      { path: join(folder.path, name), location: slashed(join(folder.location, name)), depth: folder.depth + 1 },
      walk,
    );
  }
}

async function meet(place: Place, walk: Walk): Promise<void> {
  const real = await reached(place, walk);
  if (real === undefined || walk.seen.has(real)) return;
  walk.seen.add(real);
  if ((await stat(real)).isDirectory()) return walkInto({ ...place, path: real }, walk);
  walk.files.push({ path: real, location: place.location });
  within(walk.location, { amount: walk.files.length, limit: walk.limits.files, what: "files" });
}

/** Where a name leads, as the system says it; undefined, and told as refused, where it leads nowhere or out. */
async function reached({ path, location }: Place, { root, refused }: Walk): Promise<string | undefined> {
  try {
    const real = await realpath(path);
    staysInside(real, { folder: root, shown: location });
    return real;
  } catch (cause) {
    const outside = isTinyTroupeError(cause)
      ? cause
      : refusal(location, "missing", { words: fileReason(cause), cause });
    refused.push(errorRecord(outside));
    return undefined;
  }
}
