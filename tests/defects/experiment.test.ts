import { expect, it } from "vitest";
import { createBlinding } from "../../src/experiment/blinding.ts";

const items = Array.from({ length: 40 }, (_, place) => `item ${place}`);
const shown = { control: "control", treatment: "treatment" };

it("A41: items meet arms in either order, half of them in each where they are known, and any item can be unblinded", () => {
  const options = { arms: ["control", "treatment"], seed: 42 } as const;
  const firsts = (blinding: ReturnType<typeof createBlinding>) =>
    items.filter((item) => blinding.blind(item, shown)[0]?.shown === "control").length;
  expect(firsts(createBlinding({ ...options, items }))).toBe(20);
  const blinding = createBlinding(options);
  expect(firsts(blinding)).toBeGreaterThan(8);
  expect(firsts(blinding)).toBeLessThan(32);
  // Another program, that showed nothing, knows as well what was behind the labels, in whatever order it asks.
  const later = createBlinding(options);
  for (const item of items.toReversed())
    for (const { label, shown: arm } of blinding.blind(item, shown)) expect(later.unblind(item, label)).toBe(arm);
});
