import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../src/index.ts";
import { keepsCompiled } from "../support/compiled.ts";
import { untilRequest } from "../support/counted.ts";
import { markOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider, FakeRequest } from "../support/fake-provider/server.ts";
import { callsOfMarket, playMarket } from "../support/faults/market.ts";
import { rowsOf, sameStory } from "../support/faults/same-story.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer } from "../support/served.ts";

const program = fileURLToPath(new URL("../support/faults/killed-market.ts", import.meta.url));

/**
 * When a program dies: by its own hand, a part of its events and then some steps to the disk after its beginning; or
 * by another's, a while after one of its requests.
 */
type Moment =
  | { readonly part: number; readonly steps: number }
  | { readonly request: number; readonly afterMs: number };

const random = createRandom("fifty kills");
const singles = momentsOf(26, "alone");
const rows = [0, 1, 2].map((row) => momentsOf(8, `row ${row}`));

/** Moments over the whole life of a run; each second one lies between an answer and what follows from it. */
function momentsOf(count: number, name: string): readonly Moment[] {
  const dice = random.fork(name);
  return Array.from({ length: count }, (_, place): Moment => {
    const part = (place + dice.next()) / count;
    if (place % 5 === 4) return { request: Math.ceil(part * callsOfMarket), afterMs: dice.next() * 8 };
    return { part, steps: place % 2 === 0 ? 0 : 1 + dice.integer(place === count - 1 ? 14 : 8) };
  });
}

let server: FakeProvider;
let unbroken: Project;
let whole: Awaited<ReturnType<typeof playMarket>>;
let events = 0;

beforeAll(async () => {
  [server, unbroken] = await Promise.all([castServer(), tempProject()]);
  server.direct(answered);
  const { ended } = start(unbroken);
  events = Number((await ended).stdout);
  expect(server.requests.length).toBe(callsOfMarket);
  expect(new Set(server.requests.map(markOf)).size).toBe(callsOfMarket);
  whole = await playMarket({ folder: unbroken.folder, url: server.url });
  expect(server.requests.length).toBe(callsOfMarket);
});
afterAll(() => Promise.all([server, unbroken].map((each) => each[Symbol.asyncDispose]())));

/** Up to 4 ms, each question its own. */
const answered = (request: FakeRequest) => ({ afterMs: Number.parseInt(markOf(request).slice(0, 2), 16) / 64 });

function start(project: Project, moment = "none") {
  const flags = ["--conditions=tinytroupe-source", "--disable-warning=ExperimentalWarning"];
  const child = spawn(process.execPath, [...flags, program, project.folder, server.url, moment, usedIn(project)], {
    env: { PATH: process.env["PATH"], ...keepsCompiled },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    stdout += piece;
  });
  return { child, ended: once(child, "close").then(([code, signal]) => ({ code, signal, stdout })) };
}

async function startAndKill(project: Project, moment: Moment): Promise<{ signal: unknown; code: unknown }> {
  if ("part" in moment) return start(project, `${Math.floor(moment.part * (events + 1))}.${moment.steps}`).ended;
  const { reached, director } = untilRequest(moment.request, answered);
  server.direct(director);
  const { child, ended } = start(project);
  await Promise.race([reached, ended]);
  await setTimeout(moment.afterMs);
  child.kill("SIGKILL");
  return ended.finally(() => server.direct(answered));
}

const usedIn = (project: Project): string => join(project.folder, "used");
const marksIn = (text: string): readonly string[] => [...new Set(text.match(/\b[0-9a-f]{12}\b/g))];

/** The marks of the answers whose rows are durable, as another program finds them. */
function durableIn(project: Project): readonly string[] {
  if (!existsSync(project.store)) return [];
  const { calls = [] } = rowsOf(project.store);
  return calls.flatMap(({ value }) => marksIn(String(value)));
}

/** Kills a program in a moment, and looks at what it left; what was durable before it began is `before`. */
async function killed(project: Project, moment: Moment, before: readonly string[]): Promise<readonly string[]> {
  const asked = server.requests.length;
  const { signal, code } = await startAndKill(project, moment);
  // Who is killed from outside may have come to the end before.
  if ("part" in moment || code !== 0) expect(signal).toBe("SIGKILL");
  const durable = durableIn(project);
  expect(durable).toEqual(expect.arrayContaining([...before]));
  const again = server.requests.slice(asked).map(markOf);
  expect(again.filter((mark) => before.includes(mark))).toEqual([]);
  const used = existsSync(usedIn(project)) ? marksIn(readFileSync(usedIn(project), "utf8")) : [];
  expect(used.filter((mark) => !durable.includes(mark))).toEqual([]);
  return durable;
}

/** Goes on to the end: without asking for what was durable, and to the same end. */
async function expectWholeAfter(project: Project, durable: readonly string[]): Promise<void> {
  const asked = server.requests.length;
  const { result, run, files } = await playMarket({ folder: project.folder, url: server.url });
  const marks = server.requests.slice(asked).map(markOf);
  expect(marks.filter((mark) => durable.includes(mark))).toEqual([]);
  expect(marks.length).toBe(callsOfMarket - durable.length);
  expect({ run, result }).toEqual({ run: whole.run, result: whole.result });
  sameStory(project.store, unbroken.store, { interrupted: true });
  expect(files.map((file) => basename(file))).toEqual(whole.files.map((file) => basename(file)));
  for (const [place, file] of files.entries()) expect(await linesOf(file)).toEqual(await linesOf(whole.files[place]));
}

/** Sorted: what the square and the interview tell at the same time stands in the order in which it was told. */
const linesOf = async (file = ""): Promise<readonly string[]> => (await readFile(file, "utf8")).split("\n").sort();

describe("nothing is lost, and nothing durable is asked again, by kill -9", () => {
  it.each(singles.map((moment) => [JSON.stringify(moment), moment] as const))("%s: once", async (_, moment) => {
    await using project = await tempProject();
    await expectWholeAfter(project, await killed(project, moment, []));
  });

  it.each(rows.map((moments) => [JSON.stringify(moments), moments] as const))(
    "%s: again and again, of each who takes over",
    async (_, moments) => {
      await using project = await tempProject();
      let durable: readonly string[] = [];
      for (const moment of moments) {
        durable = await killed(project, moment, durable);
        await using copy = await tempProject();
        await cp(project.folder, copy.folder, { recursive: true });
        await expectWholeAfter(copy, durable);
      }
    },
    60_000,
  );
});
