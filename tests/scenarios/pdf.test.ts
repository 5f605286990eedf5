import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeDocument } from "../../src/document/write/write-document.ts";
import { reportDocument } from "../../src/insight/report/formats/report-document.ts";
import type { Report } from "../../src/insight/report/report.ts";
import { differences, otherWords, type Parts, type Word } from "../support/pages/golden.ts";
import { keepSheets, popplerThere, sheetsOf } from "../support/pages/sheets.ts";
import { legible, markdown, report, wicked } from "../support/pages/subjects.ts";

// A PDF has signs for Latin, Greek and Cyrillic writing, symbols and emoji.
const readable = legible(report);
// UPDATE_GOLDEN=1 writes what is seen as what is right, for `biome format` to lay out: look at the pictures first, which
// PICTURES=folder keeps.
const goldenFile = new URL("pdf.golden.json", import.meta.url);
const { UPDATE_GOLDEN: update, PICTURES: pictures } = process.env;
interface Golden {
  words: readonly Word[];
  sheets: Record<string, Parts>;
}
let golden: Golden = { words: [], sheets: {} };
let written: Uint8Array;

beforeAll(async () => {
  written = await reportDocument(readable, "pdf");
  if (!update) golden = JSON.parse(await readFile(goldenFile, "utf8"));
}, 60_000);
afterAll(async () => {
  if (update) await writeFile(goldenFile, `${JSON.stringify(golden, null, 2)}\n`);
});

async function opened(pdf: Uint8Array) {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const pages = await Promise.all(Array.from({ length: document.numPages }, (_, place) => document.getPage(place + 1)));
  const words: Word[] = [];
  for (const page of pages)
    for (const item of (await page.getTextContent()).items)
      if ("str" in item && item.str.trim() !== "")
        words.push([page.pageNumber, Math.round(item.transform[4]), Math.round(item.transform[5]), item.str]);
  return { document, pages, words };
}

describe("a report as PDF", () => {
  it("has each word where it was, at a tolerance, and is told from one that says something else", async () => {
    const { words } = await opened(written);
    if (update) golden.words = words;
    expect(otherWords(golden.words, words)).toEqual([]);
    const shorter = { ...readable, sections: readable.sections.slice(1), charts: [] };
    expect(otherWords(golden.words, (await opened(await reportDocument(shorter, "pdf"))).words).length).toBeGreaterThan(
      5,
    );
  });

  it("keeps what is hostile as words within the page: no action, no script, no link, no attachment, no empty box", async () => {
    const { document, pages, words } = await opened(written);
    expect(await document.getJSActions()).toBeNull();
    expect(await document.getOpenAction()).toBeNull();
    expect(await document.getAttachments()).toBeNull();
    const text = words.map(([, , , word]) => word).join("");
    expect(text).toContain("<script>alert(1)</script>");
    expect(text).toContain("👩‍👩‍👧");
    expect(text).not.toMatch(/[\u0000-\u001f\u202e]/);
    for (const page of pages) {
      expect(await page.getAnnotations()).toEqual([]);
      const [, , width = 0] = page.view;
      for (const item of (await page.getTextContent()).items)
        if ("str" in item && item.str.trim() !== "")
          expect(item.transform[4] + item.width, item.str).toBeLessThan(width - 30);
    }
  });

  it("has its number on each page of several, and no heading alone at the foot of one", async () => {
    const text = Array.from({ length: 90 }, (_, place) => `## Heading ${place}\n\n${"word ".repeat(3 + place * 2)}`);
    const { pages, words } = await opened(await writeDocument(text.join("\n\n"), "pdf", { title: "x" }));
    expect(words.filter(([, , , word]) => / \/ /.test(word)).map(([page, , , word]) => `${page} ${word}`)).toEqual(
      pages.map((_, place) => `${place + 1} ${place + 1} / ${pages.length}`),
    );
    const last = pages.map((_, place) => words.filter(([page, , y]) => page === place + 1 && y > 40).at(-1)?.[3]);
    expect(last.filter((word = "") => !word.startsWith("word"))).toEqual([]);
    const one = await opened(await writeDocument("One page.", "pdf", { title: "x" }));
    expect(one.words.map(([, , , word]) => word)).toEqual(["One page."]);
  });

  it("is refused for writing that it has no signs for, in words and in charts", async () => {
    const no = { code: "OPTION_INVALID", data: { value: "pdf" } };
    await expect(reportDocument({ ...readable, task: wicked }, "pdf")).rejects.toMatchObject(no);
    const charts: Report["charts"] = [
      { kind: "bars", title: "Tea", measure: "%", bars: [{ label: "お茶", value: 1 }] },
    ];
    await expect(reportDocument({ ...readable, charts }, "pdf")).rejects.toMatchObject(no);
    await expect(writeDocument("\u{1d4b3}", "pdf", { title: "x" })).rejects.toMatchObject(no);
    const wide = `|${" a |".repeat(40)}\n|${" - |".repeat(40)}\n`;
    await expect(writeDocument(wide, "pdf", { title: "x" })).rejects.toMatchObject(no);
  });
});

describe.skipIf(!popplerThere)("pages of PDFs as pictures (need pdftoppm, of Debian's poppler-utils)", () => {
  const minutes = () =>
    writeDocument(legible(markdown), "pdf", { title: "Minutes", stamp: { line: "Simulated 🙂 → x", facts: [] } });
  const subjects = { report: async () => written, minutes } as const;

  it.each(["report", "minutes"] as const)(
    "%s: charts, emoji, long words and a wide table look as they did",
    async (name) => {
      const pdf = await subjects[name]();
      const seen = sheetsOf(pdf);
      if (pictures) keepSheets(pdf, join(pictures, name));
      if (update) golden.sheets[name] = seen;
      expect(Object.keys(seen).length).toBeGreaterThan(1);
      expect(differences(golden.sheets[name] ?? {}, seen)).toEqual([]);
      // Nothing runs into the margin at the right: it is as white as paper.
      for (const sheet of Object.values(seen))
        expect(sheet.match(/.{24}/g)?.every((row) => row.endsWith("z"))).toBe(true);
    },
  );

  it("are told from pages with other figures in a chart, and from pages without emoji", async () => {
    const [bars, ...others] = readable.charts;
    if (bars?.kind !== "bars") throw new Error("The first chart has bars.");
    const turned = { ...bars, bars: bars.bars.map((bar) => ({ ...bar, value: bar.value > 30 ? 2 : 60 })) };
    const changed = sheetsOf(await reportDocument({ ...readable, charts: [turned, ...others] }, "pdf"));
    expect(differences(golden.sheets["report"] ?? {}, changed).map((line) => line.split(":")[0])).toEqual(["sheet 1"]);
    const face = sheetsOf(await writeDocument(`# ${"😀 ".repeat(400)}`, "pdf", { title: "x" }));
    expect(differences(face, sheetsOf(await writeDocument("#", "pdf", { title: "x" })))).not.toEqual([]);
  });
});
