import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  type Environment,
  type JournalEvent,
  loadStudy,
  openSimulation,
  renderTranscript,
  type SimulationEvent,
  type SimulationOptions,
  type Study,
  transcriptOf,
} from "../../src/index.ts";
import { openSqliteStore, readStory, type Store } from "../../src/stores.ts";
import { bin, keepsCompiled } from "./compiled.ts";

const root = resolve(import.meta.dirname, "../..");

export const exampleFile = (name: string, file: "main.ts" | "study.yaml" | "README.md"): string =>
  join(root, "examples", name, file);

/** Somebody's folder with a study or two, a journal in a real file, and an environment without any key. */
export interface Project extends AsyncDisposable {
  readonly folder: string;
  readonly store: string;
  environment(variables?: Readonly<Record<string, string>>): Environment;
  /** Writes a file and returns its path. */
  write(name: string, text: string): Promise<string>;
  read(name: string): Promise<string>;
  /** Plays a study to its end on the journal of this folder, and closes the run, whatever comes of it. */
  play<R>(study: Study<R>, options?: PlayOptions): Promise<Played<R>>;
  /** The story of the only run with this id, sorted by the ids of its events. */
  story(run: string): Promise<readonly JournalEvent[]>;
  withStore<T>(use: (store: Store) => Promise<T>): Promise<T>;
  /** Starts the command line as a process of its own. */
  cli(args: readonly string[], variables?: Readonly<Record<string, string>>, input?: string): CommandLine;
}

export type PlayOptions = Partial<SimulationOptions> & { readonly variables?: Readonly<Record<string, string>> };

export interface Played<R> {
  readonly run: string;
  readonly result: R;
  readonly error: unknown;
  /** What those who watched were shown. */
  readonly shown: readonly SimulationEvent[];
  readonly story: readonly JournalEvent[];
  /** As a file for people has it: from the story in the order in which it was told. */
  readonly transcript: string;
}

export interface CommandLine {
  readonly process: ChildProcess;
  /** Everything so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves as soon as the text was written to either stream. */
  said(text: string): Promise<void>;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }>;
}

/** @param parent the folder that the project's own is made in */
export async function tempProject(parent = tmpdir()): Promise<Project> {
  const folder = await mkdtemp(join(parent, "tinytroupe-project-"));
  const store = join(folder, ".tinytroupe", "troupe.db");
  const environment = (variables: Readonly<Record<string, string>> = {}): Environment => ({
    ...{ folder, home: folder, platform: "linux" },
    variables,
  });
  const withStore = async <T>(use: (opened: Store) => Promise<T>): Promise<T> => {
    const opened = await openSqliteStore(store);
    try {
      return await use(opened);
    } finally {
      await opened.close();
    }
  };
  const project: Project = {
    ...{ folder, store, environment, withStore },
    write: async (name, text) => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    },
    read: (name) => readFile(join(folder, name), "utf8"),
    play: (study, options) => play(study, { environment: environment(options?.variables), ...options }),
    story: (run) => withStore(async (opened) => byId(await Array.fromAsync(readStory(opened, run)))),
    cli: (args, variables = {}, input = undefined) => commandLine(args, { folder, variables, input }),
    [Symbol.asyncDispose]: () => {
      if (process.cwd() === folder) process.chdir(root);
      return rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return project;
}

/** The example or any other study file, as `tinytroupe run` would load it. */
export const study = (file: string): Promise<Study> => loadStudy(file);

async function play<R>(toPlay: Study<R>, { variables: _, ...options }: PlayOptions): Promise<Played<R>> {
  const { run: _run, kind: _kind, about: _about, arms: _arms, interventions: _made, ...head } = toPlay;
  const shown: SimulationEvent[] = [];
  const onEvent = (event: SimulationEvent): void => void shown.push(event);
  const simulation = await openSimulation({ ...(head as SimulationOptions), onEvent, ...options });
  let [result, error]: [R | undefined, unknown] = [undefined, undefined];
  try {
    result = await toPlay.run(simulation);
  } catch (thrown) {
    error = thrown;
  }
  await simulation.end(error === undefined ? undefined : "stopped");
  const told = await Array.fromAsync(simulation.story());
  await simulation.close();
  const transcript = renderTranscript(transcriptOf(told));
  return { run: simulation.run, result: result as R, error, shown, story: byId(told), transcript };
}

/** Events in an order that no completion order changes: by scope, and within it as they were told. */
function byId(events: readonly JournalEvent[]): readonly JournalEvent[] {
  const place = ({ id }: JournalEvent): readonly [string, number] => {
    const mark = id.lastIndexOf("#");
    return [id.slice(0, mark), Number(id.slice(mark + 1))];
  };
  return events.toSorted((one, other) => {
    const [[a, m], [b, n]] = [place(one), place(other)];
    return a === b ? m - n : a < b ? -1 : 1;
  });
}

interface CommandLineOptions {
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  /** What comes through the pipe; nothing when absent. */
  readonly input: string | undefined;
}

function commandLine(args: readonly string[], { folder, variables, input }: CommandLineOptions): CommandLine {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, ...keepsCompiled, ...variables },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // A program that ends without reading what is piped into it is no fault of the test.
  child.stdin.on("error", () => {}).end(input ?? "");
  const written = { stdout: "", stderr: "" };
  const waiting = new Set<() => void>();
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (piece: string) => {
      written[stream] += piece;
      for (const look of waiting) look();
    });
  }
  const ended = new Promise<Awaited<CommandLine["ended"]>>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, ...written }));
  });
  return {
    process: child,
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    ended,
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!(written.stdout + written.stderr).includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        void ended.then(() =>
          reject(new Error(`It ended without saying '${text}':\n${written.stdout}${written.stderr}`)),
        );
        look();
      }),
  };
}
