import { describe, expect, it } from "vitest";
import type { ReadOptions } from "../../../src/document/document.ts";
import { documentOf } from "../../../src/document/read/document-of.ts";
import { digest } from "../../../src/kernel/values/hash.ts";
import { docxOf, pdfOf } from "../../support/papers.ts";
import { zipOf } from "../../support/zip.ts";

const mebibyte = 1024 * 1024;
const read = (location: string, content: string | Buffer, options?: ReadOptions & { charset?: string }) =>
  documentOf({ location, bytes: typeof content === "string" ? Buffer.from(content) : content }, options);
const refused = (reason: string, words: RegExp | string = /./) =>
  expect.objectContaining({
    code: "DOCUMENT_UNREADABLE",
    data: expect.objectContaining({ reason }),
    message: expect.stringMatching(words),
    hint: expect.stringMatching(/\.$/),
  });

describe("plain text and Markdown", () => {
  it("are read as they are, with line ends and characters made alike", async () => {
    const document = await read("plans/Notes.md", "# Größe\r\n\r\nA cafe\u0301.\u0085End");
    expect(document).toEqual({
      location: "plans/Notes.md",
      title: "Größe",
      format: "markdown",
      text: "# Größe\n\nA café.\nEnd",
      digest: digest("# Größe\n\nA café.\nEnd"),
    });
    expect((await read("a.txt", "# no heading")).title).toBeUndefined();
  });

  it.each([
    ["UTF-8 with a mark", Buffer.from("\ufeffKäse"), undefined],
    ["UTF-16 little-endian", Buffer.from("\ufeffKäse", "utf16le"), undefined],
    ["UTF-16 big-endian", Buffer.from("\ufeffKäse", "utf16le").swap16(), undefined],
    ["Latin-1 that was declared", Buffer.from("Käse", "latin1"), "latin1"],
    ["Shift_JIS that was declared", Buffer.from([0x4b, 0xe4, 0x73, 0x65]), "windows-1252"],
  ])("are read in %s", async (_what, bytes, charset) => {
    expect((await read("a.txt", bytes, charset === undefined ? {} : { charset })).text).toBe("Käse");
  });

  it.each([
    ["Latin-1 without a word", Buffer.from("Käse", "latin1"), undefined, "says no encoding"],
    ["what is not in the encoding declared", Buffer.from("Käse", "latin1"), "utf-8", "it is not utf-8"],
    ["an encoding that nobody knows", Buffer.from("Käse"), "klingon", 'the encoding "klingon"'],
    [
      "half a character of UTF-16",
      Buffer.concat([Buffer.from("\ufeffK", "utf16le"), Buffer.from([1])]),
      undefined,
      "utf-16le",
    ],
    ["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x4b, 0, 0, 0]), undefined, "utf-32"],
  ])("are refused with words in %s", async (_what, bytes, charset, words) => {
    await expect(read("a.txt", bytes, charset === undefined ? {} : { charset })).rejects.toEqual(
      refused("encoding", words),
    );
  });

  it("lose what steers a terminal or a text's direction", async () => {
    const { text } = await read("a.txt", "a\u001b[31mred\u001b]0;title\u0007\u202eb\u009b2Jc\u0008");
    expect(text).toBe("aredbc");
  });

  it("are refused where they are no text, or too long", async () => {
    await expect(read("a.txt", Buffer.from("a\0b"))).rejects.toEqual(refused("kind"));
    await expect(read("a.txt", "abc", { limits: { bytes: 2 } })).rejects.toEqual(refused("size", "more than 2 bytes"));
    await expect(read("a.txt", "abc", { limits: { characters: 2 } })).rejects.toEqual(refused("size", "2 characters"));
  });
});

describe("HTML", () => {
  it("becomes Markdown that a reader of the page would know again", async () => {
    const { title, text, format } = await read(
      "page.html",
      `<!doctype html><html><head><title> Kettles &amp;
       more</title><style>p{}</style><script>track()</script></head><body>
       <nav>Home</nav><h1>Kettles</h1><p>They <b>boil</b>&nbsp;water.<br>Fast.</p>
       <ul><li>one<ol><li>first<li>second</ol><li>two</ul>
       <table><tr><th>Name<th>Price<tr><td>A<td>3 €</table>
       <pre>  x = 1
  y</pre><template>never</template></body></html>`,
    );
    expect({ title, format }).toEqual({ title: "Kettles & more", format: "html" });
    expect(text).toBe(
      "# Kettles\n\nThey boil water.\nFast.\n\n- one\n  1. first\n  2. second\n- two\n\nName | Price\nA | 3 €\n\n```\n  x = 1\n  y\n```",
    );
  });

  it("is read without what its readers do not see", async () => {
    const hidden = [
      "<p hidden>obey</p>",
      '<p style="color:red; display : none">obey <b>me</b></p>',
      '<div aria-hidden="true"><div>obey</div>obey</div>',
      '<span style="font-size:0">obey</span>',
      "<!-- obey -->",
      "<noscript>obey</noscript>",
      "<textarea>obey</textarea>",
    ].join("");
    expect((await read("a.html", `<p>Seen</p>${hidden}<p style="font-size:0.9em">too</p>`)).text).toBe("Seen\n\ntoo");
  });

  it("is known by its beginning, and decoded as it declares", async () => {
    const page = Buffer.from('<!doctype html><meta charset="iso-8859-1"><p>Käse', "latin1");
    expect(await read("address", page)).toMatchObject({ format: "html", text: "Käse" });
    const { text } = await documentOf({
      location: "address",
      bytes: page,
      mediaType: "text/html",
      charset: "iso-8859-2",
    });
    expect(text).toBe("Käse");
    await expect(read("a.html", Buffer.from("<p>Käse", "latin1"))).rejects.toEqual(refused("encoding"));
  });

  it("is refused where it is nested without end, or its text too long", async () => {
    await expect(read("a.html", "<b>".repeat(200_000))).rejects.toEqual(refused("damaged", "tags within tags"));
    await expect(read("a.html", `<p>${"word ".repeat(100)}`, { limits: { characters: 99 } })).rejects.toEqual(
      refused("size"),
    );
  });
});

describe("PDF", () => {
  it("is read page by page", async () => {
    const { text, title, pages, format } = await read(
      "a.pdf",
      pdfOf(["The first page.", "", "The third."], { title: "A report" }),
    );
    expect({ title, format, text, pages }).toEqual({
      title: "A report",
      format: "pdf",
      text: "The first page.\n\nThe third.",
      pages: [0, 15, 17],
    });
  });

  it.each<[string, Buffer, ReadOptions["limits"], string]>([
    ["no text", pdfOf([""]), {}, "kind"],
    ["too many pages", pdfOf(["a", "b", "c"]), { pages: 2 }, "size"],
    ["too much text", pdfOf(["abcdef"]), { characters: 5 }, "size"],
    ["only a beginning", Buffer.from("%PDF-1.7\nnothing"), {}, "damaged"],
    ["longer to parse than it may", pdfOf(["abc"]), { seconds: 0.001 }, "time"],
    [
      "a stream that unpacks to more than memory may be taken",
      pdfOf(["x"], { content: () => Buffer.alloc(400 * mebibyte, " ") }),
      { memory: 64 },
      "memory",
    ],
  ])("is refused with %s", async (_what, bytes, limits, reason) => {
    await expect(read("a.pdf", bytes, { limits: { ...limits } })).rejects.toEqual(refused(reason));
  });

  it("is given up when its reader stops", async () => {
    const stop = new AbortController();
    const reading = read("a.pdf", pdfOf(["abc"]), { signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
  });
});

describe("DOCX", () => {
  it("becomes Markdown with its headings", async () => {
    const { text, format } = await read(
      "a.docx",
      docxOf([
        ["Title", "The plan"],
        ["heading 1", "Why"],
        ["Normal", "Since &lt;b&gt; is not bold."],
      ]),
    );
    expect({ text, format }).toEqual({ format: "docx", text: "# The plan\n\n# Why\n\nSince <b> is not bold." });
  });

  it.each<[string, Buffer, string]>([
    ["an archive of something else", zipOf([["a.txt", Buffer.from("a")]]), "kind"],
    ["a cut archive", docxOf([["Normal", "a"]]).subarray(0, 300), "damaged"],
    [
      "a member that unpacks to more than may be",
      docxOf([["Normal", "a"]], [["word/b.xml", Buffer.alloc(2 * mebibyte)]]),
      "size",
    ],
    ["a bomb that is the text itself", docxOf([["Normal", "a".repeat(2 * mebibyte)]]), "size"],
    ["a size that is a lie", zipOf([["word/document.xml", Buffer.alloc(2 * mebibyte)]], false, 10), "size"],
  ])("is refused where it is %s", async (_what, bytes, reason) => {
    await expect(read("a.docx", bytes, { limits: { unpackedBytes: mebibyte } })).rejects.toEqual(refused(reason));
  });
});
