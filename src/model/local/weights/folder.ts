import { readdir, rm, stat } from "node:fs/promises";
import { join, posix, win32 } from "node:path";
import { undefinedIfMissing } from "../../../kernel/text/files/missing.ts";
import { fileReason } from "../../../kernel/text/reasons.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { type CatalogueEntry, catalogue, entryOf } from "./catalogue.ts";

/** The environment's variables, as data. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where this user's weights live: the cache folder of the platform.
 * @example
 * modelCacheFolder({ XDG_CACHE_HOME: "/var/cache/ana" }, "linux", "/home/ana"); // => "/var/cache/ana/tinytroupe/models"
 */
export function modelCacheFolder(environment: Environment, platform: string, home: string): string {
  const xdg = environment["XDG_CACHE_HOME"];
  if (platform === "win32") {
    const base = environment["LOCALAPPDATA"] ?? win32.join(home, "AppData", "Local");
    return win32.join(base, "tinytroupe", "models");
  }
  // A relative path is to be ignored, says the XDG Base Directory Specification.
  if (xdg !== undefined && posix.isAbsolute(xdg)) return posix.join(xdg, "tinytroupe", "models");
  return platform === "darwin"
    ? posix.join(home, "Library", "Caches", "tinytroupe", "models")
    : posix.join(home, ".cache", "tinytroupe", "models");
}

/** A model by name, and whether its file is here. */
export interface ModelListing extends CatalogueEntry {
  readonly path: string;
  readonly installed: boolean;
}

/** Every model of the catalogue, and whether it is in the folder. */
export async function listModels(cacheFolder: string): Promise<ModelListing[]> {
  return Promise.all(
    catalogue.map(async (entry) => {
      const path = join(cacheFolder, entry.file);
      return { ...entry, path, installed: await isHere(entry, path) };
    }),
  );
}

/** The path of a model's file. Throws MODEL_UNKNOWN, or MODEL_DOWNLOAD where it was not fetched yet. */
export async function modelPath(name: string, cacheFolder: string): Promise<string> {
  const entry = entryOf(name);
  const path = join(cacheFolder, entry.file);
  if (await isHere(entry, path)) return path;
  throw new TinyTroupeError("MODEL_DOWNLOAD", `The weights of ${name} are not in ${cacheFolder}.`, {
    data: { model: `local/${name}`, from: cacheFolder },
    hint: `Fetch them with: tinytroupe models pull ${name}`,
  });
}

/**
 * Deletes a model's file and what is left of broken transfers; tells whether there was anything. Throws MODEL_UNKNOWN,
 * and FILE_UNWRITABLE where the folder or the files in it are somebody else's.
 */
export async function removeModel(name: string, cacheFolder: string): Promise<boolean> {
  const { file } = entryOf(name);
  try {
    const names = (await readdir(cacheFolder).catch(undefinedIfMissing)) ?? [];
    const ours = names.filter((one) => one === file || (one.startsWith(`${file}.`) && one.endsWith(".part")));
    for (const one of ours) await rm(join(cacheFolder, one));
    return ours.length > 0;
  } catch (cause) {
    throw new TinyTroupeError("FILE_UNWRITABLE", `Cannot delete ${file} in ${cacheFolder}: ${fileReason(cause)}.`, {
      data: { file: join(cacheFolder, file) },
      hint: "Ask whoever owns the folder to delete it, or delete it yourself once you may write there.",
      cause,
    });
  }
}

/** A file of the right size was checked when it came: hashing gigabytes at every start would be felt. */
async function isHere(entry: CatalogueEntry, path: string): Promise<boolean> {
  // What may not be looked at cannot be loaded either: to whoever asks, it is not here.
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && (!entry.exact || found.size === entry.bytes);
}
