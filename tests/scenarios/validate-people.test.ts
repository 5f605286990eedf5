import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readCsv } from "../../src/kernel/text/files/read-csv.ts";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";

let project: Project;
beforeEach(async () => {
  project = await tempProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const votes = (of: readonly number[]): readonly number[] =>
  of.flatMap((count, step) => Array.from({ length: count }, () => step + 1));
/** Whoever gives an even vote likes B, and every third one is a woman. */
const table = (of: readonly number[]): string =>
  [
    "who,vote,order,gender",
    ...votes(of).map(
      (vote, place) => `p${place},${vote},${vote % 2 === 0 ? "B-A-C" : "A-B-C"},${place % 3 === 0 ? "f" : "m"}`,
    ),
    "",
  ].join("\n");

/** A file of rows by the names of its columns. */
async function rowsIn(file: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const read = readCsv(await readFile(file, "utf8"), { mostRows: 10_000 });
  if ("fault" in read) throw new Error(read.fault.message);
  const [head = [], ...rows] = read.rows;
  return rows.map((row) => Object.fromEntries(head.map(({ text }, place) => [text, row[place]?.text ?? ""])));
}

it("tinytroupe validate holds simulated answers against people's, and every figure can be found again in the rows", async () => {
  const at = (name: string) => join(project.folder, name);
  await writeFile(at("human.csv"), table([11, 9, 13, 10, 7]));
  await writeFile(at("simulated.csv"), table([2, 8, 25, 12, 3]));
  await writeFile(
    at("claims.yaml"),
    "claims: 1\ndeclared:\n  near: {item: vote, measure: mean, within: 1}\n  spread: {item: vote, measure: dispersion-ratio, at-least: 0.9}\n",
  );
  const command = ["validate", "human.csv", "simulated.csv", "--claims", "claims.yaml", "--out", "checked"];
  const shown = await commandHere(project, command, { COLUMNS: "80" });
  expect(shown.code, shown.stderr).toBe(1);
  expect(shown.stdout).toContain("No description was given");
  expect(shown.stdout).toContain("- vote: a scale from 1 to 5, as these are the ends that occur.");
  expect(shown.stdout).toMatch(/near +passed +at most 1 apart/);
  expect(shown.stdout).toMatch(/claim +status .* corrected p$/m);
  expect(shown.stdout).toMatch(/item .* shapes apart +order/);
  expect(shown.stdout).toMatch(/spread +failed +at least 0.9/);
  for (const line of shown.stdout.split("\n").filter((text) => /^(vote|order|near|spread|─)/.test(text)))
    expect(line.length, line).toBeLessThanOrEqual(80);

  const [figures, answers] = await Promise.all([rowsIn(at("checked/figures.csv")), rowsIn(at("checked/answers.csv"))]);
  const found = (side: string, gender?: string) =>
    answers
      .filter(
        (row) => row["side"] === side && row["item"] === "vote" && (gender === undefined || row["gender"] === gender),
      )
      .map((row) => Number(row["value"]));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const figure = (id: string) => figures.find((row) => row["id"] === id);
  expect(Number(figure("vote/mean")?.["value"])).toBeCloseTo(mean(found("simulated")) - mean(found("people")), 9);
  expect(Number(figure("vote/mean@gender=f")?.["human"])).toBeCloseTo(mean(found("people", "f")), 9);
  expect(Number(figure("vote/share:3")?.["simulated"])).toBeCloseTo(25 / 50, 9);
  expect(figures.filter((row) => row["exploratory"] === "false").map((row) => row["id"])).toEqual([
    "vote/mean",
    "vote/dispersion-ratio",
  ]);
  const [markdown, page] = await Promise.all([
    readFile(at("checked/report.md"), "utf8"),
    readFile(at("checked/report.html"), "utf8"),
  ]);
  const ids = [...markdown.matchAll(/^\| ([a-z]+\/[^ |]+) \|/gm)].map(([, id]) => id?.replaceAll("\\", ""));
  expect(ids.length).toBeGreaterThan(20);
  expect(ids.filter((id) => !figures.some((row) => row["id"] === id))).toEqual([]);
  expect(page).toContain("SHA-256 of the claims");
  expect(page.match(/<figure>/g)?.length).toBe(3);

  const json = await commandHere(project, [
    "validate",
    "human.csv",
    "simulated.csv",
    "--describe",
    "checked/data.yaml",
    "--json",
  ]);
  expect(json.code, json.stderr).toBe(0);
  expect(JSON.parse(json.stdout)).toMatchObject({ ok: true, command: "validate", linked: 50, human: { people: 50 } });
}, 60_000);

it.each([
  [["human.csv"], "Two tables are compared, and one was named."],
  [["study.yaml", "--claims", "claims.yaml"], "--claims is for tables of answers."],
  [["human.csv", "survey.dta"], "pandas.read_stata"],
])(
  "tinytroupe validate %s says what is meant",
  async (args, words) => {
    await writeFile(join(project.folder, "human.csv"), table([1, 2, 3, 2, 1]));
    const { code, stderr } = await commandHere(project, ["validate", ...args]);
    expect([code, stderr.replaceAll(/\s+/g, " ").includes(words)], stderr).toEqual([2, true]);
  },
  60_000,
);
