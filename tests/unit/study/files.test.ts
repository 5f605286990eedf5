import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadStudy } from "../../../src/index.ts";
import { type Project, tempProject } from "../../support/project.ts";

let project: Project;
beforeAll(async () => {
  project = await tempProject();
});
afterAll(() => project[Symbol.asyncDispose]());

const loading = async (name: string, text?: string) =>
  loadStudy(text === undefined ? `${project.folder}/${name}` : await project.write(name, text));
const minimal = "name: x\npeople: [lisa]\nsteps: [{ tell: { what: Hi } }]";

describe("loading a study", () => {
  it("takes YAML, JSON and programs, and knows their folder", async () => {
    const document = { name: "x", people: ["lisa"], steps: [{ tell: { what: "Hi" } }] };
    const program = 'export default { kind: "study", name: "x", run: async () => 7 };';
    for (const [name, text] of [
      ["a.yaml", minimal],
      ["a.YML", minimal],
      ["a.json", JSON.stringify(document)],
      ["a.mjs", program],
    ] as const) {
      expect(await loading(name, text)).toMatchObject({ kind: "study", name: "x", folder: project.folder });
    }
  });

  it.each<[string, string | undefined, string, RegExp]>([
    ["no.yaml", undefined, "FILE_UNREADABLE", /Cannot read .*no\.yaml: there is no such file/],
    ["no.mjs", undefined, "FILE_UNREADABLE", /no\.mjs cannot be read/],
    ["a.txt", minimal, "STUDY_INVALID", /ends in none of/],
    ["b.yaml", "name: [x\npeople: y", "STUDY_INVALID", /b\.yaml:2:1: Flow sequence in block collection/],
    ["c.yaml", "name: x\nname: y", "STUDY_INVALID", /Map keys must be unique/],
    ["d.yaml", "a: &a [x]\nb: [*a, *zz]", "STUDY_INVALID", /zz/],
    ["e.mjs", "export const study = 1;", "STUDY_INVALID", /exports no study/],
    ["f.mjs", "import 'not-there-at-all'; export default 1;", "STUDY_INVALID", /not-there-at-all/],
    ["g.mjs", "throw new Error('out of order');", "STUDY_INVALID", /out of order/],
    ["h.mjs", "export default {", "STUDY_INVALID", /cannot be loaded/],
  ])("says what is wrong with %s", async (name, text, code, message) => {
    await expect(loading(name, text)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it("gives each mistake its line and column", async () => {
    const text = "name: x\npeople: [lisa, 7]\nsteps:\n  - ask:\n      quesion: Why?\n";
    const error = await loading("place.yaml", text).catch((thrown: unknown) => thrown);
    const file = join(project.folder, "place.yaml");
    expect((error as Error).message).toBe(`The study ${file} is not valid:
  ${file}:2:16 people.1: This is a number; a text or a group of keys is expected.
  ${file}:4:5 steps.0.ask.question: This is missing; a text is expected.
  ${file}:5:7 steps.0.ask.quesion: There is no 'quesion' here. Did you mean question?`);
    expect(error).toMatchObject({ data: { file, issues: [{ line: 2, column: 16 }, { line: 4 }, { line: 5 }] } });
    const contradiction = "name: x\npeople: [lisa]\nsteps:\n  - tell: { what: Hi }\n  - run: 2\n";
    await expect(loading("world.yaml", contradiction)).rejects.toThrow(
      "world.yaml:5:5 steps.1.run: This needs a world.",
    );
  });

  it("does not follow aliases without end", async () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghi"
      .split("")
      .map((key, at) => `${key}: &${key} [${Array(9).fill(`*${"abcdefghi"[at]}`).join()}]`)
      .join("\n")}`;
    await expect(loading("bomb.yaml", bomb)).rejects.toMatchObject({ code: "STUDY_INVALID" });
  });
});
