import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadTest, openSimulation } from "../../../src/index.ts";
import { createMemoryStore } from "../../../src/stores.ts";
import { tempProject } from "../../support/project.ts";

const project = await tempProject();
afterAll(() => project[Symbol.asyncDispose]());

const notes = `#!/usr/bin/env node
process.stdout.write("\\x1b[31mNotes\\x1b[0m\\n> ");
process.stdin.setEncoding("utf8").on("data", (line) => {
  const [word, ...rest] = line.trim().split(" ");
  if (word === "crash") process.exit(3);
  const said = { help: "add <text>   keep a note\\ncrash        ends with 3", add: "Kept: " + rest.join(" ") }[word];
  process.stdout.write((said ?? "Unknown: " + word) + "\\n> ");
});
`;
const convert = `const [command, degrees] = process.argv.slice(2);
if (command === "celsius") console.log(Number(degrees) * 1.8 + 32);
else console.log("Commands:\\n  celsius <degrees>   degrees Celsius in Fahrenheit");
`;

async function played(name: string, lines: string) {
  const folder = join(project.folder, name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "notes.mjs"), notes);
  await chmod(join(folder, "notes.mjs"), 0o755);
  await writeFile(join(folder, "convert.mjs"), convert);
  process.chdir(folder);
  await writeFile("test.yaml", `name: ${name}\npeople: [lisa]\n${lines}`);
  const { study } = await loadTest("test.yaml");
  const opening = { name, seed: 1, model: "builtin", store: createMemoryStore() };
  await using simulation = await openSimulation({ ...opening, environment: project.environment() });
  return (await study.run(simulation)) as Record<"sessions" | "findings", readonly Record<string, unknown>[]>;
}

describe("a test of programs as a file", () => {
  it("finds them from its own folder, and the rehearsal takes the command that their help has for a goal", async () => {
    const { sessions, findings } = await played(
      "talked",
      `allow: [./notes.mjs]
systems: [{ name: notes, program: ./notes.mjs, prompt: "> ", seconds: 10 }]
goals:
  - { name: keep, goal: I want to keep a note about milk., success: { text: "Kept: milk" } }
  - { name: crash, goal: I want to crash it., success: { exitCode: 0 } }`,
    );
    expect(sessions).toMatchObject([
      { goal: "keep", success: true, end: "reached", path: "ENTER: help → ENTER: add milk" },
      { goal: "crash", success: false, end: "over" },
    ]);
    expect(findings.map(({ kind, what }) => [kind, what])).toEqual([
      ["broke off", "It ended before they had what they came for."],
    ]);
  });

  it("gives an interpreter a file from the folder of the test", async () => {
    const { sessions } = await played(
      "anew",
      `allow: [node]
systems: [{ name: convert, program: node, args: ["{folder}/convert.mjs"] }]
goals: [{ name: warm, goal: I want to know how warm 20 degrees are., success: { text: "68" } }]`,
    );
    expect(sessions).toMatchObject([{ success: true, did: 'RUN_PROGRAM: ["celsius","20"]' }]);
  });

  it("names the line of an address that leads nowhere", async () => {
    const wrong = `allow: ["localhost:1"]
systems: [{ name: help, search: "http://localhost:1/find" }, { name: shop, website: shop.html }]
goals: [{ name: any, goal: Anything. }]`;
    await expect(played("wrong", wrong)).rejects.toMatchObject({
      code: "STUDY_INVALID",
      data: {
        issues: [
          { path: "systems.0.search", message: expect.stringContaining("{query}"), line: 4 },
          { path: "systems.1.website", message: expect.stringContaining("http or https") },
        ],
      },
    });
  });
});
