import { tableFromIPC } from "apache-arrow";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type RunProvenance, type TableFormat, tableOf, writeTable } from "../../src/index.ts";
import { parseStudyDocument } from "../../src/study/document/parse.ts";
import { studyOf } from "../../src/study/interpret.ts";
import { tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

// A whole study to its tables, in every format of tables, on rules and on a provider.

const document = parseStudyDocument(
  parse(`
name: kettles
seed: 7
people: [lisa, oscar]
world: { name: Kitchen }
steps:
  - broadcast: What would you pay for a kettle?
  - run: 1
  - extract:
      objective: What each would pay.
      from: each
      fields: { price: { type: number, minimum: 0, maximum: 90 }, would: { type: yes-no }, says: the words, wants: { list: true } }
      as: prices
  - tally: { table: prices, by: would, as: counts }`),
);
const answers = [
  { price: 39.5, would: true, says: '=HYPERLINK("http://x")\u202e, <script>', wants: ["screws", "a, b"] },
  { price: 12, would: false, says: "Zu teuer 🫖\nwirklich", wants: [] },
];
const provenance: RunProvenance = {
  ...{ simulated: true, run: "kettles-1", name: "kettles", seed: "7", models: ["m"], date: "2026-03-01T10:00:00.000Z" },
  version: "0.1.0",
};
const formats = ["csv", "jsonl", "md", "parquet", "arrow", "xlsx"] as const satisfies readonly TableFormat[];

/** The tables of the study, each in every format. */
async function played(on: "builtin" | "provider") {
  await using project = await tempProject();
  await using server = await castServer(({ body }) => {
    const asked = JSON.stringify(body);
    if (!asked.includes("What each would pay.")) return undefined;
    return { text: JSON.stringify(answers[asked.includes("The record of Lisa") ? 0 : 1]) };
  });
  const model = on === "builtin" ? "builtin" : chatModel;
  const options = { model, folder: project.folder, variables: openaiAt(server.url) };
  const { error, result } = await project.play(studyOf(document, project.folder), options);
  expect(error).toBeUndefined();
  const tables = Object.entries(result).map(([name, rows]) => [name, tableOf(rows as readonly object[])] as const);
  const written = tables.flatMap(([name, table]) =>
    formats.map(async (format) => [`${name}.${format}`, await writeTable(table, format, { provenance })] as const),
  );
  return { result, files: new Map(await Promise.all(written)) };
}

const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("utf8");
const plain = (rows: readonly object[]): unknown =>
  JSON.parse(JSON.stringify(rows, (_key, value: unknown) => (typeof value === "bigint" ? Number(value) : value)));

describe.each(["builtin", "provider"] as const)("a study on %s", (on) => {
  it("comes home the same in every format, and to the byte the same when it is played anew", async () => {
    const [once, again] = [await played(on), await played(on)];
    expect([...again.files]).toEqual([...once.files]);
    for (const name of ["prices", "counts"]) {
      const rows = plain((once.result[name] as readonly object[]).map((row) => ({ ...row, simulated: true })));
      expect(rows).not.toEqual([]);
      const lines = textOf(once.files.get(`${name}.jsonl`))
        .trimEnd()
        .split("\n");
      expect(lines.map((line): unknown => JSON.parse(line))).toEqual(rows);
      const bytes = once.files.get(`${name}.parquet`) as Uint8Array<ArrayBuffer>;
      const parquet = await parquetReadObjects({
        file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
      });
      expect(plain(parquet)).toEqual(rows);
      const arrow = tableFromIPC(once.files.get(`${name}.arrow`));
      expect(plain(arrow.toArray().map((row) => row.toJSON()))).toEqual(rows);
    }
  });
});

it("has the rows that a provider gave, whatever stands in them", async () => {
  const { files } = await played("provider");
  expect(textOf(files.get("prices.jsonl"))).toMatchInlineSnapshot(`
    "{"person":"Lisa Brannigan","price":39.5,"would":true,"says":"=HYPERLINK(\\"http://x\\")\\u202e, <script>","wants":["screws","a, b"],"simulated":true}
    {"person":"Oscar Ramsaran","price":12,"would":false,"says":"Zu teuer 🫖\\nwirklich","wants":[],"simulated":true}
    "
  `);
  expect(textOf(files.get("prices.csv"))).toMatchInlineSnapshot(`
    "person,price,would,says,wants,simulated
    Lisa Brannigan,39.5,true,"'=HYPERLINK(""http://x""), <script>","screws; a, b",true
    Oscar Ramsaran,12,false,"Zu teuer 🫖
    wirklich",,true
    "
  `);
  expect(textOf(files.get("prices.md"))).toMatchInlineSnapshot(`
    "| person | price | would | says | wants |
    | --- | --- | --- | --- | --- |
    | Lisa Brannigan | 39.5 | true | =HYPERLINK("http://x"), &lt;script&gt; | screws; a, b |
    | Oscar Ramsaran | 12 | false | Zu teuer 🫖<br>wirklich |  |

    *Simulated: no real people took part. Run kettles-1, seed 7, model m, 2026-03-01, tinytroupe 0.1.0.*
    "
  `);
  expect(textOf(files.get("counts.csv"))).toMatchInlineSnapshot(`
    "would,count,share,simulated
    true,1,0.5,true
    false,1,0.5,true
    "
  `);
});
