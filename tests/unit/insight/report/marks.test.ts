import { expect, it } from "vitest";
import { markRanges } from "../../../../src/insight/report/formats/marks.ts";

it("tells marks that follow each other by their first and last, and few of them one by one", () => {
  const marks = (...numbers: number[]) => numbers.map((number) => `E${number}`);
  expect(markRanges(marks(1, 2, 3))).toEqual([["E1"], ["E2"], ["E3"]]);
  expect(markRanges(marks(9, 1, 2, 3, 4, 6, 5))).toEqual([["E9"], ["E1", "E4"], ["E6"], ["E5"]]);
  expect(markRanges(["x", "y", "E1"])).toEqual([["x"], ["y"], ["E1"]]);
  expect(markRanges([])).toEqual([]);
});
