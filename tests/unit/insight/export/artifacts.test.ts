import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import fc from "fast-check";
import mammoth from "mammoth";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ArtifactFormat } from "../../../../src/document/write/artifacts.ts";
import { markdownAsHtml } from "../../../../src/document/write/html/markdown.ts";
import { ArtifactExporter } from "../../../../src/insight/export/artifact-exporter.ts";
import { fileNameOf } from "../../../../src/insight/export/file-name.ts";
import { rendered } from "../../../../src/insight/export/render.ts";

const content = `# Our offer

Bread is **cheap** today, see [the shop](https://example.org/a?b=1&c=2).

- rye
  - with seeds
- wheat

1. first
2. second

> quoted & said

\`\`\`
const price = 3 < 4;
\`\`\`

| bread | price |
|---|---|
| rye | 3 |
`;

let folder = "";
let exporter: ArtifactExporter;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "artefacts-"));
  exporter = new ArtifactExporter(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the name of a file", () => {
  it.each([
    ["../../etc/passwd", "etc-passwd"],
    ["Offer: 10 % off?", "Offer- 10 % off-"],
    ["제안서", "제안서"],
    ["con.txt", "-con.txt"],
    ["..", "unnamed"],
    ["a\u0000b\u001b[2Jc", "ab[2Jc"],
    ["", "unnamed"],
  ])("of %j", (name, expected) => {
    expect(fileNameOf(name)).toBe(expected);
  });
  it("is one part of a path below its folder, whatever it was, and is itself again", () => {
    const name = fc.oneof(
      fc.string({ unit: "binary", maxLength: 400 }),
      fc
        .array(fc.constantFrom("..", "/", "\\", ".", " ", "con", "a", "\u202e", "\n"), { maxLength: 12 })
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(name, (given) => {
        const file = fileNameOf(given);
        expect(dirname(resolve("/results", file))).toBe(`${sep}results`);
        expect(file).not.toMatch(/[/\\:*?"<>|\p{Cc}]|[. ]$|^\.|^(?:con|nul|aux|prn)(?:\.|$)/iu);
        expect(Buffer.byteLength(file)).toBeLessThanOrEqual(200);
        expect(file.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe("an artefact", () => {
  it("A31: goes into its folder under a safe name, is not changed, and says what became of it", async () => {
    const data = Object.freeze({ rows: Object.freeze([1, 2]) });
    const made = await exporter.export({ name: "../../rows", kind: "../tables", content: data }, "json");
    expect(made).toMatchObject({ name: "../../rows", file: "tables/rows.json", mediaType: "application/json" });
    const bytes = await readFile(join(folder, made.file));
    expect(JSON.parse(bytes.toString())).toEqual(data);
    expect(made.bytes).toBe(bytes.length);
    const text = "    indented\n  as it was";
    const plain = await exporter.export({ name: "note", content: text }, "txt");
    expect(await readFile(join(folder, plain.file), "utf8")).toBe(`${text}\n`);
  });
  it("A31: never takes another's place: the same again is the same file, another gets a number", async () => {
    const names: string[] = [];
    for (const text of ["one", "two", "one", "two", "three"]) {
      names.push((await exporter.export({ name: "plan", content: text }, "md")).file);
    }
    expect(names).toEqual(["plan.md", "plan (2).md", "plan.md", "plan (2).md", "plan (3).md"]);
    expect((await readdir(folder)).sort()).toEqual(["plan (2).md", "plan (3).md", "plan.md"]);
  });
  it("A31: keeps its own place when several are written at once", async () => {
    const texts = Array.from({ length: 12 }, (_, at) => `text ${at}`);
    const made = await Promise.all(texts.map((text) => exporter.export({ name: "plan", content: text }, "md")));
    expect(new Set(made.map((one) => one.file)).size).toBe(12);
    const read = await Promise.all(made.map((one) => readFile(join(folder, one.file), "utf8")));
    expect(read).toEqual(texts.map((text) => `${text}\n`));
  });
  it("that its format cannot hold is refused, and leaves nothing", async () => {
    await expect(exporter.export({ name: "x", content: { a: 1 } }, "md")).rejects.toMatchObject({
      code: "OPTION_INVALID",
    });
    await expect(exporter.export({ name: "x", content: undefined }, "json")).rejects.toMatchObject({
      code: "OPTION_INVALID",
    });
    expect(await readdir(folder)).toEqual([]);
  });
  it("that cannot be written says where", async () => {
    const file = (await exporter.export({ name: "x", content: "x" }, "txt")).file;
    const below = new ArtifactExporter(join(folder, file));
    await expect(below.export({ name: "y", content: "y" }, "txt")).rejects.toMatchObject({ code: "FILE_UNWRITABLE" });
  });
});

describe("formats", () => {
  it.each(["json", "txt", "md", "html", "docx", "pdf"] satisfies ArtifactFormat[])(
    "%s: the same content gives the same bytes",
    async (format) => {
      const artifact = { name: "Offer", content, author: "Lisa" };
      const { bytes: first } = await rendered(artifact, format);
      expect(Buffer.compare(first, (await rendered(artifact, format)).bytes)).toBe(0);
    },
    20_000,
  );
  it("docx has headings, lists, tables, links and code", async () => {
    const { bytes } = await rendered({ name: "Offer", content, author: "Lisa" }, "docx");
    const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) });
    expect(value).toContain("<h1>Our offer</h1>");
    expect(value).toContain("<strong>cheap</strong>");
    expect(value).toContain('<a href="https://example.org/a?b=1&amp;c=2">the shop</a>');
    expect(value).toMatch(
      /• with seeds.*2\. second.*quoted &amp; said.*const price = 3 &lt; 4;.*<table>.*rye.*<\/table>/s,
    );
  });
  it("pdf is one, with its title, and refuses writing that it has no signs for", async () => {
    const bytes = Buffer.from((await rendered({ name: "Offer", content: `${content}\nЖивот Ελλάδα` }, "pdf")).bytes);
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    const { getDocumentProxy, extractText, getMeta } = await import("unpdf");
    const document = await getDocumentProxy(new Uint8Array(bytes));
    expect((await getMeta(document)).info).toMatchObject({ Title: "Offer" });
    const { text } = await extractText(document, { mergePages: true });
    expect(text).toMatch(/Our offer.*cheap.*• rye.*2\. second.*bread.*Живот Ελλάδα/s);
    await expect(rendered({ name: "x", content: "제안" }, "pdf")).rejects.toMatchObject({ code: "OPTION_INVALID" });
  }, 20_000);
  it("html runs nothing and leads nowhere but to the web and to mail", async () => {
    const hostile = [
      "<script>alert(1)</script> <img src=x onerror=alert(1)>",
      "[run](javascript:alert(1)) [file](file:///etc/passwd) ![picture](https://example.org/p.png) [mail](mailto:a@b.c)",
      '[quote](https://example.org/"onmouseover="alert(1))',
    ].join("\n\n");
    const page = await markdownAsHtml(hostile, { title: "</title><script>", author: '"><script>' });
    expect(page).not.toMatch(/<script|<img|javascript:|file:|"onmouseover/);
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect([...page.matchAll(/href="([^"]*)"/g)].map((found) => found[1])).toEqual([
      "https://example.org/p.png",
      "mailto:a@b.c",
      expect.stringMatching(/^https:\/\/example\.org\//),
    ]);
  });
});
