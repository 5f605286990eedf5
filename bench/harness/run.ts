import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Row } from "./row.ts";
import type { Bench } from "./scenario.ts";

/** What the process of a scenario says. */
export type Message = { readonly row: Row } | { readonly progress: string };

/**
 * Plays a scenario's file in a process of its own, so that it finds memory and compiled code as nobody left them, and
 * so that its end, however bad, is not the end of the others. Resolves to what went wrong, if anything did.
 */
export async function runScenario(file: string, bench: Bench): Promise<string | undefined> {
  const child = fork(join(import.meta.dirname, "child.ts"), [file], {
    execArgv: ["--conditions=tinytroupe-source", "--expose-gc", "--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    words = `${words}${text}`.slice(-4_000);
  });
  child.on("message", (message: Message) => {
    if ("row" in message) bench.row(message.row);
    else bench.progress(message.progress);
  });
  const [code, signal] = await once(child, "close");
  return code === 0 ? undefined : words.trim() || `ended by ${signal ?? `exit code ${code}`}`;
}
