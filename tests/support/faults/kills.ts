import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect } from "vitest";
import type { Random } from "../../../src/index.ts";
import { keepsCompiled } from "../compiled.ts";
import { untilRequest } from "../counted.ts";
import { markOf } from "../fake-provider/cast.ts";
import type { Director, FakeProvider } from "../fake-provider/server.ts";
import type { Project } from "../project.ts";
import { rowsOf } from "./same-story.ts";

/**
 * When a program dies: by its own hand, a part of its events and then some steps to the disk after its beginning; or
 * by another's, a while after one of its requests.
 */
export type Moment =
  | { readonly part: number; readonly steps: number }
  | { readonly request: number; readonly afterMs: number };

/** Moments over the whole life of a run; each second one lies between an answer and what follows from it. */
export function momentsOf(count: number, { dice, calls }: { dice: Random; calls: number }): readonly Moment[] {
  return Array.from({ length: count }, (_, place): Moment => {
    const part = (place + dice.next()) / count;
    if (place % 5 === 4) return { request: Math.ceil(part * calls), afterMs: dice.next() * 8 };
    return { part, steps: place % 2 === 0 ? 0 : 1 + dice.integer(place === count - 1 ? 14 : 8) };
  });
}

/** A program that is killed, and how many events its story has. */
export interface Victim {
  /**
   * A file that is told the folder, where the provider listens, the moment (`event.step`), the file in which
   * it keeps what it used, and these words.
   */
  readonly program: string;
  readonly words?: readonly string[];
  readonly server: FakeProvider;
  readonly director: Director;
  readonly events: number;
}

export function start(project: Project, { program, words = [], server }: Omit<Victim, "events">, moment = "none") {
  const told = [project.folder, server.url, moment, usedIn(project), ...words];
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...told], {
    env: { PATH: process.env["PATH"], ...keepsCompiled },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    stdout += piece;
  });
  return { child, ended: once(child, "close").then(([code, signal]) => ({ code, signal, stdout })) };
}

async function startAndKill(project: Project, victim: Victim, moment: Moment) {
  const { server, director, events } = victim;
  if ("part" in moment) {
    return start(project, victim, `${Math.floor(moment.part * (events + 1))}.${moment.steps}`).ended;
  }
  const counting = untilRequest(moment.request, director);
  server.direct(counting.director);
  const { child, ended } = start(project, victim);
  await Promise.race([counting.reached, ended]);
  await setTimeout(moment.afterMs);
  child.kill("SIGKILL");
  return ended.finally(() => server.direct(director));
}

const usedIn = (project: Project): string => join(project.folder, "used");
/** Places of questions in a run have such digests, too: they stand behind a colon. */
const marksIn = (text: string): readonly string[] => [...new Set(text.match(/(?<!:)\b[0-9a-f]{12}\b/g))];

/** The marks of the answers whose rows are durable, as another program finds them. */
function durableIn(project: Project): readonly string[] {
  if (!existsSync(project.store)) return [];
  const { calls = [] } = rowsOf(project.store);
  return calls.flatMap(({ value }) => marksIn(String(value)).slice(0, 1));
}

/**
 * Kills a program in a moment, and looks at what it left: nothing durable was asked for again, nothing was used that is
 * not durable. What was durable before it began is `before`; gives what is by then.
 */
export async function killed(
  project: Project,
  victim: Victim,
  { moment, before }: { readonly moment: Moment; readonly before: readonly string[] },
): Promise<readonly string[]> {
  const asked = victim.server.requests.length;
  const { signal, code } = await startAndKill(project, victim, moment);
  // Who is killed from outside may have come to the end before.
  if ("part" in moment || code !== 0) expect(signal).toBe("SIGKILL");
  const durable = durableIn(project);
  expect(durable).toEqual(expect.arrayContaining([...before]));
  const again = victim.server.requests.slice(asked).map(markOf);
  expect(again.filter((mark) => before.includes(mark))).toEqual([]);
  const used = existsSync(usedIn(project)) ? marksIn(readFileSync(usedIn(project), "utf8")) : [];
  expect(used.filter((mark) => !durable.includes(mark))).toEqual([]);
  return durable;
}
