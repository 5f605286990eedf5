import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { keepsCompiled } from "../compiled.ts";
import type { LogEntry, Plan, Stats } from "./plan.ts";

/** What goes to the process and comes back under the same id. */
export interface Question {
  readonly id: number;
  readonly ask: "url" | "set" | "change" | "requests" | "stats" | "idle";
  readonly plan?: Partial<Plan>;
}

/** A fake provider in a process of its own. */
export interface FakeProcess extends AsyncDisposable {
  readonly url: string;
  /** Begins anew with this plan: nothing was asked yet. */
  set(plan: Partial<Plan>): Promise<void>;
  /** Goes on with a part of the plan changed. */
  change(part: Partial<Plan>): Promise<void>;
  /** Every request since the plan was set, oldest first. */
  requests(): Promise<readonly LogEntry[]>;
  stats(): Promise<Stats>;
  /** Resolves when no request is under way: one that was given up ends here a moment later than there. */
  idle(): Promise<void>;
}

const program = fileURLToPath(new URL("./main.ts", import.meta.url));

/** Starts a fake provider as a process; it ends when this one does, at the latest. */
export async function fakeProcess(plan: Partial<Plan> = {}): Promise<FakeProcess> {
  const child = fork(program, {
    execArgv: ["--disable-warning=ExperimentalWarning"],
    env: { ...process.env, ...keepsCompiled },
  });
  const waiting = new Map<number, (value: unknown) => void>();
  child.on("message", ({ id, value }: { id: number; value: unknown }) => {
    waiting.get(id)?.(value);
    waiting.delete(id);
  });
  const gone = once(child, "exit");
  let count = 0;
  const ask = <T>(what: Question["ask"], about?: Partial<Plan>): Promise<T> => {
    const id = count++;
    const answer = new Promise<T>((resolve) => waiting.set(id, resolve as (value: unknown) => void));
    child.send({ id, ask: what, ...(about && { plan: about }) });
    const ended = gone.then(([code]) => Promise.reject(new Error(`The fake provider ended with ${code}.`)));
    return Promise.race([answer, ended]);
  };
  await ask("set", plan);
  return {
    url: await ask<string>("url"),
    set: (next) => ask("set", next),
    change: (part) => ask("change", part),
    requests: () => ask("requests"),
    stats: () => ask("stats"),
    idle: () => ask("idle"),
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}
