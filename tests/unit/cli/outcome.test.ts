import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { saveOutcome } from "../../../src/cli/outcome.ts";
import { resultLines } from "../../../src/cli/results.ts";
import { createStyle } from "../../../src/cli/terminal/style.ts";
import type { RunProvenance } from "../../../src/index.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tinytroupe-outcome-"));
});
afterEach(() => rm(folder, { recursive: true }));

const provenance: RunProvenance = {
  ...{ simulated: true, run: "a-1", name: "a study", seed: "7", models: ["builtin"], date: "2026-03-01T10:00:00.000Z" },
  version: "0.1.0",
};
const save = (result: unknown) =>
  saveOutcome({ folder, title: "a study", events: (async function* () {})(), result, provenance });

const report = {
  ...{ title: "<b>Kettles</b>", task: "Why?", kind: "pilot", read: 1, charts: [], leftOut: [] },
  summary: [{ text: "It is \u001b[31mdear.", evidence: ["E1"] }],
  sections: [{ heading: "More", sentences: [{ text: "Very.", evidence: ["E1"] }] }],
  evidence: [{ mark: "E1", who: "Lisa", text: "Dear!", place: "person:lisa#1.0" }],
};

it("has each report as Markdown and as a page, with where it comes from, as long as there is one", async () => {
  await save({ "Find ings": report, ideas: [{ a: 1 }] });
  const [text, page] = await Promise.all(
    ["find-ings.md", "find-ings.html"].map((name) => readFile(join(folder, name), "utf8")),
  );
  expect(text).toMatch(/# .*Kettles[\s\S]*\(E1\)[\s\S]*Dear![\s\S]*Run a-1, seed 7/);
  expect(text).not.toContain("\u001b");
  expect(page).toMatch(/Run a-1, seed 7/);
  expect(page).not.toContain("<b>Kettles");
  await save({ ideas: [{ a: 1 }] });
  expect((await readdir(folder)).filter((name) => name.startsWith("find"))).toEqual([]);
  const lines = resultLines({ findings: report }, { width: 40, style: createStyle(false) });
  expect(lines).toEqual(["", "findings (report)", "<b>Kettles</b>", "• It is dear. [E1]", "More", "• Very. [E1]"]);
  const evidence = [1, 2, 3, 4, 9].map((number) => `E${number}`);
  const summary = [{ text: "All say so.", evidence }];
  const long = resultLines({ findings: { ...report, summary } }, { width: 40, style: createStyle(false) });
  expect(long[3]).toBe("• All say so. [E1–E4, E9]");
});

it("leaves no table that a changed study no longer has, and takes nothing that is not its own", async () => {
  await save({ ideas: [{ a: 1 }], doubts: [{ b: 2 }] });
  await writeFile(join(folder, "mine.csv"), "a reader's own");
  await save({ ideas: [{ a: 3 }] });
  expect((await readdir(folder)).toSorted()).toEqual([
    ...["ideas.csv", "ideas.csv-metadata.json", "mine.csv", "results.json", "transcript.txt"],
  ]);
});
