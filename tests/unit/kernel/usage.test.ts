import { describe, expect, it } from "vitest";
import { addUsage } from "../../../src/kernel/values/usage.ts";

describe("usage of two calls", () => {
  it("adds up, and tells no part that neither told", () => {
    const one = { input: 9, output: 1, cachedInput: 4 };
    expect(addUsage(one, { input: 2, output: 3, cachedInput: 1, reasoning: 2 })).toStrictEqual({
      ...{ input: 11, output: 4, cachedInput: 5, reasoning: 2 },
    });
  });
});
