import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { z } from "zod";
import type { Outside } from "../../kernel/contracts/context.ts";
import type { System, SystemMeans, SystemSession, SystemView } from "../../kernel/contracts/systems/system.ts";
import { fileReason } from "../../kernel/text/reasons.ts";
import { checkProgram, invalidSystem, systemFailed } from "../gate.ts";
import { wordsOf } from "../words.ts";
import { Program } from "./process.ts";

/** A command-line program. */
export interface ProgramOptions {
  readonly name: string;
  /** As it is called: a whole path, or a name that is found by PATH. Never a line for a shell. */
  readonly command: string;
  /** Before what people add. */
  readonly args?: readonly string[];
  /** The programs that may be started, this one too, as they are called. */
  readonly allow: readonly string[];
  /** It is talked to: one process a session, a line in, words out until it shows this prompt. Else each move starts it anew. */
  readonly prompt?: string;
  /** How long it may take to answer; 20 unless told. */
  readonly seconds?: number;
  /** Names of variables of the environment that it gets, beside PATH and LANG. */
  readonly variables?: readonly string[];
}

const run = {
  type: "RUN_PROGRAM",
  description: "start the program that you are using with these `arguments`, and `input` for it to read; once a turn",
  args: z.object({
    arguments: z.array(z.string()).describe("each word by itself; none is fine"),
    input: z.string().describe("what it reads from its standard input; may be empty"),
  }),
};

const enter = {
  type: "ENTER",
  description: "type a `line` into the program that you are using; once a turn",
  args: z.object({ line: z.string() }),
};

/**
 * A command-line program that people use: without a shell, in an empty folder that is gone afterwards, its time and its
 * output bounded. Throws OPTION_INVALID, SYSTEM_REFUSED.
 * @example
 * const sorter = programSystem({ name: "sort", command: "sort", allow: ["sort"] });
 */
export function programSystem(options: ProgramOptions): System {
  const { name, command, prompt, args = [] } = options;
  if (command.trim() === "") throw invalidSystem("command", "the path or the name of a program");
  checkProgram(name, command, options.allow);
  // It is started in a folder of its own, from which no path of ours leads anywhere.
  if (/[\\/]/.test(command) && !isAbsolute(command)) throw invalidSystem("command", "a whole path, or a name alone");
  return {
    ...{ name, about: "a program at a command line", moves: [prompt === undefined ? run : enter] },
    place: [command, ...args].join(" "),
    open: async (means) => {
      const folder = await mkdtemp(join(tmpdir(), "tinytroupe-program-"));
      const desk = { ...options, folder, means, variables: variablesFor(options, folder, means.variable) };
      const leave = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
      try {
        const session = prompt === undefined ? startedAnew(desk) : await talkedTo(desk, prompt);
        return { ...session, close: () => session.close().finally(leave) };
      } catch (error) {
        await leave();
        throw error;
      }
    },
  };
}

interface Desk extends Omit<ProgramOptions, "variables"> {
  readonly folder: string;
  readonly means: SystemMeans;
  readonly variables: Readonly<Record<string, string>>;
}

function variablesFor({ variables = [] }: ProgramOptions, folder: string, variable: Outside["variable"]) {
  const named = ["PATH", "LANG", ...variables].flatMap((name) => {
    const value = variable(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(named), HOME: folder, TMPDIR: folder };
}

const begun = (desk: Desk, more: readonly string[]): Program =>
  new Program({ ...desk, args: [...(desk.args ?? []), ...more] });

function startedAnew(desk: Desk): SystemSession {
  const { seconds = 20, means } = desk;
  return {
    first: { text: `The command line. The program is called ${desk.name}.` },
    do: async ({ args }) => {
      const more = z.array(z.string()).parse(args["arguments"]);
      const program = begun(desk, more);
      program.end(String(args["input"] ?? ""));
      try {
        const text = await program.read(() => false, { seconds, signal: means.signal });
        return answerOf(program, text, desk);
      } finally {
        await program.kill();
      }
    },
    close: async () => undefined,
  };
}

async function talkedTo(desk: Desk, prompt: string): Promise<SystemSession> {
  const { seconds = 20, means } = desk;
  const program = begun(desk, []);
  const isWhole = (text: string): boolean => text.trimEnd().endsWith(prompt.trimEnd());
  const read = async (): Promise<SystemView> => {
    const text = await program.read(isWhole, { seconds, signal: means.signal });
    const shown = answerOf(program, text, desk);
    return program.isOver || program.cut !== undefined ? { ...shown, over: true } : shown;
  };
  try {
    return {
      first: await read(),
      do: async ({ args }) => {
        // One line is one line, whatever somebody puts into it.
        program.write(`${String(args["line"]).replace(/[\r\n]+/g, " ")}\n`);
        return read();
      },
      close: () => program.kill(),
    };
  } catch (error) {
    await program.kill();
    throw error;
  }
}

/** What the program wrote, and how it ended. Throws SYSTEM_FAILED for one that cannot be started, and the signal's reason. */
function answerOf(
  program: Program,
  written: string,
  { name, command, means, variables, seconds = 20 }: Desk,
): SystemView {
  if (program.failure !== undefined)
    throw systemFailed(name, `${command} cannot be started (${fileReason(program.failure)})`, program.failure);
  means.signal.throwIfAborted();
  const { PATH: _path, LANG: _language, HOME: _home, TMPDIR: _folder, ...given } = variables as Record<string, string>;
  const text = wordsOf(written, Object.values(given));
  if (program.cut === "TIMEOUT")
    return { text: `${text}\n(It did not answer within ${seconds} s.)`.trim(), failed: "TIMEOUT" };
  if (program.cut === "TOO_MUCH") return { text: `${text}\n(It wrote without an end.)`, failed: "TOO_MUCH" };
  const { exitCode } = program;
  if (exitCode === undefined) return { text };
  const ended = exitCode === null ? "(It was ended.)" : `(It has ended with the code ${exitCode}.)`;
  return { text: `${text}\n${ended}`.trim(), ...(exitCode !== null && { exitCode }) };
}
