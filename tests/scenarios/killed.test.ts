import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { createRandom } from "../../src/index.ts";
import { untilRequest } from "../support/counted.ts";
import { markOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { exampleFile, type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const answerAfterMs = 25;

/** Plays an example as a process of its own; kills it some milliseconds after the server got so many requests. */
async function play(project: Project, server: FakeProvider, kill?: { requests: number; afterMs: number }) {
  const { reached, director } = untilRequest(kill?.requests ?? Number.POSITIVE_INFINITY, () => ({
    afterMs: answerAfterMs,
  }));
  server.direct(director);
  const args = ["run", exampleFile("02-tv-ad", "main.ts"), "--model", chatModel, "--json", "--concurrency", "3"];
  const line = project.cli(args, openaiAt(server.url));
  if (kill !== undefined) {
    await Promise.race([reached, line.ended]);
    await setTimeout(kill.afterMs);
    line.process.kill("SIGKILL");
  }
  return line.ended;
}

/** The marks in the answers that are durable in the journal of the project's only run. */
async function durable(project: Project): Promise<ReadonlySet<string>> {
  return project.withStore(async (store) => {
    const [run] = await store.listRuns();
    const calls = run === undefined ? [] : await Array.fromAsync(store.listCalls(run.id));
    return new Set(calls.map((call) => /[0-9a-f]{12}/.exec(JSON.stringify(call.value))?.[0] ?? "no answer"));
  });
}

it("a run that is killed again and again comes to the same end, and no durable answer is asked for twice", async () => {
  await using server = await castServer();
  await using whole = await tempProject();
  const unbroken = JSON.parse((await play(whole, server)).stdout);
  const needed = server.requests.length;
  expect(needed).toBe(16);

  await using project = await tempProject();
  const dice = createRandom("three kills");
  let asked = server.requests.length;
  for (const requests of [1, 3, 6]) {
    const before = asked === needed ? new Set<string>() : await durable(project);
    const kill = { requests, afterMs: dice.next() * 2 * answerAfterMs };
    const ended = await play(project, server, kill);
    expect(ended.signal, `killed ${kill.afterMs} ms after request ${requests}`).toBe("SIGKILL");
    for (const request of server.requests.slice(asked)) expect(before).not.toContain(markOf(request));
    const kept = await durable(project);
    expect([...kept]).toEqual(expect.arrayContaining([...before]));
    asked = server.requests.length;
  }

  const kept = await durable(project);
  const ended = await play(project, server);
  expect(ended.code, ended.stderr).toBe(0);
  const last = server.requests.slice(asked).map(markOf);
  expect(last.filter((mark) => kept.has(mark))).toEqual([]);
  expect(last.length).toBe(needed - kept.size);

  const finished = JSON.parse(ended.stdout);
  expect(finished.result).toEqual(unbroken.result);
  expect(finished.run).toBe(unbroken.run);
  expect(await project.story(finished.run)).toEqual(await whole.story(unbroken.run));
  const [, ...transcript] = (await readFile(finished.files[0], "utf8")).split("\n");
  expect(transcript).toEqual((await readFile(unbroken.files[0], "utf8")).split("\n").slice(1));
}, 60_000);
