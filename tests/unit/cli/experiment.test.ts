import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { main } from "../../../src/cli/main.ts";
import { createScreen } from "../../../src/cli/terminal/screen.ts";
import { fakeSession } from "./fake-session.ts";

const folder = mkdtempSync(join(tmpdir(), "tinytroupe-experiment-command-"));
afterAll(() => rmSync(folder, { recursive: true }));

const head = "cell,arm,population,seed,replicate,model,person,metric,value,text,missing,run";
const lines = Array.from({ length: 9 }, (_, place) => [
  `1,control,panel,1,1,m,p${place},intent,${place},,,r1`,
  `1,"ad\u001b[2J",panel,1,1,m,p${place},intent,${place + 1 + (place % 3) / 4},,,r2`,
  `1,control,panel,1,1,m,p${place},notes,,words ${place},,r1`,
]).flat();
writeFileSync(join(folder, "rows.csv"), [head, ...lines].join("\n"));
const declared = {
  ...{ analysis: 1, name: "ads", metrics: { intent: { scale: { kind: "number" } } } },
  claims: { rises: { metric: "intent", contrast: ["ad\u001b[2J", "control"], direction: "greater" } },
};
writeFileSync(join(folder, "declared.json"), JSON.stringify(declared));

async function run(...words: readonly string[]) {
  const { session, out, err } = fakeSession({ folder });
  const write = (text: string): void => void session.raw(text);
  const terminal = createScreen({ write, isTTY: true, columns: 80 }, { dumb: true });
  const code = await main(["experiment", "analyse", ...words], { ...session, out: terminal });
  return { code, text: out() + err() };
}

describe("tinytroupe experiment analyse", () => {
  it("explores rows from elsewhere, in 80 columns, and says what it took them for", async () => {
    const { code, text } = await run("rows.csv");
    expect(code).toBe(0);
    expect(text).toContain("All arms are held against 'control', the first in the rows.");
    expect(text).toContain("1.25 (1.08 to 1.42)");
    expect(text).toContain("notes: texts, which are not compared.");
    expect(text).toContain("Nothing was declared beforehand: all of this is exploratory.");
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).not.toContain("\u001b");
  });

  it("checks what was declared, and leaves a report with its rows", async () => {
    const { code, text } = await run("rows.csv", "--declared", "declared.json", "--out", "report");
    expect(code).toBe(0);
    expect(text).toMatch(/rises +passed/);
    for (const name of ["report.md", "report.html", "figures.csv", "pairs.csv", "rows.csv", "analysis.json"])
      expect(existsSync(join(folder, "report", name)), name).toBe(true);
    expect(readFileSync(join(folder, "report", "report.md"), "utf8")).toContain("9 rows are of arms or metrics");
    expect((await run("rows.csv", "--out", "report")).code).not.toBe(0);
  });

  it("takes the results of an experiment, whose claims count where they were declared before the rows were made", async () => {
    const design = {
      ...{ name: "ads", factors: {}, wordings: [], populations: ["panel"], seeds: ["1"], replicates: 1, models: [] },
      ...{ correction: "holm", level: 0.95, blinded: false, digest: "abc", claims: declared.claims },
      arms: [
        { name: "control", levels: {} },
        { name: "ad\u001b[2J", levels: {} },
      ],
      metrics: { intent: { scale: { kind: "number" } }, notes: { scale: { kind: "text" } } },
    };
    const record = { simulated: true, name: "ads", digest: "abc", complete: true, runs: [], version: "0", design };
    const at = "2026-11-27T00:00:00.000Z";
    mkdirSync(join(folder, "results"));
    writeFileSync(join(folder, "results", "observations.csv"), [head, ...lines].join("\n"));
    const write = (more: object): void =>
      writeFileSync(join(folder, "results", "experiment.json"), JSON.stringify({ ...record, ...more }));
    write({ declared: [{ digest: "abc", at }] });
    const { code, text } = await run("results");
    expect(code).toBe(0);
    expect(text).toContain("Declared on 2026-11-27, before its first run.");
    expect(text).toMatch(/rises +passed/);
    write({ digest: "of then", declared: [{ digest: "of then", at }], complete: false });
    const changed = (await run("results")).text;
    expect(changed).toMatch(/changed after these\s+rows were made/);
    expect(changed).toContain("These rows are not whole");
    expect(changed).not.toMatch(/rises/);
    expect((await run("results", "--declared", "declared.json")).code).toBe(2);
  });

  it("has exit code 1 where a claim does not pass, and names what is wrong with what was declared", async () => {
    const less = { ...declared, claims: { falls: { ...declared.claims.rises, direction: "less" } } };
    writeFileSync(join(folder, "less.json"), JSON.stringify(less));
    const { code, text } = await run("rows.csv", "--declared", "less.json", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(text)).toMatchObject({
      ok: true,
      simulated: true,
      claims: [{ claim: "falls", status: "failed" }],
    });
    writeFileSync(join(folder, "wrong.json"), JSON.stringify({ ...declared, arms: ["control", "add"] }));
    const wrong = await run("rows.csv", "--declared", "wrong.json");
    expect(wrong.code).toBe(2);
    expect(wrong.text).toContain("The rows have no arm 'add'.");
    expect(wrong.text).toContain("schemas/analysis.schema.json");
    writeFileSync(join(folder, "claims.json"), JSON.stringify({ claims: 1, declared: {} }));
    expect((await run("rows.csv", "--declared", "claims.json")).text).toContain("beside people's");
  });
});
