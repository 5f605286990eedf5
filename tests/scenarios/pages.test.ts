import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportPage } from "../../src/document/write/html/page.ts";
import { reportHtml } from "../../src/insight/report/formats/report-html.ts";
import { browserThere, openReaders, type Reader, type Seen } from "../support/pages/browser.ts";
import { differences, type Parts } from "../support/pages/golden.ts";
import { pages, report } from "../support/pages/subjects.ts";

/** Colours and widths have nothing to do with each other. */
const readers: readonly Reader[] = [
  { scheme: "light", width: 1280 },
  { scheme: "dark", width: 1280 },
  { scheme: "light", width: 400 },
];
const smallest: Reader = { scheme: "light", width: 320 };
const goldenFile = new URL("pages.golden.json", import.meta.url);
// UPDATE_GOLDEN=1 writes what is seen as what is right: look at the pictures first, which PICTURES=folder keeps.
const { UPDATE_GOLDEN: update, PICTURES: pictures } = process.env;

describe.skipIf(!browserThere)("pages in Chromium (need chromium and playwright-core)", () => {
  let folder = "";
  let browser: Awaited<ReturnType<typeof openReaders>>;
  const goldens: Record<string, Parts> = {};
  const pagesByName: Record<string, string> = {};

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pages-"));
    browser = await openReaders();
    Object.assign(pagesByName, await pages());
    if (!update) Object.assign(goldens, JSON.parse(await readFile(goldenFile, "utf8")));
  }, 120_000);
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
    if (update) await writeFile(goldenFile, `${JSON.stringify(goldens, null, 2)}\n`);
  });

  async function read(html: string, reader: Reader, name = "page"): Promise<Seen> {
    const file = join(folder, "page.html");
    await writeFile(file, html);
    const seen = await browser.read(pathToFileURL(file).href, reader);
    if (pictures) await writeFile(join(pictures, `${name}-${reader.scheme}-${reader.width}.png`), seen.png);
    return seen;
  }

  it.each(["report", "transcript", "profile", "document", "systems test", "experiment", "comparison", "survey"])(
    "%s: hostile text does nothing, it fits every window, and it looks as it did",
    async (name) => {
      for (const reader of name === "report" ? [...readers, smallest] : readers) {
        const seen = await read(pagesByName[name] as string, reader, name);
        const place = `${name}, ${reader.scheme}, ${reader.width}`;
        expect.soft(seen.complaints, place).toEqual([]);
        expect.soft(seen.overflow, place).toBe(0);
        expect.soft(seen.lost, place).toEqual([]);
        if (name === "report") expect.soft([seen.charts.length, seen.links]).toEqual([report.charts.length, 5]);
        for (const [width, height, type] of seen.charts) {
          expect.soft(Math.min(width / 3, height), place).toBeGreaterThan(40);
          expect.soft(type, place).toBeGreaterThan(9.5);
        }
        if (update) goldens[place] = seen.parts;
        expect.soft(differences(goldens[place] ?? {}, seen.parts), place).toEqual([]);
      }
    },
    120_000,
  );

  it("is printed whole: nothing is cut off at the edge, and no heading and no part of a row stands alone", async () => {
    const file = join(folder, "printed.html");
    const print = async (html: string) => {
      await writeFile(file, html);
      return browser.print(pathToFileURL(file).href);
    };
    for (const [name, html] of Object.entries(pagesByName)) {
      const { cut } = await print(html);
      expect.soft(Math.round(cut), name).toBe(0);
    }
    const sections = Array.from({ length: 80 }, (_, place) => ({
      heading: `Heading ${place}`,
      lines: Array.from({ length: 1 + (place % 4) }, (_, line) => `line ${line}`),
      rows: place % 2 === 0 ? [] : [{ what: "row", why: "because ".repeat(20 + place * 2) }],
    }));
    const { pdf } = await print(reportPage("Long", [], sections));
    const document = await getDocumentProxy(pdf);
    const sheets = await Promise.all(
      Array.from({ length: document.numPages }, async (_, place) => {
        const { items } = await (await document.getPage(place + 1)).getTextContent();
        return items.flatMap((item) => ("str" in item && item.str.trim() !== "" ? [item.str] : []));
      }),
    );
    expect(sheets.length).toBeGreaterThan(5);
    expect(sheets.map((words) => words.at(-1)).filter((word = "") => !/^line|^because|row/.test(word))).toEqual([]);
    expect(sheets.map((words) => words[0]).filter((word = "") => !/^Heading|^Long|^line|^what/.test(word))).toEqual([]);
    expect(sheets.filter(([first, next]) => first === "what why" && next !== "row")).toEqual([]);
  }, 120_000);

  it("is told from a page without one chart, with other figures in one, and in other colours", async () => {
    const reader: Reader = { scheme: "light", width: 1280 };
    const golden = goldens["report, light, 1280"] as Parts;
    const [bars, ...others] = report.charts;
    const without = await read(await reportHtml({ ...report, charts: others }), reader);
    expect(differences(golden, without.parts)).toEqual(expect.arrayContaining([`figure ${others.length}: not there`]));
    if (bars?.kind !== "bars") throw new Error("The first chart has bars.");
    const turned = { ...bars, bars: bars.bars.map((bar) => ({ ...bar, value: 60 - bar.value })) };
    const changed = await read(await reportHtml({ ...report, charts: [turned, ...others] }), reader);
    expect(differences(golden, changed.parts).map((line) => line.split(":")[0])).toEqual(["figure 0"]);
    expect(differences(golden, goldens["report, dark, 1280"] as Parts).length).toBeGreaterThan(report.charts.length);
  }, 60_000);

  it("is told from a page that does what none of ours may", async () => {
    const bad = `<body style="width:900px"><img src="https://evil.example/x.png"><script>alert(1)</script><a href="#E9">E9</a>`;
    const seen = await read(bad, { scheme: "light", width: 400 });
    expect(seen.complaints).toEqual(
      expect.arrayContaining(["ran: alert", "a script element", "request: https://evil.example/x.png"]),
    );
    expect(seen.overflow).toBeGreaterThan(400);
    expect(seen.lost).toEqual(["E9"]);
    const forbidden = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'"><p style="color:red">x</p>`;
    const refused = await read(forbidden, { scheme: "light", width: 400 });
    expect(refused.complaints).toEqual(expect.arrayContaining(["policy: style-src-attr"]));
  });
});
