import { describe, expect, it } from "vitest";
import { rowsOf, tally, winners } from "../../../src/study/steps/tables.ts";

describe("tally", () => {
  it("counts values as they are, most frequent first, ties in order of appearance", () => {
    const rows = [{ a: 2 }, { a: "x" }, { a: null }, {}, { a: "x" }, { a: true }, { a: "2" }, { a: 2 }];
    expect(tally(rows, "a")).toEqual([
      { a: 2, count: 2, share: 0.33 },
      { a: "x", count: 2, share: 0.33 },
      { a: true, count: 1, share: 0.17 },
      { a: "2", count: 1, share: 0.17 },
    ]);
  });
  it("counts each item of a list, and nothing that rows inherit", () => {
    expect(tally([{ a: ["x", "y"] }, { a: ["y"] }], "a").map(({ a, count }) => [a, count])).toEqual([
      ["y", 2],
      ["x", 1],
    ]);
    expect(tally([{ a: 1 }], "constructor")).toEqual([]);
    expect(Object.getPrototypeOf(tally([JSON.parse('{"__proto__": "x"}')], "__proto__")[0])).toBe(Object.prototype);
  });
});

describe("winners", () => {
  it("are all that share the first place", () => {
    const counts = tally([{ a: "x" }, { a: "y" }, { a: "y" }, { a: "x" }, { a: "z" }], "a");
    expect(winners(counts).map(({ a }) => a)).toEqual(["x", "y"]);
    expect(winners([])).toEqual([]);
  });
});

describe("rows", () => {
  const evidence = (path: string, ...events: string[]) => ({
    ...{ path, events },
    quotes: events.map((entry) => ({ entry, text: `“${entry}”` })),
  });
  it("are the answer, or its list of rows", () => {
    expect(rowsOf({ rows: ["mine"] }, { many: false, evidence: false })).toEqual([{ rows: ["mine"] }]);
    expect(rowsOf({ rows: [{ a: 1 }] }, { many: true, evidence: false })).toEqual([{ a: 1 }]);
  });
  it("have what they rest on beside them", () => {
    const value = { rows: [{ a: 1 }, { a: 2 }] };
    const found = [
      evidence("rows.0", "w#1"),
      evidence("rows.1.a", "w#2"),
      evidence("rows", "w#3"),
      evidence("", "w#4"),
      evidence("rows.10", "w#5"),
    ];
    expect(
      rowsOf({ value, evidence: found, unfounded: ["rows.1.a", "rows.2"] }, { many: true, evidence: true }),
    ).toEqual([
      { a: 1, evidence: ["w#1", "w#3", "w#4"], quotes: ["“w#1”", "“w#3”", "“w#4”"], unfounded: [] },
      { a: 2, evidence: ["w#2", "w#3", "w#4"], quotes: ["“w#2”", "“w#3”", "“w#4”"], unfounded: ["a"] },
    ]);
    const single = { value: { a: 1 }, evidence: [evidence("a", "p#1", "p#2"), evidence("", "p#1")], unfounded: [] };
    expect(rowsOf(single, { many: false, evidence: true })).toEqual([
      { a: 1, evidence: ["p#1", "p#2"], quotes: ["“p#1”", "“p#2”"], unfounded: [] },
    ]);
  });
});
