import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bin } from "../support/compiled.ts";
import { exampleFile, type Project, tempProject } from "../support/project.ts";

let project: Project;
let envelope: { run: string; files: string[]; simulated: boolean; heuristic: boolean };
beforeAll(async () => {
  project = await tempProject();
  const ended = await project.cli(["run", exampleFile("02-tv-ad", "study.yaml"), "--model", "builtin", "--json"]).ended;
  envelope = JSON.parse(ended.stdout);
});
afterAll(() => project[Symbol.asyncDispose]());

const output = async (...args: string[]): Promise<string> => (await project.cli(args).ended).stdout;

it("every file that a run leaves says that it is simulated", async () => {
  expect(envelope).toMatchObject({ simulated: true, heuristic: true });
  expect(envelope.files.map((file) => basename(file)).toSorted()).toEqual(
    [
      ...["choices", "counts", "winner"].flatMap((name) => [`${name}.csv`, `${name}.csv-metadata.json`]),
      ...["results.json", "transcript.txt"],
    ].toSorted(),
  );
  const from = { run: envelope.run, models: ["builtin"], heuristic: true, simulated: true };
  for (const file of envelope.files) {
    const text = await readFile(file, "utf8");
    if (file.endsWith(".csv")) {
      const [head, ...rows] = text.trimEnd().split(/\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/);
      expect(head?.endsWith(",simulated")).toBe(true);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row.endsWith(",true"), row).toBe(true);
    } else if (file.endsWith("-metadata.json")) expect(JSON.parse(text)).toMatchObject({ notes: [from] });
    else if (file.endsWith(".json")) expect(JSON.parse(text)).toMatchObject({ simulated: true, provenance: from });
    else expect(text.split("\n").slice(0, 3).join(" ")).toMatch(/simulated/i);
  }
});

it("so does all that is printed of it, and a person who is made up", async () => {
  const exported = (await output("runs", "export", envelope.run)).split("\n");
  expect(JSON.parse(exported[0] ?? "")).toMatchObject({ simulated: true, run: { id: envelope.run, heuristic: true } });
  expect(await output("runs", "transcript", envelope.run)).toMatch(/simulated/i);
  expect(await output("runs", "transcript", envelope.run, "--plain")).toMatch(/simulated/i);
  expect(JSON.parse(await output("runs", "show", envelope.run, "--json"))).toMatchObject({ simulated: true });
  const made = JSON.parse(await output("persona", "new", "a tram driver in Porto", "--json", "--model", "builtin"));
  expect(made).toMatchObject({ type: "TinyPerson", simulated: true, persona: { name: expect.any(String) } });
});

it("an export that finds no room leaves no half of a file", async () => {
  const out = join(project.folder, "half.jsonl");
  const whole = await output("runs", "export", envelope.run);
  const kibibytes = Math.floor(whole.length / 1024) - 1;
  const line = `ulimit -f ${kibibytes}; exec "$0" "${bin}" runs export ${envelope.run} --out ${out}`;
  const { status, stderr } = spawnSync("bash", ["-c", line, process.execPath], {
    ...{ cwd: project.folder, encoding: "utf8", env: { PATH: process.env["PATH"], HOME: project.folder } },
  });
  expect([status, stderr]).toEqual([1, expect.stringContaining("FILE_UNWRITABLE")]);
  expect((await readdir(project.folder)).filter((name) => name.includes("half"))).toEqual([]);
  expect(await output("runs", "export", envelope.run, "--out", out)).toContain("Written to");
  expect(await readFile(out, "utf8")).toBe(whole);
});
