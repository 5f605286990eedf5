import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SourceDocument } from "../../../src/document/document.ts";
import { Library } from "../../../src/document/search/library.ts";
import { meant, namesOf } from "../../../src/document/search/names.ts";
import { partsOf } from "../../../src/document/search/parts.ts";
import type { Vectors } from "../../../src/kernel/contracts/embedder.ts";
import { digest } from "../../../src/kernel/values/hash.ts";

const document = (location: string, text: string, title?: string): SourceDocument => ({
  location,
  text,
  format: "text",
  digest: digest(text),
  ...(title === undefined ? {} : { title }),
});
const noVectors: Pick<Vectors, "of"> = { of: async () => undefined };

describe("parts", () => {
  it("keep paragraphs together under their headings", () => {
    const text = "Before.\n\n# Kettles\n\nThey boil.\n\nFast.\n## Prices\nCheap.\n\n# Pans\n\nFlat.";
    expect(partsOf({ text })).toEqual([
      { text: "Before." },
      { text: "They boil.\n\nFast.", place: "Kettles" },
      { text: "Cheap.", place: "Kettles › Prices" },
      { text: "Flat.", place: "Pans" },
    ]);
  });

  it("know the page on which they begin", () => {
    const long = "word ".repeat(150).trim();
    const pages = [0, long.length + 2];
    expect(partsOf({ text: `${long}\n\n${long}`, pages }).map(({ place }) => place)).toEqual(["page 1", "page 2"]);
  });

  it("take no heading from code", () => {
    expect(partsOf({ text: "# A\n\n```\n# no\n\n# heading\n```\n\nEnd." })).toEqual([
      { text: "```\n# no\n\n# heading\n```\n\nEnd.", place: "A" },
    ]);
  });

  it("are bounded, and lose nothing but space between them", () => {
    const letters = fc.constantFrom("a", "bc", " ", "\n", "\n\n", ". ", "# ", "```", "😀", "語", "。");
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 3_000 }), (pieces) => {
        const text = pieces.join("");
        const parts = partsOf({ text });
        expect(Math.max(0, ...parts.map((part) => part.text.length))).toBeLessThanOrEqual(900);
        expect(
          parts.every((part) => part.text.isWellFormed() && part.text.trim() === part.text && part.text !== ""),
        ).toBe(true);
        const headless = text.replace(/^ {0,3}#{1,6}[ \t].*$/gm, "");
        const all = (whole: string) => whole.replace(/\s/g, "");
        if (headless === text) expect(all(parts.map((part) => part.text).join(""))).toBe(all(text));
      }),
      { numRuns: 60 },
    );
  });
});

describe("names", () => {
  it("are as short as can be, and never the same for two", () => {
    expect(namesOf(["plans/2024/report.md", "plans/2025/report.md", "/home/lisa/notes.txt", "report.md"])).toEqual([
      "2024/report.md",
      "2025/report.md",
      "notes.txt",
      "report.md",
    ]);
    expect(namesOf(["https://example.org/", "https://example.org/prices"])).toEqual(["example.org", "prices"]);
    const path = fc
      .array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 4 })
      .map((steps) => steps.join("/"));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 12 }), (paths) => {
        expect(new Set(namesOf(paths)).size).toBe(paths.length);
      }),
    );
  });

  const shelf = ["a/report.md", "b/report.md", "prices.html"].map((location, at) => ({
    name: location,
    document: document(location, "", at === 2 ? "What it costs" : undefined),
  }));

  it.each([
    ["prices.html", { found: 2 }],
    ["PRICES", { found: 2 }],
    ["what it  costs", { found: 2 }],
    ["cost", { found: 2 }],
    ["a/report", { found: 0 }],
    ["report.md", { several: [0, 1] }],
    ["report", { several: [0, 1] }],
    ["pices.html", { near: [2] }],
    ["weather", { near: [] }],
  ])("mean what a person who writes %s means", (asked, found) => {
    expect(meant(asked, shelf)).toEqual(found);
  });
});

describe("a search", () => {
  const library = new Library([
    document("a/notes.md", "# Kettles\n\nThe K2 boils a litre in two minutes.\n\n# Pans\n\nPans are flat.", "Kitchen"),
    document("b/notes.md", "The bus goes at eight.\n\nTickets are sold on the bus."),
    document("c/jp.txt", "東京の電車は速いです。"),
  ]);
  const places = async (question: string, vectors = noVectors) =>
    (await library.search(question, { most: 2, vectors })).map(({ name, place }) => [name, place].join(" "));

  it("finds by words, rare ones first, in any script", async () => {
    expect(await places("How fast does a kettle boil?")).toEqual(["a/notes.md Kettles"]);
    expect(await places("bus tickets")).toEqual(["b/notes.md "]);
    expect(await places("電車")).toEqual(["jp.txt "]);
    expect(await places("submarines")).toEqual([]);
    expect(await places("")).toEqual([]);
  });

  it("finds by meaning, where there are vectors", async () => {
    const meanings: Pick<Vectors, "of"> = {
      of: async (texts) =>
        texts.map((text) => Float32Array.of(/commut|bus/.test(text) ? 1 : 0, /commut|bus/.test(text) ? 0 : 1)),
    };
    expect(await places("commuting", meanings)).toEqual(["b/notes.md "]);
  });

  it("embeds no more than a bounded number of passages, however many there are", async () => {
    const asked: number[] = [];
    const many = new Library(Array.from({ length: 300 }, (_, at) => document(`${at}.txt`, `Text ${at}`)));
    await many.search("text", {
      most: 3,
      vectors: { of: async (texts) => void asked.push(texts.length) as undefined },
    });
    expect(asked).toEqual([65]);
  });
});
