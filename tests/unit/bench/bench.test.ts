import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { met, plainRow, type Row } from "../../../bench/harness/row.ts";
import { tableLine, wrapped } from "../../../bench/harness/table.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const program = `
  import { bench } from "./bench/harness/bench.ts";
  const shelf = { folder: "${join(root, "tests/support/bench")}", names: ["tiny", "broken"] };
  process.exitCode = await bench(process.argv.slice(1), shelf);
`;

function bench(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const node = ["--conditions=tinytroupe-source", "--input-type=module", "--eval", program, "--", ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, node, { cwd: root }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe("npm run bench", () => {
  it("prints exactly one object of rows as JSON", async () => {
    const { stdout, code } = await bench("tiny", "--json");
    expect(JSON.parse(stdout)).toEqual({
      rows: [
        { scenario: "tiny", metric: "met", value: 1.5, unit: "ms", goal: "at most 1.5", met: true },
        { scenario: "tiny", metric: "missed", value: 9, unit: "1/s", goal: "at least 10", met: false },
        { scenario: "tiny", metric: "shown", value: 3, unit: "calls", goal: null, met: null },
        {
          scenario: "tiny",
          metric: "elsewhere",
          value: null,
          unit: "s",
          lacks: "Buy a clock.",
          goal: "at most 1",
          met: null,
        },
      ],
    });
    expect(code).toBe(0);
  });

  it("keeps what a failing scenario had found, goes on with the others, and exits with 1", async () => {
    const { stdout, stderr, code } = await bench();
    expect(stdout).toContain("found before");
    expect(stdout).toContain("– elsewhere: not measured. Buy a clock.");
    expect(stdout.split("\n").slice(-2)[0]).toBe("5 figures, 1 of 3 goals met, 1 not measured. Failed: broken.");
    expect(stderr).toContain("broken failed:");
    expect(stderr).toContain("The server is gone.");
    expect(code).toBe(1);
  });

  it("counts a missed goal as a failure only when told to", async () => {
    expect((await bench("tiny", "--strict")).code).toBe(1);
  });

  it("says which scenarios there are when one is asked for that is none of them", async () => {
    const { stderr, code } = await bench("huge");
    expect(stderr).toContain("There is no scenario 'huge'. There are: tiny, broken.");
    expect(code).toBe(2);
  });
});

describe("a row", () => {
  const row = (value: number, goal?: Row["goal"]): Row => ({
    scenario: "ring of 1,000, 4 at once",
    metric: "m".repeat(57),
    value,
    unit: "turns/s",
    ...(goal && { goal }),
  });

  it("meets a goal at its very edge", () => {
    expect([1, 1.01].map((value) => met(row(value, { atMost: 1 })))).toEqual([true, false]);
    expect([10, 9.99].map((value) => met(row(value, { atLeast: 10 })))).toEqual([true, false]);
    expect(met(row(1))).toBeUndefined();
  });

  it("meets no goal when what was measured is no number", () => {
    expect(plainRow(row(Number.NaN, { atMost: 1 })).met).toBe(false);
  });

  it("fits into a hundred columns", () => {
    const line = tableLine(row(1_234_567.8, { atLeast: 1_000_000 }));
    expect(line).toMatch(/ 1,234,568 turns\/s +at least 1,000,000$/);
    expect(line.length).toBeLessThanOrEqual(100);
    expect(tableLine(row(0.04, { atMost: 0.0646 }))).toMatch(/ at most 0\.0646$/);
    const lines = wrapped("forty ".repeat(40).trim(), "  ").split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines.join(" ").match(/forty/g)).toHaveLength(40);
  });
});
