import { tableFromIPC } from "apache-arrow";
import { strFromU8, unzipSync } from "fflate";
import { parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { tableMetadata } from "../../../src/table/formats/metadata.ts";
import { provenanceLine, type RunProvenance } from "../../../src/table/provenance.ts";
import { tableOf } from "../../../src/table/table.ts";
import { type TableFormat, writeTable } from "../../../src/table/write.ts";

const provenance: RunProvenance = {
  ...{ simulated: true, run: "ads-1f2e3d", name: "=ads <b>", seed: "7", models: ["builtin", "fake"] },
  ...{ date: "2026-03-01T10:00:00.000Z", heuristic: true, version: "0.1.0" },
};
const when = new Date("2026-03-01T10:00:00.500Z");
const hostile = "=cmd|'/C calc'!A0 <script>alert(1)</script> ]]> \u001b[31m\u0000\u202e مرحبا 👩‍👩‍👧";
const rows = [
  {
    who: hostile,
    n: 1,
    big: 2n ** 62n,
    share: 0.5,
    yes: true,
    when,
    tags: ["a", hostile],
    more: { z: 1, a: [hostile] },
  },
  { who: "Lisa \ud800", n: -3, share: Number.NaN, yes: false, tags: [] },
  { who: null },
];
const table = tableOf(rows);
const formats = ["csv", "jsonl", "md", "parquet", "arrow", "xlsx"] satisfies TableFormat[];
const textOf = async (format: TableFormat): Promise<string> =>
  Buffer.from(await writeTable(table, format, { title: "Ads", provenance })).toString();
const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
const whole = (key: string, value: unknown): unknown =>
  typeof value === "bigint" ? `${value}` : key === "" ? value : value;

describe("a table", () => {
  it("has columns in the order of their first appearance, each of the narrowest type that holds its values", () => {
    expect(table.columns).toEqual([
      ...[
        { name: "who", type: "text" },
        { name: "n", type: "integer" },
        { name: "big", type: "integer" },
      ],
      ...[
        { name: "share", type: "number" },
        { name: "yes", type: "boolean" },
        { name: "when", type: "moment" },
      ],
      ...[
        { name: "tags", type: "list" },
        { name: "more", type: "json" },
      ],
    ]);
    const mixed = tableOf([
      { a: 1, b: true, c: [1], d: 2n ** 64n, e: Number.NaN },
      { a: "x", b: 2, c: "y", d: 1n },
    ]);
    expect(mixed.columns.map(({ type }) => type)).toEqual(["text", "text", "json", "text", "number"]);
    expect(mixed.rows).toEqual([
      ["1", "true", "[1]", "18446744073709551616", Number.NaN],
      ["x", "2", '"y"', "1", null],
    ]);
  });
  it("takes the columns that it is given, with or without rows, and keys like those of every object", () => {
    const columns = [
      { name: "n", type: "number" },
      { name: "text", type: "text" },
    ] as const;
    expect(tableOf([], { columns })).toEqual({ columns, rows: [] });
    const row = JSON.parse('{"__proto__": "p", "constructor": "c", "n": "no number"}');
    expect(tableOf([row], { columns })).toEqual({
      columns: [...columns, { name: "__proto__", type: "text" }, { name: "constructor", type: "text" }],
      rows: [[null, null, "p", "c"]],
    });
  });
  it("does not share what it was made of, and does not change it", () => {
    const tags = Object.freeze(["a"]);
    const given = Object.freeze([Object.freeze({ tags, more: Object.freeze({ b: new Map([["k", 1n]]) }) })]);
    expect(tableOf(given).rows).toEqual([[["a"], '{"b":{"k":"1"}}']]);
    expect(tableOf(given).rows[0]?.[0]).not.toBe(tags);
  });
});

describe("writing a table", () => {
  it.each(formats)("%s: the same table gives the same bytes, and one without rows is a file, too", async (format) => {
    const first = await writeTable(table, format, { provenance });
    expect(Buffer.compare(first, await writeTable(table, format, { provenance }))).toBe(0);
    expect((await writeTable(tableOf([]), format)).length).toBeGreaterThan(format === "jsonl" ? -1 : 0);
  });
  it("CSV holds no formula and no control, and begins with a mark for those who want one", async () => {
    const text = await textOf("csv");
    expect(text.split("\r\n")[0]).toBe("who,n,big,share,yes,when,tags,more,simulated");
    expect(text.split("\r\n")[1]).toContain(`"'=cmd|'/C calc'!A0`.slice(1));
    expect(text).not.toMatch(/[\u0000-\u0009\u001b\u202e]|(^|,|\n)"?[=+@]/);
    expect(text).toContain("4611686018427387904,0.5,true,2026-03-01T10:00:00.500Z,");
    const marked = await writeTable(table, "csv", { bom: true });
    expect([...marked.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });
  it("JSONL gives back every value, and nothing in it steers a terminal", async () => {
    const text = await textOf("jsonl");
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    const read = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(read[0]).toEqual({ ...JSON.parse(JSON.stringify(rows[0], whole)), big: 2 ** 62, simulated: true });
    expect(read[1]).toMatchObject({ who: "Lisa \ufffd", share: null, tags: [], more: null });
  });
  it("Parquet gives back every value and where it comes from", async () => {
    const file = bufferOf(await writeTable(table, "parquet", { provenance }));
    const read = await parquetReadObjects({ file });
    expect(read[0]).toEqual({
      ...{ who: hostile, n: 1n, big: 2n ** 62n, share: 0.5, yes: true, when, tags: ["a", hostile] },
      ...{ more: `{"a":[${JSON.stringify(hostile)}],"z":1}`, simulated: true },
    });
    expect(read[1]).toMatchObject({ who: "Lisa \ufffd", n: -3n, share: Number.NaN, tags: [], when: null });
    const { key_value_metadata: said = [] } = await parquetMetadataAsync(file);
    const found = said.find(({ key }) => key === "tinytroupe.provenance");
    expect(JSON.parse(found?.value ?? "")).toEqual(provenance);
  });
  it("Arrow gives back every value and where it comes from", async () => {
    const read = tableFromIPC(await writeTable(table, "arrow", { provenance }));
    const first = read.get(0)?.toJSON();
    expect(first).toMatchObject({ who: hostile, n: 1n, big: 2n ** 62n, share: 0.5, yes: true, simulated: true });
    expect([...(first?.["tags"] ?? [])]).toEqual(["a", hostile]);
    expect(Number(first?.["when"])).toBe(when.getTime());
    expect(read.get(2)?.toJSON()).toMatchObject({ who: null, tags: null, simulated: true });
    expect(JSON.parse(read.schema.metadata.get("tinytroupe.provenance") ?? "")).toEqual(provenance);
  });
  it("Excel has the rows without a formula, a sheet and properties that say where they come from", async () => {
    const bytes = await writeTable(table, "xlsx", {
      title: "Ads: [all] of 'em, and a name that is too long",
      provenance,
    });
    const parts = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
    const sheets = Object.keys(parts).filter((name) => name.startsWith("xl/worksheets/sheet"));
    expect(sheets).toHaveLength(2);
    for (const name of sheets) expect(parts[name]).not.toMatch(/<f[ >]|<script/);
    const words = parts["xl/sharedStrings.xml"] ?? "";
    expect(words).toMatch(/=cmd\|(?:'|&apos;)\/C calc(?:'|&apos;)!A0 &lt;script(?:>|&gt;)alert/);
    expect(words).not.toMatch(/[\u0000-\u0008\u001b\u202e\ufffe]/);
    expect(words).toContain("ads-1f2e3d");
    expect(parts["xl/workbook.xml"]).toMatch(/name="Ads all of (?:'|&apos;)em, and a name that"/);
    const { "xl/workbook.xml": clash } = unzipSync(await writeTable(table, "xlsx", { title: "provenance" }));
    expect(strFromU8(clash ?? new Uint8Array())).toMatch(/name="provenance".*name="Run"/);
    expect(parts["docProps/core.xml"]).toContain("Run ads-1f2e3d, seed 7, models builtin, fake, 2026-03-01");
    expect(parts["[Content_Types].xml"]).toContain('PartName="/docProps/core.xml"');
  });
  it("Excel has room in each column for what stands there, and not for all of a long text", async () => {
    const own = tableOf([{ id: "person:marcos-benítez-ovelar#1", n: 1, said: "word ".repeat(99) }]);
    const { "xl/worksheets/sheet1.xml": sheet } = unzipSync(await writeTable(own, "xlsx"));
    const widths = [...strFromU8(sheet ?? new Uint8Array()).matchAll(/<col [^>]*?width="([\d.]+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).toEqual([32, 8, 62, 11].map((width) => expect.closeTo(width, 0)));
  });
  it("Excel refuses what a sheet cannot hold", async () => {
    const long = tableOf([{ text: "x".repeat(32_768) }]);
    await expect(writeTable(long, "xlsx")).rejects.toMatchObject({ code: "OPTION_INVALID", data: { value: "xlsx" } });
    const wide = tableOf([Object.fromEntries(Array.from({ length: 16_384 }, (_, at) => [`c${at}`, at]))]);
    await expect(writeTable(wide, "xlsx")).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
  it("beside CSV stands what its columns are and where its rows come from", () => {
    const metadata = JSON.parse(tableMetadata(table, { file: "ads.csv", provenance }));
    expect(metadata).toMatchObject({ "@context": "http://www.w3.org/ns/csvw", url: "ads.csv", notes: [provenance] });
    expect(metadata.tableSchema.columns.map((column: { datatype: string }) => column.datatype)).toEqual([
      ...["string", "integer", "integer", "number", "boolean", "dateTime", "string", "json", "boolean"],
    ]);
  });
  it("Markdown says it under the table, and a line for people has no control in it", async () => {
    expect((await textOf("md")).trimEnd().split("\n").at(-1)).toMatch(/^\*Simulated: .*A rehearsal.*ads-1f2e3d.*\*$/);
    expect(provenanceLine({ ...provenance, seed: "a\u001b[31m\nb" })).toContain("seed a b,");
  });
});
