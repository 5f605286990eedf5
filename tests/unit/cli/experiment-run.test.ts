import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commandHere } from "../../support/command-here.ts";
import { tempProject } from "../../support/project.ts";

const kettles = `
experiment: 1
name: kettles
study:
  people: [lisa, oscar]
  steps: [{ ask: { question: "What is a kettle worth, 40 euros?" } }]
arms: { control: {}, dearer: { reword: { 40 euros: 200 euros } } }
metrics: { talk: { from: { count: TALK } } }
claims: { more: { metric: talk, contrast: [dearer, control], direction: greater } }
`;

it("a claim that was written when its answers were there is exploratory; the first one stays declared", async () => {
  await using project = await tempProject();
  const experiment = async (...args: readonly string[]) => commandHere(project, ["experiment", ...args]);
  const run = async (text: string) => {
    await project.write("kettles.yaml", text);
    const [ran, shown] = [
      await experiment("run", "kettles.yaml", "--model", "builtin"),
      await experiment("show", "kettles.yaml"),
    ];
    const found = await experiment("analyse", "kettles.yaml", "--json", "--out", `report${reports++}`);
    return { ran: flat(ran.stdout), shown: flat(shown.stdout), claims: JSON.parse(found.stdout).claims };
  };
  let reports = 0;
  const after = /Declared on .*, after its answers were there \(first run .*\): its claims are exploratory\./;
  const first = await run(kettles);
  expect(first.ran).not.toMatch(after);
  expect(first.ran).toContain("tinytroupe experiment analyse kettles.yaml");
  expect(first.shown).toMatch(/Declared on \S+, before its first run\./);
  expect(first.claims).toHaveLength(1);
  const flipped = await run(kettles.replace("greater", "less"));
  expect(flipped.ran).toMatch(after);
  expect(flipped.shown).toMatch(after);
  expect(flipped.claims).toEqual([]);
  expect(await readFile(join(project.folder, "report1", "report.md"), "utf8")).toMatch(after);
  const again = await run(kettles);
  expect(again.shown).toMatch(/Declared on \S+, before its first run\. 2 runs ended/);
  expect(again.claims).toHaveLength(1);
  // Other runs, of which nobody has seen anything.
  const fresh = await run(kettles.replace("greater", "different").concat("seeds: [2]\n"));
  expect(fresh.shown).toMatch(/before its first run\. It was declared and begun otherwise before \(2\)/);
  expect(fresh.claims).toHaveLength(1);
});

it("what is declared is never forgotten: a record that cannot be read, or a stranger's file, is no missing one", async () => {
  await using project = await tempProject();
  const kettle = await project.write("kettles.yaml", kettles);
  const run = (...args: readonly string[]) => commandHere(project, ["experiment", ...args, "--model", "builtin"]);
  expect((await run("run", "kettles.yaml")).code).toBe(0);
  const record = "kettles-results/experiment.json";
  const half = (await project.read(record)).slice(0, 300);
  await project.write(record, half);
  for (const command of [
    ["run", kettle],
    ["show", kettle],
  ] as const) {
    const { code, stderr } = await commandHere(project, ["experiment", ...command]);
    expect([code, flat(stderr)]).toEqual([
      2,
      expect.stringContaining("is no record of an experiment that was run here."),
    ]);
  }
  expect(await project.read(record)).toBe(half);
  const own = JSON.stringify({ experiment: 1, name: "kettles" });
  await project.write("experiment.json", own);
  expect((await run("run", "kettles.yaml", "--out", ".")).code).toBe(2);
  expect(await project.read("experiment.json")).toBe(own);
});

it("says why it ended early, and beside it that its rows could not be kept", async () => {
  await using project = await tempProject();
  await project.write("kettles.yaml", kettles);
  await mkdir(join(project.folder, "kettles-results", "observations.csv"), { recursive: true });
  const { code, stderr } = await commandHere(project, [
    ...["experiment", "run", "kettles.yaml", "--model", "builtin", "--budget", "3 calls"],
  ]);
  expect(code).toBe(3);
  expect(flat(stderr)).toMatch(/Rows of arms that ended are not kept: The results cannot be written.*BUDGET_EXCEEDED/);
});

const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

const mood = {
  ...{ survey: 1, name: "mood" },
  items: [{ id: "likely", kind: "number", text: "How likely are you to buy a kettle?", low: 0, high: 10 }],
};
const study = `
name: before and after
people: [lisa, oscar]
steps:
  - survey: { file: mood.json, as: before }
  - tell: { what: Kettles are half price. }
  - survey: { file: mood.json, as: after }
`;
const headed = (from: string, more = "arms: { control: {}, full: { reword: { half: full } } }") => `
experiment: 1
name: moods
study: study.yaml
${more}
metrics: { likely: { scale: { kind: number, low: 0, high: 10 }, from: ${from} } }
`;

it("askings of one questionnaire are told apart by their steps, and what nobody is asked is refused", async () => {
  await using project = await tempProject();
  await project.write("mood.json", JSON.stringify(mood));
  await project.write("study.yaml", study);
  const run = async (text: string, ...more: readonly string[]) => {
    await project.write("moods.yaml", text);
    return commandHere(project, ["experiment", "run", "moods.yaml", "--model", "builtin", "--json", ...more]);
  };
  const rows = async (from: string) => JSON.parse((await run(headed(from))).stdout).observations as readonly Row[];
  const [before, after] = [
    await rows("{ item: likely, survey: before }"),
    await rows("{ item: likely, survey: after }"),
  ];
  for (const found of [before, after]) {
    expect(found.map(({ arm, person }) => `${arm} ${person}`)).toEqual([
      ...["control lisa-brannigan", "control oscar-ramsaran", "full lisa-brannigan", "full oscar-ramsaran"],
    ]);
    expect(found.every(({ value }) => typeof value === "number")).toBe(true);
  }
  expect(before.map(({ value }) => value)).not.toEqual(after.map(({ value }) => value));
  const refused = async (from: string, what: string) => {
    const { code, stderr, stdout } = await run(headed(from), "--dry-run");
    expect(flat(stderr + stdout)).toContain(what);
    expect(code).toBe(2);
    expect((await commandHere(project, ["validate", "moods.yaml"])).stdout).toContain("metrics.likely.from");
  };
  await refused("{ item: likely }", "(before, after)");
  await refused("{ item: likeli, survey: after }", "Did you mean 'likely'?");
  await refused("{ item: likely, survey: afer }", "Did you mean 'after'?");
  await refused("{ count: talks }", "Did you mean 'TALK'?");
});

it("an experiment without arms has those of its study's file, and shows whom that settles", async () => {
  await using project = await tempProject();
  await project.write("mood.json", JSON.stringify(mood));
  await project.write("study.yaml", `${study}model: builtin\narms: { full: { reword: { half: full } } }\n`);
  await project.write("moods.yaml", headed("{ item: likely, survey: after }", ""));
  const { stdout } = await commandHere(project, ["experiment", "show", "moods.yaml"]);
  expect(stdout).toMatch(/arms +control, full/);
  expect(stdout).toMatch(/models +builtin by the study/);
  const ran = await commandHere(project, ["experiment", "run", "moods.yaml", "--model", "builtin", "--json"]);
  const { observations } = JSON.parse(ran.stdout);
  const told = (arm: string) => observations.filter((row: Row) => row.arm === arm).map(({ value }: Row) => value);
  expect(told("full")).not.toEqual(told("control"));
});

interface Row {
  readonly arm: string;
  readonly person: string;
  readonly value: unknown;
}
