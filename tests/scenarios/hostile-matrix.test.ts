import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { strFromU8, unzipSync } from "fflate";
import { parquetReadObjects } from "hyparquet";
import { extractText, getDocumentProxy } from "unpdf";
import { describe, expect, it } from "vitest";
import type { ArtifactFormat } from "../../src/document/write/artifacts.ts";
import { rendered } from "../../src/insight/export/render.ts";
import { transcriptHtml } from "../../src/insight/transcripts/html.ts";
import { transcriptMarkdown } from "../../src/insight/transcripts/markdown.ts";
import { chromium, openedInChromium } from "../support/chromium.ts";

const script = "<script>alert(1)</script><img src=x onerror=alert(1)>";
const emoji = "👩‍👩‍👧 🤖 → ✓";
const arabic = "مرحبا";
/** What a spreadsheet would take for a formula, one way or another. */
const formulas = [
  "=1+1",
  "+1+1",
  "-1+cmd|x",
  "@SUM(A1)",
  "\t=1+1",
  "\r=1+1",
  "\n=1+1",
  " =1+1",
  "＝1+1",
  '"=1+1',
  '=HYPERLINK("https://evil.example")',
];
const cells = [script, emoji, `\u202e${arabic}`, "a\u0000b\u001b[31mc", "\ud800 alone", "x".repeat(1_500), ...formulas];
const rowsOf = (given: readonly string[]) => given.map((said, place) => ({ place, said, again: `${said} | ${said}` }));

const steering = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e]/;
const inZip = (bytes: Uint8Array): string =>
  Object.entries(unzipSync(bytes))
    .filter(([name]) => /\.xml$/.test(name))
    .map(([, member]) => strFromU8(member))
    .join("\n");
const unescaped = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");

/** What of a file is read by people, and what must stand nowhere in it. */
const readers: Readonly<
  Partial<Record<ArtifactFormat, (bytes: Uint8Array) => Promise<{ text: string; raw: string }>>>
> = {
  md: async (bytes) => ({ text: unescaped(strFromU8(bytes)).replace(/\\(?=\W)/g, ""), raw: strFromU8(bytes) }),
  html: async (bytes) => ({ text: unescaped(strFromU8(bytes)), raw: strFromU8(bytes) }),
  docx: async (bytes) => ({ text: unescaped(inZip(bytes)), raw: inZip(bytes) }),
  xlsx: async (bytes) => ({ text: unescaped(inZip(bytes)), raw: inZip(bytes) }),
  csv: async (bytes) => ({ text: strFromU8(bytes), raw: strFromU8(bytes) }),
  pdf: async (bytes) => {
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
    // Long words are broken, and what is broken comes with a line's end.
    return { text: text.replace(/[\s\u200b]+/g, ""), raw: "" };
  },
  json: async (bytes) => ({ text: unescaped(JSON.stringify(JSON.parse(strFromU8(bytes)))), raw: strFromU8(bytes) }),
  jsonl: async (bytes) => ({ text: strFromU8(bytes), raw: strFromU8(bytes) }),
};

describe("rows of hostile cells", () => {
  it.each(Object.keys(readers) as ArtifactFormat[])(
    "are inert as %s, and nothing of them is lost",
    async (format) => {
      const given = format === "pdf" ? cells.map((cell) => cell.replace(arabic, "Ελλάδα").replace("＝", "=")) : cells;
      const { bytes } = await rendered({ name: `${script} ${emoji}`, content: rowsOf(given) }, format);
      const { text, raw } = (await readers[format]?.(bytes)) ?? { text: "", raw: "" };
      expect(raw).not.toMatch(steering);
      if (format === "html" || format === "docx" || format === "xlsx") expect(raw).not.toMatch(/<script|<img|<f[ >]/);
      if (format === "md") expect(raw).not.toMatch(/(^|[^\\])<(?:script|img)/);
      if (format === "csv") expect(raw).not.toMatch(/(^|,|\r\n)"?\s*[=+@＝]/);
      const squeezed = (words: string): string => words.replace(/\s+/g, "");
      expect(squeezed(text)).toContain(squeezed(script.slice(0, 25)));
      expect(squeezed(text)).toContain("👩‍👩‍👧🤖→✓");
      expect(text).toContain(format === "pdf" ? "Ελλάδα" : arabic);
      expect(squeezed(text)).toContain(format === "pdf" ? "x".repeat(500) : "x".repeat(1_500));
      for (const formula of ["1+1", "SUM(A1)", "cmd|x"]) expect(squeezed(text).replace(/\\/g, "")).toContain(formula);
    },
    20_000,
  );

  it("come back as they are from Parquet and Arrow, which hold data", async () => {
    const wanted = cells.map((cell) => cell.toWellFormed());
    const parquet = (await rendered({ name: "x", content: rowsOf(cells) }, "parquet")).bytes;
    const file = parquet.buffer.slice(parquet.byteOffset, parquet.byteOffset + parquet.byteLength) as ArrayBuffer;
    expect((await parquetReadObjects({ file })).map(({ said }) => said)).toEqual(wanted);
    const arrow = tableFromIPC((await rendered({ name: "x", content: rowsOf(cells) }, "arrow")).bytes);
    expect([...arrow].map((row) => row.toJSON()["said"])).toEqual(wanted);
  });

  it("are inert in transcripts, too", () => {
    const where = { world: "room", intervention: script };
    const entries = cells.map(
      (text, place) =>
        ({ ...where, id: `x#${place}`, kind: "action", type: "TALK", from: script, to: [], text }) as const,
    );
    const heads = { title: script, worlds: new Map([["room", script]]) };
    const [page, markdown] = [transcriptHtml(entries, heads), transcriptMarkdown(entries, heads)];
    expect(page).not.toMatch(/<script|<img/);
    expect(markdown).not.toMatch(/(^|[^\\])<(?:script|img)/);
    for (const text of [page, markdown]) {
      expect(text).not.toMatch(steering);
      expect(text).toContain("👩‍👩‍👧 🤖 → ✓");
    }
  });
});

describe("a table of 10,000 rows and 12 columns", () => {
  const huge = Array.from({ length: 10_000 }, (_, row) =>
    Object.fromEntries(Array.from({ length: 12 }, (_, column) => [`c${column}`, `${row} of ${column}`])),
  );
  it("is whole as CSV and Markdown; as a page it has its first thousand rows and says where the others are", async () => {
    const csv = strFromU8((await rendered({ name: "x", content: huge }, "csv")).bytes);
    expect(csv.split("\r\n")).toHaveLength(10_002);
    expect(strFromU8((await rendered({ name: "x", content: huge }, "md")).bytes)).toContain("9999 of 11");
    const page = strFromU8((await rendered({ name: "x", content: huge }, "html")).bytes);
    expect(page).toContain("The first 1,000 of 10,000 rows. Exported as csv,");
    expect(page.match(/<tr>/g)).toHaveLength(1_001);
    expect(page.length).toBeLessThan(1_000_000);
  });
  it.skipIf(chromium === undefined)(
    "opens in Chromium without a complaint, however many it has (needs chromium)",
    async () => {
      const folder = await mkdtemp(join(tmpdir(), "huge-"));
      const page = strFromU8((await rendered({ name: "x", content: huge }, "html")).bytes);
      const { dom, complaints } = await openedInChromium(page, folder);
      await rm(folder, { recursive: true, force: true });
      expect([complaints, dom.match(/<tr>/g)?.length]).toEqual([[], 1_001]);
    },
    60_000,
  );
});
