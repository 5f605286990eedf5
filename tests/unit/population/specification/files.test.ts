import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSpecification, saveSpecification } from "../../../../src/population/specification/files.ts";
import { specifications } from "./random-specification.ts";

describe("specifications as files", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "specification-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const file = (name: string): string => join(folder, name);

  it("are read as what was saved, in YAML and in JSON", async () => {
    await fc.assert(
      fc.asyncProperty(specifications, fc.constantFrom("round.yaml", "round.json"), async (given, name) => {
        await saveSpecification(file(name), given);
        expect(await loadSpecification(file(name))).toEqual(given);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    [
      "wrong.yaml",
      "specification: 1\nname: x\ndimensions:\n  sex:\n    kind: categorical\n    shares: { female: 1, male: 1 }\nstrata: [sax]\n",
      "7:10 strata.0",
    ],
    [
      "wrong.json",
      '{"specification": 1, "name": "x",\n "dimensions": {"sex": {"kind": "categorical", "shares": {"f": 1}}},\n "strata": ["sax"]}',
      "3:13 strata.0",
    ],
  ])("say where they are wrong: %s", async (name, text, place) => {
    await writeFile(file(name), text);
    await expect(loadSpecification(file(name))).rejects.toMatchObject({
      code: "SPECIFICATION_INVALID",
      message: expect.stringContaining(`${file(name)}:${place}: There is no dimension 'sax'. Did you mean sex?`),
    });
  });

  it.each([
    ["broken.yaml", "specification: [1", "SPECIFICATION_INVALID", /broken\.yaml:1:\d+/],
    ["broken.json", '{"specification": 1,}', "SPECIFICATION_INVALID", /broken\.json:1:21: This is no JSON/],
    [
      "bomb.yaml",
      `a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
      "SPECIFICATION_INVALID",
      /alias/i,
    ],
    ["deep.json", `${"[".repeat(50_000)}${"]".repeat(50_000)}`, "SPECIFICATION_INVALID", /./],
    ["huge.yaml", " ".repeat(4 * 1024 * 1024 + 1), "FILE_UNREADABLE", /at most 4194304 are read/],
    ["latin.yaml", Buffer.from([0x6e, 0xe9]), "FILE_UNREADABLE", /./],
  ])("are refused: %s", async (name, content, code, message) => {
    await writeFile(file(name), content);
    await expect(loadSpecification(file(name))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it("are not written where they could not be read", async () => {
    const dimensions = { sex: { kind: "categorical" as const, shares: { female: 1 } } };
    const wrong = { specification: 1 as const, name: "x", dimensions, strata: ["sax"] };
    await expect(saveSpecification(file("never.yaml"), wrong)).rejects.toMatchObject({ code: "SPECIFICATION_INVALID" });
    await expect(readFile(file("never.yaml"))).rejects.toMatchObject({ code: "ENOENT" });
  });
});
