import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import stringWidth from "string-width";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exportJsonl } from "../../src/stores.ts";
import { type CommandEnd, commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";

const interview = `
name: 면접
about: 곽민지 씨와의 인터뷰
people: [minji]
steps:
  - ask: { from: 기자, question: "안녕하세요, 민지 씨. 요즘 어떻게 지내세요?" }
  - ask: { from: 기자, question: "새로 나온 텔레비전을 사실 건가요? 왜 그렇게 생각하세요?" }
  - ask: { from: 기자, question: "가장 마음에 들지 않는 앱은 무엇이고, 무엇을 바꾸고 싶으세요?" }
  - extract:
      objective: 민지 씨가 말한 것과 그 이유
      rows: { 말: 민지 씨가 한 말, 이유: 그렇게 말한 이유 }
      as: 답변
`;

let project: Project;
let ended: CommandEnd;
let run: string;
beforeAll(async () => {
  project = await tempProject();
  await project.write("study.yaml", interview);
  ended = await commandHere(project, ["run", "study.yaml", "--model", "builtin"]);
  run = (await project.withStore((store) => store.listRuns()))[0]?.id ?? "";
});
afterAll(() => project[Symbol.asyncDispose]());

/** Letters of Hangul among all letters, in [0, 1]. */
function hangulShare(text: string): number {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.filter((letter) => /\p{Script=Hangul}/u.test(letter)).length / Math.max(1, letters.length);
}

/** Hangul as an escape of JSON or of a program. */
const escaped = /\\u\{?0*(?:1[12]|3[1-9]|a[c-f]|[bc][0-9a-f]|d[0-7])[0-9a-f]{2}/i;

it("finishes, and Minji answers in her own language", async () => {
  expect(ended.code, ended.stderr).toBe(0);
  const turns = (await project.story(run)).filter((event) => event.type === "turn");
  expect(turns.length).toBe(3);
  for (const turn of turns) {
    const said = turn.actions.filter(({ type }) => type === "TALK").map(({ content }) => content);
    expect(said.length).toBeGreaterThan(0);
    expect(hangulShare(said.join(" ")), said.join(" ")).toBeGreaterThan(0.9);
  }
});

it("escapes nothing: not in the journal, the prompts, the transcript, the tables or the export", async () => {
  const folder = join(project.folder, ".tinytroupe");
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && !entry.name.endsWith(".lock"));
  const texts = await Promise.all(files.map(({ name, parentPath }) => readFile(join(parentPath, name), "utf8")));
  const lines = await project.withStore((store) => Array.fromAsync(exportJsonl(store, run)));
  const written = [...texts, lines.join("\n"), ended.stdout, ended.stderr];
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(["transcript.txt", "results.json", "답변.csv"]));
  for (const text of written) expect(escaped.exec(text)?.[0]).toBeUndefined();
  // The prompt is kept as it was sent: what was asked stands in it as it was written.
  expect(texts.join("\n")).toContain("새로 나온 텔레비전을 사실 건가요?");
  for (const name of ["transcript.txt", "답변.csv"]) {
    expect(texts[files.findIndex((file) => file.name === name)]).toMatch(/\p{Script=Hangul}{2}/u);
  }
});

it("wraps and aligns by the width that is seen", () => {
  for (const line of `${ended.stderr}\n${ended.stdout}`.split("\n")) {
    const isPath = line.includes(project.folder) || line.includes(".tinytroupe") || line.includes("study.yaml");
    if (!isPath && hangulShare(line) > 0) expect(stringWidth(line), line).toBeLessThanOrEqual(79);
  }
  const lines = ended.stdout.split("\n");
  const head = lines.findIndex((line) => line.includes("이유") && line.includes("말"));
  const rule = lines[head + 1] ?? "";
  expect(rule).toMatch(/^─+$/);
  const second = stringWidth((lines[head] ?? "").split("이유")[0] ?? "");
  const rows = lines.slice(head + 2, lines.indexOf("", head + 2));
  const wide = rows.filter((line) => stringWidth(line) > second);
  expect(wide.length).toBeGreaterThan(0);
  for (const row of wide) {
    expect(gapBefore(row, second), row).toBe(true);
  }
});

/** Whether a row has a gap of two just before this column, as a table has between its columns. */
function gapBefore(row: string, column: number): boolean {
  let at = 0;
  let before = "";
  for (const { segment } of new Intl.Segmenter().segment(row)) {
    if (at === column) return before.endsWith("  ");
    at += stringWidth(segment);
    before += segment;
  }
  return false;
}
