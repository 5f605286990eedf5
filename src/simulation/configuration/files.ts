import { access } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readTextFile } from "../../kernel/text/read-text.ts";
import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";
import { SettingsDocument } from "./document.ts";
import { issuesInWords } from "./issues.ts";
import { secretsIn } from "./secrets.ts";
import type { Settings } from "./settings.ts";

/** The names of the file, of which a folder has one at most. */
const configFiles = ["tinytroupe.config.ts", "tinytroupe.config.json"] as const;

/** A configuration file as it was read. */
export interface ConfigFile {
  readonly path: string;
  readonly settings: Settings;
  /** Where each setting stands: the file's name, and the line where it is known. */
  readonly places: ReadonlyMap<string, string>;
}

/**
 * Reads `tinytroupe.config.ts` (a program, which runs) or `.json` of a folder; `undefined` where there is neither.
 * @throws CONFIG_INVALID, FILE_UNREADABLE
 */
export async function readConfigFile(
  folder: string,
  { programs = true }: { readonly programs?: boolean } = {},
): Promise<ConfigFile | undefined> {
  const readable = configFiles.filter((name) => programs || !name.endsWith(".ts"));
  const here = await Promise.all(readable.map(async (name) => ((await exists(join(folder, name))) ? [name] : [])));
  const [name, other] = here.flat();
  if (name === undefined) return undefined;
  const path = join(folder, name);
  if (other !== undefined) throw invalid(path, [{ path: "", message: `${other} is here too: which one counts?` }]);
  const { value, lines } = await (name.endsWith(".ts") ? readProgram(path) : readText(path));
  const settings = checked(path, value);
  const placeOf = (key: string): string => (lines.has(key) ? `${name}:${lines.get(key)}` : name);
  return { path, settings, places: new Map(Object.keys(settings).map((key) => [key, placeOf(key)])) };
}

const otherEndings = ["js", "mjs", "cjs", "mts", "cts", "yaml", "yml", "jsonc", "toml"];

/** Files that look like a configuration and are none, each with what would be read. */
export async function unreadFiles(folder: string): Promise<readonly string[]> {
  const names = otherEndings.map((ending) => `tinytroupe.config.${ending}`);
  const there = await Promise.all(names.map((name) => exists(join(folder, name))));
  const found = names.filter((_name, index) => there[index]);
  return found.map((name) => `${name} is not read: settings stand in ${configFiles.join(" or ")}.`);
}

/** In bytes; a few settings have some hundreds. */
const largestFile = 1024 * 1024;

interface Raw {
  readonly value: unknown;
  /** The line of each key of the file, from 1. */
  readonly lines: ReadonlyMap<string, number>;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== "ENOENT",
  );
}

/** JSON, read as YAML reads it, which says where a mistake stands. */
async function readText(path: string): Promise<Raw> {
  const text = await readTextFile(path, { mostBytes: largestFile });
  const { isMap, isScalar, LineCounter, parseDocument } = await import("yaml");
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const faults = document.errors.map(({ message, pos }) => {
    const { line, col } = lineCounter.linePos(pos[0]);
    const what = (message.split("\n")[0] ?? "").replace("Maximum call stack size exceeded", "It is nested too deeply");
    return { path: `line ${line}, column ${col}`, message: what };
  });
  if (faults.length > 0) throw invalid(path, faults);
  const pairs = isMap(document.contents) ? document.contents.items : [];
  const lines = pairs.flatMap(({ key }): [string, number][] =>
    isScalar(key) && key.range ? [[String(key.value), lineCounter.linePos(key.range[0]).line]] : [],
  );
  try {
    return { value: plainData(() => document.toJS({ maxAliasCount: 0 }), path), lines: new Map(lines) };
  } catch (cause) {
    throw invalid(path, [{ path: "", message: "Settings are written out: an alias (*) means nothing here." }], cause);
  }
}

/** References that JSON does not have are found only when the data is made. */
function plainData(make: () => unknown, path: string): unknown {
  try {
    return make();
  } catch (cause) {
    throw invalid(path, [{ path: "", message: cause instanceof Error ? cause.message : String(cause) }], cause);
  }
}

async function readProgram(path: string): Promise<Raw> {
  const program: Record<string, unknown> = await import(pathToFileURL(path).href).catch((cause: unknown) => {
    if (cause instanceof TinyTroupeError) throw cause;
    throw invalid(path, [{ path: "", message: cause instanceof Error ? cause.message : String(cause) }], cause);
  });
  if ("default" in program) return { value: program["default"], lines: new Map() };
  throw invalid(path, [{ path: "", message: "It exports nothing: end it with export default defineConfig({ … });" }]);
}

function checked(path: string, value: unknown): Settings {
  const parsed = SettingsDocument.safeParse(value);
  const secrets = secretsIn(value);
  const told = new Set(secrets.map((issue) => issue.path));
  const others = parsed.success ? [] : issuesInWords(parsed.error.issues, value, SettingsDocument);
  // What a secret is called is no key of ours either: that need not be said twice.
  const issues =
    secrets.length > 0 ? [...secrets, ...others.filter(({ path: at }) => at !== "" && !told.has(at))] : others;
  if (!parsed.success || issues.length > 0) throw invalid(path, issues);
  const { $schema: _schema, ...settings } = parsed.data;
  return Object.fromEntries(Object.entries(settings).filter(([, setting]) => setting !== undefined));
}

function invalid(path: string, issues: readonly Issue[], cause?: unknown): TinyTroupeError<"CONFIG_INVALID"> {
  const shown = issues.map((issue) => `  ${issue.path || "(the whole file)"}: ${issue.message}`);
  return new TinyTroupeError("CONFIG_INVALID", [`The configuration ${path} is not valid:`, ...shown].join("\n"), {
    data: { file: path, issues },
    hint: "See `tinytroupe config --help`, and schemas/config.schema.json for your editor.",
    cause,
  });
}
