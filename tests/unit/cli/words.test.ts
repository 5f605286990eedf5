import { describe, expect, it } from "vitest";
import { momentAgo } from "../../../src/cli/commands/runs/listing.ts";
import { programName, shellWord } from "../../../src/cli/session.ts";
import { takesColour } from "../../../src/cli/terminal/style.ts";
import { sizeText } from "../../../src/cli/terminal/text.ts";
import { budgetText, parseBudget } from "../../../src/index.ts";

describe("a budget in words", () => {
  it.each([
    ["200 calls", { calls: 200 }],
    ["1 call", { calls: 1 }],
    ["1.5M tokens", { tokens: 1_500_000 }],
    ["30k tokens; $0.50", { tokens: 30_000, usd: 0.5 }],
    ["$2", { usd: 2 }],
    ["2$", { usd: 2 }],
    ["3 USD + 10 calls", { usd: 3, calls: 10 }],
  ])("%s", (text, budget) => expect(parseBudget(text)).toEqual(budget));
  it.each(["lots", "200", "", "-3 calls", "1.5 calls", "2 euros", "1 call 2 tokens", "calls"])("not: %s", (text) => {
    expect(() => parseBudget(text)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });
  it("is written as it is read", () => {
    expect(parseBudget(budgetText({ calls: 3, tokens: 500, usd: 0.25 }))).toEqual({ calls: 3, tokens: 500, usd: 0.25 });
  });
});

describe("a moment in words", () => {
  it.each([
    ["45min", 45 * 60_000],
    ["12h", 12 * 3_600_000],
    ["30d", 30 * 86_400_000],
    ["4w", 28 * 86_400_000],
  ])("%s ago", (text, milliseconds) => {
    const before = Date.now() - milliseconds;
    const moment = Date.parse(momentAgo(text));
    expect(moment).toBeGreaterThanOrEqual(before);
    expect(moment).toBeLessThanOrEqual(Date.now() - milliseconds);
  });
  it("or a day, or a moment", () => {
    expect(momentAgo("2030-01-31")).toBe(new Date(2030, 0, 31).toISOString());
    expect(momentAgo("2030-01-31T09:30:00Z")).toBe("2030-01-31T09:30:00.000Z");
  });
  it.each(["", "30", "6m", "d", "-3d", "yesterday", "2030-13-01", "1.5d"])("not: %s", (text) => {
    expect(() => momentAgo(text)).toThrow("Write it as in 90min, 12h, 30d, 4w or 2030-01-31.");
  });
});

describe("a size in words", () => {
  it.each([
    [0, "0 bytes"],
    [999, "999 bytes"],
    [2500, "2.5 kB"],
    [1_234_567, "1.2 MB"],
    [84_700_000_000, "84.7 GB"],
  ])("%d", (bytes, text) => expect(sizeText(bytes)).toBe(text));
});

describe("commands that can be copied", () => {
  const called = (variables: Record<string, string>, script = "/usr/bin/tinytroupe") =>
    programName({ variables, folder: "/home/a", home: "/home/a", platform: "linux" }, script);
  it("begin as this one did", () => {
    expect(called({})).toBe("tinytroupe");
    expect(called({ npm_command: "exec" })).toBe("npx tinytroupe");
    expect(called({ npm_command: "run-script", npm_package_name: "tinytroupe" })).toBe("npm run tinytroupe --");
    expect(called({ npm_command: "run", npm_package_name: "mine" })).toBe("npx tinytroupe");
    expect(called({}, "/home/a/src/cli/bin.ts")).toBe("node --conditions=tinytroupe-source src/cli/bin.ts");
  });
  it("quote what a shell would take apart", () => {
    expect(["a.yaml", "openai/gpt-5:x", "200 calls, $2", "it's", ""].map(shellWord)).toEqual([
      "a.yaml",
      "openai/gpt-5:x",
      "'200 calls, $2'",
      "'it'\\''s'",
      "''",
    ]);
  });
});

describe("colours", () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [true, { TERM: "dumb" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [false, { FORCE_COLOR: "0" }, false],
    [true, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
  ])("terminal %s, %o: %s", (isTTY, variables, colour) => expect(takesColour({ isTTY }, variables)).toBe(colour));
});
