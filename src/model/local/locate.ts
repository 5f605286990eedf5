import { open } from "node:fs/promises";
import { basename, join } from "node:path";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { LocalOptions, WeightsOffer } from "./options.ts";
import { type CatalogueEntry, entryOf } from "./weights/catalogue.ts";
import { fetchWeights, sourcesOf } from "./weights/fetch.ts";
import { modelPath } from "./weights/folder.ts";

/** A file of weights, under the name that becomes part of the model's id. */
export interface Located {
  readonly name: string;
  readonly path: string;
  readonly entry?: CatalogueEntry;
}

type Wanted = Pick<LocalOptions, "cacheFolder" | "hub" | "pip" | "signal" | "onProgress" | "confirm">;

/**
 * Finds a model by catalogue name or path, and fetches a named one after a yes.
 * Throws MODEL_UNKNOWN, MODEL_DOWNLOAD, FILE_UNREADABLE or ABORTED.
 */
export async function locate(nameOrPath: string, options: Wanted): Promise<Located> {
  if (/\.gguf$/i.test(nameOrPath)) {
    await checkGguf(nameOrPath);
    return { name: basename(nameOrPath).replace(/\.gguf$/i, ""), path: nameOrPath };
  }
  const entry = entryOf(nameOrPath);
  const path = await here(entry, options);
  await checkGguf(path);
  return { name: entry.name, path, entry };
}

async function here(entry: CatalogueEntry, options: Wanted): Promise<string> {
  try {
    return await modelPath(entry.name, options.cacheFolder);
  } catch (missing) {
    if (options.confirm === undefined || !(await options.confirm(offerOf(entry, options)))) throw missing;
    return fetchWeights(entry.name, options);
  }
}

/** What fetching a model would mean, to be shown before it is done. */
export function offerOf(entry: CatalogueEntry, options: Pick<Wanted, "cacheFolder" | "hub">): WeightsOffer {
  const { name, title, bytes, exact, licence } = entry;
  return {
    name,
    title,
    bytes,
    exact,
    licence,
    from: sourcesOf(entry, options),
    path: join(options.cacheFolder, entry.file),
  };
}

async function checkGguf(file: string): Promise<void> {
  const unreadable = (message: string, cause?: unknown) =>
    new TinyTroupeError("FILE_UNREADABLE", message, {
      data: { file },
      hint: "Give the path of a model file in GGUF format, or a name from: tinytroupe models list",
      cause,
    });
  const handle = await open(file).catch((cause: unknown) => {
    throw unreadable(`The model file ${file} cannot be read.`, cause);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead < 4 || buffer.toString("latin1") !== "GGUF") throw unreadable(`${file} is not a GGUF file.`);
  } finally {
    await handle.close();
  }
}
