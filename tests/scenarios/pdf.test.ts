import { readFile, writeFile } from "node:fs/promises";
import { getDocumentProxy } from "unpdf";
import { describe, expect, it } from "vitest";
import { reportDocument } from "../../src/insight/report/formats/report-document.ts";
import type { Report } from "../../src/insight/report/report.ts";
import { otherWords, type Word } from "../support/pages/golden.ts";
import { report, wicked } from "../support/pages/subjects.ts";

// A PDF has signs for Latin, Greek and Cyrillic alone; an emoji is an empty box, which is read as NUL.
const legible = JSON.parse(
  JSON.stringify(report).replace(/[\p{Script=Arabic}\p{Script=Hebrew}]+/gu, "Ελλάδα"),
) as Report;
// UPDATE_GOLDEN=1 writes what is seen as what is right, for `biome format` to lay out.
const goldenFile = new URL("pdf.golden.json", import.meta.url);

async function opened(written: Report) {
  const document = await getDocumentProxy(new Uint8Array(await reportDocument(written, "pdf")));
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
    const { words } = await opened(legible);
    if (process.env["UPDATE_GOLDEN"]) await writeFile(goldenFile, `${JSON.stringify(words, null, 2)}\n`);
    const golden = JSON.parse(await readFile(goldenFile, "utf8")) as readonly Word[];
    expect(otherWords(golden, words)).toEqual([]);
    const { words: longer } = await opened({ ...legible, sections: legible.sections.slice(1) });
    expect(otherWords(golden, longer).length).toBeGreaterThan(5);
  });

  it("keeps what is hostile as words within the page: no action, no script, no link, no attachment", async () => {
    const { document, pages, words } = await opened(legible);
    expect(await document.getJSActions()).toBeNull();
    expect(await document.getOpenAction()).toBeNull();
    expect(await document.getAttachments()).toBeNull();
    expect(words.map(([, , , text]) => text).join("")).toContain("<script>alert(1)</script>");
    expect(words.map(([, , , text]) => text).join("")).not.toMatch(/[\u0001-\u001f\u202e]/);
    for (const page of pages) {
      expect(await page.getAnnotations()).toEqual([]);
      const [, , width = 0] = page.view;
      for (const item of (await page.getTextContent()).items)
        if ("str" in item) expect(item.transform[4] + item.width, item.str).toBeLessThan(width - 30);
    }
  });

  it("is refused for writing that it has no signs for", async () => {
    await expect(reportDocument({ ...legible, task: wicked }, "pdf")).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});
