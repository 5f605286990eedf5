import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Draw, loadPopulation } from "../../src/index.ts";
import { untilRequest } from "../support/counted.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const size = 100;
const concurrency = 8;

async function project(): Promise<Project> {
  const made = await tempProject();
  const draws = Array.from(
    { length: size },
    (_, index): Draw => ({ id: String(index + 1).padStart(4, "0"), values: { sex: "female" }, weight: 1 }),
  );
  await made.write("draws.jsonl", draws.map((draw) => JSON.stringify(draw)).join("\n"));
  return made;
}

function generate(inside: Project, server: FakeProvider) {
  const args = ["population", "generate", "draws.jsonl", "--depth", "sketch", "--out", "people", "--json"];
  const flags = ["--model", chatModel, "--concurrency", String(concurrency)];
  return inside.cli([...args, ...flags], openaiAt(server.url));
}

it("a generation of 100 that is killed twice goes on, makes the same folder, and asks for nobody twice", async () => {
  await using server = await castServer(() => ({ afterMs: 5 }));
  await using whole = await project();
  const unbroken = await generate(whole, server).ended;
  expect(unbroken.code, unbroken.stderr + unbroken.stdout).toBe(0);
  expect(server.requests.length).toBe(size);

  await using killed = await project();
  let before = server.requests.length;
  for (const requests of [35, 25]) {
    const { reached, director } = untilRequest(requests, () => ({ afterMs: 5 }));
    server.direct(director);
    const line = generate(killed, server);
    await Promise.race([reached, line.ended]);
    line.process.kill("SIGKILL");
    expect((await line.ended).signal).toBe("SIGKILL");
    expect(server.requests.length - before).toBeLessThan(requests + 5 * concurrency);
    before = server.requests.length;
  }
  const kept = await readdir(join(killed.folder, "people", "people"));
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.filter((name) => !name.endsWith(".json") && !name.endsWith(".draft"))).toEqual([]);

  server.direct(() => ({ afterMs: 5 }));
  const durable = await killed.withStore(async (store) => {
    const runs = await store.listRuns();
    return (await Promise.all(runs.map(({ id }) => Array.fromAsync(store.listCalls(id))))).flat().length;
  });
  const ended = await generate(killed, server).ended;
  expect(ended.code, ended.stderr).toBe(0);
  // What was in flight, or not yet durable, at the two kills is asked twice, and nothing else.
  const again = server.requests.length - before - (size - durable);
  expect(again).toBeGreaterThanOrEqual(0);
  expect(again, "what a dead program had sent comes late").toBeLessThanOrEqual(concurrency);
  const twice = server.requests.length - 2 * size;
  const folders = await Promise.all([whole, killed].map(({ folder }) => loadPopulation(join(folder, "people"))));
  const [one, other] = folders.map(({ people, missing, edited }) => ({
    ...{ missing, edited },
    people: people.map(({ draw, name }) => [draw.id, name]),
  }));
  expect(other).toEqual(one);
  expect(one).toMatchObject({ missing: [], edited: [] });
  expect(one?.people).toHaveLength(size);
  // The cost is that of all three starts: what was answered, and nothing of it left out.
  expect(folders[1]?.manifest.cost.calls).toBeGreaterThanOrEqual(size);
  expect(folders[1]?.manifest.cost.calls).toBeLessThanOrEqual(size + twice);

  const after = server.requests.length;
  expect((await generate(killed, server).ended).code).toBe(0);
  expect(server.requests.length).toBe(after);
}, 120_000);

it("two programs on one folder: the second is told, and the folder is whole", async () => {
  await using server = await castServer(() => ({ afterMs: 5 }));
  await using both = await project();
  // The first has not ended before the second has been told, however slow that is to begin.
  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  const { reached, director } = untilRequest(20, (_request, index) => (index < 20 ? { afterMs: 5 } : { until: told }));
  server.direct(director);
  const first = generate(both, server);
  await Promise.race([reached, first.ended]);
  const second = await both.cli(
    ["population", "generate", "draws.jsonl", "--depth", "sketch", "--out", "people", "--model", "builtin"],
    openaiAt(server.url),
  ).ended;
  tell();
  expect(second.code).not.toBe(0);
  expect(second.stderr).toContain("STORE_LOCKED");
  expect((await first.ended).code).toBe(0);
  expect(server.requests.length).toBe(size);
  const manifest = JSON.parse(await readFile(join(both.folder, "people", "population.json"), "utf8"));
  expect(manifest.people.every(({ hash }: { hash?: string }) => hash !== undefined)).toBe(true);
}, 60_000);

it("Ctrl-C stops after the calls in flight, tells how to go on, and what was made stays", async () => {
  await using server = await castServer(() => ({ afterMs: 20 }));
  await using stopped = await project();
  const { reached, director } = untilRequest(30, () => ({ afterMs: 20 }));
  server.direct(director);
  const line = generate(stopped, server);
  await reached;
  line.process.kill("SIGINT");
  const ended = await line.ended;
  expect(ended.code).toBe(130);
  expect(JSON.parse(ended.stdout)).toMatchObject({ ok: false, error: { code: "ABORTED" } });
  const asked = server.requests.length;
  expect(asked).toBeLessThan(size);
  const { people, missing, manifest } = await loadPopulation(join(stopped.folder, "people"));
  expect(people.length).toBe(asked);
  expect(people.length + missing.length).toBe(size);
  expect(manifest.cost.calls).toBe(asked);
  const again = await generate(stopped, server).ended;
  expect(again.code).toBe(0);
  expect(server.requests.length).toBe(size);
}, 60_000);
