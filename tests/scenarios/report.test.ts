import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { interviewForReport, openSimulation, type Report, type RunProvenance, writeReport } from "../../src/index.ts";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";

let project: Project;
beforeEach(async () => {
  project = await tempProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const tinytroupe = (...args: readonly string[]) => commandHere(project, args);
const study = `name: mornings
model: builtin
people: [lisa, oscar]
world:
  name: Kitchen
steps:
  - broadcast: What do you drink in the morning, and why?
  - run: 2
`;

describe("a report", () => {
  it("is written on people who were interviewed, and know nothing of it", async () => {
    const open = () => openSimulation({ name: "mornings", model: "builtin", store: `${project.folder}/troupe.db` });
    const once = async () => {
      await using simulation = await open();
      const people = await simulation.loadPeople("lisa", "oscar");
      await people[0]?.listenAndAct("Good morning!");
      const before = people.map((person) => JSON.stringify(person.transcript()));
      const questions = ["What do you drink in the morning?", "Would you pay more for it?"];
      const { evidence, rows } = await interviewForReport(people, { questions });
      const report = await writeReport(simulation.context, { task: "What do they drink?", evidence });
      expect(people.map((person) => JSON.stringify(person.transcript()))).toEqual(before);
      return { report, rows, calls: simulation.ledger.paid.calls };
    };
    const first = await once();
    expect(first.rows.map(({ key }) => key)).toEqual(["lisa-brannigan", "oscar-ramsaran"]);
    expect(first.report.heuristic).toBe(true);
    expect(first.report.sections.map(({ heading }) => heading)).toEqual([
      "What do you drink in the morning?",
      "Would you pay more for it?",
    ]);
    const marks = new Set(first.report.evidence.map(({ mark }) => mark));
    const cited = first.report.sections.flatMap(({ sentences }) => sentences.flatMap(({ evidence }) => evidence));
    expect(cited.length).toBeGreaterThan(2);
    expect(cited.every((mark) => marks.has(mark))).toBe(true);
    const again = await once();
    expect(again.report).toEqual(first.report);
    expect(again.calls).toBe(0);
  });

  it("is written on a stored run by the command line, in each format, with where it comes from", async () => {
    await project.write("mornings.yaml", study);
    expect((await tinytroupe("run", "mornings.yaml")).code).toBe(0);
    const asked = ["report", "--task", "What do they drink?", "--model", "builtin"];
    const { code, stdout } = await tinytroupe(...asked, "--json");
    expect(code).toBe(0);
    const { report, provenance } = JSON.parse(stdout) as { report: Report; provenance: RunProvenance };
    expect(provenance).toMatchObject({ simulated: true, name: "mornings", models: ["builtin"], heuristic: true });
    expect(report.evidence.every(({ who }) => who === "Lisa Brannigan" || who === "Oscar Ramsaran")).toBe(true);
    expect(report.charts.map(({ kind }) => kind).slice(0, 1)).toEqual(["bars"]);
    for (const format of ["md", "html"]) {
      const told = await tinytroupe(...asked, "--out", `out.${format}`);
      expect([told.code, told.stdout]).toEqual([0, expect.stringContaining(`Written to out.${format}`)]);
    }
    const page = await project.read("out.html");
    expect(page).toContain(provenance.run);
    expect(page).toMatch(/<svg[\s\S]*How often each spoke/);
    expect(await project.read("out.md")).toContain("Written by rules, not by a language model");
    // What a command asked a model for is not the last run that people mean.
    const last = JSON.parse((await tinytroupe("runs", "show", "--json")).stdout) as { name: string };
    expect(last.name).toBe("mornings");
    const taken = await tinytroupe(...asked, "--out", "out.md");
    expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining("it is there already")]);
    const nowhere = await tinytroupe(...asked, "--out", "none/out.pdf");
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining("there is no folder none")]);
  });

  it("is written on the rows of a table, and says what is wrong with what was asked", async () => {
    await project.write("answers.csv", "name,why\nAna,It was too dear.\nBo,The queue was long.\n");
    const asked = ["report", "--task", "Why did they leave?", "--model", "builtin", "--data", "answers.csv"];
    const { stdout } = await tinytroupe(...asked, "--who", "name");
    expect(stdout).toContain("Ana: “why: It was too dear.”");
    const unnamed = (await tinytroupe(...asked)).stdout;
    expect(unnamed).toContain("There are 2 rows.");
    expect(unnamed).toContain("“name: Ana; why: It was too dear.”");
    expect((await tinytroupe(...asked, "--who", "nobody")).stderr).toContain("It has: name, why.");
    expect((await tinytroupe(...asked, "--kind", "estimate")).stderr).toContain("heldAgainst");
    expect((await tinytroupe(...asked, "--out", "x.xls")).stderr).toContain("Name a file that ends in .md");
    const before = (await tinytroupe("runs", "list", "--json")).stdout;
    await project.write("chinese.csv", "name,why\nAna,茶\n");
    const paper = ["report", "--task", "Why?", "--model", "builtin", "--data", "chinese.csv", "--out", "x.pdf"];
    expect((await tinytroupe(...paper)).stderr).toContain("have no sign for “茶”");
    expect((await tinytroupe("runs", "list", "--json")).stdout, "nothing was asked").toBe(before);
    expect((await tinytroupe("report", "--task", "x")).stderr).toContain(
      "Nobody has said or done anything in the run report-answers-csv",
    );
  });

  it("has nobody speak in the rows of a table, which are quoted whole", async () => {
    await project.write("positions.csv", "person,degreeIn,closeness\nAna,3,0.51\nBo,1,0.4\n");
    const tied = ["report", "--task", "Who knows whom?", "--model", "builtin", "--data", "positions.csv"];
    const positions = (await tinytroupe(...tied, "--who", "person")).stdout;
    expect(positions).toContain("There are 2 rows about 2 people.");
    expect(positions).toContain("The row of Ana: “degreeIn: 3; closeness: 0.51”");
    expect((await tinytroupe(...tied)).stdout).toContain("“person: Ana; degreeIn: 3; closeness: 0.51”");
  });

  it("draws how people answered beside a table, and that only", async () => {
    const row = (likes: number, drink: string) => `${likes},${drink}`;
    const people = Array.from({ length: 40 }, (_, place) => row(1 + (place % 5), place % 3 === 0 ? "tea" : "water"));
    await project.write("people.csv", ["likes,drink", ...people].join("\n"));
    await project.write(
      "sim.csv",
      ["likes,drink,mood", ...people.map((one, at) => `${one},${at % 2 ? "glad" : "sad"}`)].join("\n"),
    );
    const asked = ["report", "--data", "sim.csv", "--task", "Who likes tea?", "--model", "builtin", "--json"];
    const { stdout, stderr } = await tinytroupe(...asked, "--beside", "people.csv");
    expect(stderr).toMatch(/Beside people: likes, drink, as the columns look\./);
    const { charts = [] } = (JSON.parse(stdout) as { report: Report }).report;
    expect(charts.map(({ title, note }) => [title, note?.includes("40 people, 40 simulated") ?? false])).toEqual([
      ["likes", true],
      ["drink", true],
      ["mood", false],
    ]);
    const alone = await tinytroupe("report", "--beside", "people.csv", "--task", "?");
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining("--data")]);
  });
});
