import { readdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { nearest } from "../../kernel/text/nearest.ts";
import { readJson, readWritten } from "../../kernel/text/written.ts";
import { isTinyTroupeError, TinyTroupeError } from "../../kernel/values/errors.ts";
import { slug } from "../../kernel/values/ids.ts";
import { isPackagedName, packagedPath, writeTextFile } from "../../persona/files.ts";
import { invalidSpecification, parsePlaced } from "./parse.ts";
import type { Specification } from "./schema.ts";

/** In bytes; a table of 20,000 combinations has two million. */
const largestFile = 4 * 1024 * 1024;
/** In characters; where something stands in a longer text is not worth the seconds that it takes to find. */
const longestPlaced = 1024 * 1024;

/**
 * Reads a specification from a YAML or JSON file, or one that comes with the package by its bare name, as `norway`.
 * Throws FILE_UNREADABLE, TARGET_UNKNOWN, and SPECIFICATION_INVALID with file, line and column of all that is wrong.
 */
export async function loadSpecification(file: string): Promise<Specification> {
  const path = isPackagedName(file) ? await packaged(file) : file;
  const text = await readTextFile(path, { mostBytes: largestFile });
  if (extname(path).toLowerCase() !== ".json") return written(text, path);
  const read = readJson(text);
  if ("fault" in read) throw invalidSpecification([read.fault], path);
  try {
    return parsePlaced(read.value, { file: path });
  } catch (error) {
    if (!isTinyTroupeError(error, "SPECIFICATION_INVALID") || text.length > longestPlaced) throw error;
    const { placed } = await readWritten(text, { aliases: 0 });
    throw invalidSpecification(error.data.issues.map(placed), path);
  }
}

async function written(text: string, file: string): Promise<Specification> {
  const { value, faults, placed } = await readWritten(text, { aliases: 100 });
  if (faults.length > 0) throw invalidSpecification(faults, file);
  return parsePlaced(value, { file, placed });
}

/**
 * Writes a specification, the whole file or none, as JSON where the name ends in .json, else as YAML. It is checked
 * before, so that what is written can be read. Throws SPECIFICATION_INVALID and FILE_UNWRITABLE.
 */
export async function saveSpecification(file: string, specification: Specification): Promise<void> {
  const checked = parsePlaced(specification, {});
  const isJson = extname(file).toLowerCase() === ".json";
  const text = isJson ? `${JSON.stringify(checked, null, 2)}\n` : await specificationText(checked);
  await writeTextFile(file, text, largestFile);
}

/** A specification as YAML, as people edit it. */
async function specificationText(specification: Specification): Promise<string> {
  const { stringify } = await import("yaml");
  return stringify(specification, { lineWidth: 100, aliasDuplicateObjects: false });
}

/** The names of the specifications that come with the package. */
export async function listPackagedSpecifications(): Promise<readonly string[]> {
  const names = await readdir(packagedPath("populations"));
  return names
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => basename(name, ".yaml"))
    .sort();
}

async function packaged(name: string): Promise<string> {
  const known = await listPackagedSpecifications();
  if (known.includes(slug(name))) return packagedPath(join("populations", `${slug(name)}.yaml`));
  const [near] = nearest(name, known);
  throw new TinyTroupeError("TARGET_UNKNOWN", `No population '${name}' comes with the package.`, {
    data: { target: name, known },
    hint: `${near === undefined ? "" : `Did you mean ${near}? `}There are: ${known.join(", ")}. A file of yours has its ending in its name.`,
  });
}
