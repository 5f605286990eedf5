import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Report } from "../../../src/index.ts";
import type { ModelRequest } from "../../../src/kernel/contracts/model.ts";
import { parseStudyDocument } from "../../../src/study/document/parse.ts";
import { studyOf } from "../../../src/study/interpret.ts";
import { promptOf, says } from "../../support/person.ts";
import { type Project, tempProject } from "../../support/project.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

let project: Project;
beforeEach(async () => {
  project = await tempProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const head = `
name: kettles
people: [lisa, oscar, marcos]
steps:
  - ask: { question: Is 40 euros dear?, who: [Lisa, Oscar] }
`;

/** What forks say. */
const refusal = "Sixty? No, never in my life.";

/** Plays the steps; `judge` and `cheap` answer what is no turn. */
async function play(
  steps: string,
  judge: (request: ModelRequest<unknown>) => unknown,
  cheap: (request: ModelRequest<unknown>) => unknown = judge,
) {
  const actor = scriptedModel(({ scope }) => says(scope.includes("/fork:") ? refusal : `It is dear, ${scope} says.`));
  const [asked, askedCheap] = [scriptedModel(judge), scriptedModel(cheap)];
  const study = studyOf(parseStudyDocument(parse(head + steps)), project.folder);
  const models = { model: actor, judge: asked, models: { cheap: askedCheap } };
  const played = await project.play(study, { ...models, folder: project.folder });
  return { ...played, judged: asked.requests, cheaply: askedCheap.requests, acted: actor.requests };
}

function caught(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return (error as { data: unknown }).data;
  }
}

describe("a judgement", () => {
  const steps = `  - judge:
      claims: { dear: Somebody finds it dear. }
      scores: { polite: They are polite. }
      ready: [fluency]
      from: each
      by: cheap
      as: verdicts`;
  const quoted = { why: "So.", evidence: [{ entry: 2, quote: "It is dear" }], confidence: 0.9 };
  const unquoted = { why: "So.", evidence: [{ entry: 2, quote: "never said" }] };

  it("has a row for each person and claim, by whom it names; a claim without an answer is an error", async () => {
    const { error, result, judged, cheaply } = await play(
      steps,
      () => ({}),
      () => ({ dear: { ...quoted, holds: true }, polite: { ...quoted, score: 7 }, fluency: { ...unquoted, score: 9 } }),
    );
    expect([error, judged.length]).toEqual([undefined, 0]);
    expect(cheaply[0]).toMatchObject({ purpose: "judge", label: "judge verdicts" });
    const row = { why: "So.", quotes: ["It is dear"], confidence: 0.9 };
    expect((result["verdicts"] as unknown[]).slice(0, 3)).toEqual([
      { person: "Lisa Brannigan", claim: "dear", verdict: "truth", holds: true, ...row },
      { person: "Lisa Brannigan", claim: "polite", verdict: "score", score: 7, ...row },
      expect.objectContaining({ claim: "fluency", verdict: "error", error: "MODEL_INVALID" }),
    ]);
    expect(result["verdicts"]).toHaveLength(6);
  });

  it.each([
    ["no claim", "{ as: x }", /Give `claims`, `scores` or `ready`/],
    ["two of one name", "{ claims: { fluency: So. }, ready: [fluency], as: x }", /Two claims are called 'fluency'/],
    ["a world that is not there", "{ ready: [fluency], from: world, as: x }", /no world/],
    ["a ready-made claim that is none", "{ ready: [fluent], as: x }", /ready/],
  ])("is refused with %s", (_what, step, message) => {
    const refused = (): unknown => parseStudyDocument(parse(`${head}  - judge: ${step}`));
    expect(refused).toThrow(expect.objectContaining({ code: "STUDY_INVALID" }));
    expect(JSON.stringify(caught(refused))).toMatch(message);
  });
});

describe("an extraction by several readers", () => {
  it("has the answer on which they agree, how far, and a table of that by field", async () => {
    const steps = `  - extract:
      objective: Whether they would buy.
      from: each
      fields: { verdict: { options: [buy, wait] }, price: { type: number } }
      readers: [judge, cheap]
      samples: 2
      agreement: how far
      as: verdicts`;
    const { error, result, judged, cheaply } = await play(
      steps,
      ({ scope }) => ({ verdict: scope.includes("lisa") ? "wait" : "buy", price: 10 }),
      () => ({ verdict: "wait", price: 10 }),
    );
    expect(error).toBeUndefined();
    expect([judged.length, cheaply.length]).toEqual([4, 4]);
    expect(judged.every(({ temperature }) => temperature === 0.7)).toBe(true);
    expect(result["verdicts"]).toEqual([
      { person: "Lisa Brannigan", verdict: "wait", price: 10, agreement: 1 },
      { person: "Oscar Ramsaran", verdict: "buy", price: 10, agreement: 0.67 },
      { person: "Marcos Benítez Ovelar", error: "Was never asked." },
    ]);
    expect(result["how far"]).toEqual([
      { field: "verdict", share: 0.67, alpha: expect.any(Number) },
      { field: "price", share: 1, alpha: null, why: "all values are the same" },
    ]);
  });

  it("is read by whom it names, and a name that no model has is known before anybody is asked", async () => {
    const read = (by: string) => `  - extract: { objective: Dear?, by: ${by}, fields: { dear: d }, as: dear }`;
    const { result, judged, cheaply } = await play(read("cheap").replace("by:", "from: Lisa, by:"), () => ({
      dear: "yes",
    }));
    expect([result["dear"], judged.length, cheaply.length]).toEqual([[{ dear: "yes" }], 0, 1]);
    const unknown = await play(read("chep"), () => ({ dear: "yes" }));
    expect(unknown.error).toMatchObject({ code: "MODEL_UNKNOWN" });
    expect(unknown.acted).toHaveLength(0);
  });
});

/** A report of one sentence on the first row. */
const writing = () => ({
  title: "Dear kettles",
  summary: [
    { text: "Somebody calls it dear.", rows: [1] },
    { text: "9 of 10 agree.", rows: [1] },
  ],
  sections: [],
});
const reportIn = (result: Readonly<Record<string, unknown>>, name: string) => result[name] as Report;

describe("a report in a study", () => {
  it("is on what people said and did, each sentence with its row", async () => {
    const steps = "  - report: { task: What keeps them?, talk: true, as: findings }";
    const { error, result, judged } = await play(steps, writing);
    expect(error).toBeUndefined();
    expect(reportIn(result, "findings")).toMatchObject({
      ...{ title: "Dear kettles", task: "What keeps them?", kind: "pilot", read: 2 },
      summary: [{ text: "Somebody calls it dear.", evidence: ["E1"] }],
      evidence: [{ who: "Lisa Brannigan", text: "It is dear, person:lisa-brannigan says." }],
      leftOut: [{ text: "9 of 10 agree." }],
    });
    expect(promptOf(judged[0])).not.toContain("Marcos");
  });

  it("is on answers of forks, who know nothing of it, or on the rows of an earlier table", async () => {
    const steps = `  - extract: { objective: Dear?, from: each, fields: { dear: d }, as: dear }
  - report: { task: Would they?, interview: [Would you pay 60?], from: Oscar, kind: estimate, heldAgainst: nothing, as: asked }
  - report: { task: Who?, table: dear, who: person, title: By rows, as: rows }`;
    const { error, result, story, acted } = await play(steps, ({ purpose }) =>
      purpose === "report" ? writing() : { dear: "yes" },
    );
    expect(error).toBeUndefined();
    expect(reportIn(result, "asked")).toMatchObject({
      ...{ kind: "estimate", heldAgainst: "nothing" },
      evidence: [{ who: "Oscar Ramsaran", asked: "Would you pay 60?" }],
    });
    const turns = story.filter((event) => event.type === "turn" && !event.id.includes("/fork:"));
    expect([turns.length, acted.length]).toEqual([2, 3]);
    expect(reportIn(result, "rows")).toMatchObject({
      title: "By rows",
      evidence: [{ who: "Lisa Brannigan", text: "dear: yes", place: "row 1" }],
    });
  });

  it("draws how people answered beside the rows of a table", async () => {
    const folder = await mkdtemp(join(tmpdir(), "beside-"));
    const [file, describe] = [join(folder, "people.csv"), join(folder, "people.yaml")];
    await writeFile(file, "dear\nyes\nno\nyes\n");
    await writeFile(describe, "answers: 1\nitems: { dear: { scale: { kind: nominal, options: [yes, no] } } }\n");
    const steps = `  - extract: { objective: Dear?, from: each, fields: { dear: d }, as: dear }
  - report: { task: Who?, table: dear, people: { file: ${file}, describe: ${describe} }, as: rows }`;
    const { error, result } = await play(steps, ({ purpose }) => (purpose === "report" ? writing() : { dear: "yes" }));
    await rm(folder, { recursive: true });
    expect(error).toBeUndefined();
    const [chart] = reportIn(result, "rows").charts ?? [];
    expect(chart).toMatchObject({ kind: "bars", title: "dear", note: expect.stringMatching(/^3 people, 2 simulated/) });
  });

  it("needs something to rest on", async () => {
    const { error } = await play("  - report: { task: Who?, from: Marcos, as: r }", writing);
    expect(error).toMatchObject({
      code: "OPTION_INVALID",
      message: "Nothing can be reported: Marcos Benítez Ovelar took no turn before.",
    });
    const tables = `  - extract: { objective: Dear?, from: world, rows: { dear: d }, as: none }
  - report: { task: Who?, table: none, as: r }`;
    const empty = await play(tables.replace("world", "Lisa"), () => ({ rows: [] }));
    expect(empty.error).toMatchObject({ message: "Nothing can be reported in 'r': the table 'none' has no rows." });
    const nobody = await play("  - report: { task: Who?, from: Zoe, as: r }", writing);
    expect(nobody.error).toMatchObject({ code: "STUDY_INVALID", data: { issues: [{ path: "steps.1.report.from" }] } });
  });
});
