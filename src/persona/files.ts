import { mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import { slug } from "../kernel/values/ids.ts";
import { type Fragment, parseFragment } from "./fragment.ts";
import { isRecord } from "./plain-data.ts";
import { type Persona, parsePersona } from "./schema.ts";

/** A persona from a file, and what in the file was left aside. */
export interface LoadedPersona {
  readonly persona: Persona;
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
  const value = await readJson(file);
  return { persona: parsePersona(value, { file }), warnings: leftAside(value, file) };
}

/** Reads a fragment file: `{type: "Fragment", persona}` or the bare part of a persona. Errors as `loadPersona`. */
export async function loadFragment(file: string): Promise<LoadedFragment> {
  const value = await readJson(file);
  return { fragment: parseFragment(value, { file }), warnings: leftAside(value, file) };
}

/** Writes `{type: "TinyPerson", persona}`, making the folder where needed. Throws FILE_UNWRITABLE. */
export async function savePersona(file: string, persona: Persona): Promise<void> {
  const draft = `${file}.${process.pid}.draft`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, `${JSON.stringify({ type: "TinyPerson", persona }, null, 2)}\n`);
    await rename(draft, file);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    const hint = "Choose a file in a folder where you may write.";
    throw new TinyTroupeError("FILE_UNWRITABLE", `Cannot write ${file}: ${reason(cause)}.`, {
      data: { file },
      hint,
      cause,
    });
  }
}

/** The names of the personas that come with the package, as `packagedPersona` takes them. */
export async function listPackagedPersonas(): Promise<readonly string[]> {
  const names = await readdir(packaged("."));
  return names
    .filter((name) => name.endsWith(".json"))
    .map((name) => basename(name, ".json"))
    .sort();
}

/** The names of the fragments that come with the package, as `packagedFragment` takes them. */
export async function listPackagedFragments(): Promise<readonly string[]> {
  const names = await readdir(packaged("fragments"));
  return names
    .filter((name) => name.endsWith(".json"))
    .map((name) => basename(name, ".json"))
    .sort();
}

/** One of the personas that come with the package, by its first name. Throws TARGET_UNKNOWN. */
export async function packagedPersona(name: string): Promise<Persona> {
  const known = await listPackagedPersonas();
  return (await loadPersona(packaged(`${one(name, known, "persona")}.json`))).persona;
}

/** One of the fragments that come with the package. Throws TARGET_UNKNOWN. */
export async function packagedFragment(name: string): Promise<Fragment> {
  const known = await listPackagedFragments();
  return (await loadFragment(packaged(join("fragments", `${one(name, known, "fragment")}.json`)))).fragment;
}

/** The same two steps up from `src/persona` and from `dist/persona`. */
function packaged(path: string): string {
  return join(fileURLToPath(new URL("../../personas", import.meta.url)), path);
}

function one(name: string, known: readonly string[], kind: string): string {
  if (known.includes(slug(name))) return slug(name);
  throw new TinyTroupeError("TARGET_UNKNOWN", `No ${kind} '${name}' comes with the package.`, {
    data: { target: name, known },
    hint: `There are: ${known.join(", ")}.`,
  });
}

function leftAside(value: unknown, file: string): readonly string[] {
  if (!isRecord(value) || (value["type"] !== "TinyPerson" && value["type"] !== "Fragment")) return [];
  const extra = Object.keys(value).filter((key) => !["type", "persona", "$schema"].includes(key));
  return extra.map((key) => `${file}: '${key}' was left aside; only the persona is read.`);
}

async function readJson(file: string): Promise<unknown> {
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { line, column } = placeOf(text, cause);
    const message = `line ${line}, column ${column}: ${reason(cause).replace(/ in JSON at position.*| \(line.*/, "")}`;
    throw new TinyTroupeError("PERSONA_INVALID", `${file} is no valid JSON: ${message}.`, {
      data: { file, issues: [{ path: "", message }] },
      hint: "Look just before that place: a missing comma, a comma too many, or a quotation mark left open.",
      cause,
    });
  }
}

async function readText(file: string): Promise<string> {
  try {
    await using handle = await open(file, "r");
    const found = await handle.stat();
    if (!found.isFile()) throw new Error("it is a folder or a device, not a file");
    const { size } = found;
    if (size > largestFile) throw new Error(`it has ${size} bytes; personas have up to ${largestFile}`);
    return new TextDecoder("utf-8", { fatal: true }).decode(await handle.readFile());
  } catch (cause) {
    throw new TinyTroupeError("FILE_UNREADABLE", `Cannot read ${file}: ${reason(cause)}.`, {
      data: { file },
      hint: "Check the path, from the folder where the program runs, and that the file is UTF-8 text.",
      cause,
    });
  }
}

function reason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  const words: Record<string, string> = {
    ENOENT: "there is no such file",
    EISDIR: "it is a folder",
    ENOTDIR: "a part of the path is no folder",
    EACCES: "access is denied",
    EROFS: "the disk is read-only",
    ENOSPC: "the disk is full",
    ERR_ENCODING_INVALID_ENCODED_DATA: "it is not UTF-8 text",
  };
  return words[code ?? ""] ?? message;
}

/** Line and column, from 1, of the fault in a JSON text. */
function placeOf(text: string, fault: unknown): { line: number; column: number } {
  const position = positionIn(fault) ?? (endsEarly(text) ? text.length : firstBadLength(text) - 1);
  const before = text.slice(0, position).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

function positionIn(fault: unknown): number | undefined {
  const found = /at position (\d+)/.exec(reason(fault))?.[1];
  return found === undefined ? undefined : Number(found);
}

/** The parser does not say where an unexpected token stands: it is where the shortest hopeless beginning ends. */
function firstBadLength(text: string): number {
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (endsEarly(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return bad;
}

/** Tells whether a text is JSON so far and only lacks its end. */
function endsEarly(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (fault) {
    return /end of JSON input|Unterminated string/.test(reason(fault)) || positionIn(fault) === text.length;
  }
}
