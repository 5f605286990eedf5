import { describe, expect, it } from "vitest";
import { choiceEfficiency, choiceTasks } from "../../../src/statistics/designs/choice-tasks.ts";
import { balancedBlocks, togetherness } from "../../../src/statistics/designs/incomplete-blocks.ts";

const range = (values: readonly number[]) => [Math.min(...values), Math.max(...values)];
const times = (n: number, tasks: readonly (readonly number[])[]) =>
  Array.from({ length: n }, (_, thing) => tasks.filter((task) => task.includes(thing)).length);

describe("incomplete blocks", () => {
  it.each([
    // Things, size, times; each two together: balanced designs that are known to exist.
    [7, 3, 3, 1],
    [13, 4, 4, 1],
    [11, 5, 5, 2],
    [21, 5, 5, 1],
    [6, 3, 5, 2],
    [9, 3, 4, 1],
    [8, 4, 7, 3],
    [5, 4, 4, 3],
  ])("of %i in tasks of %i, %i times each: each two together %i times", (n, size, each, together) => {
    const tasks = balancedBlocks(n, { size, times: each });
    expect(range(togetherness(n, tasks))).toEqual([together, together]);
    expect(range(times(n, tasks))).toEqual([each, each]);
    expect(tasks.every((task) => task.length === size && new Set(task).size === size)).toBe(true);
  });
  it.each([
    [12, 4, 3],
    [20, 5, 3],
    [30, 5, 3],
  ])("of %i in tasks of %i, %i times each: as even as can be where none is balanced", (n, size, each) => {
    const tasks = balancedBlocks(n, { size, times: each });
    const [least = 0, most = 9] = range(togetherness(n, tasks));
    expect(most - least).toBeLessThanOrEqual(1);
    expect(range(times(n, tasks))).toEqual([each, each]);
  });
  it("are the same for the same numbers, and whole where all fit in a task", () => {
    expect(balancedBlocks(12, { size: 4, times: 3 })).toEqual(balancedBlocks(12, { size: 4, times: 3 }));
    expect(balancedBlocks(3, { size: 3, times: 2 })).toEqual([
      [0, 1, 2],
      [1, 2, 0],
    ]);
  });
});

describe("choice tasks", () => {
  it("are as good as can be where that is known", () => {
    const tasks = choiceTasks({ levels: [2, 2, 2], tasks: 8, alternatives: 2 });
    expect(choiceEfficiency(tasks, [2, 2, 2])).toBeCloseTo(1, 10);
    // Two effects that always go together cannot be told apart.
    expect(
      choiceEfficiency(
        [
          [
            [0, 0],
            [1, 1],
          ],
        ],
        [2, 2],
      ),
    ).toBe(0);
    // One pair of two levels: coded -1 and 1, so the information is 1.
    expect(choiceEfficiency([[[0], [1]]], [2])).toBeCloseTo(1, 12);
    // Pairs with nothing in common in half of the tasks only have half of the information.
    expect(
      choiceEfficiency(
        [
          [[0], [1]],
          [[0], [0]],
        ],
        [2],
      ),
    ).toBeCloseTo(0.5, 12);
  });
  it("have every level as often, and alternatives that differ", () => {
    const levels = [4, 3, 2];
    const tasks = choiceTasks({ levels, tasks: 12, alternatives: 3 });
    for (const [attribute, count] of levels.entries()) {
      const shown = Array.from(
        { length: count },
        (_, level) => tasks.flat().filter((profile) => profile[attribute] === level).length,
      );
      expect(range(shown)).toEqual([36 / count, 36 / count]);
    }
    expect(tasks.every((task) => new Set(task.map(String)).size === task.length)).toBe(true);
    expect(choiceEfficiency(tasks, levels)).toBeGreaterThan(0.8);
  });
});
