import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Observation, observationTable } from "../../../src/experiment/results/observation.ts";
import { readObservations } from "../../../src/experiment/results/read.ts";
import { type TableFormat, writeTable } from "../../../src/table/write.ts";

const row: Observation = {
  ...{ cell: "people/1/1", arm: "high+green", levels: { price: "+10 euros", label: "-green" } },
  ...{ population: "people", seed: "1", replicate: 2, model: "builtin", person: "lisa-brannigan" },
  ...{ metric: "intent", value: 3.25, run: "prices-1a2b3c" },
};
const observations: readonly Observation[] = [
  { ...row, wording: "plain", order: "reversed", session: "people/1/1/room" },
  { ...row, metric: "choice", value: "A, or “B”" },
  { ...row, metric: "choice", value: "4" },
  { ...row, value: null, missing: "refused" },
  { ...row, person: "", value: null, missing: "MODEL_UNAVAILABLE", levels: {} },
];

describe("observations", () => {
  it.each(["csv", "jsonl", "parquet", "xlsx"] as const)("are the same after a file of %s", async (format) => {
    expect(await readObservations(await written(observations, format))).toEqual(observations);
  });

  it("have a column for each factor, and numbers apart from texts", () => {
    const { columns } = observationTable(observations);
    const types = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
    expect(types).toMatchObject({ "level.price": "text", "level.label": "text", value: "number", text: "text" });
  });

  it.each([
    ["an arm", { arm: "" }, "There is no 'arm'."],
    ["a reason", { value: null }, "`missing` does not say why"],
    ["a whole replicate", { replicate: 0.5 }, "`replicate` is no whole number"],
  ])("without %s are refused with their line", async (_what, change, message) => {
    const file = await written([row, { ...row, ...change }], "csv");
    await expect(readObservations(file)).rejects.toMatchObject({
      code: "FILE_UNREADABLE",
      message: expect.stringMatching(new RegExp(`:3.*${message}`, "s")),
    });
  });
});

async function written(rows: readonly Observation[], format: TableFormat): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "observations-")), `observations.${format}`);
  await writeFile(file, await writeTable(observationTable(rows), format));
  return file;
}
