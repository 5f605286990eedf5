import { describe, expect, it } from "vitest";
import type { Specification } from "../../../../src/index.ts";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { jointOf } from "../../../../src/population/joint/joint.ts";
import { unmet } from "../../../../src/population/sampling/quota/met.ts";
import { roundTables } from "../../../../src/population/sampling/quota/round.ts";
import { town } from "../sampling/town.ts";
import outside from "./expected.json" with { type: "json" };

describe("the distribution that meets a specification", () => {
  it("has the most entropy, as SciPy finds it, where a condition leaves open how many it holds of", async () => {
    const binary = (share: number) => ({ kind: "categorical" as const, shares: { "0": share, "1": 1 - share } });
    const specification: Specification = {
      specification: 1,
      name: "three",
      dimensions: { a: binary(0.4), b: binary(0.5), c: binary(0.3) },
      conditionals: [{ of: "c", rows: [{ when: { a: "0", b: "0" }, shares: { "0": 0.9, "1": 0.1 } }] }],
    };
    const { tables } = await jointOf(specification, { size: 100 });
    expect(tables).toHaveLength(1);
    const [table] = tables;
    for (const [cell, mass] of (table?.mass ?? []).entries()) {
      const levels = table?.values.map((column) => column[cell]);
      const place = outside.cells.findIndex((one) => one.join() === levels?.join());
      expect(mass).toBeCloseTo(outside.probabilities[place] as number, 6);
    }
  });

  it("is rounded table by table where that suffices, without a solver", async () => {
    const joint = await jointOf(town(), { size: 137 });
    expect(joint.tables.length).toBeGreaterThan(1);
    for (const seed of [1, 2, 3]) {
      const counts = roundTables(joint, joint.tables, { size: 137, random: createRandom(seed) });
      expect(unmet(joint, joint.tables, { counts, size: 137 })).toEqual([]);
    }
  });
});
