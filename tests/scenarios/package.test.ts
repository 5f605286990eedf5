import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
let project: string;

// The package as a user gets it: packed, installed into an empty project elsewhere, used through every door.
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "tinytroupe-user-"));
  await run("npm", ["pack", "--pack-destination", project], { cwd: root });
  const tarball = (await readdir(project)).find((name) => name.endsWith(".tgz"));
  await writeFile(join(project, "package.json"), '{ "name": "user", "private": true, "type": "module" }\n');
  await run("npm", ["install", "--no-audit", "--no-fund", "--omit=peer", `./${tarball}`], { cwd: project });
}, 240_000);

afterAll(async () => {
  await rm(project, { recursive: true, force: true });
});

const node = (args: readonly string[]) => run(process.execPath, [...args], { cwd: project, env: clean() });

/** The environment of somebody who has no key and nothing of ours. */
function clean(): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], HOME: project, XDG_CACHE_HOME: join(project, "cache"), NO_COLOR: "1" };
}

it("opens every door", async () => {
  const program = `
    const doors = await Promise.all(["", "/models", "/stores", "/notebook", "/testing"].map((door) => import("tinytroupe" + door)));
    console.log(doors.map((door) => Object.keys(door).length > 0).join());
  `;
  const { stdout } = await node(["--input-type=module", "--eval", program]);
  expect(stdout.trim()).toBe("true,true,true,true,true");
});

it("gives types that a strict program compiles against", async () => {
  const program = `
    import { defineStudy, extract, openSimulation, z } from "tinytroupe";
    import type { Model } from "tinytroupe/models";
    import type { Store } from "tinytroupe/stores";
    export const study = defineStudy({ name: "typed", run: async (simulation) => {
      const [lisa] = await simulation.loadPeople("lisa");
      const found = await extract(lisa!, { objective: "x", schema: z.object({ idea: z.string() }) });
      const idea: string = found.idea;
      // @ts-expect-error there is no such field
      found.nothing;
      return idea;
    } });
    export const open = (model: Model, store: Store) => openSimulation({ name: "typed", model, store });
  `;
  await writeFile(join(project, "program.ts"), program);
  const options = [
    "--noEmit",
    "--strict",
    "--module",
    "nodenext",
    "--target",
    "es2024",
    "--skipLibCheck",
    "program.ts",
  ];
  const { stdout } = await node([tsc, ...options]).catch((error: { stdout: string }) => error);
  expect(stdout).toBe("");
}, 60_000);

it("has a bin that plays a study of the user's own", async () => {
  const bin = join(project, "node_modules/tinytroupe/bin/tinytroupe.cjs");
  expect((await node([bin, "--version"])).stdout).toMatch(/^\d+\.\d+\.\d+/);
  await writeFile(
    join(project, "study.yaml"),
    "name: mine\npeople: [lisa, { persona: { name: Ann Other, age: 40 } }]\nsteps:\n  - ask: { question: Tea or coffee? }\n" +
      "  - extract: { objective: the drink chosen, from: each, fields: { drink: { options: [tea, coffee] } }, as: drinks }\n",
  );
  const { stdout } = await node([bin, "run", "study.yaml", "--model", "builtin", "--json"]);
  const envelope = JSON.parse(stdout);
  expect(envelope).toMatchObject({ ok: true, simulated: true, heuristic: true });
  expect(envelope.result.drinks).toHaveLength(2);
}, 60_000);
