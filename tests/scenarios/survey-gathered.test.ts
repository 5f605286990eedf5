import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { answerRow, answersOfSurvey, loadInstrument, parseAnswersDescription } from "../../src/index.ts";
import { unmarkedCsvOf } from "../../src/kernel/text/files/csv.ts";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";

let project: Project;
beforeEach(async () => {
  project = await tempProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const survey = `survey: 1
name: tea
items:
  - { id: cups, kind: number, text: How many cups a day?, low: -2, high: 40, whole: true }
  - { id: kind, kind: likert, text: How do you like it?, labels: [badly, well] }
  - { id: where, kind: checkbox, text: Where?, options: [home, work, train] }
  - { id: order, kind: rank, text: In which order?, options: [black, green, white] }
  - { id: reads, kind: likert, text: Choose blue., labels: [red, blue], expect: blue }
  - { id: why, kind: text, text: Why?, optional: true }
`;
const given = (cups: number, kind: string, why: string | null, reads = "blue") => [
  { item: "cups", value: cups },
  { item: "kind", value: kind },
  { item: "where", value: ["home", "train"] },
  { item: "order", value: ["green", "black", "white"] },
  { item: "reads", value: reads },
  { item: "why", value: why, ...(why === null && { missing: "skipped" }) },
];
const json = (answers: readonly object[], more: object = {}) =>
  JSON.stringify({ survey: "tea", language: "en", reason: "complete", order: null, answers, ...more });

it("what people saved on the page is one table, which is held against simulated answers by the questionnaire itself", async () => {
  await project.write("tea.yaml", survey);
  await mkdir(join(project.folder, "replies"));
  const rows = given(-2, "well", "=2+2 is four").map((row) => answerRow({ ...row, method: "person" } as never));
  const columns = Object.keys(rows[0] ?? {});
  await project.write(
    "replies/ann.csv",
    unmarkedCsvOf(
      columns,
      rows.map((row) => Object.values(row)),
    ),
  );
  for (const [place, cups] of [0, 1, 3, 4, 5, 6, 7, 8, 9, 2, 3].entries())
    await project.write(`replies/p${place}.json`, json(given(cups, place % 3 === 0 ? "well" : "badly", null)));
  await project.write(
    "replies/away.json",
    json(given(1, "well", null, "red"), { reason: "screened-out", because: "age" }),
  );
  const replies = ["ann.csv", ...Array.from({ length: 11 }, (_, place) => `p${place}.json`), "away.json"];
  const gather = ["survey", "gather", "tea.yaml", ...replies.map((name) => `replies/${name}`)];
  const gathered = await commandHere(project, [...gather, "--out", "people.csv"]);
  expect(gathered.code, gathered.stderr).toBe(0);
  expect(gathered.stdout).toContain("13 people, 12 complete");
  const table = (await readFile(join(project.folder, "people.csv"), "utf8")).split("\r\n");
  expect(table[0]).toBe("respondent,end,checks,cups,kind,where,order,reads,why");
  expect(table[1]).toBe("ann,complete,0,-2,well,home; train,green; black; white,blue,'=2+2 is four");
  expect(table[13]).toMatch(/^away,screened-out,1,1,well,/);

  const read = JSON.parse((await commandHere(project, [...gather.slice(0, 4), "--json"])).stdout);
  expect(read.answers.find(({ item }: { item: string }) => item === "why").value).toBe("=2+2 is four");

  const taken = await commandHere(project, [
    ...["survey", "run", "tea.yaml", "--people", "lisa", "oscar", "marcos", "--model", "builtin"],
    ...["--reversed", "--out", "found"],
  ]);
  expect(taken.code, taken.stderr).toBe(0);
  const beside = ["validate", "people.csv", "found/respondents.csv", "--describe", "tea.yaml", "--json"];
  const { code, stdout, stderr } = await commandHere(project, beside);
  expect(code, stderr).toBe(0);
  const compared = JSON.parse(stdout);
  expect([compared.human.people, compared.simulated.people, compared.linked]).toEqual([12, 3, 0]);
  expect(compared.simulated.rehearsed).toBe(true);
  expect(Object.keys(compared.items)).toEqual(["cups", "kind", "where", "order", "reads"]);
  const cups = compared.figures.find(({ id }: { id: string }) => id === "cups/mean");
  expect(cups.human).toBeCloseTo(46 / 12, 9);
  const long = ["validate", "people.csv", "found/answers.csv", "--describe", "tea.yaml", "--json"];
  const byAnswer = JSON.parse((await commandHere(project, long)).stdout);
  expect([byAnswer.simulated.people, Object.keys(byAnswer.items)]).toEqual([3, Object.keys(compared.items)]);
  const proposed = await commandHere(project, [...beside.slice(0, 3), "--json"]);
  expect(JSON.parse(proposed.stdout).simulated, proposed.stderr).toMatchObject({ people: 3, leftOut: 3 });
});

it("of a questionnaire what both tables have is compared, and what is missing is named", async () => {
  await project.write("tea.yaml", survey);
  const votes = Array.from({ length: 12 }, (_, at) => `${at},${at % 2 === 0 ? "well" : "badly"},x`);
  await project.write("people.csv", `cups,slept,why\n${votes.join("\n")}\n`);
  await project.write(
    "found.csv",
    `variant,end,cups,kind\n${votes.map((_, at) => `${at % 2 === 0 ? "as-written" : "reversed"},complete,${at},green`).join("\n")}\n`,
  );
  const command = ["validate", "people.csv", "found.csv", "--describe", "tea.yaml"];
  const { code, stdout, stderr } = await commandHere(project, [...command, "--out", "checked"]);
  expect(code, stderr).toBe(0);
  const lack = "It has no column end, so that all rows count, complete or not.";
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(`people.csv: It has no column of kind, where, order, reads, which`);
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(lack);
  expect(await readFile(join(project.folder, "checked/report.md"), "utf8")).toContain(lack);
  const read = JSON.parse(await readFile(join(project.folder, "checked/comparison.json"), "utf8"));
  expect([Object.keys(read.items), read.human.people, read.simulated.people]).toEqual([["cups"], 12, 6]);

  const made = await commandHere(project, [...command, "--propose", "data.yaml"]);
  expect(made.code, made.stderr).toBe(0);
  const declared = await commandHere(project, [...command.slice(0, 4), "data.yaml", "--json"]);
  expect(JSON.parse(declared.stdout).figures, declared.stderr).toEqual(read.figures);
  const again = await commandHere(project, [...command, "--propose", "data.yaml"]);
  expect([again.code, again.stderr]).toEqual([
    expect.any(Number),
    expect.stringContaining("another file with --propose"),
  ]);

  await project.write("other.csv", "a\n1\n");
  const none = await commandHere(project, ["validate", "other.csv", "found.csv", "--describe", "tea.yaml"]);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("Nothing stands in both tables.")]);
});

it("a file that is no reply to the questionnaire is named and left out", async () => {
  await project.write("tea.yaml", survey);
  await project.write("ok.json", json(given(1, "well", null)));
  await project.write("other.json", json(given(1, "well", null), { survey: "coffee" }));
  await project.write("off.json", json([...given(99, "well", null), { item: "milk", value: "yes" }]));
  await project.write("bad.json", "{");
  await project.write("people.csv", "who,vote\r\nann,1\r\n");
  const files = ["ok.json", "other.json", "off.json", "bad.json", "people.csv"];
  const { code, stdout } = await commandHere(project, ["survey", "gather", "tea.yaml", ...files, "--json"]);
  expect(code).toBe(1);
  const { respondents, refused } = JSON.parse(stdout);
  expect(respondents.map(({ respondent }: { respondent: string }) => respondent)).toEqual(["ok"]);
  expect(refused.map(({ faults }: { faults: readonly string[] }) => faults.join(" "))).toEqual([
    "It answers 'coffee', and not 'tea'.",
    "There is no item 'milk'. cups: 99 is above 40.",
    "It is no JSON.",
    "It has no columns `item` and `value`.",
  ]);
  const twice = await commandHere(project, ["survey", "gather", "tea.yaml", "ok.json", "sub/ok.csv"]);
  expect([twice.code, twice.stderr]).toEqual([
    2,
    expect.stringMatching(/ok\.json and \S*sub.ok\.csv\s+have\s+one name/),
  ]);
});

it("who saved a reply as CSV and as JSON has one, and the JSON is read", async () => {
  await project.write("tea.yaml", survey);
  await project.write("tea 7f3a9c.csv", "item,value\r\ncups,1\r\n");
  await project.write("tea 7f3a9c.json", json(given(1, "well", null), { reason: "screened-out" }));
  const files = ["tea 7f3a9c.csv", "tea 7f3a9c.json", "tea 7f3a9c.csv"];
  const { code, stdout } = await commandHere(project, ["survey", "gather", "tea.yaml", ...files, "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).respondents).toMatchObject([{ respondent: "tea 7f3a9c", end: "screened-out" }]);
});

it("a questionnaire says on which scales its tables are answered", async () => {
  const tea = await loadInstrument(join(import.meta.dirname, "../../examples/17-survey/tea.yaml"));
  const { items } = parseAnswersDescription(answersOfSurvey(tea));
  expect(items["kind"]).toMatchObject({ scale: { kind: "nominal" } });
  expect(Object.keys(items)).not.toContain("why");
});
