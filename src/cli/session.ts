import { readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Environment, readEnvironment, TinyTroupeError } from "../index.ts";
import { createScreen, type Screen } from "./terminal/screen.ts";
import { createStyle, type Style, takesColour } from "./terminal/style.ts";
import { harmlessJson } from "./terminal/text.ts";

/** What every command works with: the streams, the machine and the exit code. */
export interface Session {
  readonly environment: Environment;
  /** How this program is called here, as in `npx tinytroupe`: for commands that can be copied. */
  readonly program: string;
  readonly out: Screen;
  readonly err: Screen;
  readonly outStyle: Style;
  readonly errStyle: Style;
  /** Somebody sits at the terminal and can answer. */
  readonly interactive: boolean;
  /** Which command this is, as in `runs list`; empty until that is known. */
  command: string;
  /** The command's results are one JSON document on standard output; a failure is one too. */
  json: boolean;
  exitCode: number;
  /** The run that an error met, for the JSON document. */
  run: string | undefined;
  /** What stands under an error: how to go on. */
  farewell: string;
  /** Writes JSON to standard output, for programs. */
  raw(text: string): void;
  /** Asks a yes-or-no question; no when nobody can answer. Throws ABORTED at Ctrl-C. */
  confirm(question: string): Promise<boolean>;
  version(): Promise<string>;
}

/** Opens the session of this process. */
export function openSession(): Session {
  const environment = readEnvironment();
  const { stdout, stderr, stdin } = process;
  const { variables } = environment;
  const interactive = stdin.isTTY === true && stderr.isTTY === true;
  const dumb = variables["TERM"] === "dumb";
  stdout.on("error", whenReaderIsGone);
  // Nobody reads what happens any more: the run goes on, its results are wanted.
  stderr.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const err = createScreen(stderr, { dumb });
  return {
    environment,
    program: programName(environment, process.argv[1] ?? ""),
    out: createScreen(stdout, { dumb }),
    err,
    outStyle: createStyle(takesColour(stdout, variables)),
    errStyle: createStyle(takesColour(stderr, variables)),
    interactive,
    command: "",
    json: false,
    exitCode: 0,
    run: undefined,
    farewell: "",
    raw: (text) => void stdout.write(harmlessJson(text)),
    confirm: (question) => (interactive ? ask(question, err) : Promise.resolve(false)),
    version: async () => JSON.parse(await readFile(join(packageFolder(), "package.json"), "utf8")).version as string,
  };
}

/** `tinytroupe … | head` has read enough: no failure. A file that cannot take what is written into it is one. */
function whenReaderIsGone(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0);
  process.stderr.write(`FILE_UNWRITABLE Standard output cannot be written: ${error.message}\n`);
  process.stderr.write("→ Make room, and do it again: what was played is kept.\n");
  process.exit(1);
}

/**
 * How the program was called, so that the same words work again: through npx, from the source, or by name.
 * @param script the file that Node runs
 */
export function programName({ variables, folder }: Environment, script: string): string {
  if (variables["npm_command"] === "exec") return "npx tinytroupe";
  if (variables["npm_command"]?.startsWith("run")) {
    return variables["npm_package_name"] === "tinytroupe" ? "npm run tinytroupe --" : "npx tinytroupe";
  }
  if (script.endsWith(".ts")) return `node --conditions=tinytroupe-source ${shellWord(relative(folder, script))}`;
  return "tinytroupe";
}

/** Where this package lies. */
const packageFolder = (): string => resolve(fileURLToPath(import.meta.url), "../../..");

/** The command that installs this very package: the registry has none of ours. */
export const installCommand = (): string => `npm install ${shellWord(packageFolder())}`;

/** A word as a shell takes it; quoted where it must be. */
export function shellWord(word: string): string {
  return /^[\w./:@=+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

async function ask(question: string, screen: Screen): Promise<boolean> {
  const { createInterface } = await import("node:readline/promises");
  screen.say(question);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<boolean>((resolve, reject) => {
      lines.once("SIGINT", () => {
        screen.print("");
        reject(stopped());
      });
      lines.once("close", () => resolve(false));
      lines.question("[y/N] ").then((answer) => resolve(/^y(es)?$/i.test(answer.trim())), reject);
    });
  } finally {
    lines.close();
  }
}

function stopped(): TinyTroupeError<"ABORTED"> {
  return new TinyTroupeError("ABORTED", "Stopped before anything was done.", {
    data: { reason: "Ctrl-C" },
    hint: "Start it again when you like.",
  });
}
