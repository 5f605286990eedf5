import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../../..");
const doors = JSON.parse(readFileSync(`${root}/package.json`, "utf8")).exports as Record<
  string,
  { "tinytroupe-source": string }
>;

// A program that imports a door and tells what was loaded: what is heavy must wait until it is used.
const program = `
  import { registerHooks } from "node:module";
  const loaded = new Set();
  registerHooks({ load(url, context, next) { loaded.add(url); return next(url, context); } });
  const door = await import(process.argv[1]);
  console.log(JSON.stringify({ names: Object.keys(door), loaded: [...loaded] }));
`;

interface Loaded {
  readonly names: readonly string[];
  readonly loaded: readonly string[];
}

async function open(door: string): Promise<Loaded> {
  const { stdout } = await run(
    process.execPath,
    ["--conditions=tinytroupe-source", "--input-type=module", "--eval", program, door],
    { cwd: root },
  );
  return JSON.parse(stdout) as Loaded;
}

const packagesOf = (loaded: readonly string[]): readonly string[] => [
  ...new Set(loaded.flatMap((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(url)?.[1] ?? [])),
];

it.each([
  ["tinytroupe", ["zod"]],
  ["tinytroupe/models", ["zod"]],
  ["tinytroupe/stores", []],
  ["tinytroupe/notebook", ["zod"]],
  ["tinytroupe/testing", []],
])("%s opens with no package but %j", async (door, packages) => {
  const { loaded, names } = await open(door);
  expect(names.length).toBeGreaterThan(0);
  expect(packagesOf(loaded)).toEqual(packages);
  expect(loaded).not.toContain("node:sqlite");
});

it("counts every door that the package has", () => {
  expect(Object.keys(doors).filter((door) => door !== "./package.json")).toEqual([
    ".",
    "./models",
    "./stores",
    "./notebook",
    "./testing",
  ]);
});
