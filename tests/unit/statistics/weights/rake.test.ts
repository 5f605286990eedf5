import { describe, expect, it } from "vitest";
import { effectiveSize, type RakingMargins, rake } from "../../../../src/index.ts";
import outside from "./expected.json" with { type: "json" };

const marginsOf = (names: readonly string[]): RakingMargins =>
  Object.fromEntries(Object.entries(outside.margins).filter(([name]) => names.includes(name)));

describe("raking", () => {
  it.each([
    ["three margins", outside.single],
    ["a margin and a table", outside.joint],
  ])("finds the weights that ipfn finds: %s", (_what, { names, weights, effective }) => {
    const raked = rake(outside.rows, marginsOf(names), { tolerance: 1e-13 });
    expect(raked.converged).toBe(true);
    for (const [row, weight] of raked.weights.entries()) expect(weight).toBeCloseTo(weights[row] as number, 9);
    expect(raked.effectiveSize).toBeCloseTo(effective, 6);
    for (const { share, target } of raked.shares) expect(share).toBeCloseTo(target, 9);
  });

  it("keeps weights within bounds, and says what that costs", () => {
    const free = rake(outside.rows, marginsOf(outside.single.names));
    const most = free.most * 0.8;
    const raked = rake(outside.rows, marginsOf(outside.single.names), { trim: { most } });
    expect(raked.most).toBeLessThanOrEqual(most * (1 + 1e-9));
    expect(raked.effectiveSize).toBeGreaterThan(free.effectiveSize);
    const tight = rake(outside.rows, marginsOf(outside.single.names), { trim: { most: 1.05 }, rounds: 50 });
    expect(tight).toMatchObject({ converged: false, rounds: 50 });
    expect(tight.worst).toBeGreaterThan(0.01);
  });

  it("begins with the weights that are given", () => {
    const rows = [{ sex: "female" }, { sex: "female" }, { sex: "male" }];
    const { weights, shares } = rake(rows, { sex: { female: 1, male: 1 } }, { weights: [3, 1, 2] });
    expect(weights).toEqual([1.125, 0.375, 1.5]);
    expect(shares[0]).toEqual({ margin: "sex", value: "female", target: 0.5, before: 4 / 6, share: 0.5, rows: 2 });
  });

  it.each<[string, readonly object[], RakingMargins, number[] | undefined]>([
    ["a value without a share", [{ sex: "female" }, { sex: "other" }], { sex: { female: 1 } }, undefined],
    ["a share without a row", [{ sex: "female" }], { sex: { female: 1, male: 1 } }, undefined],
    ["no column", [{ sex: "female" }], { age: { young: 1 } }, undefined],
    ["shares that are none", [{ sex: "female" }], { sex: { female: 0 } }, undefined],
    ["no rows", [], { sex: {} }, undefined],
    ["too few weights", [{ sex: "female" }], { sex: { female: 1 } }, [1, 2]],
    ["weights below zero", [{ sex: "female" }, { sex: "female" }], { sex: { female: 1 } }, [2, -1]],
  ])("refuses %s", (_what, rows, margins, weights) => {
    expect(() => rake(rows, margins, weights && { weights })).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID" }),
    );
  });

  it("counts what weights cost (Kish)", () => {
    expect(effectiveSize([1, 1, 1, 1])).toBe(4);
    expect(effectiveSize([4, 0, 0, 0])).toBe(1);
    expect(effectiveSize([])).toBe(0);
  });
});
