import { execFile, spawnSync } from "node:child_process";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandHere } from "../support/command-here.ts";
import { bin, keepsCompiled } from "../support/compiled.ts";
import { type Project, tempProject } from "../support/project.ts";

const run = promisify(execFile);
let project: Project;
let script: string;

beforeAll(async () => {
  project = await tempProject();
  const times = { createdAt: "2030-01-01T00:00:00.000Z", updatedAt: "2030-01-01T00:00:00.000Z" };
  const record = { name: "x", seed: "1", model: "builtin", status: "finished", takes: 1, ...times } as const;
  await project.withStore(async (store) => {
    for (const id of ["talk-1a", "talk-2b", "other-3c", "talk-$(touch owned)", "설문-4d"])
      await store.putRun({ ...record, id });
  });
  script = (await commandHere(project, ["completions", "bash"])).stdout;
});
afterAll(() => project[Symbol.asyncDispose]());

/** What bash offers at the end of each line, as when somebody presses the tabulator there. */
async function offered(...lines: readonly string[]): Promise<readonly string[][]> {
  const program = `
    tinytroupe() { "$NODE" "$BIN" "$@"; }
    eval "$SCRIPT"
    while IFS= read -r line; do
      read -ra COMP_WORDS <<< "$line"
      [[ $line == *" " ]] && COMP_WORDS+=("")
      COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
      _tinytroupe
      echo "\${COMPREPLY[*]}"
    done <<< "$LINES_TO_TRY"`;
  const env = {
    ...keepsCompiled,
    PATH: process.env["PATH"],
    HOME: project.folder,
    LANG: "C.UTF-8",
    NODE: process.execPath,
    BIN: bin,
  };
  const { stdout } = await run("bash", ["-c", program], {
    cwd: project.folder,
    env: { ...env, SCRIPT: script, LINES_TO_TRY: lines.join("\n") },
  });
  return stdout.split("\n").map((line) => line.split(" ").filter(Boolean).sort());
}

describe("in bash", () => {
  it("completes commands, flags and choices", async () => {
    const [commands, runs, flags, choice, shells, value] = await offered(
      ...["tinytroupe ru", "tinytroupe runs ", "tinytroupe runs list --s", "tinytroupe runs list --status f"],
      ...["tinytroupe completions ", "tinytroupe run study.yaml --thoughts --conc"],
    );
    expect(commands).toEqual(["run", "runs"]);
    expect(runs).toEqual(["ask", "cost", "delete", "export", "likeness", "list", "query", "show", "transcript"]);
    expect(flags).toEqual(["--since", "--skip", "--status", "--store"]);
    expect(choice).toEqual(["failed", "finished"]);
    expect(shells).toEqual(["bash", "fish", "zsh"]);
    expect(value).toEqual(["--concurrency"]);
  });

  it("looks up runs, personas and models, and leaves files to the shell", async () => {
    const [runs, korean, resumed, personas, models, weights, files] = await offered(
      ...["tinytroupe runs show talk-", "tinytroupe runs show 설", "tinytroupe run study.yaml --resume o"],
      ...["tinytroupe chat m", "tinytroupe run -m op", "tinytroupe models pull sm", "tinytroupe run "],
    );
    expect(runs).toEqual(["talk-1a", "talk-2b"]);
    expect(korean).toEqual(["설문-4d"]);
    expect(resumed).toEqual(["other-3c"]);
    expect(personas).toEqual(["marcos", "minji"]);
    expect(models).toEqual(["openai/gpt-6-luna", "openrouter/openai/gpt-6-luna"]);
    expect(weights?.every((name) => name.startsWith("sm"))).toBe(true);
    expect(weights?.length).toBeGreaterThan(0);
    expect(files).toEqual([]);
  });
});

it("runs no program of the folder and changes no journal, since nobody has asked for anything yet", async () => {
  await using other = await tempProject();
  await other.write("tinytroupe.config.ts", `import { writeFileSync } from "node:fs";\nwriteFileSync("ran", "");\n`);
  await mkdir(dirname(other.store));
  const old = new DatabaseSync(other.store);
  old.exec(await readFile(resolve(import.meta.dirname, "../support/store-version-1.sql"), "utf8"));
  old.close();
  const before = await readFile(other.store);
  expect((await commandHere(other, ["complete", "runs", ""])).stdout).toBe("");
  expect(await readFile(other.store)).toEqual(before);
  expect((await readdir(other.folder)).toSorted()).toEqual([".tinytroupe", "tinytroupe.config.ts"]);
});

it("offers the saved people of the folder beside the packaged ones", async () => {
  await using other = await tempProject();
  for (const name of ["b.person.json", "a.agent.json", "c.json"]) await other.write(name, "{}");
  expect((await commandHere(other, ["complete", "personas", "b."])).stdout).toBe("b.person.json\n");
  const all = (await commandHere(other, ["complete", "personas", ""])).stdout.split("\n");
  expect(all).toEqual(expect.arrayContaining(["lisa", "a.agent.json", "b.person.json"]));
  expect(all).not.toContain("c.json");
});

it("knows every command, and shows none that is not for people", async () => {
  const { stdout } = await commandHere(project, ["--help"]);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+)(?: \[| <| {2})/gm)].map(([, name = ""]) => name);
  expect(commands).not.toContain("complete");
  const [all = []] = await offered("tinytroupe ");
  expect(all).toEqual(commands.filter((name) => name !== "help" && name !== "tinytroupe").toSorted());
});

describe.each([
  ["bash", ["-n"]],
  ["zsh", ["-n"]],
  ["fish", ["--no-execute"]],
] as const)("the script for %s", (shell, check) => {
  let stdout = "";
  beforeAll(async () => {
    stdout = (await commandHere(project, ["completions", shell])).stdout;
  });

  it("says how to use it", () => {
    expect(stdout).toContain(`tinytroupe completions ${shell}`);
  });

  // A shell that is not on this machine shows as skipped.
  it.skipIf(spawnSync(shell, ["--version"]).error)(`is one that ${shell} can read`, async () => {
    const file = await project.write(`completions.${shell}`, stdout);
    const { status, stderr } = spawnSync(shell, [...check, file], { encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
  });
});
