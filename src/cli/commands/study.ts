import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { access, constants } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import {
  type Environment,
  loadStudy,
  projectStore,
  readConfiguration,
  type Study,
  TinyTroupeError,
} from "../../index.ts";
import { openSqliteStore, type RunQuery, type RunRecord, type SqliteOptions, type Store } from "../../stores.ts";
import type { Session } from "../session.ts";
import { harmless } from "../terminal/text.ts";
import { localTime } from "./runs/listing.ts";

/** Reads a study; a program that cannot be read says where it is wrong. */
export async function readStudy(file: string): Promise<Study> {
  if (!existsSync(file)) {
    throw new TinyTroupeError("FILE_UNREADABLE", `There is no study at ${file}.`, {
      data: { file },
      hint: "Check the path, from the folder where you are. A study is a YAML file or a program that exports one.",
    });
  }
  try {
    return await loadStudy(file);
  } catch (error) {
    // Of a program in plain JavaScript the loader says what is wrong, but not where.
    const fault = error instanceof Error ? error.cause : undefined;
    if (fault instanceof SyntaxError && !/^\S.*:\d+$/m.test(fault.stack ?? "")) {
      fault.stack = (await checkSyntax(file)) ?? fault.stack ?? "";
    }
    throw error;
  }
}

/** What Node writes about a program that is no valid JavaScript: `file:line`, the line, the error. */
function checkSyntax(file: string): Promise<string | undefined> {
  return new Promise((done) => {
    execFile(process.execPath, ["--check", resolve(file)], (error, _out, said) => done(error ? said : undefined));
  });
}

/** The journal that a command works on: its flag, what the project settles, or the usual place. */
export async function storePath({ environment }: Session, flag: string | undefined): Promise<string> {
  return storeAt(environment, flag ?? (await readConfiguration(environment)).settings.store);
}

/** The path of a journal as it was said, or the usual one. */
export function storeAt(environment: Environment, store: string | undefined): string {
  return store === undefined ? projectStore(environment) : resolve(environment.folder, store);
}

/**
 * Opens the journal for reading what was played, and closes it; `undefined` where there is none yet. An older one is
 * brought up to date, unless it is to stay as it is or cannot be written.
 */
export async function inStore<T>(
  path: string,
  use: (store: Store) => Promise<T>,
  { readOnly }: SqliteOptions = {},
): Promise<T | undefined> {
  if (!existsSync(path)) return undefined;
  const store = await openSqliteStore(path, { readOnly: readOnly ?? !(await isWritable(path)) });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** Throws STORE_FAILED for a journal that cannot be written to, before anything is done about it. */
export async function mustBeWritable(path: string): Promise<void> {
  if (await isWritable(path)) return;
  throw new TinyTroupeError("STORE_FAILED", `The journal ${path} cannot be written to: nothing was changed.`, {
    data: { location: path },
    hint: "Make the file and its folder writable, then do this again.",
  });
}

/** A journal is written to in its file and beside it. */
const isWritable = (path: string): Promise<boolean> => canWrite(path, dirname(path));

/** Whether all of these files and folders can be written to. */
export async function canWrite(...places: readonly string[]): Promise<boolean> {
  const asked = places.map((place) => access(place, constants.W_OK));
  return Promise.all(asked).then(
    () => true,
    () => false,
  );
}

/** The flags of every command that reads a journal. */
export interface StoreFlags {
  readonly store?: string;
  readonly json?: boolean;
}

/** Opens the journal for a command that only reads. Throws RUN_UNKNOWN where there is none. */
export async function reading(
  session: Session,
  flags: StoreFlags,
  use: (store: Store) => Promise<void>,
): Promise<void> {
  const path = await storePath(session, flags.store);
  const done = await inStore(path, async (store) => {
    await use(store);
    return true;
  });
  if (done) return;
  throw new TinyTroupeError("RUN_UNKNOWN", `There is no journal at ${path}: nothing was played here yet.`, {
    data: { run: "" },
    hint: "Play a study (tinytroupe run …), go to its folder, or name the journal with --store.",
  });
}

export interface ResumeWish {
  /** The flag: a run, or `true` for the newest unfinished one. */
  readonly resume: string | true;
  readonly study: string;
  readonly seed?: string | undefined;
  readonly model?: string | undefined;
}

/** The run that `--resume` means, where it was said; a dry run leaves the journal as it is. */
export async function resumedRun(
  session: Session,
  { name }: Study,
  {
    resume,
    seed,
    model,
    store,
    dryRun,
  }: Partial<Omit<ResumeWish, "study">> & StoreFlags & { readonly dryRun?: boolean },
): Promise<RunRecord | undefined> {
  if (resume === undefined) return undefined;
  return runToResume(
    await storePath(session, store),
    { resume, study: name, seed, model },
    dryRun ? { readOnly: true } : {},
  );
}

/** Which run is to go on. Throws RUN_UNKNOWN, or OPTION_INVALID where it is a run of something else. */
export async function runToResume(path: string, wish: ResumeWish, options?: SqliteOptions): Promise<RunRecord> {
  const run = await inStore(path, (store) => wished(store, wish), options);
  if (run) return run;
  throw new TinyTroupeError("RUN_UNKNOWN", `There is nothing to go on with: no journal is at ${path}.`, {
    data: { run: wish.resume === true ? "" : wish.resume },
    hint: "Go to the folder where it was played, name the journal with --store, or leave out --resume.",
  });
}

async function wished(store: Store, wish: ResumeWish): Promise<RunRecord> {
  if (wish.resume === true) return newestUnfinished(store, wish);
  const run = await findRun(store, wish.resume);
  if (run.name !== wish.study) {
    throw otherRun(`Run ${run.id} is one of '${run.name}', not of '${wish.study}'.`, "--resume", run.id);
  }
  checkSame(run, wish);
  return run;
}

/** Throws OPTION_INVALID where a seed or a model is wanted that is not the run's: another one is another run. */
export function checkSame(run: RunRecord, { seed, model }: Pick<ResumeWish, "seed" | "model">): void {
  if (seed !== undefined && seed !== run.seed) {
    throw otherRun(`Run ${run.id} has the seed ${run.seed}; another seed is another run.`, "--seed", seed);
  }
  if (model !== undefined && !isOn(run, model)) {
    throw otherRun(`Run ${run.id} is played by ${run.model}; another model is another run.`, "--model", model);
  }
}

/** Whether a run is played by this model. A file of weights has its own name in the run, whatever its path. */
export function isOn(run: RunRecord, model: string | undefined): boolean {
  if (model === undefined || run.model === model) return true;
  return model.startsWith("local/") && model.endsWith(".gguf") && run.model.startsWith("local/");
}

async function newestUnfinished(store: Store, { study, seed, model }: ResumeWish): Promise<RunRecord> {
  const runs = await lastPlayed(store, { name: study });
  const fitting = runs.filter((run) => (seed === undefined || run.seed === seed) && isOn(run, model));
  const open = fitting.find((run) => run.status !== "finished");
  if (open) return open;
  const known = fitting.length > 0 ? `all of its runs here are finished (${fitting.length})` : "it was not played here";
  throw new TinyTroupeError("RUN_UNKNOWN", `There is nothing to go on with in '${study}': ${known}.`, {
    data: { run: "" },
    hint: "Leave out --resume to play it. See the runs with: tinytroupe runs list",
  });
}

/** The runs of a journal, the one that was played last first. */
export function lastPlayed(store: Store, query: RunQuery = {}): Promise<readonly RunRecord[]> {
  return store.listRuns({ ...query, order: "updated" });
}

/** What is kept of a run in which a command asks a model and nobody lives: it is not what people mean by their last run. */
export const workDetails = (what: string): { readonly work: string } => ({ work: what });

/** Looked through for the last run in which somebody lives. */
const mostLooked = 100;

/**
 * A run by its id, or by the beginning of one when that says which: the only one of that name, and of a run and its forks
 * the run itself. Without either, the newest in which people live.
 * Throws RUN_UNKNOWN, or OPTION_INVALID for an empty id, with which every id begins.
 */
export async function findRun(store: Store, id: string | undefined): Promise<RunRecord> {
  if (id?.trim() === "") {
    throw new TinyTroupeError("OPTION_INVALID", "The name of a run is empty.", {
      data: { option: "run", value: id },
      hint: "See the runs with: tinytroupe runs list",
    });
  }
  const exact = id === undefined ? undefined : await store.getRun(id);
  if (exact) return exact;
  if (id === undefined) {
    const runs = await lastPlayed(store, { limit: mostLooked });
    const last = runs.find(({ details }) => details?.["work"] === undefined) ?? runs[0];
    if (last) return last;
  }
  const found = id === undefined ? [] : await lastPlayed(store, { idStart: id, limit: mostLooked });
  const forksLast = found.toSorted((one, other) => Number(isFork(one)) - Number(isFork(other)));
  const named = found.length < mostLooked ? found.filter((run) => run.id.replace(/-[^-]*$/, "") === id) : [];
  const [first, second] = named.length === 1 ? named : forksLast;
  if (first !== undefined && id !== undefined) {
    const isOnly = second === undefined || (!isFork(first) && isFork(second) && found.length < mostLooked);
    if (isOnly) return first;
    throw ambiguous(id, forksLast.slice(0, 5), await store.countRuns({ idStart: id }));
  }
  const near = id === undefined ? [] : await lastPlayed(store, { idPart: id, limit: 5 });
  const meant = near.map((run) => run.id).join(" or ");
  const what = `There is no run${id === undefined ? "" : ` '${id}'`} in ${store.location}.`;
  throw new TinyTroupeError("RUN_UNKNOWN", what, {
    data: { run: id ?? "" },
    hint: near.length > 0 ? `Did you mean ${meant}?` : "See the runs with: tinytroupe runs list",
  });
}

const isFork = ({ parent }: RunRecord): boolean => parent !== undefined;

/**
 * The run that a command is about, which is said first: by the beginning of its id, else the last in which people live, and
 * where that is an arm of twins the run that it comes from.
 */
export async function studiedRun(
  { err, errStyle: style }: Session,
  store: Store,
  id: string | undefined,
): Promise<RunRecord> {
  let run = await findRun(store, id);
  while (id === undefined && run.parent !== undefined) run = await findRun(store, run.parent.run);
  const fork = run.parent === undefined ? "" : ` · a fork of ${run.parent.run}`;
  err.say(harmless(`On ${run.name} · ${run.id}${fork}${id === undefined ? " · the last played" : ""}`), style.dim);
  return run;
}

/** Several runs begin so; the last played are named, forks last. */
function ambiguous(run: string, found: readonly RunRecord[], all: number): TinyTroupeError<"RUN_UNKNOWN"> {
  const more = all > found.length ? `, and ${all - found.length} more` : "";
  return new TinyTroupeError("RUN_UNKNOWN", `'${run}' is ambiguous: the names of ${all} runs begin so.`, {
    data: { run },
    hint: `Say more of the name of one: ${found.map(({ id, updatedAt }) => `${id} (${localTime(updatedAt)})`).join(", ")}${more}.`,
  });
}

function otherRun(message: string, option: string, value: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", message, {
    data: { option, value },
    hint: "Leave one of the two out. See the runs with: tinytroupe runs list",
  });
}
