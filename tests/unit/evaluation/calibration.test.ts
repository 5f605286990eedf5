import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadAnchors, readAnchors } from "../../../src/evaluation/anchors.ts";
import { calibrateJudge } from "../../../src/evaluation/calibration/calibrate.ts";
import type { CalibrationFigure } from "../../../src/kernel/contracts/judging/calibration.ts";
import { TinyTroupeError } from "../../../src/kernel/values/errors.ts";
import { createBuiltin } from "../../../src/model/builtin/builtin.ts";
import { testContext } from "../../support/context.ts";
import { type Script, scriptedModel } from "../../support/scripted-model.ts";

const folder = mkdtempSync(join(tmpdir(), "anchors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe("labelled cases", () => {
  const known = [
    { id: "1", claim: "It is rude.", label: true, transcript: [{ from: "Somebody", text: "Go, away!" }] },
    { id: "2", claim: "It is rude.", label: 3, transcript: [{ from: "Somebody", text: "Well." }] },
  ];

  it.each([
    ["a.csv", 'claim,label,text\nIt is rude.,yes,"Go, away!"\nIt is rude.,3,Well.\n'],
    [
      "a.jsonl",
      '{"claim":"It is rude.","label":true,"text":"Go, away!"}\n\n{"claim":"It is rude.","label":3,"text":"Well."}\n',
    ],
    ["a.yaml", "claim: It is rude.\nanchors:\n  - { label: true, text: 'Go, away!' }\n  - { label: 3, text: Well. }\n"],
    ["a.json", JSON.stringify(known)],
  ])("are read from %s", async (name, text) => {
    expect(await loadAnchors(file(name, text))).toEqual(known);
  });

  it.each<[string, string, string]>([
    ["b.csv", "claim,label,text\nIt is rude.,maybe,Well.\n", "anchors.0.label"],
    ["c.csv", "claim,label,text\nIt is rude.,12,Well.\n", "anchors.0.label"],
    ["d.jsonl", '{"claim":"A.","label":true,"text":"B"}\nno\n', "line 2"],
    ["e.yaml", "- { label: true, text: A }", "anchors.0"],
    ["f.yaml", "- { claim: A, label: true }", "anchors.0"],
    ["g.yaml", "- { id: x, claim: A, label: true, text: B }\n- { id: x, claim: A, label: true, text: B }", "anchors.1"],
  ])("say what is wrong: %s", async (name, text, option) => {
    await expect(loadAnchors(file(name, text))).rejects.toMatchObject({ code: "OPTION_INVALID", data: { option } });
  });
});

const scoredCases = readAnchors(
  [1, 3, 4, 6, 8, 9].map((label) => ({ claim: "It is warm.", label, text: `Case of ${label}.` })),
);
const truthCases = readAnchors(
  [true, true, false, false].map((label, place) => ({ claim: "It is warm.", label, text: `Case ${place}.` })),
);
const answer = (given: object) => ({ claim: { why: "So.", evidence: [{ entry: 1, quote: "Case" }], ...given } });
const court = (script: Script) =>
  testContext({ model: scriptedModel([], { id: "test/actor" }), judge: scriptedModel(script, { id: "test/judge" }) });
const value = (figure: CalibrationFigure | undefined) => (figure && "value" in figure ? figure.value : undefined);

describe("a judge's calibration", () => {
  it("tells bias and error of scores, agreement and ranks, each with an interval", async () => {
    const context = court(({ messages }) => {
      const [, label] = /Case of (\d)/.exec(JSON.stringify(messages)) ?? [];
      return answer({ score: Math.min(9, Number(label) + 1) });
    });
    const { summary, rows } = await calibrateJudge(context, scoredCases);
    expect(rows.map(({ label, given }) => [label, given])).toEqual([
      [1, 2],
      [3, 4],
      [4, 5],
      [6, 7],
      [8, 9],
      [9, 9],
    ]);
    const { figures, n } = summary.scores ?? { figures: {}, n: 0 };
    expect([summary.judge, summary.asked, n]).toEqual(["test/judge", 6, 6]);
    expect(value(figures["bias"])).toBeCloseTo(5 / 6, 12);
    expect(value(figures["meanError"])).toBeCloseTo(5 / 6, 12);
    // Quadratic weights: 1 − Σ(given − label)² / Σ over all pairs, by n.
    const labels = [1, 3, 4, 6, 8, 9];
    const given = [2, 4, 5, 7, 9, 9];
    const chance = labels.flatMap((one) => given.map((other) => (one - other) ** 2)).reduce((sum, one) => sum + one, 0);
    expect(value(figures["kappa"])).toBeCloseTo(1 - 5 / (chance / 6), 9);
    expect(value(figures["rank"])).toBeGreaterThan(0.95);
    for (const name of ["bias", "kappa", "alpha", "rank"])
      expect(figures[name]).toMatchObject({ low: expect.any(Number) });
  });

  it("tells accuracy of truths; what is undecided or fails is counted, and never guessed", async () => {
    const context = court(({ scope }) => {
      if (scope.includes("/3/")) return answer({ holds: null });
      if (scope.includes("/4/"))
        throw new TinyTroupeError("MODEL_REFUSED", "No.", { data: { model: "m", text: "" }, hint: "Ask else." });
      return answer({ holds: true });
    });
    const { summary, rows } = await calibrateJudge(context, truthCases);
    expect(summary).toMatchObject({ asked: 4, undecided: 1, failed: 1, truths: { n: 2 } });
    expect(summary.truths?.figures).toMatchObject({
      accuracy: { value: 1 },
      bias: { value: 0 },
      meanError: { value: 0 },
    });
    expect(summary.truths?.figures["kappa"]).toHaveProperty("reason");
    expect(rows.map(({ kind, given }) => [kind, given])).toEqual([
      ["truth", true],
      ["truth", true],
      ["undecided", undefined],
      ["error", undefined],
    ]);
  });

  it("is the same again for the same seed, and a rehearsal is marked as one", async () => {
    const twice = await Promise.all(
      [1, 2].map(() => calibrateJudge(testContext({ model: createBuiltin(), seed: 5 }), scoredCases, { samples: 3 })),
    );
    expect(twice[0]).toEqual(twice[1]);
    expect(twice[0]?.summary).toMatchObject({ judge: "builtin", heuristic: true, samples: 3 });
  });
});
