import { describe, expect, it } from "vitest";
import { costOf, dollars, grouped, percent, priceText } from "../../../src/cli/commands/money/amounts.ts";

describe("amounts", () => {
  it.each([
    [0, "$0"],
    [0.0000001, "$0.000000100"],
    [0.01234, "$0.0123"],
    [0.1, "$0.100"],
    [0.9999, "$1.000"],
    [1, "$1.00"],
    [1234.5, "$1,234.50"],
    [-0.05, "-$0.0500"],
  ])("%d dollars are %s", (usd, text) => expect(dollars(usd)).toBe(text));

  it("never show as nothing what is not known", () => {
    expect(costOf({ usd: 0, unpriced: 0, unknownUsd: 0 })).toBe("$0");
    expect(costOf({ usd: 0, unpriced: 3, unknownUsd: 0 })).toBe("unknown");
    expect(costOf({ usd: 0.5, unpriced: 3, unknownUsd: 0 })).toBe("$0.500 + unknown");
    expect(costOf({ usd: 0, unpriced: 0, unknownUsd: 0.2 })).toBe("unknown");
    expect(priceText(undefined)).toBe("unknown");
  });

  it("say where a price is from", () => {
    expect(priceText({ input: 0, output: 0 })).toBe("free");
    expect(priceText({ input: 0.1, cachedInput: 0.025, output: 5, asOf: "2026-10" })).toBe(
      "$0.10 in, $0.025 cached, $5.00 out a million tokens (as of 2026-10)",
    );
    expect(priceText({ input: 1, output: 5, long: { overTokens: 200_000, input: 2, output: 9 } })).toBe(
      "$1.00 in, $5.00 out a million tokens, more for prompts over 200,000 tokens (your own)",
    );
  });

  it("group thousands and round shares", () => {
    expect([grouped(999), grouped(36612), percent(0.4149), percent(1)]).toEqual(["999", "36,612", "41 %", "100 %"]);
  });
});
