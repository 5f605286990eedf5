import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { armOf, crossover, dealtArms } from "../../../../src/statistics/designs/dealt.ts";

const items = Array.from({ length: 32 }, (_, place) => `person ${place}`);
const arms = ["a", "b", "c"];
const counted = (dealt: Iterable<unknown>): readonly number[] => {
  const counts = new Map<unknown, number>();
  for (const arm of dealt) counts.set(arm, (counts.get(arm) ?? 0) + 1);
  return [...counts.values()].sort();
};

describe("arms that are dealt", () => {
  it("are equally many after each block, and by chance within", () => {
    const dealt = [...dealtArms(items, arms, { random: createRandom(1) }).values()];
    for (let start = 0; start + 3 <= items.length; start += 3)
      expect(dealt.slice(start, start + 3).sort()).toEqual(arms);
    expect(counted(dealt)).toEqual([10, 11, 11]);
    expect(dealt).not.toEqual([...dealtArms(items, arms, { random: createRandom(2) }).values()]);
  });

  it("stay when items are added, also of another group", () => {
    const options = { random: createRandom(1), groupOf: (item: string) => (item.startsWith("new") ? "new" : "old") };
    const before = dealtArms(items, arms, options);
    const after = dealtArms(["new 1", ...items.slice(0, 4), "new 2", ...items.slice(4), "person 99"], arms, options);
    for (const item of items) expect(after.get(item)).toBe(before.get(item));
    expect(after.size).toBe(items.length + 3);
  });

  it("are balanced within each group", () => {
    const groupOf = (item: string): string => String(Number(item.slice(7)) % 2);
    const dealt = dealtArms(items, ["a", "b"], { random: createRandom(4), groupOf });
    for (const group of ["0", "1"]) {
      const within = [...dealt].filter(([item]) => groupOf(item) === group).map(([, arm]) => arm);
      expect(counted(within)).toEqual([8, 8]);
    }
    // Each by dice of its own: the first of one group say nothing of the first of another.
    const [odd, even] = ["1", "0"].map((group) =>
      [...dealt].flatMap(([item, arm]) => (groupOf(item) === group ? arm : [])),
    );
    expect(odd).not.toEqual(even);
  });

  it("count an item once, and need arms", () => {
    expect(dealtArms(["x", "x", "y"], ["a", "b"], { random: createRandom(1) }).size).toBe(2);
    expect(dealtArms(["x"], [], { random: createRandom(1) }).size).toBe(0);
  });

  it("by name alone depend on nobody else", () => {
    const chosen = items.map((item) => armOf(item, arms, createRandom(7)));
    expect(items.toReversed().map((item) => armOf(item, arms, createRandom(7)))).toEqual(chosen.toReversed());
    expect(new Set(chosen).size).toBe(3);
  });
});

describe("crossover", () => {
  it.each([2, 3, 4, 5])("of %i conditions: each in each place and after each other as often", (size) => {
    const conditions = Array.from({ length: size }, (_, place) => `c${place}`);
    const needed = size % 2 === 0 ? size : 2 * size;
    const people = Array.from({ length: 2 * needed }, (_, place) => `p${place}`);
    const orders = [...crossover(people, conditions, { random: createRandom(3) }).values()];
    const places = counted(orders.flatMap((order) => order.map((condition, place) => `${condition} ${place}`)));
    expect(places).toEqual(Array.from({ length: size * size }, () => (2 * needed) / size));
    const follows = counted(orders.flatMap((order) => order.slice(1).map((next, place) => `${order[place]} ${next}`)));
    expect(follows).toHaveLength(size * (size - 1));
    expect(new Set(follows).size).toBe(1);
  });
});
