import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBlinding } from "../../../src/experiment/blinding.ts";
import { armOrders } from "../../../src/experiment/orders.ts";

const items = Array.from({ length: 24 }, (_, place) => `item ${place}`);
const pair = { arms: ["old", "new"], seed: 5 } as const;
const shown = { old: 1, new: 2 };

describe("orders of arms", () => {
  it("have each arm in each place equally often where the items are known", () => {
    const arms = ["a", "b", "c", "d"];
    const orderOf = armOrders({ arms, seed: 1, items });
    for (const place of [0, 1, 2, 3])
      for (const arm of arms) expect(items.filter((item) => orderOf(item)[place] === arm)).toHaveLength(6);
  });

  it("stay when items are added at the end", () => {
    const [before, after] = [items, [...items, "late"]].map((all) => armOrders({ ...pair, items: all }));
    expect(items.map((item) => after?.(item))).toEqual(items.map((item) => before?.(item)));
  });

  it("have every arm once, differ by item and by seed, where items are not known", () => {
    const arms = ["a", "b", "c"];
    const orders = [1, 2].map((seed) => items.map((item) => armOrders({ arms, seed })(item)));
    for (const order of orders[0] ?? []) expect(order.toSorted()).toEqual(arms);
    expect(new Set(orders[0]?.map(String)).size).toBe(6);
    expect(orders[0]).not.toEqual(orders[1]);
  });

  it.each([[["only"]], [[]], [["a", "a"]], [["a", "b", "a"]]])("are refused for %j", (arms) => {
    expect(() => armOrders({ arms, seed: 1 })).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });
});

describe("blinding", () => {
  it("finds back to each arm, for any arms, seed and item", () => {
    const several = fc
      .uniqueArray(fc.string(), { minLength: 2, maxLength: 6 })
      .filter((arms) => !arms.includes("__proto__"));
    fc.assert(
      fc.property(several, fc.integer(), fc.string(), fc.boolean(), (arms, seed, item, isKnown) => {
        const blinding = createBlinding({ arms, seed, ...(isKnown && { items: ["other", item] }) });
        const blinded = blinding.blind(item, Object.fromEntries(arms.map((arm) => [arm, `text of ${arm}`])));
        expect(blinded.map(({ label }) => label)).toEqual(["A", "B", "C", "D", "E", "F"].slice(0, arms.length));
        for (const { label, shown } of blinded) expect(shown).toBe(`text of ${blinding.unblind(item, label)}`);
      }),
    );
  });

  it("lets answers stand that mean no arm, and knows them apart from labels", () => {
    const blinding = createBlinding({ ...pair, passThrough: ["none", "both"] });
    expect(blinding.unblindChoice("x", "both")).toBe("both");
    expect(blinding.unblindChoice("x", "A")).toBe(blinding.unblind("x", "A"));
    expect(() => blinding.unblind("x", "none")).toThrow(expect.objectContaining({ code: "TARGET_UNKNOWN" }));
    expect(() => blinding.unblindChoice("x", "C")).toThrow(
      expect.objectContaining({ code: "TARGET_UNKNOWN", data: { target: "C", known: ["A", "B", "none", "both"] } }),
    );
  });

  it("takes labels of one's own", () => {
    const blinding = createBlinding({ ...pair, labels: ["left", "right"] });
    expect(blinding.blind("x", shown).map(({ label }) => label)).toEqual(["left", "right"]);
  });

  it("knows no item beside those that it was told", () => {
    const blinding = createBlinding({ ...pair, items: ["x", "y"], passThrough: ["none"] });
    const unknown = expect.objectContaining({ code: "TARGET_UNKNOWN", data: { target: "z", known: ["x", "y"] } });
    expect(() => blinding.blind("z", shown)).toThrow(unknown);
    expect(() => blinding.unblind("z", "A")).toThrow(unknown);
    expect(() => blinding.unblindChoice("z", "none")).toThrow(unknown);
  });

  it.each([
    ["too few labels", { labels: ["A"] }],
    ["a label twice", { labels: ["A", "A"] }],
    ["a label that is an answer as well", { passThrough: ["A"] }],
    ["more arms than letters", { arms: Array.from({ length: 27 }, (_, arm) => `arm ${arm}`) }],
  ])("refuses %s", (_what, options) => {
    expect(() => createBlinding({ ...pair, ...options })).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });

  it.each([[{ old: 1 }], [{ old: 1, new: 2, newer: 3 }], [{ old: 1, newer: 2 }]])("refuses to show %j", (byArm) => {
    const blinding = createBlinding(pair);
    expect(() => blinding.blind("x", byArm as never)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });
});
