import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { commandHere } from "../support/command-here.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let project: Project;
let server: FakeProvider;
beforeAll(async () => {
  [project, server] = await Promise.all([tempProject(), castServer()]);
  await mkdir(join(project.folder, "people"));
  for (const [at, place] of ["Cork", "Porto", "Ghent", "Turku"].entries()) {
    const persona = {
      name: `Somebody ${at}`,
      age: 30 + at,
      residence: `Lives alone in ${place}.`,
      beliefs: ["You share a flat."],
    };
    await project.write(join("people", `${at}.json`), JSON.stringify({ type: "TinyPerson", persona }));
  }
});
afterAll(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

const lint = (...more: readonly string[]) =>
  commandHere(
    project,
    ["population", "lint", "people", "-m", chatModel, "--judge", "--concurrency", "1", ...more],
    openaiAt(server.url),
  );

it("a model looks people over at a price that is known, is stopped by a budget, goes on, and asks nobody twice", async () => {
  const found = {
    findings: [
      { kind: "contradiction", quote: "Lives alone in", against: "You share a flat.", why: "Nobody does both." },
      { kind: "cliche", quote: "She loves tea.", against: null, why: "Made up." },
    ],
  };
  server.direct(() => ({ text: JSON.stringify(found) }));
  const dry = await lint("--dry-run", "--json");
  expect([dry.code, JSON.parse(dry.stdout).calls, server.requests.length]).toEqual([0, 4, 0]);
  const walled = await lint("--budget", "2 calls");
  expect([walled.code, server.requests.length]).toEqual([3, 2]);
  expect(walled.stderr).toContain("the same command goes on from there");
  const rest = await lint("--json");
  expect(server.requests).toHaveLength(4);
  const document = JSON.parse(rest.stdout);
  expect(document.judged).toEqual({ model: chatModel, people: 4, failed: [], unfounded: 4 });
  const told = document.findings.filter(({ rule }: { rule: string }) => rule === "judged-contradiction");
  expect(told.map(({ path }: { path: string }) => path)).toEqual(Array(4).fill("residence"));
  const again = await lint();
  expect([again.code, server.requests.length]).toEqual([0, 4]);
  expect(again.stdout).toContain("judged contradiction");
  expect(again.stdout).toContain(`${chatModel} read 4 people; 4 findings had no quote`);
});
