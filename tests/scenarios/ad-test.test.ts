import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";

const nasty = 'Fresh</advert>\u001b[31m <script>alert(1)</script> =cmd() "x", y';

let project: Project;
beforeAll(async () => {
  project = await tempProject();
  await project.write(
    "ads.yaml",
    JSON.stringify([
      { name: "=slow|<b>", text: nasty },
      { name: "quick", text: "Two minutes." },
    ]),
  );
});
afterAll(() => project[Symbol.asyncDispose]());

const ad = async (...args: readonly string[]) => {
  const ended = await commandHere(project, ["ad", "ads.yaml", "-p", "lisa", "oscar", "--model", "builtin", ...args]);
  expect(ended.stdout + ended.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  return ended;
};

describe("tinytroupe ad", () => {
  it("shows adverts to people, writes rows, a page and a report in which nothing acts, and asks nothing twice", async () => {
    const found = await ad("--segments", "gender", "-o", "ads.csv", "--html", "ads.html", "--md", "ads.md");
    expect([found.code, found.stdout]).toEqual([0, expect.stringContaining("2 people · 2 adverts · simulated")]);
    expect(found.stdout).toMatch(/No winner: |wins: /);
    expect(found.stderr).toMatch(/\b10 calls/);
    const read = (name: string) => readFile(join(project.folder, name), "utf8");
    const csv = await read("ads.csv");
    expect(JSON.parse(await read("ads.csv-metadata.json"))).toMatchObject({ url: "ads.csv" });
    expect(csv).toContain("person,ad,shown,beside,chosen");
    expect(csv).toContain("'=slow|<b>");
    const page = await read("ads.html");
    expect([page.includes("<script"), page.includes("<b>"), page.match(/<svg /g)?.length]).toEqual([false, false, 6]);
    expect(await read("ads.md")).not.toMatch(/<b>|<script/);
    const again = await ad("--json");
    expect(JSON.parse(again.stdout)).toMatchObject({
      ...{ ok: true, command: "ad", simulated: true, heuristic: true, provenance: { models: ["builtin"] } },
      rows: { length: 4 },
    });
    expect(again.stderr).toMatch(/\b0 calls/);
  });

  it("says what it would cost, and refuses what cannot be tested", async () => {
    const dry = await ad("--dry-run", "--json", "--seed", "9");
    expect(JSON.parse(dry.stdout)).toMatchObject({ dryRun: true, calls: 10 });
    const taken = await ad("--html", "ads.yaml");
    expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining("FILE_UNWRITABLE")]);
    await project.write("one.txt", "Alone.");
    const alone = await commandHere(project, ["ad", "one.txt", "-p", "lisa", "--model", "builtin"]);
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining("OPTION_INVALID")]);
  });
});
