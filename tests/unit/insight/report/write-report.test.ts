import { extractText, getDocumentProxy } from "unpdf";
import { describe, expect, it } from "vitest";
import { dataEvidence, interactionEvidence } from "../../../../src/insight/report/evidence.ts";
import { reportDocument, reportFormats } from "../../../../src/insight/report/formats/report-document.ts";
import { reportHtml } from "../../../../src/insight/report/formats/report-html.ts";
import { reportMarkdown } from "../../../../src/insight/report/formats/report-markdown.ts";
import type { EvidenceRow } from "../../../../src/insight/report/report.ts";
import { writeReport } from "../../../../src/insight/report/write-report.ts";
import { testContext } from "../../../support/context.ts";
import { type Script, type ScriptedOptions, scriptedModel } from "../../../support/scripted-model.ts";

const evidence: readonly EvidenceRow[] = [
  { who: "Lisa", text: "Tea, always tea.", asked: "What do you drink?", place: "person:lisa/report#1.0" },
  { who: "Oscar", text: "Coffee.", asked: "What do you drink?", place: "person:oscar/report#1.0" },
];
const draft = {
  title: "Mornings",
  summary: [{ text: "Lisa drinks tea.", rows: [1] }],
  sections: [
    {
      heading: "Drinks",
      sentences: [
        { text: "Oscar drinks coffee.", rows: [2] },
        { text: "80 % like cake.", rows: [1] },
      ],
    },
    { heading: "Cake", sentences: [{ text: "Everybody likes cake.", rows: [] }] },
  ],
};
const setting = (script: Script, options: ScriptedOptions = {}) => {
  const judge = scriptedModel(script, options);
  return { judge, context: testContext({ judge }) };
};
const asked = { task: "What do they drink?", evidence };

describe("a report", () => {
  it("has the sentences that rest on rows, the rows that they rest on, and says what was left out", async () => {
    const { judge, context } = setting([draft]);
    const report = await writeReport(context, asked);
    expect(report).toEqual({
      title: "Mornings",
      task: "What do they drink?",
      kind: "pilot",
      summary: [{ text: "Lisa drinks tea.", evidence: ["E1"] }],
      sections: [{ heading: "Drinks", sentences: [{ text: "Oscar drinks coffee.", evidence: ["E2"] }] }],
      charts: [],
      evidence: evidence.map((row, place) => ({ ...row, mark: `E${place + 1}` })),
      read: 2,
      leftOut: [
        { text: "80 % like cake.", why: "The figure 80 neither stands in its rows nor counts them." },
        { text: "Everybody likes cake.", why: "It names no row that it rests on." },
      ],
    });
    expect(judge.requests).toHaveLength(1);
    expect(judge.requests[0]).toMatchObject({ purpose: "report", temperature: 0 });
    expect(judge.requests[0]?.messages).toMatchSnapshot();
  });

  it("does not call rows simulated that were handed in", async () => {
    const { context } = setting([draft, draft]);
    const handed = reportMarkdown(await writeReport(context, { ...asked, handedIn: true }));
    expect(handed).toContain("whether people gave them, it does not know");
    expect(handed).not.toContain("no real people");
    expect(reportMarkdown(await writeReport(context, asked))).toContain("no real people");
  });

  it("has no title and no heading that its rows do not bear", async () => {
    const sections = [
      { heading: "Nine in ten buyers (90 %)", sentences: [{ text: "Oscar drinks coffee.", rows: [2] }] },
    ];
    const { context } = setting([{ ...draft, title: "87 % love tea", sections }]);
    const report = await writeReport(context, asked);
    expect([report.title, report.sections[0]?.heading]).toEqual(["What do they drink?", "Part 1"]);
    expect(report.leftOut).toEqual([
      { text: "Nine in ten buyers (90 %)", why: "The figure 90 neither stands in its rows nor counts them." },
    ]);
  });

  it("is read in parts where the rows are too many, with numbers that go on", async () => {
    const part = (text: string, rows: readonly number[]) => ({ title: "t", summary: [{ text, rows }], sections: [] });
    const long: readonly EvidenceRow[] = Array.from({ length: 40 }, (_, place) => ({
      who: "Lisa",
      text: `It was day ${place} and it rained. `.repeat(40),
      place: `row ${place}`,
    }));
    const { judge, context } = setting(
      (request, place) =>
        String(request.messages[1]?.content).startsWith("The rows were too many")
          ? part("It rained on day 39.", [40])
          : part(`part ${place}`, [place + 1]),
      { limits: { contextTokens: 8_000 } },
    );
    const report = await writeReport(context, { ...asked, evidence: long });
    expect(judge.requests.length).toBeGreaterThan(2);
    const numbers = judge.requests
      .slice(0, -1)
      .flatMap(({ messages }) =>
        [...String(messages[1]?.content).matchAll(/^\[(\d+)\]/gmu)].map(([, number]) => Number(number)),
      );
    expect(numbers.toSorted((one, other) => one - other)).toEqual(long.map((_, place) => place + 1));
    expect(report.evidence.map(({ mark }) => mark)).toEqual(["E40"]);
  });

  it("is an error where nothing of it rests on anything, and where it is asked for what cannot be", async () => {
    const bad = { title: "t", summary: [{ text: "All is well.", rows: [] }], sections: [] };
    await expect(writeReport(setting([bad]).context, asked)).rejects.toMatchObject({ code: "MODEL_INVALID" });
    for (const wrong of [
      { task: " " },
      { evidence: [] },
      { kind: "estimate" as const },
      { kind: "estimate" as const, heldAgainst: " " },
    ]) {
      const { judge, context } = setting([draft]);
      await expect(writeReport(context, { ...asked, ...wrong })).rejects.toMatchObject({ code: "OPTION_INVALID" });
      expect(judge.requests).toHaveLength(0);
    }
  });

  it("says what it may be taken for", async () => {
    const write = async (options: object) =>
      reportMarkdown(await writeReport(setting([draft]).context, { ...asked, ...options }));
    expect(await write({})).toContain("Pilot: it shows how the study works");
    expect(await write({ kind: "theory probe" })).toContain("nothing about how many of them");
    expect(await write({ kind: "estimate", heldAgainst: "a poll of 2025, 6 points off" })).toContain(
      "Held against: a poll of 2025, 6 points off",
    );
    expect(await write({})).toContain("2 sentences were left out");
  });

  it("reads as Markdown and as a page that leads from sentences to rows", async () => {
    const report = await writeReport(setting([draft]).context, asked);
    expect(reportMarkdown(report)).toMatchSnapshot();
    const html = await reportHtml(report);
    expect(html).toContain('Oscar drinks coffee. <a href="#E2">E2</a>');
    expect(html).toContain('<li id="E2">');
  });

  it("is written in each format", async () => {
    const report = await writeReport(setting([draft]).context, asked);
    const files = await Promise.all(reportFormats.map((format) => reportDocument(report, format)));
    const begins = files.map((bytes) => Buffer.from(bytes).subarray(0, 9).toString("latin1"));
    expect(begins).toEqual([
      "# Morning",
      "<!doctype",
      expect.stringMatching(/^%PDF-/),
      expect.stringMatching(/^PK/),
      '{\n  "simu',
    ]);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(files[2] as Uint8Array)), {
      mergePages: true,
    });
    expect(text).toContain("Oscar drinks coffee. (E2)");
    expect(text).toContain("Simulated: no real people took part.");
  });

  it("is broken by nothing that people say", async () => {
    const hostile = `</blockquote><script>alert(1)</script> **bold** [x](javascript:alert(1)) \u202e=cmd|' /C calc'!A0`;
    const rows = [{ who: hostile, asked: hostile, text: hostile, place: hostile }];
    const wicked = {
      title: hostile,
      summary: [{ text: hostile, rows: [1] }],
      sections: [{ heading: hostile, sentences: [] }],
    };
    const report = await writeReport(setting([wicked]).context, { task: hostile, evidence: rows });
    const html = await reportHtml(report);
    expect(html).not.toMatch(/<script|\u202e/u);
    expect(html).toContain("default-src 'none'");
    expect(reportMarkdown(report)).not.toMatch(/(?<!\\)<script|(?<!\\)\[x\]|\u202e|(?<!\\)\*\*bold/u);
  });
});

describe("evidence", () => {
  it("is what people did, each thing once", () => {
    const entry = { kind: "action", type: "TALK", from: "Lisa", to: [], text: "Tea." } as const;
    const context = testContext({});
    const subject = (name: string, ...ids: readonly string[]) => ({
      ...{ name, context },
      transcript: () => [
        ...ids.map((id) => ({ ...entry, id })),
        { ...entry, id: `${name}-thought`, type: "THINK" },
        { ...entry, id: `${name}-done`, type: "DONE", text: "" },
        { ...entry, id: `${name}-heard`, kind: "stimulus" as const, type: "CONVERSATION" },
      ],
    });
    const both = [subject("a", "1", "2"), subject("b", "2", "3")];
    expect(interactionEvidence(both).map(({ place }) => place)).toEqual(["1", "2", "a-thought", "3", "b-thought"]);
    expect(interactionEvidence(both, { include: "talk", last: 2 }).map(({ place }) => place)).toEqual(["2", "3"]);
    expect(interactionEvidence(both)[2]).toEqual({ who: "Lisa", text: "(thinks) Tea.", place: "a-thought" });
  });

  it("is a row of data in words", () => {
    expect(dataEvidence([{ name: "Ana", age: 41, likes: ["tea"], none: null, empty: "" }], "name")).toEqual([
      { who: "Ana", text: 'age: 41; likes: ["tea"]', place: "row 1" },
    ]);
  });
});
