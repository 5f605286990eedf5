import { describe, expect, it } from "vitest";
import { readWritten } from "../../../src/kernel/text/written.ts";

describe("a text as data", () => {
  it.each([
    ["a: 1", "a", "1:1"],
    ["a:\n  b: 1", "a.b", "2:3"],
    ["a:\n  b: 1", "a.missing", "1:1"],
    ["a:\n  - x\n  - y: 1\n", "a.1.y", "3:5"],
    ["a:\n  - x\n  -   y\n", "a.1", "3:7"],
    ["a:\n  b: 1", "a.bc", "1:1"],
    ["a: [x]", "a.7", "1:1"],
    ["a:\n  x: 1\na.b:\n  x: 2\n", "a.b.x", "4:3"],
    ["5:\n  x: 1", "5.x", "2:3"],
    ["a: &a { x: 1 }\nb: *a", "b.x", "2:1"],
    ['{\n\t"a": { "b": [\n1, 2] }\n}', "a.b.1", "3:4"],
    ["- 1", "", "1:1"],
  ])("knows of %j where %s is", async (text, path, place) => {
    const { placed } = await readWritten(text, { aliases: 9 });
    const [line, column] = place.split(":").map(Number);
    expect(placed({ path, message: "x" })).toEqual({ path, message: "x", line, column });
  });
  it("knows no place where nothing is", async () => {
    const { placed, value } = await readWritten("# only words\n", { aliases: 9 });
    expect([value, placed({ path: "a", message: "x" })]).toEqual([null, { path: "a", message: "x" }]);
  });
  it("says what is no data, and takes as many aliases as it may", async () => {
    expect((await readWritten("a: 1\nb: [", { aliases: 9 })).faults[0]).toMatchObject({ line: 2, path: "" });
    const text = "a: &a [x]\nb: *a";
    expect((await readWritten(text, { aliases: 9 })).value).toEqual({ a: ["x"], b: ["x"] });
    expect((await readWritten(text, { aliases: 0 })).faults).toEqual([
      { path: "", message: "An alias (*) means nothing here: write it out." },
    ]);
  });
});
