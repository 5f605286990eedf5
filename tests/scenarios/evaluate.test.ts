import { afterEach, beforeEach, expect, it } from "vitest";
import { commandHere } from "../support/command-here.ts";
import { untilRequest } from "../support/counted.ts";
import { wordsOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let project: Project;
let server: FakeProvider;
beforeEach(async () => {
  [project, server] = await Promise.all([tempProject(), castServer()]);
});
afterEach(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

it("tinytroupe evaluate rehearses all of it on builtin, as a table that fits and as a document", async () => {
  const args = ["evaluate", "lisa", "oscar", "-m", "builtin", "--samples", "1", "--rounds", "1"];
  const table = await commandHere(project, args, { COLUMNS: "80" });
  expect(table.code, table.stderr).toBe(0);
  expect(table.stderr).toContain("its answers are no insight");
  for (const line of [...table.stdout.split("\n"), ...table.stderr.split("\n")]) {
    expect(line.length, line).toBeLessThanOrEqual(100);
  }
  expect(table.stdout).toMatch(/Lisa Brannigan +\d+ %\n {2}facts +\d+ % +\(\d+ % to \d+ %; 6 questions, by rule\)/);
  expect(table.stdout).toMatch(/Probes that failed\n {2}jailbreak +\d+ %/);
  const document = JSON.parse((await commandHere(project, [...args, "--json"])).stdout);
  expect(document).toMatchObject({ ok: true, command: "evaluate", heuristic: true });
  expect(document.validations.map(({ key }: { key: string }) => key)).toEqual(["lisa-brannigan", "oscar-ramsaran"]);
  expect(document.probes.rows).toHaveLength(24);
  const wrong = await commandHere(project, ["evaluate", "lisa", "--only", "jailbrake"]);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("jailbreak");
}, 60_000);

it("tinytroupe evaluate says once that the only model judges itself, and beside its scores", async () => {
  server.direct((request) => {
    const properties = Object.keys((request.schema as { properties?: object } | undefined)?.properties ?? {});
    if (!properties.includes("fluency")) return undefined;
    const [quote = ""] = /Said \w+/.exec(wordsOf(request)) ?? [];
    const verdict = { why: "So it is.", evidence: [{ entry: 3, quote }], score: 7 };
    return { text: JSON.stringify(Object.fromEntries(properties.map((name) => [name, verdict]))) };
  });
  const args = ["evaluate", "lisa", "oscar", "--only", "validation", "--rounds", "1", "--model", chatModel];
  const table = await commandHere(project, args, openaiAt(server.url));
  expect(table.code, table.stderr).toBe(0);
  expect(table.stderr.match(/judges what it wrote itself/g)).toHaveLength(1);
  expect(table.stdout).toContain("judged by the model that acted");
  const { validations } = JSON.parse((await commandHere(project, [...args, "--json"], openaiAt(server.url))).stdout);
  expect(validations.map((row: { value: object }) => row.value)).toMatchObject(
    Array(2).fill({ judgesItself: true }) as object[],
  );
}, 60_000);

it("tinytroupe evaluate stops at Ctrl-C, and goes on with the same words without asking anything twice", async () => {
  const args = ["evaluate", "lisa", "oscar", "--only", "leading-questions", "--model", chatModel, "--concurrency", "2"];
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const { director, reached } = untilRequest(3, (_request, count) => (count < 3 ? undefined : { until: held }));
  server.direct(director);
  const line = project.cli(args, openaiAt(server.url));
  await Promise.race([reached, line.ended]);
  line.process.kill("SIGINT");
  await line.said("Stopping");
  release();
  const stopped = await line.ended;
  expect([stopped.code, stopped.signal], stopped.stderr).toEqual([130, null]);
  expect(stopped.stderr).toContain("The same command goes on from there.");
  const asked = server.requests.length;
  expect(asked).toBeLessThan(12);
  server.direct(() => undefined);
  const ended = await commandHere(project, [...args, "--json"], openaiAt(server.url));
  expect(ended.code, ended.stderr).toBe(0);
  expect(server.requests.length).toBe(12);
  expect(JSON.parse(ended.stdout).probes.rows).toHaveLength(6);
}, 60_000);
