import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { readTextFile } from "../../../kernel/text/files/read-text.ts";
import { fileReason } from "../../../kernel/text/reasons.ts";
import { readJson } from "../../../kernel/text/written.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { isRecord } from "../../../persona/plain-data.ts";
import { readManifest } from "../../folder/manifest.ts";
import { parseSpecification } from "../../specification/parse.ts";
import type { Specification } from "../../specification/schema.ts";

/** What was found in files, for `membersOf`, `profilePopulation` and the like. */
export interface PeopleInFiles {
  readonly people: readonly unknown[];
  /** The file of each of `people`. */
  readonly files: readonly string[];
  /** What a population folder was made from, as its manifest says it. */
  readonly specification?: Specification;
  /** Files that were left out, and why. */
  readonly remarks: readonly string[];
}

/** In bytes. */
const largestFile = 256 * 1024 * 1024;
/** So many files are open at once. */
const together = 64;

/**
 * People from files and folders: a population folder with what its manifest says of draws and weights, any folder of JSON
 * files, files of one person or of a list. What holds no JSON is left out with a remark. Throws FILE_UNREADABLE for a
 * source that is not there, and POPULATION_INVALID for a manifest that is none.
 */
export async function readPeople(...sources: readonly string[]): Promise<PeopleInFiles> {
  const entries: Entry[] = [];
  let specification: Specification | undefined;
  for (const source of sources) {
    if (!(await isFolder(source))) {
      entries.push({ file: source });
      continue;
    }
    const names = await readdir(source);
    if (names.includes("population.json")) {
      const manifest = await readManifest(source);
      specification ??= manifest.specification && parseSpecification(manifest.specification);
      const made = manifest.people.filter(({ hash }) => hash !== undefined);
      entries.push(...made.map(({ id, file, draw, weight }) => ({ file: join(source, file), id, draw, weight })));
    } else {
      entries.push(
        ...names
          .filter((name) => name.endsWith(".json"))
          .sort()
          .map((name) => ({ file: join(source, name) })),
      );
    }
  }
  const found: Found[] = [];
  for (let begin = 0; begin < entries.length; begin += together)
    found.push(...(await Promise.all(entries.slice(begin, begin + together).map(readEntry))));
  return {
    people: found.flatMap(({ people }) => people),
    files: found.flatMap(({ file, people }) => people.map(() => file)),
    ...(specification !== undefined && { specification }),
    remarks: found.flatMap(({ remark }) => (remark === undefined ? [] : [remark])),
  };
}

interface Entry {
  readonly file: string;
  readonly id?: string;
  readonly draw?: unknown;
  readonly weight?: unknown;
}

interface Found {
  readonly file: string;
  readonly people: readonly unknown[];
  readonly remark?: string;
}

async function readEntry({ file, ...besides }: Entry): Promise<Found> {
  const data = await readData(file);
  if (data === undefined) return { file, people: [], remark: `${file} holds no JSON and was left out` };
  if (Array.isArray(data)) return { file, people: data };
  if (besides.draw === undefined) return { file, people: [data] };
  const persona = isRecord(data) && isRecord(data["persona"]) ? data["persona"] : data;
  return { file, people: [{ ...besides, persona }] };
}

async function readData(file: string): Promise<unknown> {
  const read = readJson(await readTextFile(file, { mostBytes: largestFile }));
  return "fault" in read ? undefined : read.value;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new TinyTroupeError("FILE_UNREADABLE", `Cannot read ${path}: ${fileReason(cause)}.`, {
      data: { file: path },
      hint: "Name a population's folder, or files of people.",
      cause,
    });
  }
}
