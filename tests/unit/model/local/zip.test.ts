import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMember } from "../../../../src/model/local/weights/zip.ts";
import { zipOf } from "../../../support/zip.ts";

const weights = Buffer.from("many weights, ".repeat(5000));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tinytroupe-zip-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a ZIP archive", () => {
  const read = async (archive: Buffer, member: string): Promise<Buffer> => {
    const path = join(folder, "archive.zip");
    await writeFile(path, archive);
    return Buffer.concat(await (await readMember(path, member)).toArray());
  };
  it("gives the bytes of one member, packed or not", async () => {
    const archive = zipOf([
      ["a/first.txt", Buffer.from("one")],
      ["b.bin", weights],
    ]);
    expect((await read(archive, "a/first.txt")).toString()).toBe("one");
    expect(await read(archive, "b.bin")).toEqual(weights);
    expect((await read(zipOf([["stored.txt", Buffer.from("as it is")]], true), "stored.txt")).toString()).toBe(
      "as it is",
    );
  });
  it("refuses what is no archive, is cut off, or unpacks to more than it says", async () => {
    await expect(read(Buffer.from("hello"), "x")).rejects.toThrow("no ZIP archive");
    const archive = zipOf([["b.bin", weights]]);
    await expect(read(archive.subarray(0, archive.length - 30), "b.bin")).rejects.toThrow();
    const lying = zipOf([["b.bin", weights]], false, 1000);
    await expect(read(lying, "b.bin")).rejects.toThrow("larger than its archive says");
  });
});
