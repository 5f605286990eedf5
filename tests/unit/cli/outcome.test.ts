import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { saveOutcome } from "../../../src/cli/outcome.ts";
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

it("leaves no table that a changed study no longer has, and takes nothing that is not its own", async () => {
  await save({ ideas: [{ a: 1 }], doubts: [{ b: 2 }] });
  await writeFile(join(folder, "mine.csv"), "a reader's own");
  await save({ ideas: [{ a: 3 }] });
  expect((await readdir(folder)).toSorted()).toEqual([
    ...["ideas.csv", "ideas.csv-metadata.json", "mine.csv", "results.json", "transcript.txt"],
  ]);
});
