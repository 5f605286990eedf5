import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import mammoth from "mammoth";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ArtifactFormat } from "../../../../src/document/write/artifacts.ts";
import { ArtifactExporter } from "../../../../src/insight/export/artifact-exporter.ts";
import { provenanceLine, type RunProvenance } from "../../../../src/table/provenance.ts";

const provenance: RunProvenance = {
  ...{ simulated: true, run: "ads-1f2e3d", name: "<b>ads</b>", seed: "7", models: ["builtin"] },
  ...{ date: "2026-03-01T10:00:00.000Z", heuristic: true, version: "0.1.0" },
};
const line = provenanceLine(provenance);
const hostile = "<script>alert(1)</script> \u001b[31m\u0000\u202e]]> =1+1 مرحبا 👩‍👩‍👧 \ud800";
const rows = [
  { quote: hostile, formula: "=HYPERLINK(1)" },
  { quote: "@SUM(A1)", formula: "+1+cmd|x" },
];

let folder = "";
let exporter: ArtifactExporter;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "exports-"));
  exporter = new ArtifactExporter(join(folder, "out"), { provenance });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function written(content: unknown, format: ArtifactFormat, name = "Ads"): Promise<Buffer> {
  const { file } = await exporter.export({ name, content }, format);
  return readFile(join(exporter.folder, file));
}

async function partsOf(content: unknown, format: "docx" | "xlsx"): Promise<Record<string, string>> {
  const parts = unzipSync(new Uint8Array(await written(content, format, hostile)));
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, strFromU8(part)]));
}

async function pdfOf(content: unknown) {
  const { getDocumentProxy, extractText, getMeta } = await import("unpdf");
  const document = await getDocumentProxy(new Uint8Array(await written(content, "pdf")));
  const { text } = await extractText(document, { mergePages: true });
  return { text, info: (await getMeta(document)).info, pages: document.numPages };
}

describe("what is hostile is inert, and where it comes from is said", () => {
  it("in HTML", async () => {
    for (const content of [`# Title\n\n${hostile}`, rows]) {
      const page = (await written(content, "html", hostile)).toString();
      expect(page).not.toMatch(/<script|[\u0000-\u0008\u001b\u202e]|<b>ads/);
      expect(page).toContain("مرحبا 👩‍👩‍👧");
      expect(page).toContain(`<footer><small>${line}</small></footer>`);
      expect(page).toContain('<meta name="tinytroupe:run" content="ads-1f2e3d">');
      expect(page).toContain('<meta name="tinytroupe:seed" content="7">');
    }
  });
  it("in Word, with a footer and properties", async () => {
    for (const content of [`# Title\n\n${hostile}`, rows]) {
      const parts = await partsOf(content, "docx");
      for (const [name, part] of Object.entries(parts)) {
        if (name.endsWith(".xml")) expect(part, name).not.toMatch(/<script|[\u0000-\u0008\u001b\u202e\ufffe\uffff]/);
      }
      expect(parts["word/document.xml"]).toContain("مرحبا 👩‍👩‍👧");
      expect(parts["docProps/custom.xml"]).toContain("ads-1f2e3d");
      const footers = Object.entries(parts).filter(([name]) => /^word\/footer\d+\.xml$/.test(name));
      expect(footers.map(([, part]) => part).join()).toContain("Run ads-1f2e3d, seed 7");
    }
    const { file } = await exporter.export({ name: "rows", content: rows }, "docx");
    const { value } = await mammoth.convertToHtml({ path: join(exporter.folder, file) });
    expect(value).toMatch(/<table>.*&lt;script&gt;.*=HYPERLINK\(1\).*<\/table>/s);
  });
  it("in PDF, with a footer and properties on each page", async () => {
    const content = `# Title\n\n${hostile.replace("مرحبا", "Ελλάδα")}\n\n${"Many lines.\n\n".repeat(200)}`;
    const { text, info, pages } = await pdfOf(content);
    expect(text).toContain("<script>alert(1)</script>");
    expect(pages).toBeGreaterThan(1);
    expect(text.replace(/\s+/g, " ").split("Run ads-1f2e3d, seed 7").length - 1).toBe(pages);
    expect(info).toMatchObject({ Subject: line, Keywords: expect.stringContaining("run: ads-1f2e3d; ") });
    await expect(pdfOf(rows)).rejects.toMatchObject({ code: "OPTION_INVALID", data: { value: "pdf" } });
  }, 20_000);
  it("in Excel and CSV, where nothing is a formula", async () => {
    const parts = await partsOf(rows, "xlsx");
    expect(Object.values(parts).join()).not.toMatch(/<f[ >]|<script/);
    const csv = (await written(rows, "csv")).toString();
    expect(csv).not.toMatch(/(^|,|\n)"?[=+@]|[\u0000\u001b\u202e]/);
    const beside = JSON.parse(await readFile(join(exporter.folder, "Ads.csv-metadata.json"), "utf8"));
    expect(beside).toMatchObject({ url: "Ads.csv", "dc:description": line, notes: [provenance] });
  });
  it("in text, Markdown, JSON and calendars", async () => {
    for (const format of ["txt", "md"] as const) {
      const text = (await written(`# Title\n\n${hostile}`, format)).toString();
      expect(text).not.toMatch(/[\u0000-\u0008\u001b\u202e]/);
      expect(text.trimEnd().split("\n").at(-1)).toContain("Run ads-1f2e3d, seed 7");
    }
    const json = (await written({ quote: hostile, big: 2n ** 70n }, "json")).toString();
    expect(json).not.toMatch(/[\u0000-\u0009\u001b\u202e]/);
    expect(JSON.parse(json)).toEqual({ provenance, content: { quote: hostile, big: String(2n ** 70n) } });
    await written("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "ics");
    const beside = JSON.parse(await readFile(join(exporter.folder, "Ads.ics-metadata.json"), "utf8"));
    expect(beside.notes).toEqual([provenance]);
  });
  it("in a table of a hundred thousand rows", async () => {
    const many = Array.from({ length: 100_000 }, (_, at) => ({ at, quote: at % 2 === 0 ? "=1" : "<b>" }));
    const csv = (await written(many, "csv")).toString();
    expect(csv.split("\r\n")).toHaveLength(100_002);
    expect(csv.endsWith("99999,<b>,true\r\n")).toBe(true);
  });
});

describe("the folder of an exporter", () => {
  it("is not left by names, nor by links that stand in it", async () => {
    const outside = join(folder, "outside");
    await mkdir(outside);
    for (const name of ["../../x", "/etc/x", "C:\\x", "nul", "a/../../x", "\u202e..", "x".repeat(5_000)]) {
      const { file } = await exporter.export({ name, kind: name, content: name }, "txt");
      expect((await lstat(join(exporter.folder, file))).isFile()).toBe(true);
    }
    await symlink(outside, join(exporter.folder, "documents"));
    await expect(exporter.export({ name: "x", kind: "documents", content: "x" }, "txt")).rejects.toMatchObject({
      code: "PATH_OUTSIDE",
    });
    expect(await readdir(outside)).toEqual([]);
    expect((await readdir(folder)).sort()).toEqual(["out", "outside"]);
  });
  it("keeps what stands there: links and devices are not read, and are replaced when that is asked for", async () => {
    await mkdir(exporter.folder);
    await writeFile(join(folder, "precious"), "mine");
    await symlink(join(folder, "precious"), join(exporter.folder, "x.md"));
    await symlink("/dev/zero", join(exporter.folder, "x (2).md"));
    expect((await exporter.export({ name: "x", content: "mine" }, "md")).file).toBe("x (3).md");
    const replacing = new ArtifactExporter(exporter.folder, { replace: true });
    expect((await replacing.export({ name: "x", content: "yours" }, "md")).file).toBe("x.md");
    expect(await readFile(join(folder, "precious"), "utf8")).toBe("mine");
    expect(await readFile(join(exporter.folder, "x.md"), "utf8")).toBe("yours\n");
  });
  it("numbers rows that are the same but come from elsewhere, and leaves nothing behind", async () => {
    const other = new ArtifactExporter(exporter.folder, { provenance: { ...provenance, run: "ads-2" } });
    const files: string[] = [];
    for (const one of [exporter, other, exporter, other])
      files.push((await one.export({ name: "x", content: rows }, "csv")).file);
    expect(files).toEqual(["x.csv", "x (2).csv", "x.csv", "x (2).csv"]);
    expect((await readdir(exporter.folder)).sort()).toEqual([
      ...["x (2).csv", "x (2).csv-metadata.json", "x.csv", "x.csv-metadata.json"],
    ]);
  });
});
