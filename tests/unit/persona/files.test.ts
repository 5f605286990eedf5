import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  listPackagedFragments,
  listPackagedPersonas,
  loadFragment,
  loadPersona,
  packagedFragment,
  packagedPersona,
  savePersona,
} from "../../../src/persona/files.ts";
import { parsePersona } from "../../../src/persona/schema.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "persona-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileWith(content: string | Uint8Array): Promise<string> {
  const file = join(folder, "person.json");
  await writeFile(file, content);
  return file;
}

describe("loadPersona", () => {
  it("reads wrapped and bare personas, with a byte order mark too", async () => {
    const wrapped = await fileWith('\ufeff{"type":"TinyPerson","persona":{"name":"Zoë"}}');
    expect(await loadPersona(wrapped)).toEqual({ persona: { name: "Zoë" }, warnings: [] });
    expect((await loadPersona(await fileWith('{"name":"곽민지"}'))).persona.name).toBe("곽민지");
  });
  it("reads a saved agent and says what it leaves aside", async () => {
    const saved = {
      type: "TinyPerson",
      persona: { name: "A" },
      mental_state: { goals: [] },
      episodic_memory: {},
      $schema: "x",
    };
    const file = await fileWith(JSON.stringify(saved));
    const { persona, warnings } = await loadPersona(file);
    expect(persona).toEqual({ name: "A" });
    expect(warnings.map((warning) => /'(\w+)'/.exec(warning)?.[1])).toEqual(["mental_state", "episodic_memory"]);
  });
  it("names the place of what is wrong in the persona", async () => {
    const file = await fileWith('{"type":"TinyPerson",\n\t"persona":{"name":"","age":"old",\n  "skills":["a", 7]}}');
    const message = `The persona ${file} is not valid:
  ${file}:2:13 persona.name: This is empty.
  ${file}:2:23 persona.age: This is a text; a number is expected.
  ${file}:3:18 persona.skills.1: This is a number; a text or a group of keys is expected.`;
    await expect(loadPersona(file)).rejects.toMatchObject({ code: "PERSONA_INVALID", message, data: { file } });
    const fragment = await fileWith('{\n "age": "old"}');
    await expect(loadFragment(fragment)).rejects.toThrow(`${fragment}:2:2 age: `);
  });
  it.each([
    ['{"name": "x"\n "age": 3}', 2, 2],
    ['{\n"a": [1,\n  2,]}', 3, 5],
    ['{"a":\n  abc}', 2, 3],
    ['{"a": "b', 1, 9],
    ['{"a": 1', 1, 8],
    ["", 1, 1],
    ["'x'", 1, 1],
    ['{"a": tru}', 1, 10],
  ])("says line and column of a fault in %j", async (text, line, column) => {
    const file = await fileWith(text);
    await expect(loadPersona(file)).rejects.toMatchObject({
      code: "PERSONA_INVALID",
      message: expect.stringContaining(`${file}:${line}:${column}: This is no JSON: `),
      data: { file },
    });
  });
  it("finds some place for whatever is broken", async () => {
    const whole = JSON.stringify({ name: "A", list: [1, true, null, "x\ny"], more: { deep: -1.5e3 } }, null, 1);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.constantFrom("#", ",", "}", "x"), async (at, wrong) => {
        const file = await fileWith(whole.slice(0, at) + wrong + whole.slice(at));
        const fault = await loadPersona(file).then(
          () => undefined,
          (error: Error) => error.message,
        );
        if (fault?.includes("This is no JSON")) expect(fault).toMatch(/\.json:[1-9]\d*:[1-9]\d*: \S/);
      }),
      { numRuns: 60 },
    );
  });
  it("says why a file cannot be read", async () => {
    await expect(loadPersona(join(folder, "nobody.json"))).rejects.toMatchObject({
      code: "FILE_UNREADABLE",
      message: expect.stringContaining("no such file"),
    });
    await expect(loadPersona(folder)).rejects.toMatchObject({
      code: "FILE_UNREADABLE",
      message: expect.stringContaining("folder"),
    });
    const latin = await fileWith(Uint8Array.from([0x22, 0xe9, 0x22]));
    await expect(loadPersona(latin)).rejects.toMatchObject({
      code: "FILE_UNREADABLE",
      message: expect.stringContaining("UTF-8"),
    });
    await truncate(latin, 33 * 1024 * 1024);
    await expect(loadPersona(latin)).rejects.toMatchObject({
      code: "FILE_UNREADABLE",
      message: expect.stringContaining("bytes"),
    });
  });
});

describe("loadFragment", () => {
  it("reads wrapped and bare fragments and no whole persons", async () => {
    const wrapped = await fileWith('{"type":"Fragment","persona":{"beliefs":["x"]}}');
    expect((await loadFragment(wrapped)).fragment).toEqual({ type: "Fragment", persona: { beliefs: ["x"] } });
    await expect(loadPersona(wrapped)).rejects.toMatchObject({ code: "PERSONA_INVALID" });
    expect((await loadFragment(await fileWith('{"age":3}'))).fragment.persona).toEqual({ age: 3 });
    await expect(loadFragment(await fileWith('{"type":"TinyPerson","persona":{"name":"A"}}'))).rejects.toMatchObject({
      code: "PERSONA_INVALID",
    });
  });
});

describe("savePersona", () => {
  it("writes what loads again as the same, and leaves no draft", async () => {
    const persona = parsePersona({ name: "곽민지", age: 29, odd: { key: ["é"] } });
    const file = join(folder, "new", "folder", "minji.json");
    await savePersona(file, persona);
    expect((await loadPersona(file)).persona).toStrictEqual(persona);
    expect(await readFile(file, "utf8")).toContain("곽민지");
    expect(await readdir(join(folder, "new", "folder"))).toEqual(["minji.json"]);
  });
  it("says why it cannot", async () => {
    const file = await fileWith("x");
    await expect(savePersona(join(file, "a.json"), parsePersona({ name: "A" }))).rejects.toMatchObject({
      code: "FILE_UNWRITABLE",
    });
  });
});

describe("what comes with the package", () => {
  it("is listed and found by name", async () => {
    expect(await listPackagedPersonas()).toEqual(expect.arrayContaining(["lisa", "marcos", "minji", "oscar"]));
    expect((await packagedPersona("Lisa")).name).toContain("Lisa");
    expect((await packagedFragment("price-sensitive")).persona.beliefs?.length).toBeGreaterThan(0);
    expect(await listPackagedFragments()).toHaveLength(4);
    await expect(packagedPersona("../package")).rejects.toMatchObject({
      code: "TARGET_UNKNOWN",
      hint: expect.stringContaining("oscar"),
    });
  });
});
