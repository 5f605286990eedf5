import { execFile, execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { docxOf, pdfOf } from "../support/papers.ts";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
let project: string;
let installed: string;
let content: readonly string[];
const bin = join(root, "bin/tinytroupe.cjs");
const modeBefore = statSync(bin).mode;

interface Manifest {
  readonly exports: Record<string, string | { readonly types: string; readonly default: string }>;
  readonly bin: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
  readonly peerDependenciesMeta: Record<string, { readonly optional?: boolean }>;
}
const manifest = (): Manifest => JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));

// The package as a user gets it: packed, installed into an empty project elsewhere, used through every door.
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "tinytroupe-user-"));
  installed = join(project, "node_modules/tinytroupe");
  // The JavaScript is there before any test, which starts it; building anew would take it away under others.
  if (!existsSync(join(root, "dist/index.d.ts")))
    await run(process.execPath, [tsc, "-p", "tsconfig.build.json", "--outDir", "dist"], { cwd: root });
  await run("npm", ["pack", "--ignore-scripts", "--pack-destination", project], { cwd: root });
  const tarball = (await readdir(project)).find((name) => name.endsWith(".tgz"));
  await writeFile(join(project, "package.json"), '{ "name": "user", "private": true, "type": "module" }\n');
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", `./${tarball}`], { cwd: project });
  const entries = await readdir(installed, { recursive: true, withFileTypes: true });
  content = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1))
    .filter((path) => !path.startsWith("node_modules/"));
}, 240_000);

afterAll(async () => {
  await rm(project, { recursive: true, force: true });
});

const node = (args: readonly string[]) => run(process.execPath, [...args], { cwd: project, env: clean() });

/** The environment of somebody who has no key and nothing of ours. */
function clean(): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], HOME: project, XDG_CACHE_HOME: join(project, "cache"), NO_COLOR: "1" };
}

it("holds what a user needs and nothing else", () => {
  const shelves = new Set(content.map((path) => path.split("/")[0]));
  expect([...shelves].sort()).toEqual(
    [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "bin",
      "dist",
      "docs",
      "examples",
      "package.json",
      "pages",
      "personas",
      "schemas",
    ].sort(),
  );
  expect(content.filter((path) => /\.(test|map|tsbuildinfo|db|gguf)\b|(?<!\.d)\.ts$/.test(path))).toEqual(
    content.filter((path) => /^examples\/[^/]+\/[\w-]+\.ts$/.test(path)),
  );
  const targets = Object.values(manifest().exports).flatMap((target) =>
    typeof target === "string" ? [target] : [target.types, target.default],
  );
  for (const target of [...targets, ...Object.values(manifest().bin)])
    expect(existsSync(join(installed, target)), target).toBe(true);
});

it.skipIf(process.platform === "win32")("has a bin that can be run as it stands in the repository", () => {
  // npm makes a bin executable wherever it meets one: a mode of its own would show up as a change of the file.
  expect([modeBefore & 0o111, statSync(bin).mode]).toEqual([0o111, modeBefore]);
});

it("leaves the parts that not everybody needs to the user", () => {
  const { peerDependencies, peerDependenciesMeta } = manifest();
  expect(Object.keys(peerDependencies)).toContain("node-llama-cpp");
  for (const name of Object.keys(peerDependencies)) {
    expect(peerDependenciesMeta[name]?.optional, name).toBe(true);
    expect(existsSync(join(project, "node_modules", name)), name).toBe(false);
  }
});

it("opens every door", async () => {
  const doors = Object.keys(manifest().exports).map((door) => door.replace(".", "tinytroupe"));
  const program = `
    for (const door of ${JSON.stringify(doors)}) {
      const json = door.endsWith(".json");
      const opened = await import(door, json ? { with: { type: "json" } } : {});
      console.log(door, json ? opened.default.name : Object.keys(opened).length > 0);
    }
  `;
  const { stdout } = await node(["--input-type=module", "--eval", program]);
  expect(stdout.trim().split("\n")).toEqual([
    "tinytroupe true",
    "tinytroupe/models true",
    "tinytroupe/stores true",
    "tinytroupe/notebook true",
    "tinytroupe/testing true",
    "tinytroupe/package.json tinytroupe",
  ]);
});

it("loads few files at the front door: three of its own", async () => {
  const program = `
    import { registerHooks } from "node:module";
    registerHooks({ load: (url, context, next) => (url.startsWith("file:") && console.log(url), next(url, context)) });
    await import("tinytroupe");
  `;
  const { stdout } = await node(["--input-type=module", "--eval", program]);
  const loaded = stdout.trim().split("\n");
  const own = loaded.flatMap((url) => /\/node_modules\/tinytroupe\/(.*)$/.exec(url)?.[1] ?? []);
  expect(own.sort()).toEqual(["dist/chunks/stores.js", "dist/chunks/tinytroupe.js", "dist/index.js"]);
  const packages = loaded.flatMap((url) => /.*\/node_modules\/([^/]+)\//.exec(url)?.[1] ?? []);
  expect([...new Set(packages)]).toEqual(["tinytroupe"]);
});

it("keeps the names of its functions and classes, so that a stack can be read", async () => {
  const program = `
    import { TinyPerson, TinyTroupeError, loadPersona } from "tinytroupe";
    const error = await loadPersona("nobody.json").catch((error) => error);
    console.log(error.stack, TinyPerson.name, TinyTroupeError.name);
  `;
  const { stdout } = await node(["--input-type=module", "--eval", program]);
  expect(stdout).toMatch(/^ {4}at .*\bloadPersona \(file:.*\/dist\/chunks\/tinytroupe\.js:\d+:\d+\)$/m);
  expect(stdout).toMatch(/ TinyPerson TinyTroupeError\n$/);
});

it("starts the sentence encoder's thread where its packages are installed", async () => {
  await symlink(join(root, "node_modules/@energetic-ai"), join(project, "node_modules/@energetic-ai"));
  const program = `
    import { openEmbedder } from "tinytroupe/models";
    const embedder = await openEmbedder("sentence", { environment: {} });
    console.log((await embedder.embed(["Tea?"]))[0].length === embedder.dimensions);
    await embedder.close();
  `;
  const embedding = node(["--input-type=module", "--eval", program]);
  await embedding.finally(() => rm(join(project, "node_modules/@energetic-ai")));
  expect((await embedding).stdout).toBe("true\n");
});

it("reads documents, in a thread where it has to", async () => {
  await writeFile(join(project, "plan.docx"), docxOf([["Normal", "Sell kettles."]]));
  await writeFile(join(project, "report.pdf"), pdfOf(["They boil."]));
  await writeFile(join(project, "page.html"), "<p>They whistle.");
  const program = `
    import { openSimulation } from "tinytroupe";
    const simulation = await openSimulation({ name: "reading", model: "builtin" });
    const ann = await simulation.person({ name: "Ann" });
    for (const file of ["plan.docx", "report.pdf", "page.html"]) await ann.memory.read(file);
    for (const { text } of await ann.memory.notes()) console.log(text);
    await simulation.close();
  `;
  const { stdout } = await node(["--input-type=module", "--eval", program]);
  expect(stdout).toBe("plan.docx: Sell kettles.\nreport.pdf › page 1: They boil.\npage.html: They whistle.\n");
});

it("gives types that a strict program compiles against", async () => {
  const program = `
    import { defineStudy, extract, openSimulation, z } from "tinytroupe";
    import type { Model } from "tinytroupe/models";
    import { display } from "tinytroupe/notebook";
    import type { Store } from "tinytroupe/stores";
    import { scriptedModel } from "tinytroupe/testing";
    export const study = defineStudy({ name: "typed", run: async (simulation) => {
      const [lisa] = await simulation.loadPeople("lisa");
      if (lisa === undefined) throw new Error("no Lisa");
      const found = await extract(lisa, { objective: "x", schema: z.object({ idea: z.string() }) });
      const idea: string = found.idea;
      // @ts-expect-error there is no such field
      found.nothing;
      return idea;
    } });
    export const open = (model: Model, store: Store) => openSimulation({ name: "typed", model, store });
    export const doors = [display, scriptedModel];
  `;
  await writeFile(join(project, "program.ts"), program);
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "program.ts"];
  const typesOfNode = ["--typeRoots", join(root, "node_modules/@types"), "--types", "node"];
  const { stdout } = await node([tsc, ...options, ...typesOfNode]).catch((error: { stdout: string }) => error);
  const complaints = stdout.split("\n").filter((line) => /^\S/.test(line));
  // A strict program checks declarations too; those of other packages are theirs to mend.
  expect(complaints.filter((line) => !/^node_modules\/(?!tinytroupe\/)/.test(line))).toEqual([]);
}, 240_000);

it("has a bin that plays a study of the user's own", async () => {
  const bin = join(installed, "bin/tinytroupe.cjs");
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
});

it("plays its own examples from where it is installed", async () => {
  const bin = join(installed, "bin/tinytroupe.cjs");
  const study = join(installed, "examples/03-brainstorming/study.yaml");
  const { stdout } = await node([bin, "run", study, "--model", "builtin", "--json"]);
  expect(JSON.parse(stdout).result.ideas.length).toBeGreaterThan(0);
});

it("says in one line on an old Node which one it needs", async () => {
  const bin = join(installed, "bin/tinytroupe.cjs");
  const stub = join(project, "old.cjs");
  await writeFile(stub, 'Object.defineProperty(process.versions, "node", { value: "20.20.2" });\n');
  const old = oldNode();
  const tries: [string, string[]][] = [[process.execPath, ["--require", stub, bin]]];
  if (old !== undefined) tries.push([old, [bin]]);
  for (const [program, args] of tries) {
    const failure = await run(program, [...args, "run", "study.yaml"], { cwd: project, env: clean() }).then(
      () => expect.unreachable("it ran"),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
    expect(failure).toMatchObject({ code: 1, stdout: "" });
    expect(failure.stderr).toMatch(/^tinytroupe needs Node\.js 22\.18 or newer; this is \d+\.\d+\.\d+\.[^\n]*\n$/);
  }
});

/** A real Node older than ours on the machine's own path, where there is one. */
function oldNode(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  return folders
    .map((folder) => join(folder, process.platform === "win32" ? "node.exe" : "node"))
    .filter((path) => existsSync(path))
    .find((path) => {
      const [major = 0, minor = 0] = execFileSync(path, ["-p", "process.versions.node"], { encoding: "utf8" })
        .split(".")
        .map(Number);
      return major < 22 || (major === 22 && minor < 18);
    });
}
