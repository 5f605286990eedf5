import { expect, it } from "vitest";
import { halvesOf } from "../../../../src/evaluation/comparison/sampling/draws.ts";
import { ceilingOf } from "../../../../src/evaluation/comparison/sampling/reference.ts";
import { profileOf, unitsOf } from "../../../../src/evaluation/comparison/sampling/units.ts";
import { ordinalSpace } from "../../../../src/evaluation/comparison/spaces/single.ts";
import { createRandom } from "../../../../src/kernel/values/random.ts";
import { answersOf, drawn, likert } from "./made.ts";

it("halves of the people foretell how far samples of any two sizes are apart by chance", () => {
  const space = ordinalSpace(["1", "2", "3", "4", "5"]);
  const units = (n: number, seed: string) =>
    unitsOf("vote", space, answersOf({ vote: { scale: likert } }, drawn(n, [1, 2, 4, 2, 1], seed)).people);
  for (const [n, m] of [[60, 200]] as const) {
    const sums = new Map<string, { foretold: number; found: number }>();
    for (let seed = 0; seed < 300; seed++) {
      const sides = { space, human: units(n, `human ${seed}`), simulated: units(m, `simulated ${seed}`) };
      const halves = halvesOf(n, { random: createRandom(seed), halves: 20 });
      for (const measure of space.measures.filter(({ apart }) => apart !== undefined)) {
        const value = measure.between(profileOf(sides.human, 5), profileOf(sides.simulated, 5));
        const own = ceilingOf(measure, sides, halves);
        if (typeof value !== "number" || "reason" in own) continue;
        const { foretold, found } = sums.get(measure.name) ?? { foretold: 0, found: 0 };
        sums.set(measure.name, {
          foretold: foretold + own.ceiling,
          found: found + (measure.apart?.(value) ?? Number.NaN),
        });
      }
    }
    for (const name of ["mean", "sd", "earth-movers", "ks-similarity", "total-variation"]) {
      const { foretold, found } = sums.get(name) ?? { foretold: Number.NaN, found: 1 };
      expect([name, Math.abs(foretold / found - 1) < 0.12]).toEqual([name, true]);
    }
    const order = sums.get("order") ?? { foretold: Number.NaN, found: 1 };
    expect(Math.abs(order.foretold / order.found - 1)).toBeLessThan(0.3);
  }
});
