import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Command } from "commander";
import { afterAll, describe, expect, it } from "vitest";
import { createProgram } from "../../../src/cli/main.ts";
import { SettingsDocument } from "../../../src/simulation/configuration/document.ts";
import { settingNames } from "../../../src/simulation/configuration/settings.ts";
import { bin, keepsCompiled } from "../../support/compiled.ts";
import { fakeSession } from "../cli/fake-session.ts";

// What the README and the pages of docs/ show is run as a reader would run it, on the built-in model and in a folder of its own.

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../../..");
const pages = ["README.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith(".md"),
);
const text = pages.map((name) => readFileSync(join(root, name), "utf8")).join("\n");
const scripts = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts as Record<string, string>;
const folder = mkdtempSync(join(tmpdir(), "readme-"));
mkdirSync(join(root, "temp"), { recursive: true });
// Programs lie inside the package, so that they can import it by its name.
const programs = mkdtempSync(join(root, "temp/readme-"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(programs, { recursive: true, force: true });
});

const environment = {
  ...{ PATH: process.env["PATH"], HOME: folder, TINYTROUPE_MODEL: "builtin", NO_COLOR: "1" },
  ...keepsCompiled,
};
const node = (...args: readonly string[]) => run(process.execPath, args, { cwd: folder, env: environment });
const tinytroupe = (...args: readonly string[]) => node(bin, ...args);

const blocks = (language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map((match) => match[1] ?? "");
const commands = blocks("sh").flatMap((block) =>
  block
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter((line) => line !== ""),
);

const anchorsOf = (page: string): readonly string[] =>
  [...readFileSync(page, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replace(/\s/g, "-"),
  );

const program = createProgram(fakeSession().session, "0.0.0");

describe("the README, and the pages of docs/", () => {
  it.each(["ARCHITECTURE.md", ...pages])("lead to places that exist: %s", (page) => {
    const source = readFileSync(join(root, page), "utf8").replace(/^```[\s\S]*?^```$/gm, "");
    const links = [...source.matchAll(/\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)/g)];
    const dead = links.filter(([, path = "", anchor = ""]) => {
      const target = path === "" ? join(root, page) : join(root, dirname(page), path);
      return !existsSync(target) || (anchor !== "" && !anchorsOf(target).includes(anchor));
    });
    expect(dead.map(([link]) => link)).toEqual([]);
  });

  it("are all found from the README", () => {
    const readMe = readFileSync(join(root, "README.md"), "utf8");
    expect(pages.slice(1).filter((page) => !readMe.includes(`(${page})`))).toEqual([]);
  });

  it("begins with the two commands that do all set-up", () => {
    expect(commands.slice(0, 2)).toEqual(["npm ci && npm run demo", "npm ci && npm test"]);
    const named = [...text.matchAll(/npm run ([\w-]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it.each(blocks("ts").map((program, index) => [index + 1, program] as const))(
    "shows a program that runs: %i",
    async (index, program) => {
      const file = join(programs, `program-${index}.ts`);
      writeFileSync(file, program);
      const { stdout, stderr } = await node(file);
      expect(stdout.trim()).not.toBe("");
      expect(stderr).toBe("");
    },
  );

  it.each(blocks("yaml"))("shows a study that plays: %#", async (study) => {
    const file = /^# (\S+)\n/.exec(study)?.[1] ?? "";
    writeFileSync(join(folder, file), study);
    if (/^experiment:/m.test(study)) {
      const { stdout } = await tinytroupe("experiment", "run", file, "--json");
      const { ok, observations } = JSON.parse(stdout) as { ok: boolean; observations: { value: unknown }[] };
      expect([ok, observations.every(({ value }) => value !== null)]).toEqual([true, true]);
      return;
    }
    writeFileSync(join(folder, "ann.json"), JSON.stringify({ name: "Ann Okafor", age: 58, occupation: "baker" }));
    const { stdout } = await tinytroupe("run", file, "--json");
    const { ok, result } = JSON.parse(stdout) as { ok: boolean; result: Record<string, object> };
    expect(ok).toBe(true);
    const tables = [...study.matchAll(/\bas: (\w+)/g)].map(([, name = ""]) => name);
    expect(tables.length).toBeGreaterThan(0);
    for (const name of tables) expect(Object.keys(result[name] ?? {}).length, name).toBeGreaterThan(0);
  });

  it("shows settings that are valid", () => {
    const settings = blocks("json").filter((block) => block.includes("config.schema.json"));
    expect(settings).toHaveLength(1);
    expect(SettingsDocument.safeParse(JSON.parse(settings[0] ?? "")).error).toBeUndefined();
    for (const name of settingNames) expect(text).toContain(`\`${name}\``);
  });

  it("have each command in the page of the command line", () => {
    const page = readFileSync(join(root, "docs/command-line.md"), "utf8");
    const table = page.split("\n").filter((line) => line.startsWith("| `tinytroupe "));
    const isNamed = (...words: readonly string[]): boolean =>
      table.some((row) => words.every((word) => new RegExp(`[\\s\`]${word}[\\s\`]`).test(row)));
    const visible = (command: Command) => program.createHelp().visibleCommands(command);
    const named = visible(program).flatMap((command) => [
      [command.name()],
      ...visible(command).map((inner) => [command.name(), inner.name()]),
    ]);
    expect(named.filter((words) => !words.includes("help") && !isNamed(...words))).toEqual([]);
  });

  it("name commands and flags that exist", () => {
    const names = program.commands.map((command) => command.name());
    const written = [...text.matchAll(new RegExp(`tinytroupe ((?:${names.join("|")})\\b[^\`\\n#│]*)`, "g"))];
    expect(written.length).toBeGreaterThan(40);
    for (const [, words = ""] of written) {
      const [first, second] = words.split(/\s+/);
      const command = program.commands.find((one) => one.name() === first) as Command;
      const inner = command.commands.find((one) => one.name() === second);
      const flags = new Set([command, inner].flatMap((one) => one?.options.map(({ long }) => long) ?? []));
      const strange = [...words.matchAll(/--[a-z-]+/g)].filter(([flag]) => !flags.has(flag));
      expect(strange, words).toEqual([]);
      const group = command.commands.length > 0 && /^[a-z]+$/.test(second ?? "") && inner === undefined;
      expect(group && command.registeredArguments.length === 0, words).toBe(false);
    }
  });
});
