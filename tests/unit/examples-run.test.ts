import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  noConfiguration,
  openSimulation,
  packagedPersona,
  readEnvironment,
  TinyPerson,
  TinyWorld,
} from "../../src/index.ts";
import { createBuiltin } from "../../src/models.ts";
import { createMemoryStore } from "../../src/stores.ts";
import { testContext } from "../support/context.ts";
import { pngOf } from "../support/pages/png.ts";

// Every example of a docstring runs: `expression; // => value` is held to its word, and what only shows a use is
// played to its end. An example sees what its file exports, the doors, and a run: its `context`, a `person` who sees
// pictures, and a `room` where somebody spoke; and a `simulation` in which are `lisa` and `oscar`.

const root = resolve(import.meta.dirname, "../..");
const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "examples-"));

/** A population of two, who are still to be written. */
const porto = {
  ...{ format: 1, simulated: true, name: "porto", seed: "7", size: 2, model: "builtin", depth: "sketch" },
  ...{ tinytroupe: "0.1.0", cost: { calls: 0, input: 0, output: 0, usd: 0 }, runs: {} },
  people: [
    { id: "0001", name: "Rita Sá", file: "people/0001-rita-sa.json", weight: 1, draw: { age: 70 } },
    { id: "0002", name: "Rui Dias", file: "people/0002-rui-dias.json", weight: 1, draw: { age: 31 } },
  ],
};

beforeAll(() => {
  process.chdir(folder);
  writeFileSync("poster.png", pngOf(2, 2, [200, 30, 30]));
  for (const made of ["market-research", "people", "talks", "ads"]) mkdirSync(made);
  writeFileSync(join("market-research", "kettles.md"), "# Kettles\n\nThe K2 costs 89 euros.\n");
  for (const ad of ["slow", "quick"]) writeFileSync(join("ads", `${ad}.txt`), `Bread, the ${ad} way.`);
  writeFileSync("anchors.csv", "claim,label,text\nSomebody refuses.,true,Never!\n");
  writeFileSync(join("talks", "anna.md"), "Q: What do you do?\n\nA: I bake bread.\n");
  mkdirSync(join("populations", "porto"), { recursive: true });
  writeFileSync(join("populations", "porto", "population.json"), JSON.stringify(porto));
});

afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});
const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => join("src", path))
  .sort();

interface Example {
  readonly title: string;
  readonly file: string;
  readonly code: string;
}

const examples = files.flatMap((file) => examplesOf(file, readFileSync(join(root, file), "utf8")));

describe("examples in docstrings", () => {
  it("are there", () => {
    expect(examples.length).toBeGreaterThan(40);
  });

  it.each(examples.map((example) => [example.title, example] as const))("%s", async (_title, { file, code }) => {
    const scope = { ...(await doors()), ...(await import(pathToFileURL(join(root, file)).href)) };
    const uses = (...names: readonly string[]): boolean => new RegExp(`\\b(?:${names.join("|")})\\b`).test(code);
    const run = uses("context", "person", "room") ? await aRun() : {};
    await using simulation = uses("simulation", "lisa", "oscar") ? await aSimulation() : undefined;
    await play(code, { ...run, ...(simulation && (await cast(simulation))), ...scope });
  });
});

function examplesOf(file: string, text: string): readonly Example[] {
  return [...text.matchAll(/\/\*\*(?:(?!\*\/)[\s\S])*\*\//g)].flatMap((comment) => {
    const lines = comment[0].split("\n").map((line) => line.replace(/^\s*\/?\*+\/? ?/, "").replace(/\s*\*\/$/, ""));
    const start = lines.findIndex((line) => line.startsWith("@example"));
    if (start < 0) return [];
    const end = lines.findIndex((line, index) => index > start && /^@\w/.test(line));
    const code = lines
      .slice(start + 1, end < 0 ? undefined : end)
      .filter((line) => !line.startsWith("```"))
      .join("\n")
      .trim();
    const line = text.slice(0, comment.index).split("\n").length + start;
    return [{ title: `${file}:${line}`, file, code }];
  });
}

async function aRun() {
  const builtin = createBuiltin();
  const model = { ...builtin, limits: { ...builtin.limits, images: true } };
  const context = testContext({ model });
  const person = new TinyPerson(await packagedPersona("lisa"), context.fork("person:lisa"));
  const room = new TinyWorld("Room", [person], { context: context.fork("world:room") });
  await room.broadcast("What do you think of it?");
  await room.run(1);
  return { context, person, room };
}

async function aSimulation() {
  const environment = { ...readEnvironment(), folder };
  const options = { model: "builtin", store: createMemoryStore(), environment, configuration: noConfiguration };
  return openSimulation({ name: "examples", ...options });
}

async function cast(simulation: Awaited<ReturnType<typeof aSimulation>>) {
  const lisa = await simulation.person("lisa", { name: "Lisa" });
  const oscar = await simulation.person("oscar", { name: "Oscar" });
  await lisa.listenAndAct("Would you buy it?");
  return { simulation, lisa, oscar };
}

async function doors(): Promise<Record<string, unknown>> {
  const opened = await Promise.all([
    import("../../src/index.ts"),
    import("../../src/models.ts"),
    import("../../src/stores.ts"),
    import("../../src/testing/index.ts"),
  ]);
  return Object.assign({}, ...opened);
}

async function play(code: string, scope: Readonly<Record<string, unknown>>): Promise<void> {
  const checks: [unknown, unknown][] = [];
  const check = (actual: unknown, wanted: unknown): void => void checks.push([actual, wanted]);
  const AsyncFunction = (async () => {}).constructor as new (
    ...parts: string[]
  ) => (...values: unknown[]) => Promise<void>;
  const names = Object.keys(scope);
  await new AsyncFunction(...names, "check", `{${withChecks(code)}\n}`)(...names.map((name) => scope[name]), check);
  for (const [actual, wanted] of checks) expect(actual).toEqual(wanted);
}

/** Turns `expression; // => value` into a check; the expression may begin lines above, after the last `;`. */
function withChecks(code: string): string {
  let pending: string[] = [];
  const written: string[] = [];
  for (const line of code.split("\n")) {
    const promise = /^(.*?);?\s*\/\/ => (.+)$/.exec(line);
    if (promise) {
      written.push(`check(await (${[...pending, promise[1]].join("\n")}), (${promise[2]}));`);
      pending = [];
    } else {
      pending.push(line);
      if (/;\s*(\/\/.*)?$/.test(line)) written.push(...pending.splice(0));
    }
  }
  return [...written, ...pending].join("\n");
}
