import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainResult, resultLines, tablesOf } from "../../../src/cli/results.ts";
import { createStyle } from "../../../src/cli/terminal/style.ts";
import { widthOf } from "../../../src/cli/terminal/text.ts";

const shown = (result: unknown, width = 60): string =>
  resultLines(plainResult(result), { width, style: createStyle(false) }).join("\n");

describe("results", () => {
  it("shows tables, single values, objects and lists, each in its place", () => {
    const result = {
      ideas: [
        { idea: "Voice notes", votes: 3, who: ["Oscar", "김민지"], why: { first: "speed", second: null } },
        { idea: "An outline that argues back", votes: 12.3456789, who: [], why: [{ a: 1 }, { a: 2 }] },
      ],
      winner: "B",
      turnout: 0.5,
      scores: { A: 1, B: 2 },
      notes: ["one", "two lines,\nreally"],
      empty: [],
    };
    expect(shown(result, 70)).toMatchInlineSnapshot(`
      "
      ideas (2)
      idea                         votes  who            why
      ───────────────────────────────────────────────────────────────
      Voice notes                      3  Oscar, 김민지  first: speed

      An outline that argues back  12.35                 • a: 1
                                                         • a: 2

      winner   B
      turnout  0.5

      scores
      A  1
      B  2

      notes (2)
      • one
      • two lines,
        really

      empty (0)
      nothing"
    `);
  });
  it("shows rows one below the other where the columns would be too narrow to read", () => {
    const rows = [
      { problem: "Nobody reads the monthly report", cost: "two days of work", tried: "a newsletter", wish: "silence" },
    ];
    expect(shown(rows, 40)).toMatchInlineSnapshot(`
      "
      results (1)
      problem  Nobody reads the monthly report
      cost     two days of work
      tried    a newsletter
      wish     silence"
    `);
  });
  it("says once what is the same in all rows where that makes room for a table", () => {
    const rows = ["tea", "coffee"].map((item, at) => ({ segment: "everybody", item, figure: "mean", value: at / 3 }));
    expect(shown({ rows }, 40)).toContain("segment    item    figure   value");
    expect(shown({ rows }, 30)).toMatchInlineSnapshot(`
      "
      rows (2)
      in these rows: segment
      everybody · figure mean
      item     value
      ──────────────
      tea          0
      coffee  0.3333"
    `);
  });
  it("shows as many rows as one reads in a terminal, and says how many there are", () => {
    const rows = Array.from({ length: 60 }, (_, at) => ({ place: at + 1 }));
    const lines = shown({ rows }).split("\n");
    expect([lines.at(-2), lines.at(-1)]).toEqual(["   50", "… and 10 more rows"]);
    const long = rows.slice(0, 50).map((row) => ({ ...row, words: "a long text ".repeat(20) }));
    const few = shown({ long }).split("\n");
    expect(few.at(-1)).toBe("… and 40 more rows");
    expect(few.length).toBeLessThan(150);
    expect(shown({ rows: rows.slice(0, 50) })).not.toContain("more rows");
  });
  it("shows what is no table and no object", () => {
    expect(shown("All agreed.")).toBe("\nAll agreed.");
    expect(shown(42)).toBe("\n42");
    expect(shown(undefined)).toBe("");
    expect(shown(null)).toBe("");
    expect(shown(["a", "b"])).toBe("\nresults (2)\n• a\n• b");
  });
  it("keeps right-to-left cells from turning the rest of their line", () => {
    expect(shown([{ who: "رشا", idea: "ملاحظات" }])).toContain("\u2068رشا\u2069  \u2068ملاحظات\u2069");
  });
  it("finds the tables that files are made of", () => {
    expect(tablesOf([{ a: 1 }])).toEqual({ results: [{ a: 1 }] });
    expect(tablesOf({ rows: [{ a: 1 }], none: [], list: [1], n: 1 })).toEqual({ rows: [{ a: 1 }] });
    expect(tablesOf("text")).toEqual({});
  });
  it("turns what programs return into plain data, and refuses what is none", () => {
    const result = { at: new Date(0), by: new Map([["a", new Set([1n])]]), gone: undefined };
    expect(plainResult(result)).toEqual({ at: "1970-01-01T00:00:00.000Z", by: { a: ["1"] } });
    const endless: Record<string, unknown> = {};
    endless["self"] = endless;
    expect(() => plainResult(endless)).toThrow(/cannot be kept as JSON: Converting circular/);
  });
  it("fits any data into the width and lets no terminal code through", () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(value, fc.integer({ min: 30, max: 90 }), (result, width) => {
        for (const line of resultLines(result, { width, style: createStyle(false) })) {
          expect(widthOf(line)).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
        }
      }),
    );
  });
});
