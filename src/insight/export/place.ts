import { randomUUID } from "node:crypto";
import { link, lstat, mkdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TinyTroupeError } from "../../kernel/values/errors.ts";

/** What became of a file: it was made, it is there with the same bytes, or something else has its name. */
export type Placed = "made" | "same" | "taken";

/** A folder below `root`, made where it is missing. Throws PATH_OUTSIDE when a link leads out of it. */
export async function folderWithin(root: string, names: readonly string[]): Promise<string> {
  const folder = join(root, ...names);
  await mkdir(folder, { recursive: true });
  if ((await realpath(folder)) === join(await realpath(root), ...names)) return folder;
  throw new TinyTroupeError("PATH_OUTSIDE", `${folder} leads out of ${root}.`, {
    data: { path: folder, folder: root },
    hint: "A link stands there: remove it, or export to another folder.",
  });
}

/** Writes a file whole or not at all, over another one only when that is asked for. */
export async function placed(path: string, bytes: Uint8Array, replace: boolean): Promise<Placed> {
  const draft = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    await writeFile(draft, bytes, { flag: "wx" });
    if (!replace) return await linked(draft, path, bytes);
    // What stands under a link stays: the link is replaced.
    await rename(draft, path);
    return "made";
  } finally {
    await rm(draft, { force: true });
  }
}

async function linked(draft: string, path: string, bytes: Uint8Array): Promise<Placed> {
  try {
    await link(draft, path);
    return "made";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST") return standing(path, bytes);
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
    return writtenPlainly(path, bytes); // a file system without links
  }
}

async function writtenPlainly(path: string, bytes: Uint8Array): Promise<Placed> {
  try {
    await writeFile(path, bytes, { flag: "wx" });
    return "made";
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return standing(path, bytes);
    await rm(path, { force: true });
    throw error;
  }
}

/** Links, pipes and devices are not read: whatever they are, they are something else. */
async function standing(path: string, bytes: Uint8Array): Promise<Placed> {
  const found = await lstat(path);
  if (!found.isFile() || found.size !== bytes.length) return "taken";
  return Buffer.compare(await readFile(path), bytes) === 0 ? "same" : "taken";
}
