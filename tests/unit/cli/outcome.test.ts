import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { saveOutcome } from "../../../src/cli/outcome.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tinytroupe-outcome-"));
});
afterEach(() => rm(folder, { recursive: true }));

const save = (result: unknown) => saveOutcome({ folder, title: "a study", events: (async function* () {})(), result });

it("leaves no table that a changed study no longer has, and takes nothing that is not its own", async () => {
  await save({ ideas: [{ a: 1 }], doubts: [{ b: 2 }] });
  await writeFile(join(folder, "mine.csv"), "a reader's own");
  await save({ ideas: [{ a: 3 }] });
  expect((await readdir(folder)).toSorted()).toEqual(["ideas.csv", "mine.csv", "results.json", "transcript.txt"]);
});
