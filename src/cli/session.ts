import { readFile } from "node:fs/promises";
import { type Environment, readEnvironment } from "../index.ts";
import { createScreen, type Screen } from "./terminal/screen.ts";
import { createStyle, type Style, takesColour } from "./terminal/style.ts";

/** What every command works with: the streams, the machine and the exit code. */
export interface Session {
  readonly environment: Environment;
  readonly out: Screen;
  readonly err: Screen;
  readonly outStyle: Style;
  readonly errStyle: Style;
  /** Somebody sits at the terminal and can answer. */
  readonly interactive: boolean;
  exitCode: number;
  /** Writes to standard output as it is, for programs. */
  raw(text: string): void;
  /** Asks a yes-or-no question; no when nobody can answer. */
  confirm(question: string): Promise<boolean>;
  version(): Promise<string>;
}

/** Opens the session of this process. */
export function openSession(): Session {
  const environment = readEnvironment();
  const { stdout, stderr, stdin } = process;
  const interactive = stdin.isTTY === true && stderr.isTTY === true;
  return {
    environment,
    out: createScreen(stdout),
    err: createScreen(stderr),
    outStyle: createStyle(takesColour(stdout, environment.variables)),
    errStyle: createStyle(takesColour(stderr, environment.variables)),
    interactive,
    exitCode: 0,
    raw: (text) => void stdout.write(text),
    confirm: (question) => (interactive ? ask(question) : Promise.resolve(false)),
    version: async () =>
      JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")).version as string,
  };
}

async function ask(question: string): Promise<boolean> {
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
