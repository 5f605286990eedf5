import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstDifference } from "../../../src/kernel/text/difference.ts";

describe("first difference", () => {
  it("shows a little of what stands around the place where two texts part", () => {
    const long = "word ".repeat(30);
    expect(firstDifference("same", "same but longer")).toBe("was “same”, now “same but longer”");
    expect(firstDifference(`${long}old ${long}`, `${long}new`)).toBe(
      "was “…ord word word word word old word word word word word word word word word…”, now “…ord word word word word new”",
    );
  });
  it("is one short line that no terminal obeys, whatever the texts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (was, now) => {
        const line = firstDifference(was, now);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(line.isWellFormed()).toBe(true);
      }),
    );
  });
});
