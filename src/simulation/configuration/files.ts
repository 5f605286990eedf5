import { access } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { issueLines, issuesInWords } from "../../kernel/text/issues.ts";
import { readWritten, type Written } from "../../kernel/text/written.ts";
import { type Issue, TinyTroupeError } from "../../kernel/values/errors.ts";
import { SettingsDocument } from "./document.ts";
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
  const { value, placed } = await (name.endsWith(".ts") ? readProgram(path) : readText(path));
  const settings = checked(path, { value, placed });
  const placeOf = (key: string): string => {
    const { line } = placed({ path: key, message: "" });
    return line === undefined ? name : `${name}:${line}`;
  };
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
  /** Adds to an issue where in the file it is, where that is known. */
  readonly placed: Written["placed"];
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
  const { value, faults, placed } = await readWritten(text, { aliases: 0 });
  if (faults.length > 0) throw invalid(path, faults);
  return { value, placed };
}

async function readProgram(path: string): Promise<Raw> {
  const program: Record<string, unknown> = await import(pathToFileURL(path).href).catch((cause: unknown) => {
    if (cause instanceof TinyTroupeError) throw cause;
    throw invalid(path, [{ path: "", message: cause instanceof Error ? cause.message : String(cause) }], cause);
  });
  if ("default" in program) return { value: program["default"], placed: (issue) => issue };
  throw invalid(path, [{ path: "", message: "It exports nothing: end it with export default defineConfig({ … });" }]);
}

function checked(path: string, { value, placed }: Raw): Settings {
  const parsed = SettingsDocument.safeParse(value);
  const secrets = secretsIn(value);
  const told = new Set(secrets.map((issue) => issue.path));
  const others = parsed.success ? [] : issuesInWords(parsed.error.issues, { whole: value, schema: SettingsDocument });
  // What a secret is called is no key of ours either: that need not be said twice, and what it is not even once.
  const harmless = others.filter(({ path: at, message }) => !told.has(at) && secretsIn(message).length === 0);
  const issues = [...secrets, ...harmless];
  if (!parsed.success || issues.length > 0) throw invalid(path, issues.map(placed));
  const { $schema: _schema, ...settings } = parsed.data;
  return Object.fromEntries(Object.entries(settings).filter(([, setting]) => setting !== undefined));
}

function invalid(path: string, issues: readonly Issue[], cause?: unknown): TinyTroupeError<"CONFIG_INVALID"> {
  const head = `The configuration ${path} is not valid:`;
  return new TinyTroupeError("CONFIG_INVALID", [head, ...issueLines(issues, basename(path))].join("\n"), {
    data: { file: path, issues },
    hint: "Mend what is named above. `tinytroupe config --help` says what can be settled, and how.",
    cause,
  });
}
