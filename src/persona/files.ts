import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readTextFile } from "../kernel/text/files/read-text.ts";
import { issueLines } from "../kernel/text/issues.ts";
import { nearest } from "../kernel/text/nearest.ts";
import { fileReason } from "../kernel/text/reasons.ts";
import { readJson, readWritten } from "../kernel/text/written.ts";
import { type Issue, isTinyTroupeError, TinyTroupeError } from "../kernel/values/errors.ts";
import { slug } from "../kernel/values/ids.ts";
import { type Fragment, parseFragment } from "./fragment.ts";
import { type Origin, parseOrigin } from "./origin/origin.ts";
import { isRecord } from "./plain-data.ts";
import { invalidPersona, type Persona, parsePersona } from "./schema.ts";

/** A persona from a file, and what in the file was left aside. */
export interface LoadedPersona {
  readonly persona: Persona;
  /** Where the person comes from, where the file says so. */
  readonly origin?: Origin;
  readonly warnings: readonly string[];
}

/** A fragment from a file, and what in the file was left aside. */
export interface LoadedFragment {
  readonly fragment: Fragment;
  readonly warnings: readonly string[];
}

/** Saved agents carry their memories with them; beyond this it is the wrong file. In bytes. */
const largestFile = 32 * 1024 * 1024;

/**
 * Reads a persona file: `{type: "TinyPerson", persona}` or a bare persona, as UTF-8 JSON.
 * What else the file holds (a saved mental state, memories) is left aside with a warning.
 * Throws FILE_UNREADABLE or PERSONA_INVALID, which says where in the file.
 */
export async function loadPersona(file: string): Promise<LoadedPersona> {
  const { read, warnings } = await readWith(file, (value) => {
    const origin =
      isRecord(value) && value["type"] === "TinyPerson" ? parseOrigin(value["origin"], { file }) : undefined;
    return { persona: parsePersona(value, { file }), ...(origin && { origin }) };
  });
  return { ...read, warnings };
}

/** Reads a fragment file: `{type: "Fragment", persona}` or the bare part of a persona. Errors as `loadPersona`. */
export async function loadFragment(file: string): Promise<LoadedFragment> {
  const { read: fragment, warnings } = await readWith(file, (value) => parseFragment(value, { file }));
  return { fragment, warnings };
}

/**
 * Writes `{type: "TinyPerson", persona}`, and beside the persona where it comes from, making the folder where needed.
 * Throws FILE_UNWRITABLE.
 */
export async function savePersona(file: string, persona: Persona, origin?: Origin): Promise<void> {
  await writeJsonFile(file, { type: "TinyPerson", persona, ...(origin && { origin }) }, largestFile);
}

/** Writes data as JSON, as `writeTextFile` does. */
export async function writeJsonFile(file: string, value: unknown, mostBytes: number): Promise<void> {
  await writeTextFile(file, `${JSON.stringify(value, null, 2)}\n`, mostBytes);
}

/**
 * Writes the whole file or none, making the folder where needed. Throws FILE_UNWRITABLE, also for more than can be read
 * again.
 */
export async function writeTextFile(file: string, text: string, mostBytes: number): Promise<void> {
  const draft = `${file}.${process.pid}.draft`;
  try {
    const bytes = Buffer.byteLength(text);
    if (bytes > mostBytes) throw new Error(`it would have ${bytes} bytes; at most ${mostBytes} are read`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, text);
    await rename(draft, file);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined); // the first failure is the one to tell
    const hint = "Choose a file in a folder where you may write.";
    throw new TinyTroupeError("FILE_UNWRITABLE", `Cannot write ${file}: ${fileReason(cause)}.`, {
      data: { file },
      hint,
      cause,
    });
  }
}

/** The names of the personas that come with the package, as `packagedPersona` takes them. */
export async function listPackagedPersonas(): Promise<readonly string[]> {
  const names = await readdir(packagedPath("."));
  return names
    .filter((name) => name.endsWith(".json"))
    .map((name) => basename(name, ".json"))
    .sort();
}

/** The names of the fragments that come with the package, as `packagedFragment` takes them. */
export async function listPackagedFragments(): Promise<readonly string[]> {
  const names = await readdir(packagedPath("fragments"));
  return names
    .filter((name) => name.endsWith(".json"))
    .map((name) => basename(name, ".json"))
    .sort();
}

/** One of the personas that come with the package, by its first name. Throws TARGET_UNKNOWN. */
export async function packagedPersona(name: string): Promise<Persona> {
  const known = await listPackagedPersonas();
  return (await loadPersona(packagedPath(`${one(name, known, "persona")}.json`))).persona;
}

/** One of the fragments that come with the package. Throws TARGET_UNKNOWN. */
export async function packagedFragment(name: string): Promise<Fragment> {
  const known = await listPackagedFragments();
  return (await loadFragment(packagedPath(join("fragments", `${one(name, known, "fragment")}.json`)))).fragment;
}

/** Tells a bare name, of what comes with the package, from a path, which has a slash or a dot. */
export function isPackagedName(source: string): boolean {
  return !/[/\\.]/.test(source);
}

/**
 * A file or folder of what comes with the package. The same two steps up from `src/persona` and from `dist/chunks`.
 */
export function packagedPath(path: string): string {
  return join(fileURLToPath(new URL("../../personas", import.meta.url)), path);
}

function one(name: string, known: readonly string[], kind: string): string {
  if (known.includes(slug(name))) return slug(name);
  const [near] = nearest(name, known);
  throw new TinyTroupeError("TARGET_UNKNOWN", `No ${kind} '${name}' comes with the package.`, {
    data: { target: name, known },
    hint: `${near === undefined ? "" : `Did you mean ${near}? `}There are: ${known.join(", ")}.`,
  });
}

function leftAside(value: unknown, file: string): readonly string[] {
  if (!isRecord(value) || (value["type"] !== "TinyPerson" && value["type"] !== "Fragment")) return [];
  const extra = Object.keys(value).filter((key) => !["type", "persona", "origin", "$schema"].includes(key));
  return extra.map((key) => `${file}: '${key}' was left aside; only the persona is read.`);
}

/** In characters; where something stands in a longer text is not worth the seconds that it takes to find. */
const longestPlaced = 1024 * 1024;

/**
 * What a reader makes of the JSON in a file; whatever it finds wrong gets its place in the file. Throws FILE_UNREADABLE
 * and PERSONA_INVALID.
 */
export async function readJsonFile<T>(file: string, mostBytes: number, reader: (value: unknown) => T): Promise<T> {
  const text = await readTextFile(file, { mostBytes });
  const read = readJson(text);
  if ("fault" in read) throw noJson(read.fault, { file, cause: read.cause });
  try {
    return reader(read.value);
  } catch (error) {
    if (!isTinyTroupeError(error, "PERSONA_INVALID") || text.length > longestPlaced) throw error;
    const { placed } = await readWritten(text, { aliases: 0 });
    throw invalidPersona(error.data.issues.map(placed), { file });
  }
}

async function readWith<T>(
  file: string,
  reader: (value: unknown) => T,
): Promise<{ readonly read: T; readonly warnings: readonly string[] }> {
  return readJsonFile(file, largestFile, (value) => ({ read: reader(value), warnings: leftAside(value, file) }));
}

function noJson(fault: Issue, { file, cause }: { readonly file: string; readonly cause: unknown }): TinyTroupeError {
  const message = [`The persona ${file} is not valid:`, ...issueLines([fault], file)].join("\n");
  return new TinyTroupeError("PERSONA_INVALID", message, {
    data: { file, issues: [fault] },
    hint: "Look just before that place: a missing comma, a comma too many, or a quotation mark left open.",
    cause,
  });
}
