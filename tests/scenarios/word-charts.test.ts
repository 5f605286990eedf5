import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { writeDocument } from "../../src/document/write/write-document.ts";
import { reportDocument } from "../../src/insight/report/formats/report-document.ts";
import { report } from "../support/pages/subjects.ts";

const members = (docx: Uint8Array) => Object.entries(unzipSync(docx));
const body = (docx: Uint8Array): string =>
  strFromU8(members(docx).find(([name]) => name === "word/document.xml")?.[1] ?? new Uint8Array());

describe("a report as a Word document", () => {
  it("shows its charts as pictures of their own size, in any writing, with what is to be seen in words; the same each time", async () => {
    const charts = [...report.charts.slice(0, 2), { kind: "bars", title: "日本", measure: "%", bars: [] }] as const;
    const docx = await reportDocument({ ...report, charts }, "docx");
    expect(Buffer.compare(docx, await reportDocument({ ...report, charts }, "docx"))).toBe(0);
    const pictures = members(docx).filter(([name]) => name.startsWith("word/media/"));
    expect(pictures).toHaveLength(3);
    const text = body(docx);
    const sizes = [...text.matchAll(/<wp:extent cx="(\d+)" cy="(\d+)"/g)].map(
      ([, width, height]) => Number(width) / Number(height),
    );
    for (const [place, [, png]] of pictures.entries()) {
      expect(Buffer.from(png.subarray(0, 8)).toString("latin1")).toBe("\u0089PNG\r\n\u001a\n");
      const [width, height] = [16, 20].map((at) => Buffer.from(png).readUInt32BE(at)) as [number, number];
      expect(width).toBeGreaterThan(700);
      expect(width / height).toBeCloseTo(sizes[place] ?? 0, 1);
    }
    expect(text).toContain('descr="18-29 (women) 20, 30 and more (women) 80,');
    expect(text).not.toMatch(/<script|figure:1/);
  }, 20_000);

  it("has signs for emoji in its charts, not a box for each", async () => {
    const [woman, ...others] = await Promise.all(
      ["👩‍🚀", "👩‍🚒", "👩‍🚀"].map(async (emoji) => {
        const title = `Tea مرحبا ${emoji}`;
        const docx = await reportDocument(
          { ...report, charts: [{ kind: "bars", title, measure: "%", bars: [] }] },
          "docx",
        );
        return Buffer.from(members(docx).find(([name]) => name.startsWith("word/media/"))?.[1] ?? []);
      }),
    );
    expect(others.map((other) => woman?.equals(other))).toEqual([false, true]);
  });

  it("has no picture that a text asks for, and a box for what is to be done", async () => {
    const text = body(await writeDocument("![x](figure:1)\n\n- [x] tea\n- [ ] cake", "docx", { title: "x" }));
    expect(text.replace(/<[^>]+>/g, "|").replace(/\|+/g, "|")).toBe("|x|• |☒ |tea|• |☐ |cake|");
  });

  it("has numbers of pages, headings that stay with what follows, rows that stay whole, and writing from the right", async () => {
    const row = (cell: string) => `|${` ${cell} |`.repeat(9)}`;
    const markdown = `# Tea\n\nمرحبا بالعالم.\n\nTea مرحبا.\n\n${row("a")}\n${row("-")}\n${row("b")}\n`;
    const docx = await writeDocument(markdown, "docx", { title: "x" });
    const part = (name: RegExp) =>
      strFromU8(members(docx).find(([known]) => name.test(known))?.[1] ?? new Uint8Array());
    expect(part(/footer\d+\.xml$/)).toMatch(/PAGE<.*NUMPAGES</s);
    expect(part(/styles\.xml$/)).toMatch(/w:styleId="Heading1">.*?<w:keepNext\/>/s);
    const text = body(docx);
    expect(text.match(/<w:bidi\/>/g)).toHaveLength(1);
    expect(text.match(/<w:rtl\/>/g)).toHaveLength(1);
    expect(text.match(/<w:cantSplit\/>/g)).toHaveLength(2);
    expect(text).toContain('w:orient="landscape"');
    expect(body(await writeDocument("# Tea", "docx", { title: "x" }))).not.toContain("landscape");
  });
});
