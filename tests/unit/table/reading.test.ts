import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSheet } from "../../../src/table/reading/read-sheet.ts";

describe("tables of text", () => {
  it.each([
    ["sep=;\r\nfrom;to\r\nLisa;Oscar, jr.\r\n", ["Lisa", "Oscar, jr."]],
    ['\ufeff"sep=,"\nfrom,to\nLisa,Oscar; jr.\n', ["Lisa", "Oscar; jr."]],
    ["SEP=\t\rfrom\tto\rLisa\tOscar,;\r", ["Lisa", "Oscar,;"]],
    ["sep=|\nfrom|to\nLisa|Oscar\n", ["Lisa", "Oscar"]],
  ])("are separated by what their first line names: %j", async (text, row) => {
    const folder = await mkdtemp(join(tmpdir(), "texts-"));
    const file = join(folder, "a.csv");
    await writeFile(file, text);
    const { rows } = await readSheet(file).finally(() => rm(folder, { recursive: true }));
    expect(rows.map((cells) => cells.map((cell) => cell.text))).toEqual([["from", "to"], row]);
    expect(rows[0]?.[0]).toMatchObject({ line: 2, column: 1 });
  });
  it("keep a column that is called so", async () => {
    const folder = await mkdtemp(join(tmpdir(), "texts-"));
    const file = join(folder, "a.csv");
    await writeFile(file, "sep=x,to\n1,2\n");
    const { rows } = await readSheet(file).finally(() => rm(folder, { recursive: true }));
    expect(rows[0]?.map((cell) => cell.text)).toEqual(["sep=x", "to"]);
  });
});

describe("sheets of strangers", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sheets-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const read = async (bytes: Uint8Array | string) => {
    const file = join(folder, "a.xlsx");
    await writeFile(file, bytes);
    return readSheet(file);
  };

  /** An archive whose only sheet says that it has so many bytes. */
  const announcing = (size: number): Uint8Array => {
    const bytes = zipSync({ "xl/worksheets/sheet1.xml": new Uint8Array(1024 * 1024) });
    const view = new DataView(bytes.buffer);
    const central = bytes.findLastIndex((_, at) => at < bytes.length - 4 && view.getUint32(at, true) === 0x02014b50);
    view.setUint32(central + 24, size, true);
    return bytes;
  };

  it("are refused when they unpack to more than is read, before they are unpacked", async () => {
    await expect(read(announcing(64 * 1024 * 1024 + 1))).rejects.toThrow(
      /more than 67108864 bytes when it is unpacked/,
    );
  });
  it("cannot say less of their size than they have", async () => {
    await expect(read(announcing(10))).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
  });
  it.each([
    ["text", "vote\n3\n"],
    ["an archive of something else", zipSync({ "a.txt": new Uint8Array(3) })],
    ["nothing", ""],
  ])("are refused where they are %s", async (_, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
  });
});
