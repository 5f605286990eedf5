import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createProgram } from "../../../src/cli/main.ts";
import { createScreen } from "../../../src/cli/terminal/screen.ts";
import { fakeSession } from "./fake-session.ts";

const folder = mkdtempSync(join(tmpdir(), "tinytroupe-survey-command-"));
afterAll(() => rmSync(folder, { recursive: true }));
const example = resolve(import.meta.dirname, "../../../examples/17-survey/tea.yaml");

async function run(...words: readonly string[]) {
  const { session, out, err } = fakeSession({ folder });
  const write = (text: string): void => void session.raw(text);
  // Text is folded at a terminal alone; a dumb one is not redrawn.
  const terminal = createScreen({ write, isTTY: true, columns: 80 }, { dumb: true });
  await createProgram({ ...session, out: terminal }, "0.0.0").parseAsync(["survey", ...words], { from: "user" });
  return out() + err();
}

describe("tinytroupe survey", () => {
  it("shows a questionnaire in 80 columns, and who is asked what", async () => {
    const shown = await run("show", example);
    expect(Math.max(...shown.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    const milk = [" 5. milk", "    If kind is black:", "    Do you take milk with it?", "", "    Choose exactly one:"];
    expect(shown).toContain(milk.join("\n"));
    expect(shown).toContain("    → over (drinks no tea at home), if drinks is no\n");
    expect(shown).toContain("    Agreement, from 1 to 4 = mean(statements.calm, statements.habit)\n");
  });
  it("shows nothing that steers a terminal", async () => {
    writeFileSync(
      join(folder, "bad.yaml"),
      'survey: 1\nname: "a\\e[2J"\nitems: [{ id: a, kind: text, text: "b\\e]0;x\\a" }]\n',
    );
    expect(await run("show", "bad.yaml")).not.toMatch(/[\u001b\u0007]/);
  });
  it("checks, and says what there is", async () => {
    expect(JSON.parse(await run("check", example, "--json"))).toMatchObject({
      valid: true,
      items: 11,
      blocks: 3,
      quotas: 1,
    });
    writeFileSync(join(folder, "wrong.yaml"), "survey: 1\nname: a\nitems: [{ id: a, kind: text, text: '{{b}}' }]\n");
    await expect(run("check", "wrong.yaml")).rejects.toMatchObject({ code: "SURVEY_INVALID" });
  });
  it("converts, never over a file that is there", async () => {
    await run("convert", example, "--out", "tea.json");
    expect(JSON.parse(readFileSync(join(folder, "tea.json"), "utf8"))).toMatchObject({
      survey: 1,
      name: "tea-at-home",
    });
    expect(JSON.parse(await run("check", "tea.json", "--json"))).toMatchObject({ items: 11 });
    await run("convert", "tea.json", "--out", "tea.html");
    expect(readFileSync(join(folder, "tea.html"), "utf8")).toMatch(/^<!doctype html>/);
    expect(await run("convert", example, "--out", "tea.qsf")).toContain(
      "agreement: What follows from answers is not written.",
    );
    expect(await run("check", "tea.qsf")).toContain("items in 3 blocks; en");
    await expect(run("convert", example, "--out", "tea.json")).rejects.toMatchObject({ code: "FILE_UNWRITABLE" });
    await expect(run("convert", example, "--out", "tea.doc")).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});
