import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { validateFiles } from "../../../src/index.ts";
import { pngOf } from "../../support/pages/png.ts";
import { type Project, tempProject } from "../../support/project.ts";

let project: Project;
beforeAll(async () => {
  project = await tempProject();
  await project.write(
    "ann.json",
    '{ "type": "TinyPerson",\n  "persona": { "name": "Ann Lee", "ocupation": "baker" } }',
  );
  await project.write("bad.json", '{ "name": "Bo",\n  "age": "old" }');
  await project.write("frugal.json", '{ "type": "Fragment", "persona": { "beleifs": ["Cash is king."] } }');
  const poster = pngOf(2, 2, [9, 9, 9]);
  await writeFile(join(project.folder, "poster.png"), poster);
  await writeFile(join(project.folder, "cut.png"), poster.subarray(0, 40));
});
afterAll(() => project[Symbol.asyncDispose]());

/** What is said of each file: `kind name`, then `line:column path: message` of issues, and of warnings behind a mark. */
async function said(...files: readonly string[]): Promise<readonly string[]> {
  const reports = await validateFiles(...files.map((file) => `${project.folder}/${file}`));
  return reports.flatMap(({ file, kind, issues, warnings }) => [
    `${kind} ${file.slice(project.folder.length + 1)}`,
    ...issues.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`),
    ...warnings.map(({ line, column, path, message }) => `! ${line}:${column} ${path}: ${message}`),
  ]);
}

const meant = (key: string): string => `This is a key of your own; did you mean ${key}?`;

describe("validateFiles", () => {
  it("reads the documents that a study shows", async () => {
    await project.write("empty.md", "\n");
    await project.write("offer.md", "A kettle.");
    const shown = ["empty.md", "poster.png", "none.md", "offer.md"].map(
      (file) => `  - show: { what: x, document: ${file} }`,
    );
    const head = "name: d\npeople: [lisa]\nworld: { name: R }\nsteps:";
    await project.write("shown.yaml", `${[head, ...shown].join("\n")}\n`);
    const cannot = (line: number, file: string, why: string) =>
      `${line}:22 steps.${line - 5}.show.document: Cannot read ${project.folder}/${file}: ${why}.`;
    expect(await said("shown.yaml")).toEqual([
      "study shown.yaml",
      cannot(5, "empty.md", "there is no text in it"),
      cannot(6, "poster.png", "it is none of the formats that are read"),
      cannot(7, "none.md", "there is no such file"),
    ]);
  });

  it("looks a study over with the files that it names, each once and in order", async () => {
    const people = "people:\n  - ann.json\n  - file: bad.json\n    fragments: [frugal.json, early-adopter]\n";
    await project.write("a.yaml", `name: a\n${people}steps:\n  - ask: { question: Why? }\n`);
    await project.write(
      "b.yaml",
      "name: b\npeople: [./ann.json, lisa]\nsteps: [{ show: { what: x, image: poster.png } }]\n",
    );
    expect(await said("a.yaml", "b.yaml", "a.yaml")).toEqual([
      "study a.yaml",
      "persona ann.json",
      `! 2:35 persona.ocupation: ${meant("occupation")}`,
      "fragment frugal.json",
      `! 1:36 persona.beleifs: ${meant("beliefs")}`,
      "persona bad.json",
      "2:3 age: This is a text; a number is expected.",
      "study b.yaml",
    ]);
  });

  it("knows saved people, what of an original's memories cannot be read, and that a study has no faculties", async () => {
    const saved = { type: "TinyPerson", version: 1, persona: { name: "Ann Lee" } };
    const life = { state: {}, episodes: [], pending: [3] };
    const agent = { type: "TinyPerson", persona: { name: "Bo" }, episodic_memory: { memory: [7] } };
    await project.write("saved.json", JSON.stringify({ ...saved, faculties: ["diary"] }, null, 1));
    await project.write("lost.person.json", JSON.stringify({ ...saved, life }, null, 1));
    await project.write("bo.agent.json", JSON.stringify(agent));
    const people = "[{ file: saved.json, name: Cy, memories: false }, ./lost.person.json, bo.agent.json]";
    await project.write("d.yaml", `name: d\npeople: ${people}\nsteps: [{ ask: { who: Cy, question: Why? } }]\n`);
    expect(await said("d.yaml")).toEqual([
      "study d.yaml",
      "2:12 people.0.file: Ann Lee needs faculties, which are code (diary): play them in a program.",
      "persona saved.json",
      "persona lost.person.json",
      "11:4 life.pending.0: There is no stimulus in place 3 of life.episodes.",
      "persona bo.agent.json",
      "! undefined:undefined : episodic_memory.memory.0: this is no memory, and was left aside.",
    ]);
  });

  it("says in the study what it names in vain, each at its place", async () => {
    const lines = [
      ...["name: c", "people:", "  - liza", "  - none.json", "  - persona: { name: Cy, skils: [x] }"],
      ...["  - persona: { name: Di, age: old }", "  - file: lisa", "    fragments: [early-adoptr, lost.json]"],
      ...[
        "steps:",
        "  - show: { what: x, image: none.png }",
        "  - show: { what: x, image: 'https://a.example/b.png' }",
      ],
    ];
    await project.write("c.yaml", `${lines.join("\n")}\n`);
    expect(await said("c.yaml")).toEqual([
      "study c.yaml",
      expect.stringMatching(/^3:5 people\.0: No persona 'liza' .* Did you mean lisa\? There are: .*lisa/),
      expect.stringMatching(/^4:5 people\.1: Cannot read .*none\.json: there is no such file\.$/),
      "6:26 people.3.persona.age: This is a text; a number is expected.",
      expect.stringMatching(/^8:17 people\.4\.fragments\.0: No fragment .* Did you mean early-adopter\?/),
      expect.stringMatching(/^8:31 people\.4\.fragments\.1: Cannot read .*lost\.json/),
      expect.stringMatching(
        /^10:22 steps\.0\.show\.image: Cannot read the picture .*none\.png: there is no such file\.$/,
      ),
      `! 5:26 people.2.persona.skils: ${meant("skills")}`,
    ]);
  });

  it("says which readers a study does not name itself", async () => {
    const extract = "{ extract: { objective: o, readers: [judge, chep], fields: { x: y }, as: a } }";
    await project.write(
      "readers.yaml",
      `name: r\nmodels: { cheap: openai/gpt-5-nano }\npeople: [lisa]\nsteps:\n  - ${extract}\n`,
    );
    expect(await said("readers.yaml")).toEqual([
      "study readers.yaml",
      "! 5:7 steps.0.extract: The study names no model 'chep'; there are: judge, actor, cheap. The project has to name it.",
    ]);
  });

  it("knows whom the steps mean where all people are known, and waits with it where one is still to be made", async () => {
    const steps = "steps:\n  - ask: { question: Why?, who: Ann }\n  - extract: { objective: x, as: t, from: Zoe }\n";
    await project.write("d.yaml", `name: d\npeople: [ann.json]\n${steps}`);
    await project.write("e.yaml", `name: e\npeople: [ann.json, { generate: A port. }]\n${steps}`);
    expect((await said("d.yaml")).slice(0, 2)).toEqual([
      "study d.yaml",
      "5:37 steps.1.extract.from: 'Zoe' names nobody of this study. Its people: Ann Lee.",
    ]);
    expect((await said("e.yaml")).slice(0, 2)).toEqual(["study e.yaml", "persona ann.json"]);
  });

  it("tells by its name and by what it holds what a file is", async () => {
    await project.write("f.json", '{ "name": "f", "people": ["lisa"], "steps": [{ "tel": 1 }] }');
    await project.write("frag.json", '{ "type": "Fragment", "persona": { "age": "x" } }');
    await project.write("tinytroupe.config.json", '{ "budget": "2 usd", "modle": "x" }');
    await project.write("broken.yaml", "name: [x\n");
    await project.write("broken.json", '{ "name": "x",, }');
    expect(
      await said(
        "f.json",
        "frag.json",
        "tinytroupe.config.json",
        "broken.yaml",
        "broken.json",
        "gone.yaml",
        "x/tinytroupe.config.json",
      ),
    ).toEqual([
      "study f.json",
      expect.stringMatching(/^1:46 steps\.0: There is no 'tel' here\. Did you mean tell\?/),
      "fragment frag.json",
      "1:36 persona.age: This is a text; a number is expected.",
      "settings tinytroupe.config.json",
      "1:22 modle: There is no 'modle' here. Did you mean model?",
      "study broken.yaml",
      expect.stringMatching(/^\d:\d+ : Flow sequence/),
      "persona broken.json",
      expect.stringMatching(/^1:15 : This is no JSON/),
      "study gone.yaml",
      expect.stringMatching(/^undefined:undefined : Cannot read .*gone\.yaml: there is no such file\.$/),
      "settings x/tinytroupe.config.json",
      expect.stringMatching(/^undefined:undefined : Cannot read /),
    ]);
  });

  it("knows tests, specifications, synthetic data, anchors and adverts by what they hold", async () => {
    const files = {
      "test.yaml": `name: t
allow: [localhost:1]
systems: [{ name: a, chat: "http://localhost:1/v1" }, { name: a, chat: "http://example.com/v1" }]
people: [lisa, none.json]
population: { folder: town }
goals: [{ name: g, goal: See it., success: { text: "/(/" } }]`,
      "test.json": '{ "name": "t", "allow": ["bot"], "systems": [{ "name": "a", "progam": "bot" }], "goals": [] }',
      "town.yaml": "specification: 1\nname: town\ndimensions: { age: { kind: nothing } }\n",
      "data.yaml": "data: 1\nname: d\nkind: labelled\nabout: mail\nsize: 9\n",
      "anchors.yaml": "- { claim: A, label: true, text: x }\n- { label: 12, text: y }\n- { claim: B, label: 3 }\n",
      "anchors.json":
        '{ "claim": "A", "anchors": [{ "id": "1", "label": true, "text": "x" }, { "id": "1", "label": 3 }] }',
      "ads.yaml":
        "ads:\n  - { name: a, image: poster.png }\n  - { name: b, image: gone.png }\n  - { name: c, txt: x }\n",
      "survey.yaml": "survey: 1\nname: s\nitems: [{ id: a, kind: nothing }]\n",
      "answers.yaml": "answers: 1\nitems: { a: { scale: { kind: nothing } } }\n",
      "claims.yaml": "claims: 1\ndeclared: { near: { item: vote, measure: mean } }\n",
      "list.yaml": "- { name: a, image: gone.png }\n- { name: b, text: x }\n- { name: c, image: cut.png }\n",
    };
    for (const [name, text] of Object.entries(files)) await project.write(name, text);
    expect(await said(...Object.keys(files))).toEqual([
      "test test.yaml",
      expect.stringMatching(/^4:16 people\.1: Cannot read .*none\.json: there is no such file/),
      expect.stringMatching(/^3:\d+ systems\.1: .*example\.com.*localhost:1/),
      "3:57 systems.1.name: Two systems are called 'a'.",
      expect.stringMatching(/^6:1 goals: The pattern \/\(\/ cannot be read\./),
      expect.stringMatching(/^5:15 population\.folder: There is no population in .*town: there is no such file\.$/),
      "test test.json",
      expect.stringMatching(/^1:\d+ systems\.0.*progam.*Did you mean program\?/),
      "1:81 goals: This is empty.",
      "population town.yaml",
      expect.stringMatching(/^3:\d+ dimensions\.age/),
      "synthetic data data.yaml",
      "1:1 labels: Labelled sets have labels, and nothing else has.",
      "anchors anchors.yaml",
      expect.stringMatching(/^2:5 1\.label: /),
      "anchors anchors.json",
      "1:72 anchors.1: Give it a text or a transcript, and not both.",
      "1:72 anchors.1: Two are called '1'.",
      "adverts ads.yaml",
      expect.stringMatching(/^4:16 ads\.2\.txt: There is no 'txt' here\. Did you mean text\?/),
      "questionnaire survey.yaml",
      expect.stringMatching(/^3:\d+ items\.0/),
      "description of answers answers.yaml",
      expect.stringMatching(/^2:\d+ items\.a\.scale/),
      "claims claims.yaml",
      "2:33 declared.near.measure: Give a bound: `within`, `at-least` or `at-most`.",
      "adverts list.yaml",
      expect.stringMatching(/^1:14 0\.image: Cannot read the picture .*gone\.png: there is no such file\.$/),
      expect.stringMatching(/^3:14 2\.image: The picture .*cut\.png.* is broken, or breaks off before its end\.$/),
    ]);
  });

  it("tells a file that is taken for two things of both", async () => {
    await project.write("age.json", '{ "age": 3 }');
    const study =
      "name: g\npeople: [age.json, { file: lisa, fragments: [age.json] }]\nsteps: [{ ask: { question: x } }]\n";
    await project.write("g.yaml", study);
    expect(await said("g.yaml")).toEqual([
      "study g.yaml",
      "persona age.json",
      "1:1 name: This is missing; a text is expected.",
      "fragment age.json",
    ]);
  });

  it("says of a population which shares look like percentages and do not add up", async () => {
    const shares = {
      summing: "{ a: 60, b: 40 }",
      off: "{ a: 70, b: 46 }",
      odd: "{ a: 0.5, b: 0.4 }",
      counts: "{ a: 90, b: 112 }",
    };
    const dimensions = Object.entries(shares).map(
      ([name, of]) => `  ${name}: { kind: categorical, unverified: true, shares: ${of} }`,
    );
    await project.write(
      "town.yaml",
      ["specification: 1", "name: town", "size: 10", "dimensions:", ...dimensions].join("\n"),
    );
    const [report] = await validateFiles(`${project.folder}/town.yaml`);
    expect(report?.issues).toEqual([]);
    expect(report?.warnings.map(({ path, message }) => `${path} ${message}`)).toEqual([
      "dimensions.off These shares add up to 116: each counts as its part of that, and not of 100.",
      "dimensions.odd These shares add up to 0.9: each counts as its part of that, and not of 1.",
    ]);
  });

  it("runs nothing, and says so of programs", async () => {
    await project.write("main.mjs", "throw new Error('ran');");
    await project.write("tinytroupe.config.ts", "throw new Error('ran');");
    for (const file of ["main.mjs", "tinytroupe.config.ts"]) {
      const saying = {
        code: "OPTION_INVALID",
        message: expect.stringContaining("is a program: only running it can tell"),
      };
      await expect(said(file)).rejects.toMatchObject(saying);
    }
    await expect(said("notes.txt")).rejects.toMatchObject({ code: "OPTION_INVALID" });
    expect((await said("tinytroupe.config.json"))[0]).toBe("settings tinytroupe.config.json");
  });
});
